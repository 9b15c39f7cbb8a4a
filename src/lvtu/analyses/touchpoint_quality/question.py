"""Touchpoint quality as engines fold it: answers, texts, passes and waits by place and period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import mask_of, view_of
from lvtu.analyses.calendars import boundaries_within
from lvtu.analyses.groups import values_of
from lvtu.analyses.jackknife import GROUPS, groups_of
from lvtu.analyses.means import UNIT
from lvtu.analyses.members import lines_at
from lvtu.analyses.points import sums as summed
from lvtu.analyses.points.answers import PARTS as TOLD
from lvtu.analyses.points.answers import Telling, Told
from lvtu.analyses.response_times.question import MET, MISSED, Waiting
from lvtu.analyses.touchpoint_quality.blends import PARTS
from lvtu.analyses.touchpoint_quality.spec import TouchpointQualitySpec
from lvtu.errors import BadInput
from lvtu.kernels.passes import tally_passes
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

_MOST_CELLS = 1 << 12

_TOLD = np.array([PARTS.index(part) for part in TOLD])
RELIABILITY, PUNCTUALITY = PARTS.index("reliability"), PARTS.index("punctuality")


@dataclass
class State:
    """Sums by cell: period, then group.

    Attributes:
        customers: who answered or wrote.
        sums: by cell, group of customers and part; see `lvtu.analyses.points.sums`.
    """

    customers: Array
    sums: Array


class QualityQuestion:
    """Touchpoint quality by group and period.

    Attributes:
        boundaries: the starts of the periods; of no periods 1970.
        groups: the values of the breakdown by code.
    """

    def __init__(self, spec: TouchpointQualitySpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.telling = Telling(spec, snapshot, weighted=spec.weighted)
        self.boundaries = np.zeros(1, np.int64)
        if spec.period is not None:
            self.boundaries = boundaries_within(spec.period, spec.zone, snapshot.times, spec.span())
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        if self.cells > _MOST_CELLS:
            raise BadInput("scores_too_large", periods=len(self.boundaries), values=len(self.groups))
        self.waiting = [Waiting(one, snapshot) for one in spec.waits()]

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.boundaries) * len(self.groups)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads() | self.telling.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(self.cells, np.int64), summed.empty(self.cells, len(PARTS)))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        hashed = groups_of(block).astype(np.int64)
        told, cells = self.told(block)
        lines = lines_at(block, told.rows)
        summed.add(state.sums, cells, hashed[lines], _TOLD[told.parts], told.points, told.weights)
        state.customers += np.bincount(np.unique(lines * self.cells + cells) % self.cells, minlength=self.cells)
        for waiting in self.waiting:
            rows, late = self.waits(block, waiting)
            self._add(state.sums, PUNCTUALITY, waiting.cells_at(block, rows), hashed[lines_at(block, rows)], ~late)
        if self.spec.failure is not None:
            passes, failures, _, _ = self.passes(block)
            self._add_passes(state.sums, passes, failures)
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        left.sums += right.sums
        return left

    # What counts in a block.

    def told(self, block: Block) -> tuple[Told, Array]:
        """Answers and texts, and their cells."""
        told = self.telling.all(block)
        return told, self.cells_at(block, told.rows)

    def cells_at(self, block: Block, rows: Array) -> Array:
        """The cells of some rows."""
        period = np.maximum(np.searchsorted(self.boundaries, block.column("time")[rows], side="right") - 1, 0)
        if not self.spec.by:
            return period
        found: Array = period * len(self.groups) + block.codes(self.spec.by)[0][rows]
        return found

    def waits(self, block: Block, waiting: Waiting) -> tuple[Array, Array]:
        """The starts of the waits that are settled, and which of them took too long."""
        waits = waiting.waits(block)
        settled = (waits.fate == MET) | (waits.fate == MISSED)
        return waits.starts[settled], waits.fate[settled] == MISSED

    def passes(self, block: Block) -> tuple[Array, Array, Array, Array]:
        """Passes and failed ones by cell and group of customers; of these the rows of the failures, and the cells."""
        width = len(self.groups)
        counts = [np.zeros((self.cells, GROUPS), np.int64) for _ in range(2)]
        rows, cells = np.empty(block.rows, np.int64), np.empty(block.rows, np.int64)
        group = np.ascontiguousarray(block.codes(self.spec.by)[0]) if self.spec.by else NOTHING
        found = tally_passes(
            block.column("offsets"), block.column("time"), block.keep,
            view_of(block, self.snapshot, self.spec.where), group, self.boundaries, *self.spec.span(),
            mask_of(block, self.spec.failure), self.spec.session_gap, np.full(width, -1, np.int64),
            np.empty(width, np.int64), np.empty(width, np.int64), np.empty(width, np.uint8), groups_of(block), *counts,
            rows, cells,
        )  # fmt: skip
        return counts[0], counts[1], rows[:found], cells[:found]

    def _add(self, sums: Array, part: int, cells: Array, hashed: Array, good: Array) -> None:
        same = np.full(len(cells), part)
        summed.add(sums, cells, hashed, same, 100.0 * good, np.full(len(cells), UNIT, np.int64))

    def _add_passes(self, sums: Array, passes: Array, failures: Array) -> None:
        whole = 100 * summed.FINE
        sums[:, :, RELIABILITY, summed.N] += passes
        sums[:, :, RELIABILITY, summed.WEIGHT] += passes * UNIT
        sums[:, :, RELIABILITY, summed.POINTS] += (passes - failures) * UNIT * whole
