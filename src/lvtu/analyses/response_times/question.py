"""Waits as engines fold them: from each start to its answer, or to the end of what is known."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lvtu.analyses.base import codes_of
from lvtu.analyses.calendars import boundaries_within
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import ALWAYS, lines_at, rows_of
from lvtu.analyses.response_times.spec import ResponseTimesSpec
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

MET, MISSED, OPEN, UNTIMED = range(4)
"""What a wait comes to: in time; too late, answered or not; still within its time; answered, but nobody knows how fast.
"""

_MOST_CELLS = 1 << 20


@dataclass(frozen=True)
class Waits:
    """The waits of a block.

    Attributes:
        starts, ends: the rows of both; −1 for no answer yet.
        took: how long, or until the end of what is known, µs of the hours that count.
        fate: see `MET`.
    """

    starts: Array
    ends: Array
    took: Array
    fate: Array


@dataclass
class State:
    """Sums by cell: period, then group.

    Attributes:
        customers: who began to wait.
        waits: how many waits there are of each fate, (cells, 4).
        answered: of each fate those that were answered.
        times: cells and how long the answered waits took, in parts.
    """

    customers: Array
    waits: Array
    answered: Array
    times: list[tuple[Array, Array]] = field(default_factory=list)

    def took(self) -> tuple[Array, Array]:
        """The cells of all timed answers and how long they took, by cell, then by time."""
        nothing = np.zeros(0, np.int64)
        cells, times = (np.concatenate([nothing, *part]) for part in zip(*self.times, strict=True)) \
            if self.times else (nothing, nothing)  # fmt: skip
        order = np.lexsort((times, cells))
        return cells[order], times[order]


class Waiting:
    """Response times by group and period.

    Attributes:
        boundaries: the starts of the periods; of no periods 1970.
        groups: the values of the breakdown by code.
        horizon: the end of what is known, µs.
    """

    def __init__(self, spec: ResponseTimesSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot, self.clock = spec, snapshot, spec.clock
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        self.boundaries = np.zeros(1, np.int64)
        if spec.period is not None:
            self.boundaries = boundaries_within(spec.period, spec.zone, snapshot.times, spec.span())
        self.horizon = min(snapshot.times[1], spec.span()[1])
        self.codes = codes_of(snapshot, spec.start), codes_of(snapshot, spec.end)
        if self.cells > _MOST_CELLS:
            raise BadInput("scores_too_large", periods=len(self.boundaries), values=len(self.groups))

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.boundaries) * len(self.groups)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        waits, answered = np.zeros((2, self.cells, 4), np.int64)
        return State(np.zeros(self.cells, np.int64), waits, answered)

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        found = self.waits(block)
        cells, answered = self.cells_at(block, found.starts), found.ends >= 0
        who = np.unique(lines_at(block, found.starts) * self.cells + cells) % self.cells
        np.add.at(state.customers, who, 1)
        np.add.at(state.waits, (cells, found.fate), 1)
        np.add.at(state.answered, (cells[answered], found.fate[answered]), 1)
        timed = answered & (found.fate != UNTIMED)
        if timed.any():
            state.times.append((cells[timed], found.took[timed]))
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("customers", "waits", "answered"):
            getattr(left, name)[...] += getattr(right, name)
        left.times += right.times
        return left

    def cells_at(self, block: Block, rows: Array) -> Array:
        """The cells of some starts."""
        group = block.codes(self.spec.by)[0][rows].astype(np.int64) if self.spec.by else np.zeros(len(rows), np.int64)
        period = np.searchsorted(self.boundaries, block.column("time")[rows], side="right") - 1
        found: Array = np.maximum(period, 0) * len(self.groups) + group
        return found

    def waits(self, block: Block) -> Waits:
        """The waits of a block, in the order of their starts."""
        spec, time = self.spec, block.column("time")
        first, last = spec.span()
        starts = rows_of(block, self.snapshot, spec.where, spec.start_where, codes=self.codes[0], span=(first, last))
        answers = rows_of(block, self.snapshot, spec.where, spec.end_where, codes=self.codes[1], span=(ALWAYS[0], last))
        starts, answers = self._told(block, starts), self._told(block, answers)
        keys, answer_keys = self._keys(block, starts), self._keys(block, answers)
        if spec.match:
            begun = np.sort(np.unique(keys, return_index=True)[1])  # a ticket is created once
            starts, keys = starts[begun], keys[begun]
        order = np.lexsort((answers, answer_keys))
        answers, answer_keys = answers[order], answer_keys[order]
        whole = answer_keys * (block.rows + 1) + answers
        place = np.searchsorted(whole, keys * (block.rows + 1) + starts, side="right")
        there = place < len(answers)
        there[there] &= answer_keys[place[there]] == keys[there]
        ends = np.full(len(starts), -1, np.int64)
        ends[there] = answers[place[there]]
        until = np.where(there, time[np.maximum(ends, 0)], max(self.horizon, 0))
        until = np.maximum(until, time[starts])
        took = until - time[starts] if self.clock is None else self.clock.between(time[starts], until)
        late = took > spec.target
        fate = np.where(there, np.where(late, MISSED, MET), np.where(late, MISSED, OPEN))
        exact = exact_rows(block)
        if len(exact):
            fate[(exact[starts] == 0) | (there & (exact[np.maximum(ends, 0)] == 0))] = UNTIMED
        return Waits(starts, ends, took, fate)

    def _told(self, block: Block, rows: Array) -> Array:
        """The rows that say what they belong to, where that is asked."""
        return rows if self.spec.match is None else rows[block.codes(self.spec.match)[0][rows] > 0]

    def _keys(self, block: Block, rows: Array) -> Array:
        """What rows belong to: the customer, and the ticket."""
        lines = lines_at(block, rows).astype(np.int64)
        if self.spec.match is None:
            return lines
        codes, names = block.codes(self.spec.match)
        found: Array = lines * len(names) + codes[rows]
        return found
