"""What comes into a workspace: sources and appended events, the rows set aside, and the way to the lake."""

from __future__ import annotations

import json
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from lvtu.core.sentences import Reason
from lvtu.errors import BadInput, Busy, LvtuError
from lvtu.reports import IngestReport
from lvtu.store.catalogue import contracts_in
from lvtu.store.committer import Committer, encode
from lvtu.store.config import Layout
from lvtu.store.inbox import Clock, Inbox, Tally, Violation
from lvtu.store.quarantine import Quarantine, Rejected

Progress = Callable[[int, float | None], None]
"""Told the rows read so far and the share of the source."""

Raw = tuple[str, str, dict[str, Any]]
"""Place, text and contents of a row set aside."""

COMMIT_AFTER = 250_000
"""Appended events after which they are moved to the lake at once."""

_TALLIED = 200
"""Pairs of source and event that are counted by themselves, of what arrives at once."""

_TICK = 1_000_000_000
"""Longer (ns) than any clock of a file system takes to show a change as a new time."""


class Intake:
    """The doors of one workspace. `lvtu.workspace.Workspace` says what each call means for those who make it.

    Args:
        layout: where things lie.
        committer: moves records to the lake.
    """

    def __init__(self, layout: Layout, committer: Committer) -> None:
        self._layout, self._committer = layout, committer
        self._inbox = Inbox(layout.worker_inbox())
        self._quarantine = Quarantine(layout.quarantine)
        self._appended = 0
        self._looked: tuple[int, bool] = (-1, False)

    def close(self) -> None:
        """Let go of the inbox."""
        self._inbox.close()

    # Records.

    def ingest(
        self,
        source: Any,
        mapping: Any,
        source_name: str | None,
        progress: Progress | None,
        origins: Sequence[tuple[str, str]] | None = None,
    ) -> IngestReport:
        """Read a source into the lake, and set its bad rows aside, with what a list was made of (`_restored`)."""
        from lvtu.collect import REJECTED, read

        report = IngestReport(_source_text(source))
        rejected: list[pa.Table] = [REJECTED.empty_table()]
        batches = read(source, mapping, source_name=source_name, progress=progress)

        def accepted() -> Iterator[pa.Table]:
            for batch in batches:
                rejected.append(batch.rejected)
                report.notes += batch.notes
                yield batch.records

        for counts in self._committer.commit(accepted(), report.source):
            report.accepted += counts.accepted
            report.duplicates += counts.duplicates
            report.suppressed += counts.suppressed
        self._set_aside(_restored(pa.concat_tables(rejected), origins), report)
        return report

    def append(self, events: Sequence[Mapping[str, Any]]) -> IngestReport:
        """Put a few events on disk; they wait there for the next `flush`.

        Raises:
            BadInput: none of them can be accepted.
        """
        from lvtu.collect import validate_events

        records, refused = validate_events([dict(event) if isinstance(event, Mapping) else event for event in events])
        rows = [
            {"place": f"append:{index}", "field": name, **reason.stored(), "raw": _raw(events[index])}
            for index, name, reason in refused
        ]
        report = IngestReport("append")
        self._set_aside(_table(rows), report)
        records, erased = self._without_erased(records)
        report.suppressed += erased
        report.accepted = records.num_rows
        if refused and not report.suppressed and not records.num_rows:
            raise BadInput("none_accepted", field=refused[0][1], reason=refused[0][2])
        if records.num_rows:
            self._inbox.append([encode(records)])
            self._appended += records.num_rows
            if self._appended >= COMMIT_AFTER:
                with suppress(Busy):  # they are on disk; the next call or question moves them
                    self.flush()
        return report

    def receive(
        self,
        records: pa.Table,
        refused: Sequence[Mapping[str, Any]],
        clocks: Sequence[Clock] = (),
        violations: Sequence[Violation] = (),
        lasting: int = 0,
    ) -> None:
        """Put what arrived over the network on disk, in one transaction: nothing of it is there, or all of it.

        Records of erased customers are left out.

        Args:
            records: with the schema of the record.
            refused: rows of `lvtu.collect.REJECTED`; the next `flush` sets them aside.
            clocks: of the devices that sent them, where they are new or have changed.
            violations: of contracts.
            lasting: how long a device may be silent (µs) and still be in its session.

        Raises:
            OtherClocks: another process told the clocks of these devices otherwise; nothing is kept.
        """
        records, _ = self._without_erased(records)
        rows = [encode(records)] if records.num_rows else []
        aside = [json.dumps(row, ensure_ascii=False).encode(errors="backslashreplace") for row in refused]
        if rows or aside:
            self._inbox.append(rows, aside, clocks, violations, _tallied(records), lasting)

    def violations(self) -> list[Violation]:
        """How often what arrived broke contracts."""
        return self._inbox.violations()

    def drop_clocks(self, before: int, most: int) -> None:
        """Drop those of devices that were not heard since a time (µs), and all but `most`."""
        self._inbox.drop_clocks(before, most)

    def drop_tallies(self, before: int) -> None:
        """Drop what was counted in the seconds before one."""
        self._inbox.drop_tallies(before)

    def _without_erased(self, records: pa.Table) -> tuple[pa.Table, int]:
        """The records but those of erased customers, and how many those were."""
        erased = self._committer.suppression.marks(records)
        return (records.filter(pa.array(~erased)), int(erased.sum())) if erased.any() else (records, 0)

    # Files of a watched folder.

    def refuse(self, place: str, error: LvtuError) -> None:
        """Set a file aside that cannot be read at all."""
        from lvtu.collect.batch import rejection

        self._set_aside(
            rejection(place, "file", Reason("unreadable", error=str(error)), {"_text": ""}), IngestReport("")
        )

    def readmit(self, place: str) -> None:
        """Take back that a file was set aside: now it has been read."""
        ids = [row.id for row in self._quarantine.list() if (row.place, row.reason_code) == (place, "unreadable")]
        if ids:
            with self._committer.writing():
                self._quarantine.drop(ids)

    # The way to the lake.

    def flush(self) -> None:
        """Move what waits to the lake: of this process, and of others that are gone."""
        for path in sorted(self._layout.inbox.glob("*.sqlite")):
            if path == self._layout.worker_inbox():
                self._move(self._inbox)
            else:
                other = Inbox(path)
                self._move(other)
                other.close()
        self._appended = 0

    def _move(self, inbox: Inbox) -> None:
        """Move what an inbox holds to where it belongs: the lake, and the quarantine."""
        self._committer.move_inbox(inbox)
        if not inbox.refused():
            return
        with self._committer.writing():
            if waiting := inbox.refused():  # nobody else has moved them meanwhile
                rows = [json.loads(body) for _, body in waiting]
                self._set_aside(_table(rows), IngestReport(""))
                inbox.delete_refused(waiting[-1][0])

    def waiting(self) -> bool:
        """Whether anything may wait. Asked before every question, so the folder is listed only when it has changed.

        A change within the clock's tick of the last look would show the same time, so a young one is not remembered.
        """
        if self._inbox.holds_anything():
            return True
        changed = self._layout.inbox.stat().st_mtime_ns
        if self._looked[0] == changed:
            return self._looked[1]
        own, settled = self._layout.worker_inbox(), time.time_ns() - changed > _TICK
        others = any(path != own for path in self._layout.inbox.glob("*.sqlite"))
        self._looked = (changed if settled else -1), others
        return others

    # Rows set aside.

    def rejected(self) -> pa.Table:
        """The rows set aside: ``id``, the columns of `lvtu.collect.REJECTED`, ``time``."""
        from lvtu.collect import REJECTED

        self.flush()

        columns = pa.schema([("id", pa.string()), *REJECTED, ("time", pa.int64())])
        rows = [{name: getattr(row, name) for name in columns.names} for row in self._quarantine.list()]
        return pa.Table.from_pylist(rows, columns)

    def mend(self, mapping: Any) -> IngestReport:
        """Read the rows set aside again through a mapping; those that still fail stay."""
        from lvtu.collect import REJECTED, raw_rows

        self.flush()
        rows = self._quarantine.list()
        table = pa.Table.from_pylist([{n: getattr(row, n) for n in REJECTED.names} for row in rows], schema=REJECTED)
        again = self._allowed(raw_rows(table))
        if not again:
            return IngestReport("quarantine")
        report = self.ingest(
            [row for *_, row in again], mapping, None, None, [(place, text) for place, text, _ in again]
        )
        still = {(row["place"], row["field"], row["reason"], row["raw"]) for row in report.rejections.to_pylist()}
        read = {(place, text) for place, text, _ in again}  # a broken line was not: it goes on waiting
        mended = [row.id for row in rows if (row.place, row.raw) in read and _essence(row) not in still]
        with self._committer.writing():  # only now: killed in between, a row waits twice rather than nowhere
            self._quarantine.drop(mended)
        return report

    def drop(self, ids: Sequence[str]) -> int:
        """Remove rows set aside for good; returns how many there were."""
        with self._committer.writing():
            return self._quarantine.drop(ids)

    def _allowed(self, rows: list[Raw]) -> list[Raw]:
        """The rows but those that came over HTTP and that a contract still keeps out."""
        from lvtu.collect.contracts import breaches
        from lvtu.core.contracts import Check

        contracts = contracts_in(self._committer.ledger).list()
        checks = {one.event: Check(one) for one in contracts if one.mode == "enforce"}
        return [row for row in rows if not (checks and row[0].startswith("http:") and breaches(row[2], checks))]

    def _set_aside(self, rejections: pa.Table, report: IngestReport) -> None:
        """Keep rejected rows and count them; those that name somebody erased are left out.

        Rows that are in the quarantine already are not added: the same file again changes nothing, nor does a copy.
        """
        listed = self._committer.suppression.names_someone
        named = [listed(row["raw"] or "", row["reason"] or "", row["place"] or "") for row in rejections.to_pylist()]
        report.suppressed += sum(named)
        report.rejections = rejections.filter(pa.array([not each for each in named], pa.bool_()))
        report.rejected = report.rejections.num_rows
        if not report.rejected:
            return
        now, ingest = time.time_ns() // 1000, uuid.uuid4().hex
        rows = [
            Rejected(ingest=ingest, time=now, **row) for row in report.rejections.to_pylist(maps_as_pydicts="strict")
        ]
        with self._committer.writing():
            self._quarantine.append(_new(rows, self._quarantine))


def _tallied(records: pa.Table) -> list[Tally]:
    """How many records there are now of each source and event; of many rare ones all together."""
    if not records.num_rows:
        return []
    second = int(time.time())
    counted = records.group_by(["source", "event"]).aggregate([([], "count_all")]).to_pydict()
    found: Counter[tuple[str, str]] = Counter()
    for source, event, events in zip(counted["source"], counted["event"], counted["count_all"], strict=True):
        found[source or "", event] += events
    listed = found.most_common(_TALLIED)
    if rest := found.total() - sum(events for _, events in listed):
        listed.append((("", ""), rest))
    return [Tally(second, *named, events) for named, events in listed]


def _source_text(source: Any) -> str:
    if isinstance(source, str | Path):
        return Path(source).name or str(source)
    return f"{len(source):,} rows" if isinstance(source, list) else type(source).__name__


def _restored(rejections: pa.Table, origins: Sequence[tuple[str, str]] | None) -> pa.Table:
    """Rejected rows of a list (``rows:1``, ``rows:2``, …) with the place and the text that each had before.

    A mapping of a shape rewrites what it reads; a wrong one must not cost the row its contents.
    """
    if origins is None:
        return rejections
    found = [origins[int(place.rpartition(":")[2]) - 1] for place in rejections["place"].to_pylist()]
    for column, values in zip(("place", "raw"), ([one[n] for one in found] for n in (0, 1)), strict=True):
        name = rejections.column_names.index(column)
        rejections = rejections.set_column(name, column, pa.array(values, pa.string()))
    return rejections


def _table(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows to be set aside as a table. Half characters, which no table holds, are spelled as JSON spells them."""
    from lvtu.collect import REJECTED

    return pa.Table.from_pylist([{name: _whole(value) for name, value in row.items()} for row in rows], REJECTED)


def _whole(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [(name, _whole(one)) for name, one in value.items()]
    return value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value


def _raw(event: Any) -> str:
    return json.dumps(event, ensure_ascii=False, default=str)


def _essence(row: Rejected) -> tuple[str, str, str, str]:
    return row.place, row.field, row.reason, row.raw


def _new(rows: Iterable[Rejected], waiting: Iterable[Rejected]) -> list[Rejected]:
    """The rows that do not wait yet. As with events, a row is the row itself and which of equal rows of its file it is.

    Not its place: a copy of the file, or next week's export with the same row in another line, would let the row wait
    twice, and mending would make two events of it. What holds no row, a file that breaks off, is known by its place.
    """
    places, known = set(), Counter[tuple[str, ...]]()
    for row in waiting:
        places.add(_essence(row))
        known[_essence(row)[1:]] += 1
    found, seen = [], Counter[tuple[str, ...]]()
    for row in rows:
        if row.field == "file" or not _is_object(row.raw) or row.raw.startswith('{"_text"'):
            fresh = _essence(row) not in places
            places.add(_essence(row))
        else:
            equal = _essence(row)[1:]
            here = (row.place.rpartition(":")[0], *equal)
            seen[here] += 1
            fresh = seen[here] > known[equal]
            known[equal] += fresh
        if fresh:
            found.append(row)
    return found


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
