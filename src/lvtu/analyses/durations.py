"""How long things took, by line (a step of a group, say): what a state holds of durations."""

from __future__ import annotations

import numpy as np

from lvtu.analyses.scratch import scratch
from lvtu.kernels.durations import BINS, MARK_BITS, medians, medians_of_marks, quantiles, quantiles_of_marks
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

MOST_DENSE = 128
"""Lines with a histogram each, at most: 3 MB of them. More leave the core's cache, and most bins would be zero."""

_SETTLED = 1 << 18

_EXACT = ("", "exact")


def exact_rows(block: Block) -> Array:
    """Which rows have exact times, one byte each; empty when all have (a missing basis means exact).

    A block that is asked has the field ``time_basis`` among what its question reads.
    """
    codes, names = block.codes("time_basis")
    exact = np.array([name in _EXACT for name in names], np.uint8)
    return NOTHING if exact.all() else exact[codes]


def all_exact(snapshot: Snapshot) -> bool:
    """Whether every event's time is exact, of a snapshot that was prepared for ``time_basis``."""
    return all(name in _EXACT for name in snapshot.names("time_basis"))


class Durations:
    """Durations by line, to 1 %: a histogram each where lines are few, else a sorted list of the bins that occur.

    A thousand groups of four steps would be 49 MB of histograms, nearly all zeros, and adding to them at random costs
    more than counting the funnel.

    Args:
        lines: how many.

    Attributes:
        bins: for kernels, (lines, bins); without columns where marks are wanted instead.
    """

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.bins = np.zeros((lines, BINS if lines <= MOST_DENSE else 0), np.int64)
        self._marks, self._counts = np.empty(0, np.uint64), np.empty(0, np.int64)
        self._waiting: list[Array] = []

    def room(self, most: int) -> Array:
        """Where a kernel writes up to ``most`` marks; empty where it fills the histograms instead."""
        return NOTHING.view(np.uint64) if self.bins.shape[1] else scratch("marks", most, np.uint64)

    def add(self, marks: Array) -> None:
        """Take in the marks that a kernel has written."""
        if len(marks):
            self._waiting.append(marks.copy())
            if sum(map(len, self._waiting)) > _SETTLED:
                self._settle()

    def merge(self, other: Durations) -> None:
        """Add another's durations."""
        self.bins += other.bins
        other._settle()
        self._settle([other])

    def marks(self) -> tuple[Array, Array]:
        """All that is known: the distinct marks (``line << 12 | bin``), ascending, and how often each was seen."""
        if not self.bins.shape[1]:
            self._settle()
            return self._marks, self._counts
        lines, places = np.nonzero(self.bins)
        return (lines << MARK_BITS | places).astype(np.uint64), self.bins[lines, places]

    def number(self) -> int:
        """How many durations there are."""
        return int(self.marks()[1].sum())

    def medians(self) -> list[int | None]:
        """The median of every line, µs; None where there is none."""
        if self.bins.shape[1]:
            return medians(self.bins)
        return medians_of_marks(*self.marks(), self.lines)

    def quantiles(self, share: float) -> list[int | None]:
        """The nearest-rank quantile of every line, µs; None where there is none."""
        if self.bins.shape[1]:
            return quantiles(self.bins, share)
        return quantiles_of_marks(*self.marks(), self.lines, share)

    def of(self, line: int) -> Array:
        """The histogram of one line, (bins,)."""
        if self.bins.shape[1]:
            return np.asarray(self.bins[line])
        marks, counts = self.marks()
        low, high = np.searchsorted(marks, np.array([line, line + 1], np.uint64) << np.uint64(MARK_BITS))
        return _histogram(marks[low:high], counts[low:high])

    def total(self) -> Array:
        """The histogram of all lines together, (bins,)."""
        return np.asarray(self.bins.sum(0)) if self.bins.shape[1] else _histogram(*self.marks())

    def _settle(self, others: list[Durations] | None = None) -> None:
        """Sort and count what waits, and bring it together with what was counted before."""
        parts = [(self._marks, self._counts), *((other._marks, other._counts) for other in others or ())]
        if self._waiting:
            parts.append(np.unique(np.concatenate(self._waiting), return_counts=True))
            self._waiting = []
        parts = [part for part in parts if len(part[0])]
        if len(parts) < 2:
            self._marks, self._counts = parts[0] if parts else (self._marks, self._counts)
            return
        marks, counts = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
        order = np.argsort(marks, kind="stable")
        marks, counts = marks[order], counts[order]
        first = np.flatnonzero(np.append(True, marks[1:] != marks[:-1]))
        self._marks, self._counts = marks[first], np.add.reduceat(counts, first)


def _histogram(marks: Array, counts: Array) -> Array:
    found = np.zeros(BINS, np.int64)
    np.add.at(found, (marks & np.uint64((1 << MARK_BITS) - 1)).astype(np.int64), counts)
    return found


assert BINS <= 1 << MARK_BITS
