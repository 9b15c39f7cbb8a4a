"""Sums of the answers on one scale by cell: whole numbers in arrays, whichever way they merge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from lvtu.analyses.base import both
from lvtu.analyses.means import UNIT, Scores
from lvtu.analyses.members import lines_at
from lvtu.analyses.scores.measures import Measure
from lvtu.analyses.scratch import scratch
from lvtu.kernels.scores import LOW_BITS, add_up, rows_given
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array

COLUMNS = 21
"""Values that are counted in arrays where a scale does not tell its ends: 0 to 20."""


def columns_of(measure: Measure) -> tuple[float, float, float, int]:
    """The lowest and the highest answer that counts, the value of the first column, and how many columns there are."""
    if measure.ends is None:
        return -np.inf, np.inf, 0.0, COLUMNS
    low, high = measure.ends
    return low, high, low, int((high - low) * measure.per) + 1


@dataclass(frozen=True)
class Answers:
    """The answers of a block that count: those with a score, and no weight of 0.

    Attributes:
        rows: theirs, in the order of the block.
        time: when they were given, µs.
        scores: they.
        scales: the codes of their scales; 0 of what is read in texts.
        weights: theirs, NaN for none given; empty where each counts as one.
    """

    rows: Array
    time: Array
    scores: Array
    scales: Array
    weights: Array

    @classmethod
    def of(cls, block: Block, column: str, weighted: bool) -> Answers:
        """Those of a block: looked up once for all questions about them.

        Args:
            block: whose.
            column: that holds the scores.
            weighted: whether weights count.
        """
        rows = rows_with(block, column, weighted)

        def taken(name: str, values: Callable[[], Array]) -> Array:
            return block.kept(f"{column} {name} where given {weighted}", lambda: values()[rows])

        no_scales = np.zeros(len(rows), np.uint8)
        return cls(
            rows, taken("time", lambda: block.column("time")), taken("score", lambda: block.numbers(column)),
            taken("scale", lambda: block.codes("scale")[0]) if column == "score" else no_scales,
            taken("weight", lambda: block.numbers("weight")) if weighted else NOTHING.view(np.float64),
        )  # fmt: skip

    def weighed(self, some: Array) -> Array:
        """The weights of some of them."""
        return self.weights[some] if len(self.weights) else np.full(len(some), np.nan)

    def seen(self, block: Block, mask: Array) -> Array:
        """Which of them a mask of rows lets be, and customers that count gave; empty for all."""
        found = mask[self.rows] if len(mask) else NOTHING
        return both(found, block.keep[lines_at(block, self.rows)]) if len(block.keep) else found


def rows_with(block: Block, column: str, weighted: bool) -> Array:
    """The rows of a block that hold an answer that counts (uint32)."""

    def look() -> Array:
        rows = scratch("given", block.rows, np.uint32)
        weights = block.numbers("weight") if weighted else NOTHING.view(np.float64)
        return rows[: rows_given(block.numbers(column), weights, float(UNIT), rows)].copy()

    return block.kept(f"{column} given {weighted}", look)


@dataclass
class Tallies:
    """Sums by cell.

    Attributes:
        measure: on whose scale.
        counts, weights: answers, and their weights in millionths, by cell and value.
        squares: sums of squared weights in three parts, see `lvtu.kernels.scores.tally`.
        odd: answers that have no column there, by cell.
    """

    measure: Measure
    counts: Array
    weights: Array
    squares: Array
    odd: defaultdict[int, Scores] = field(default_factory=lambda: defaultdict(Scores))

    @classmethod
    def of(cls, measure: Measure, cells: int) -> Tallies:
        """The sums of nothing."""
        columns = columns_of(measure)[-1]
        counts, weights, squares = (np.zeros((cells, n), np.int64) for n in (columns, columns, 3))
        return cls(measure, counts, weights, squares)

    def add(self, answers: Answers, seen: Array, cells: Array, scale: int) -> None:
        """Take some answers.

        Args:
            answers: they.
            seen: which of them count here, one byte each; empty for all.
            cells: of each the cell, below 0 for none (int64).
            scale: the code of the scale; 0 of what is read in texts.
        """
        measure, (low, high, first, _) = self.measure, columns_of(self.measure)
        odd = scratch("odd", len(answers.rows), np.int64)
        found = add_up(
            cells, seen, answers.scores, answers.scales, scale, answers.weights, float(UNIT), float(low), float(high),
            float(first), float(measure.per), self.counts, self.weights, self.squares, odd,
        )  # fmt: skip
        listed = odd[:found]
        for cell in np.unique(cells[listed]).tolist():
            some = listed[cells[listed] == cell]
            self.odd[cell].add(answers.scores[some], answers.weighed(some))

    def merge(self, other: Tallies) -> None:
        """Add others of the same scale and cells."""
        for name in ("counts", "weights", "squares"):
            getattr(self, name)[...] += getattr(other, name)
        for cell, scores in other.odd.items():
            self.odd[cell].merge(scores)

    def cells(self) -> list[int]:
        """The cells with answers."""
        return sorted({*np.flatnonzero(self.counts.any(axis=1)).tolist(), *self.odd})

    def scores(self, cell: int) -> Scores:
        """The answers of a cell."""
        return summed(self.measure, self.counts[cell], self.weights[cell], self.squares[cell], self.odd.get(cell))


def summed(measure: Measure, counts: Array, weights: Array, squares: Array, odd: Scores | None) -> Scores:
    """The answers of one cell.

    Args:
        measure: on whose scale.
        counts, weights: by value.
        squares: their three parts.
        odd: those without a column.
    """
    first = columns_of(measure)[2]
    there = np.flatnonzero(counts)
    values = (first + there / measure.per).tolist()
    high, cross, low = squares.tolist()
    found = Scores(
        Counter(dict(zip(values, counts[there].tolist(), strict=True))),
        Counter(dict(zip(values, weights[there].tolist(), strict=True))),
        (high << 2 * LOW_BITS) + (cross << LOW_BITS + 1) + low,
    )
    if odd is not None:
        found.merge(odd)
    return found
