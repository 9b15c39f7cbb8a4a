"""The one committer of a workspace: accepted records become events of the lake, each exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.core.record import RECORD, SIMULATED
from lvtu.errors import Corrupt
from lvtu.store.config import Config, Layout
from lvtu.store.inbox import Inbox
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.keys import keys_of, seed_of
from lvtu.store.lake import Lake
from lvtu.store.lease import Lease
from lvtu.store.ledger import Ledger
from lvtu.store.message_ids import MessageIds
from lvtu.store.parts import last_event_id
from lvtu.store.repeats import Repeats
from lvtu.store.suppression import Suppression

COMMIT_ROWS = 1_000_000
"""Rows of one commit at most: a source is committed piece by piece, so a broken file lands its good half."""

INBOX_ROWS = 4096
"""Appended batches that are moved to the lake in one commit, at most."""

INBOX_BYTES = 64_000_000
"""Their size, encoded, at which no more are taken."""

_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")
"""A fifth of the bytes for a quarter of a microsecond an event."""


@dataclass
class Counts:
    """What became of some records."""

    accepted: int = 0
    duplicates: int = 0
    suppressed: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of more records."""
        self.accepted += other.accepted
        self.duplicates += other.duplicates
        self.suppressed += other.suppressed


class Committer:
    """Moves records into the lake, under the writer's lease.

    Args:
        layout: where things lie.
        config: the workspace's configuration.
        ledger: the workspace's books.
    """

    def __init__(self, layout: Layout, config: Config, ledger: Ledger) -> None:
        self.lake = Lake(layout.lake)
        self.lease = Lease(layout.lease)
        self.ledger = ledger
        self.suppression = Suppression(ledger)
        self._layout, self._workspace = layout, config.id
        self._seed = seed_of(config.id, "message_id")
        self._repeats: Repeats | None = None
        self._marked = bool(ledger.get("simulated"))

    @contextmanager
    def writing(self, timeout: float = 600.0) -> Iterator[Callable[[], None]]:
        """Hold the lease; the yielded check raises Busy once it is lost."""
        with self.lease.hold(timeout=timeout) as token:
            yield lambda: self.lease.check(token)

    def commit(self, tables: Iterable[pa.Table], source: str) -> Iterator[Counts]:
        """Commit the records of one source piece by piece; yields what became of each piece.

        Repeats, and records of erased customers, are dropped and counted. A piece is committed on a thread of its
        own while the next one is read here: whatever makes the tables may be bound to its thread.
        """
        filler = MessageIds(self._workspace)

        def commit(records: pa.Table) -> Counts:
            with self.writing() as check:
                return self._commit_piece(records, source, None, check)

        with ThreadPoolExecutor(1, "lvtu-commit") as pool:
            committing: Future[Counts] | None = None
            try:
                for piece in _pieces(tables):
                    filled = filler.fill(piece)
                    if committing is not None:
                        yield committing.result()
                    committing = pool.submit(commit, filled)
            except Exception as error:  # of the reader; that the piece before it did not land must not be hidden
                if committing is not None and (trouble := committing.exception()) is not None and trouble is not error:
                    raise trouble from error
                raise
            if committing is not None:
                yield committing.result()

    def move_inbox(self, inbox: Inbox) -> Counts:
        """Move what waits in an inbox to the lake; what is in the lake already is only deleted here.

        What arrives meanwhile may wait for the next time: under constant arrivals this would never end.

        Raises:
            Corrupt: another folder is in place of the workspace's; it is not to have what waited for that.
        """
        total = Counts()
        self.ledger.check()
        if not inbox.count():
            return total
        with self.writing() as check:
            self.catch_up()
            done, wanted, last = self.lake.app_version(inbox.uuid), inbox.last_id, 0
            while last < wanted and (waiting := inbox.pending(limit=INBOX_ROWS, size=INBOX_BYTES)):
                last = waiting[-1][0]
                fresh = [body for number, body in waiting if number > done]
                if fresh:
                    tables = [MessageIds(self._workspace).fill(decode(body)) for body in fresh]
                    records = pa.concat_tables(tables).combine_chunks()
                    total.add(self._commit_piece(records, "append", (inbox.uuid, last), check))
                inbox.delete_upto(last)
        return total

    def _commit_piece(
        self, records: pa.Table, source: str, app: tuple[str, int] | None, check: Callable[[], None]
    ) -> Counts:
        repeats = self.catch_up()
        suppressed = 0
        marked = self.suppression.marks(records)
        if marked.any():
            suppressed = int(marked.sum())
            records = records.filter(pa.array(~marked))
        hi, lo = keys_of(records["message_id"], self._seed)
        new, keys = repeats.sift(hi, lo)
        fresh = int(np.count_nonzero(new))
        counts = Counts(fresh, records.num_rows - fresh, suppressed)
        if not fresh:  # nothing to commit, but the repeats are to be counted
            self.ledger.put("repeats", int(self.ledger.get("repeats") or 0) + counts.duplicates)
            return counts
        if fresh < records.num_rows:
            records = records.filter(pa.array(new))
        if not self._marked and pc.any(pc.starts_with(records["source"], SIMULATED)).as_py():
            self.ledger.put("simulated", True)  # before they are there, so that they never are without it
            self._marked = True
        now = time.time_ns() // 1000
        first = self._next_event_id()
        ids = pa.array(np.arange(first, first + fresh))
        table = _received(records, now).append_column("event_id", ids)
        note: dict[str, Any] = {"time": now, "events": fresh, "repeats": counts.duplicates, "source": source}
        number = self.lake.append(table, app=app, note=note, check=check)
        repeats.add_new(keys, number)
        self.ledger.add_commit(number, **note)
        self.ledger.put("next_event_id", [number, first + fresh])
        return counts

    def catch_up(self) -> Repeats:
        """Bring index and books up to the lake: a crash right after a commit leaves them behind. Under the lease.

        Returns:
            The index of message ids.
        """
        self.lake.recover()
        repeats = self.repeats()
        version = self.lake.version
        if self._booked()[0] < version:
            for number, note in self.lake.notes(after=self.ledger.last_commit()):
                if "events" in note:
                    self.ledger.add_commit(number, **cast(Any, note))
            self.ledger.put("next_event_id", [version, self._next_event_id()])
        return repeats

    def books(self) -> Ledger:
        """The books, brought up to the lake."""
        if self._booked()[0] < self.lake.version:
            with self.writing():
                self.catch_up()
        return self.ledger

    def forget_keys(self, hi: Array, lo: Array) -> None:
        """Take message ids out of the index of repeats. Under the lease."""
        self.repeats().forget(hi, lo)

    def note_erasure(self) -> int:
        """Enter an erasure that the lake has carried out; returns its commit. Under the lease."""
        version, following = self.lake.version, self._next_event_id()
        if version > self.ledger.last_commit():
            self.ledger.add_commit(version, time.time_ns() // 1000, 0, 0, "erasure")
        self.ledger.put("next_event_id", [version, following])
        return version

    def repeats(self) -> Repeats:
        """The index of message ids, brought up to the lake (it falls behind only in a crash)."""
        try:
            if self._repeats is None:
                self._repeats = Repeats(self._layout.repeats)
            _ = self._repeats.size  # makes it follow what another process has added
        except Corrupt:
            self._repeats = Repeats.rebuild(self._layout.repeats, self._keys_after(-1))
        version = self.lake.version
        if self._repeats.commit < version:
            for hi, lo, _ in self._keys_after(self._repeats.commit):
                self._repeats.add(hi, lo, self._repeats.commit)  # a commit counts as done only when all of it is in
            self._repeats.add(*keys_of(pa.array([], pa.string()), self._seed), version)
        return self._repeats

    def _keys_after(self, commit: int) -> Iterator[tuple[Array, Array, int]]:
        """The keys of all later events, with the last commit of each batch."""
        for batch in self.lake.read(["message_id", "commit"], after_commit=commit):
            yield *keys_of(batch.column(0), self._seed), int(pc.max(batch.column(1)).as_py())

    def message_keys(self, ids: pa.Array) -> tuple[Array, Array]:
        """The keys under which message ids are indexed."""
        return keys_of(ids, self._seed)

    def _booked(self) -> tuple[int, int]:
        """The last commit in the books, and the first unused event id after it."""
        version, following = self.ledger.get("next_event_id") or (-1, 0)
        return int(version), int(following)

    def _next_event_id(self) -> int:
        """The first unused event id: from the books, or from the lake where a crash left the books behind."""
        version, following = self._booked()
        if version >= self.lake.version:
            return following
        return max([following - 1, *map(last_event_id, self.lake.parts())]) + 1


def encode(records: pa.Table) -> bytes:
    """Records as one inbox row."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, records.schema, options=_PACKED) as writer:
        writer.write_table(records)
    return bytes(sink.getvalue())


def decode(body: bytes) -> pa.Table:
    """The records of one inbox row."""
    return pa.ipc.open_stream(body).read_all()


def _received(records: pa.Table, now: int) -> pa.Table:
    """The records with a receiving time in every row."""
    place = records.schema.get_field_index("received_at")
    field = RECORD.field("received_at")
    filled: Any = pc.fill_null(records["received_at"], pa.scalar(now, field.type))
    return records.set_column(place, field, filled)


def _pieces(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Tables of at most about `COMMIT_ROWS` rows."""
    waiting: list[pa.Table] = []
    rows = 0
    for table in tables:
        if rows and rows + table.num_rows > COMMIT_ROWS:
            yield pa.concat_tables(waiting)
            waiting, rows = [], 0
        waiting.append(table)
        rows += table.num_rows
    if rows:
        yield pa.concat_tables(waiting)
