"""The façade: a workspace in a folder."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lvtu.core.units import instant
from lvtu.errors import BadInput, Busy, Erased, UnknownName
from lvtu.identity.edges import Edge, Identifier, join
from lvtu.identity.observed import Rules
from lvtu.identity.stitch import stitcher
from lvtu.reports import IngestReport
from lvtu.store import config as configs
from lvtu.store.committer import Committer, encode
from lvtu.store.config import Layout
from lvtu.store.inbox import Inbox
from lvtu.store.journeys.arrivals import Stitch
from lvtu.store.journeys.keeper import Keeper
from lvtu.store.journeys.keys import seed_of
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.ledger import Ledger
from lvtu.store.models import Models
from lvtu.store.quarantine import Quarantine, Rejected
from lvtu.view import View, steadily

if TYPE_CHECKING:
    from lvtu.core.model import JourneyModel
    from lvtu.store.ledger import Receipt

Progress = Callable[[int, float | None], None]

COMMIT_AFTER = 250_000
"""Appended events after which they are moved to the lake at once."""


def open(path: str | PathLike[str]) -> Workspace:
    """Open the workspace in a folder; an absent or empty folder becomes one.

    Raises:
        NotAWorkspace: the folder holds something else.
    """
    configs.create(path)
    return Workspace(path)


class Workspace(View):
    """A workspace: a folder that holds events, and answers questions about their customers' time lines.

    Args:
        path: the folder.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        from lvtu.engines.local import LocalEngine

        self.layout = Layout(Path(path))
        self.config = configs.load(path)
        self._ledger = Ledger(self.layout.catalog)
        self._committer = Committer(self.layout, self.config, self._ledger)
        self._seed = seed_of(self.config.id, "identifier")
        self._inbox = Inbox(self.layout.worker_inbox())
        self._keeper = Keeper(
            self.layout, self._committer.lake, self._committer.lease, self._seed, self._stitch,
            lambda: int(self._ledger.get("identity") or 0), lambda: self._rules().joins,
        )  # fmt: skip
        self._closed = False
        self._appended = 0
        self._books = Models(self._ledger)
        super().__init__(self.snapshot, LocalEngine(self.config.threads), self._books.named)
        self._resume_erasure()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Move what was appended to the lake, and let go of all files; closing twice is harmless."""
        if self._closed:
            return
        self._closed = True
        with suppress(Busy):  # what was appended is on disk, whoever moves it to the lake
            self.flush()
        self._keeper.close()
        self._inbox.close()
        self._ledger.close()

    # Data in.

    def ingest(
        self, source: Any, mapping: Any = None, *, source_name: str | None = None, progress: Progress | None = None
    ) -> IngestReport:
        """Read a source into the workspace. The same source again changes nothing.

        Args:
            source: a path, folder or pattern of CSV, Parquet, NDJSON or JSON files; any Arrow, pandas, Polars or
                DuckDB table; a list of dicts.
            mapping: which column feeds which field: a `lvtu.Mapping`, a dict, YAML, a path, or ``segment``, ``ga4``,
                ``mixpanel``. Without one, columns named like the record's fields are those fields.
            source_name: what `source` says in records that name none.
            progress: told the rows read so far and the share of the source.

        Returns:
            What became of the rows; rejected ones wait in the quarantine.

        Raises:
            BadInput: nothing is there, or the mapping does not fit it.
        """
        from lvtu.collect import REJECTED, read

        report = IngestReport(_source_text(source))
        rejected: list[pa.Table] = [REJECTED.empty_table()]
        batches = read(source, mapping, source_name=source_name, progress=progress)

        def accepted() -> Any:
            for batch in batches:
                rejected.append(batch.rejected)
                yield batch.records

        for counts in self._committer.commit(accepted(), report.source):
            report.accepted += counts.accepted
            report.duplicates += counts.duplicates
            report.suppressed += counts.suppressed
        self._set_aside(pa.concat_tables(rejected), report)
        self._keeper.snapshot()
        return report

    def append(self, events: Sequence[Mapping[str, Any]]) -> IngestReport:
        """Take a small batch of events; they are on disk when it returns, and the next question counts them.

        Returns:
            The report; duplicates are found later, when the events are moved to the lake.

        Raises:
            BadInput: none of the events can be accepted.
        """
        from lvtu.collect import REJECTED, validate_events

        records, refused = validate_events([dict(event) if isinstance(event, Mapping) else event for event in events])
        rows = [
            {"place": f"append:{index}", "field": name, "reason": reason, "raw": _raw(events[index])}
            for index, name, reason in refused
        ]
        report = IngestReport("append")
        self._set_aside(pa.Table.from_pylist(rows, schema=REJECTED), report)
        erased = self._committer.suppression.marks(records)
        if erased.any():
            report.suppressed += int(erased.sum())
            records = records.filter(pa.array(~erased))
        report.accepted = records.num_rows
        if refused and not report.suppressed and not records.num_rows:
            raise BadInput(f"no event could be accepted: {refused[0][1]}: {refused[0][2]}", try_="see ws.quarantine()")
        if records.num_rows:
            self._inbox.append([encode(records)])
            self._appended += records.num_rows
            if self._appended >= COMMIT_AFTER:
                with suppress(Busy):  # they are on disk; the next call or question moves them
                    self.flush()
        return report

    def flush(self) -> None:
        """Move what was appended to the lake, by this process or by others that are gone."""
        for path in sorted(self.layout.inbox.glob("*.sqlite")):
            if path == self.layout.worker_inbox():
                self._committer.move_inbox(self._inbox)
            else:
                other = Inbox(path)
                self._committer.move_inbox(other)
                other.close()
        self._appended = 0

    def quarantine(self, mapping: Any = None) -> Any:
        """The rows set aside, with their reasons; with a mapping, read them again through it.

        Returns:
            ``id``, ``place``, ``field``, ``reason``, ``raw``, ``time`` of each row; with a mapping the report of
            ingesting them, after which only those that still fail are left.
        """
        from lvtu.collect import REJECTED, raw_rows

        quarantine = Quarantine(self.layout.quarantine)
        rows = quarantine.list()
        if mapping is None:
            columns = ("id", "place", "field", "reason", "raw", "time")
            return pa.table({name: [getattr(row, name) for row in rows] for name in columns})
        table = pa.Table.from_pylist([{n: getattr(row, n) for n in REJECTED.names} for row in rows], schema=REJECTED)
        again = raw_rows(table)
        if not again:
            return IngestReport("quarantine")
        report = self.ingest(again, mapping)
        still = {(row["place"], row["field"], row["reason"], row["raw"]) for row in report.rejections.to_pylist()}
        mended = [row.id for row in rows if _is_object(row.raw) and _essence(row) not in still]
        with self._committer.writing():  # only now: killed in between, a row waits twice rather than nowhere
            quarantine.drop(mended)
        return report

    def _set_aside(self, rejections: pa.Table, report: IngestReport) -> None:
        """Keep rejected rows and count them; those that name somebody erased are left out."""
        rows = rejections.to_pylist()
        listed = self._committer.suppression.names_someone
        named = [listed(row["raw"] or "", row["reason"] or "", row["place"] or "") for row in rows]
        report.suppressed += sum(named)
        report.rejections = rejections.filter(pa.array([not each for each in named], pa.bool_()))
        report.rejected = report.rejections.num_rows
        now, ingest = time.time_ns() // 1000, uuid.uuid4().hex
        kept = [Rejected(ingest=ingest, time=now, **row) for row in report.rejections.to_pylist()]
        if kept:
            with self._committer.writing():
                self._set_aside_rows(kept)

    def _set_aside_rows(self, rows: list[Rejected]) -> None:
        """Keep rows that are not in the quarantine yet: the same file again adds nothing."""
        quarantine = Quarantine(self.layout.quarantine)
        there = set(map(_essence, quarantine))
        quarantine.append([row for row in rows if _essence(row) not in there])

    # Time lines.

    def snapshot(self) -> Snapshot:
        """The newest snapshot, with everything that was acknowledged.

        Raises:
            BadInput: the workspace has been closed.
        """
        if self._closed:
            raise BadInput("the workspace is closed", try_=f"open it again: lvtu.open({str(self.layout.root)!r})")
        if self._inbox.count() or self._others_waiting():
            self.flush()
        return self._keeper.snapshot()

    def _others_waiting(self) -> bool:
        others = [path for path in self.layout.inbox.glob("*.sqlite") if path != self.layout.worker_inbox()]
        return bool(others)

    def at(self, version: int | str) -> View:
        """The workspace as it stood after a commit, or at a time.

        Args:
            version: the number of a commit, or a time (ISO-8601).

        Raises:
            Erased: somebody was forgotten since; older states can no longer be shown.
            BadInput: there is no such commit.
        """
        self.flush()
        commit = version if isinstance(version, int) else self._committer.books().at(instant(version))
        newest = self._committer.lake.version
        if not 0 <= commit <= newest:
            raise BadInput(f"there is no commit {version!r}", known=[f"0 … {newest}"], try_="see ws.commits()")
        if commit < self._ledger.last_erasure():
            raise Erased(f"the state after commit {commit} holds a customer who was forgotten since")

        def then() -> Snapshot:
            now = self.snapshot()
            past = Snapshot(now.lake, self.layout.journeys, now.manifest, now.tail, upto=commit)
            past.hold = now.hold  # its blocks are its own: a block names values as its snapshot does
            return past

        return View(then, self._engine, self._books.named)

    def commits(self) -> list[dict[str, Any]]:
        """Every commit: number, time, events, repeats, source."""
        return [commit._asdict() for commit in self._committer.books().commits()]

    def compact(self) -> None:
        """Build the journeys anew with everything in place, and merge the lake's small files."""
        self.flush()
        with self._committer.writing() as check:
            self._committer.catch_up()
            self._committer.lake.compact(check=check)
            self._committer.lake.sweep()
            self._keeper.rebuild()

    # Who is who.

    def join(self, left: str | tuple[str, str], right: str | tuple[str, str]) -> int:
        """Say that two identifiers are one customer's (a text is a user id); returns the edge's number."""
        edge = join(_identifier(left), _identifier(right), time.time_ns() // 1000)
        number = self._ledger.add_edges([(*edge.left, *edge.right, edge.time, edge.source)])
        self._identity_changed()
        return number

    def unjoin(self, edge: int) -> None:
        """Take an edge back: the customers are two again. The edge stays in the books."""
        if edge not in {e.id for e in self._ledger.edges(retracted=True)}:
            raise UnknownName("edge", str(edge), [str(e.id) for e in self._ledger.edges()])
        self._ledger.retract([edge], time.time_ns() // 1000, "unjoin")
        self._identity_changed()

    def edges(self) -> list[dict[str, Any]]:
        """The stored edges, retracted ones included."""
        return [edge._asdict() for edge in self._ledger.edges(retracted=True)]

    def join_by(self, *kinds: str) -> None:
        """Set which kinds of identifier join customers: ``ws.join_by("email")``; none by default."""
        Rules(kinds)
        self._ledger.put("joins", list(kinds))
        self._identity_changed()

    def _identity_changed(self) -> None:
        self._ledger.put("identity", int(self._ledger.get("identity") or 0) + 1)

    def _rules(self) -> Rules:
        return Rules(tuple(self._ledger.get("joins") or ()))

    def _stitch(self) -> Stitch:
        edges = []
        for e in self._ledger.edges(retracted=True):
            left, right = Identifier(e.left_kind, e.left_id), Identifier(e.right_kind, e.right_id)
            edges.append(Edge(left, right, e.time, e.source, e.retracted_at, e.id))
        return stitcher(edges, self._rules(), self._seed)

    # Journey models.

    def models(self) -> list[dict[str, Any]]:
        """The newest version of every journey model: ``key``, ``version``, ``title``, ``saved``, ``default``."""
        return self._books.list()

    def model(self, key: str | None = None, version: int | None = None) -> JourneyModel:
        """A journey model: the default one, or one by its key; the newest version unless one is named.

        Args:
            key: the model's key; ``shop@3`` names the version too.
            version: the version.

        Raises:
            BadInput: there is no such model or version.
        """
        return self._books.named(key) if version is None else self._books.get(key, version)

    def save_model(self, model: JourneyModel | dict[str, Any] | str | Path, default: bool = False) -> JourneyModel:
        """Keep a journey model. Every save is a new version, and no version ever changes.

        Args:
            model: a `lvtu.JourneyModel`, a dict, YAML text, or the path of a YAML file.
            default: make it the model that questions use when they name none; the first one saved is.

        Returns:
            The model with its version.

        Raises:
            BadInput: the model is not consistent: a stage uses a touchpoint that it lacks, say.
        """
        return self._books.save(model, default)

    # Everything else.

    def forget(self, identifier: str) -> Receipt:
        """Erase a customer for good; returns when no byte of theirs is left.

        Args:
            identifier: any identifier of theirs.

        Raises:
            UnknownName: nobody has it.
            BadInput: several customers used it; name one of them.
        """
        from lvtu.privacy.erasure import forget

        return forget(self, identifier)

    def _resume_erasure(self) -> None:
        if self._ledger.get("erasing"):
            from lvtu.privacy.erasure import resume

            resume(self)

    def info(self) -> Any:
        """The state of the data: volumes, freshness, repeats, conflicts, unmatched identifiers, quarantine."""
        from lvtu.quality import describe

        return describe(self)

    def sql(self, query: str) -> pa.Table:
        """Ask DuckDB: the table ``events`` is the lake, with the ``customer`` of each event."""
        from lvtu.sql import ask

        return steadily(lambda snapshot: ask(snapshot, query), self.snapshot)


def _identifier(value: str | tuple[str, str]) -> tuple[str, str]:
    return ("user_id", value) if isinstance(value, str) else value


def _source_text(source: Any) -> str:
    if isinstance(source, str | Path):
        return Path(source).name or str(source)
    return f"{len(source):,} rows" if isinstance(source, list) else type(source).__name__


def _raw(event: Any) -> str:
    import json

    return json.dumps(event, ensure_ascii=False, default=str)


def _essence(row: Rejected) -> tuple[str, str, str, str]:
    return row.place, row.field, row.reason, row.raw


def _is_object(text: str) -> bool:
    import json

    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
