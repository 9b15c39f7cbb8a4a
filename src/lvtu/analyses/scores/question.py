"""Scores as engines fold them: one pass that sums answers by group, period and value."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from lvtu.analyses.base import both, codes_of, mask_of, names_in, view_of
from lvtu.analyses.calendars import boundaries_within
from lvtu.analyses.groups import values_of
from lvtu.analyses.means import UNIT, Scores
from lvtu.analyses.members import lines_at
from lvtu.analyses.scores.asked import Asked
from lvtu.analyses.scores.measures import OF_TEXT, Measure
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.analyses.scores.tallies import columns_of, rows_with, summed
from lvtu.analyses.scratch import scratch
from lvtu.errors import BadInput
from lvtu.kernels.scores import invited, tally
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

_MOST_CELLS = 1 << 22


@dataclass
class State:
    """Integers by cell: period, then group.

    Attributes:
        present: customers with any event.
        answered: customers with an answer.
        counts, weights: answers, and their weights in millionths, by value.
        squares: sums of squared weights in three parts, see `lvtu.kernels.scores.tally`.
        odd: answers that have no column there.
        outside: answers beyond the ends of the scale, (1,).
        asked, responded: customers who were asked for an answer, and of them who gave one later, survey by survey.
    """

    present: Array
    answered: Array
    counts: Array
    weights: Array
    squares: Array
    outside: Array
    asked: Array
    responded: Array
    odd: defaultdict[int, Scores] = field(default_factory=lambda: defaultdict(Scores))


class ScoresQuestion:
    """Scores on one scale, by group and period.

    Args:
        spec: the question.
        measure: what is worked out, on which scale.
        snapshot: of what.
        asked: by what somebody is asked.
        surveys: the codes of those that ask on the scale.

    Attributes:
        boundaries: the starts of the periods; of no periods 1970.
        groups: the values of the breakdown by code.
    """

    def __init__(
        self, spec: ScoresSpec, measure: Measure, snapshot: Snapshot, asked: Asked, surveys: frozenset[int]
    ) -> None:  # fmt: skip
        self.asked, self.surveys = asked, surveys
        self.spec, self.measure, self.snapshot = spec, measure, snapshot
        self.boundaries = np.zeros(1, np.int64)
        if spec.period is not None:
            self.boundaries = boundaries_within(spec.period, spec.zone, snapshot.times, spec.span())
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        self.codes = codes_of(snapshot, spec.event)
        self.low, self.high, self.first, self.columns = columns_of(measure)
        if self.cells * self.columns > _MOST_CELLS:
            raise BadInput("scores_too_large", periods=len(self.boundaries), values=len(self.groups))

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.boundaries) * len(self.groups)

    @property
    def values(self) -> Array:
        """The value of each column."""
        found: Array = self.first + np.arange(self.columns) / self.measure.per
        return found

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec) | self.asked.reads

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        present, answered, asked, responded = (np.zeros(self.cells, np.int64) for _ in range(4))
        counts, weights, squares = (np.zeros((self.cells, n), np.int64) for n in (self.columns, self.columns, 3))
        return State(present, answered, counts, weights, squares, np.zeros(1, np.int64), asked, responded)

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        view, groups = view_of(block, self.snapshot, self.spec.where), self._groups(block)
        rows, cells = scratch("rows", block.rows, np.int64), scratch("cells", block.rows, np.int64)
        odd = tally(
            block.column("offsets"), block.column("time"), block.keep, view, groups, self.boundaries,
            *self.spec.span(), int(self.spec.carry), self.scores(block), self.scales(block), self.scale(),
            self._weights(block), self._asked(block), float(UNIT), float(self.low), float(self.high), float(self.first),
            float(self.measure.per), np.full(2 * self.cells, -1, np.int64), state.present, state.answered, state.counts,
            state.weights, state.squares, rows, cells, state.outside,
        )  # fmt: skip
        if odd:
            self._add_odd(block, rows[:odd], cells[:odd], state)
        if self.asked.sent:
            self._add_sent(block, view, groups, state)
        return state

    def _add_odd(self, block: Block, rows: Array, cells: Array, state: State) -> None:
        order = np.argsort(cells, kind="stable")
        rows, cells = rows[order], cells[order]
        scores, weights = self.scores(block)[rows], self._given_weights(block, rows)
        starts = np.flatnonzero(np.diff(cells, prepend=-1))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(cells)], strict=True):
            state.odd[int(cells[start])].add(scores[start:end], weights[start:end])

    def _add_sent(self, block: Block, view: Array, groups: Array, state: State) -> None:
        for sent, answers in self.asked.apart(block, self.answers(block), self.surveys):
            invited(
                block.column("offsets"), block.column("time"), block.keep, view, groups, self.boundaries,
                *self.spec.span(), int(self.spec.carry), sent, answers,
                np.full(2 * self.cells, -1, np.int64), state.asked, state.responded,
            )  # fmt: skip

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("present", "answered", "counts", "weights", "squares", "outside", "asked", "responded"):
            getattr(left, name)[...] += getattr(right, name)
        for cell, scores in right.odd.items():
            left.odd[cell].merge(scores)
        return left

    # One block's answers.

    def scores(self, block: Block) -> Array:
        """The answers by row, NaN for none."""
        return block.numbers(self.measure.column)

    def scales(self, block: Block) -> Array:
        """The codes of their scales by row; what is read in texts is on none."""
        return np.zeros(block.rows, np.uint8) if self.spec.metric in OF_TEXT else block.codes("scale")[0]

    def scale(self) -> int:
        """The code of the scale."""
        return code_of_scale(self.measure, self.snapshot)

    def answers(self, block: Block) -> Array:
        """The rows of the answers that count."""
        rows = given(block, self.snapshot, self.spec, self.codes)
        score = self.scores(block)[rows]
        on = (self.scales(block)[rows] == self.scale()) & (score >= self.low) & (score <= self.high)
        found: Array = rows[on]
        return found

    def group(self, block: Block, rows: Array) -> Array:
        """The code of the group of each of some answers, in the order of the block."""
        if not self.spec.by:
            return np.zeros(len(rows), np.int64)
        codes = block.codes(self.spec.by)[0].astype(np.int64)
        if not self.spec.carry:
            return codes[rows]
        view = view_of(block, self.snapshot, self.spec.where)
        named = codes != 0 if not len(view) else (codes != 0) & (view != 0)
        before = np.maximum.accumulate(np.where(named, np.arange(block.rows), -1))[rows]
        own = before >= block.column("offsets")[lines_at(block, rows)]
        found: Array = np.where(own, codes[before], 0)
        return found

    def period(self, block: Block, rows: Array) -> Array:
        """The number of the period of each of some answers."""
        found: Array = np.searchsorted(self.boundaries, block.column("time")[rows], side="right") - 1
        return np.maximum(found, 0)

    def _groups(self, block: Block) -> Array:
        return np.ascontiguousarray(block.codes(self.spec.by)[0]) if self.spec.by else NOTHING

    def _weights(self, block: Block) -> Array:
        return block.numbers("weight") if self.spec.weighted else NOTHING.view(np.float64)

    def _given_weights(self, block: Block, rows: Array) -> Array:
        return block.numbers("weight")[rows] if self.spec.weighted else np.full(len(rows), np.nan)

    def _asked(self, block: Block) -> Array:
        """Which rows may be answers at all, one byte each; empty for all."""
        return _asked(block, self.snapshot, self.spec, self.codes)

    # Sums.

    def sums(self, state: State, cell: int) -> Scores:
        """The answers of a cell."""
        return summed(self.measure, state.counts[cell], state.weights[cell], state.squares[cell], state.odd.get(cell))


def code_of_scale(measure: Measure, snapshot: Snapshot) -> int:
    """The code of a measure's scale; 0 for none."""
    return 0 if measure.scale is None else list(snapshot.names("scale")).index(measure.scale)


def given(block: Block, snapshot: Snapshot, spec: ScoresSpec, codes: list[int] | None) -> Array:
    """The rows of a block with an answer that counts, on any scale, as a question selects them."""
    found = rows_with(block, Measure(spec.metric, None).column, spec.weighted).astype(np.int64)
    low, high = spec.span()
    time = block.column("time")[found]
    kept = (time >= low) & (time < high)
    for mask in (view_of(block, snapshot, spec.where), _asked(block, snapshot, spec, codes)):
        if len(mask):
            kept &= mask[found] != 0
    if len(block.keep):
        kept &= block.keep[lines_at(block, found)] != 0
    return found[kept]


def _asked(block: Block, snapshot: Snapshot, spec: ScoresSpec, codes: list[int] | None) -> Array:
    mask = mask_of(block, spec.event_where)
    if codes is None:
        return mask
    wanted = np.zeros(len(snapshot.events), np.uint8)
    wanted[codes] = 1
    return both(wanted[block.column("event")], mask)


class ScalesSeen:
    """How many answers there are on each scale, as engines fold them."""

    def __init__(self, spec: ScoresSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot, self.codes = spec, snapshot, codes_of(snapshot, spec.event)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> Counter[str | None]:
        """No answers."""
        return Counter()

    def partial(self, block: Block, state: Counter[str | None]) -> Counter[str | None]:
        """Add a block's customers."""
        codes, names = block.codes("scale")
        found = np.bincount(codes[given(block, self.snapshot, self.spec, self.codes)], minlength=len(names))
        state.update({names[code] if code else None: int(found[code]) for code in np.flatnonzero(found).tolist()})
        return state

    def merge(self, left: Counter[str | None], right: Counter[str | None]) -> Counter[str | None]:
        """Both."""
        left.update(right)
        return left


def reads_of(spec: ScoresSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where, spec.event_where) | ({spec.by} if spec.by else set()) | _answered(spec)


def _answered(spec: ScoresSpec) -> set[str]:
    return {spec.metric, "weight"} if spec.metric in OF_TEXT else {"score", "scale", "weight"}
