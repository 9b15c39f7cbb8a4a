"""The tail: what reached the lake after the journeys were built, merged into the lines it touches.

Each process reads the tail from the lake by itself (it is at most a twentieth of the base), so there is no
second on-disk format to keep true. Lines that the tail touches are hidden in their bucket and appear,
merged, in a block beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.kernels.merging import gather_merged, merge_lines
from lvtu.store.journeys.arrivals import Arrivals
from lvtu.store.journeys.behind import Behind
from lvtu.store.journeys.block import BaseBlock, Block, Dictionary
from lvtu.store.journeys.build import MessageIds, postings, settle
from lvtu.store.journeys.columns import NOTHING, Array, smallest
from lvtu.store.journeys.derived import Readings
from lvtu.store.journeys.owners import Owners

COLUMNS = ("time", "sequence", "event", "channel", "value", "event_id", "commit")


@dataclass
class Part:
    """What the tail does to one bucket.

    Attributes:
        untouched: which of the bucket's customers stay as they are, one byte each.
        base: for each merged line, the bucket's customer, or -1 for a new one.
        names: what each new line's customer is called, by line; null where the bucket knows.
        hi: each new line's key, its high half; 0 where the bucket knows.
        rows: the tail's rows, by line and then in journey order.
        offsets: where each line's begin in it (lines + 1).
    """

    untouched: Array
    base: Array
    names: pa.Array
    hi: Array
    rows: Array
    offsets: Array


class Tail:
    """Rows of the lake behind the base, with their owners.

    Attributes:
        commit: the last commit in it.
        events, channels: names by code, the base's first.
        columns: the rows' columns, moved rows of the base included at the end.
        buckets: the base's.
    """

    def __init__(
        self, commit: int, arrivals: Arrivals, owners: Owners, buckets: Sequence[BaseBlock], message_ids: MessageIds,
        behind: Behind,
    ) -> None:  # fmt: skip
        self.commit, self._behind = commit, behind
        self.events, self.channels = tuple(arrivals.events), tuple(arrivals.channels)
        self.message_ids = message_ids
        self.arrivals, self.owners = arrivals, owners
        self._moved = owners.moved
        self._arrived = len(arrivals.time)
        self.columns = {name: getattr(arrivals, name) for name in COLUMNS}
        for name in ("sequence", "event_id"):
            self.columns[name] = self.columns[name].astype(np.int64)
        for name in COLUMNS:
            if len(owners.moved):
                copies = [_copied(buckets[b].column(name), r) for b, r in owners.moved]
                self.columns[name] = np.concatenate([self.columns[name], *copies])
        self._fields: dict[str, Array] = {}
        self.buckets = list(buckets)
        self._parts = _parts(self, owners, buckets)

    @property
    def rows(self) -> int:
        """How many events."""
        return len(self.columns["time"])

    @property
    def times(self) -> tuple[int, int]:
        """The first and the last event's time, µs."""
        return int(self.columns["time"].min()), int(self.columns["time"].max())

    @property
    def event_ids(self) -> Array:
        """The event id of every row."""
        ids: Array = self.columns["event_id"]
        return ids

    def part(self, bucket: int) -> Part | None:
        """What the tail does to a bucket; None when it leaves it alone."""
        return self._parts.get(bucket)

    def read(self, names: Sequence[str], readings: Readings | None = None) -> dict[str, Sequence[str]]:
        """Take in some fields of the tail's rows, which the base has; return the texts by code, the base's first."""
        last = int(self.event_ids[: self._arrived].max(initial=self._behind.first - 1))
        texts = {}
        for name, field in self._behind.read(names, self.commit, last, readings).items():
            column = field.numbers[self.event_ids[: self._arrived] - self._behind.first]
            moved = [self.buckets[b].field(name)[r] for b, r in self._moved]
            self._fields[name] = np.concatenate([column, *moved]) if moved else column
            texts[name] = field.values
        return texts

    def field(self, name: str) -> Array:
        """A field of the tail's rows."""
        return self._fields[name]


def _copied(column: Array, rows: Array) -> Array:
    """Some rows of a base column; one that is empty (sequences that no event has) reads as zeros."""
    return column[rows] if len(column) else np.zeros(len(rows), np.int64)


def _parts(tail: Tail, owners: Owners, buckets: Sequence[BaseBlock]) -> dict[int, Part]:
    order = np.lexsort((tail.columns["sequence"], tail.columns["time"], owners.line, owners.bucket))
    order = _settle(tail, owners, order)
    bucket, line = owners.bucket[order], owners.line[order]
    parts = {}
    for number in np.unique(np.concatenate([bucket, [b for b, _ in owners.moved]]).astype(np.int64)).tolist():
        span = slice(*np.searchsorted(bucket, [number, number + 1]))
        lines, starts = np.unique(line[span], return_index=True)
        size = buckets[number].customers
        untouched = np.ones(size, np.uint8)
        untouched[lines[lines < size]] = 0
        untouched[owners.hidden.get(number, NOTHING).astype(np.int64)] = 0
        known = lines < size
        new = lines - owners.new.first
        names = owners.new.names.take(pa.array(new, mask=known))
        hi = np.zeros(len(lines), np.uint64)
        hi[~known] = owners.new.hi[new[~known]]
        offsets = np.append(starts, span.stop - span.start).astype(np.int64)
        parts[number] = Part(untouched, np.where(known, lines, -1).astype(np.int64), names, hi, order[span], offsets)
    return parts


def _settle(tail: Tail, owners: Owners, order: Array) -> Array:
    """Put rows that tie in customer, time and sequence in the order of their message ids."""
    keys = [owners.bucket, owners.line, tail.columns["time"], tail.columns["sequence"]]
    same = np.ones(max(len(order) - 1, 0), bool)
    for key in keys:
        same &= key[order][1:] == key[order][:-1]
    return settle(order, np.append(False, same)[: len(order)], lambda rows: tail.message_ids(tail.event_ids[rows]))


class TailBlock(Block):
    """The merged lines of one bucket: its touched customers and its new ones.

    Rows of base and tail that tie are in no order yet: see `tied` and `settle`.
    """

    def __init__(self, base: BaseBlock, part: Part, tail: Tail, dictionary: Dictionary) -> None:
        super().__init__(dictionary)
        self._base, self._part, self._tail = base, part, tail
        self.customers = len(part.base)
        known = part.base[part.base >= 0]
        sizes = np.diff(base.column("offsets"))[known] if len(known) else NOTHING
        self.rows = int(sizes.sum()) + len(part.rows)
        self._ties = NOTHING
        self._take = self._merge()

    def names(self) -> pa.Array:
        """What each customer is called."""
        names = self._base.names()
        known = names.take(pa.array(self._part.base, mask=self._part.base < 0))
        return pc.coalesce(known, self._part.names)

    def _merge(self) -> Array:
        columns = {name: self._tail.columns[name][self._part.rows] for name in ("time", "sequence")}
        take, ties = np.empty(self.rows, np.int64), np.zeros(self.rows, np.uint8)
        offsets = np.zeros(self.customers + 1, np.int64)
        base = self._base
        sequence = base.column("sequence")
        tied = merge_lines(
            self._part.base, base.column("offsets"), base.column("time"), sequence,
            self._part.offsets, columns["time"], columns["sequence"], take, offsets, ties,
        )  # fmt: skip
        self._columns["offsets"] = offsets.astype(np.uint32)
        if tied:
            self._ties = _between(take, ties.astype(bool))
        return take

    @property
    def tied(self) -> Array:
        """The events whose message ids decide an order."""
        tied = self._ties.copy()
        tied[:-1] |= self._ties[1:]
        return self._ids_of(self._take[np.flatnonzero(tied)])

    def settle(self, message_ids: MessageIds) -> TailBlock:
        """Put rows that tie in the order of their message ids, before any column is read."""
        if len(self._ties):
            self._take = settle(self._take, self._ties, lambda take: message_ids(self._ids_of(take)))
        return self

    def _ids_of(self, take: Array) -> Array:
        ids = np.empty(len(take), np.int64)
        gather_merged(self._base.column("event_id"), self._tail.event_ids[self._part.rows], take, ids)
        return ids

    def _load(self, name: str) -> Array:
        if name.startswith("post_"):
            found = postings(self.column("event"), self.column("offsets"), self.column("time"), len(self._tail.events))
            self._columns.update(found)
            return found[name]
        if name == "hi":
            known = self._part.base >= 0
            hi = self._part.hi.copy()
            hi[known] = self._base.column("hi")[self._part.base[known]]
            return hi
        if name == "lo":
            raise KeyError(name)
        base, new = self._base.column(name), self._tail.columns[name]
        if len(base) < self._base.rows:  # no event of the base has a sequence
            base = np.zeros(self._base.rows, base.dtype)
        return self._gathered(base, new)

    def _load_field(self, name: str) -> Array:
        return self._gathered(self._base.field(name), self._tail.field(name))

    def _gathered(self, base: Array, new: Array) -> Array:
        kind: Any = np.promote_types(base.dtype, new.dtype)
        if base.dtype.kind == "u" and new.dtype.kind == "u":
            top = max(int(base.max(initial=0)), int(new.max(initial=0)))
            kind = smallest(top + 1)
        out = np.empty(self.rows, kind)
        gather_merged(base, new[self._part.rows], self._take, out)
        return out


def looked_up(blocks: Iterable[TailBlock], message_ids: MessageIds) -> MessageIds:
    """The message ids of all that ties in some blocks, looked up at once: a look-up may read all of the lake."""
    wanted = np.unique(np.concatenate([np.empty(0, np.int64), *(block.tied for block in blocks)]))
    if not len(wanted):
        return message_ids
    found = message_ids(wanted)

    def of(event_ids: Array) -> pa.Array:
        return found.take(pa.array(np.searchsorted(wanted, event_ids)))

    return of


def _between(take: Array, ties: Array) -> Array:
    """Of the ties in merged order (see `merge_lines`) those of base and new rows: each by themselves are in order."""
    runs = np.cumsum(~ties)
    tied = ties.copy()
    tied[:-1] |= ties[1:]
    places = np.flatnonzero(tied)
    new = take[places] < 0
    mixed = np.intersect1d(runs[places[new]], runs[places[~new]])
    kept: Array = ties & np.isin(runs, mixed)
    return kept
