"""When a share or a mean changed: the split of a time line that fits best, and the chance that noise fits as well.

Which split is best is chosen by looking at the data, so the chance is that of the best of all splits, not that of one:
for shares exact (K. J. Worsley, Biometrika 70 (1983) 455–464, conditional on the total), for means by the Brownian
bridge at the same moments. Both are worked out by following, period by period, how likely the sums have stayed within
the bounds up to there. Where periods differ among themselves by more than chance, that excess is taken out first.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lvtu.analyses.intervals import Z95, discoveries
from lvtu.analyses.intervals import difference as difference_of
from lvtu.store.journeys.columns import Array

LEVEL = 0.05
"""Of the changes that are told, at most this share is expected to be chance."""

FEWEST_PERIODS = 4
"""Periods with anything in them; of fewer nothing is told."""

_MOST_LEVELS = 4
_FLOOR = 1e-12
_REACH = 9.0
"""Standard deviations beyond which nothing is followed."""

_MANY = 12
"""Periods from which on neighbours tell how much chance there is."""

_BADLY = 2.5
"""So many times the excess between neighbours around two levels means that there are more levels."""

_OF_FOUR_FIFTHS = 0.439
"""The mean of the lower four fifths of squares of standard normal values."""

_GRID = 200
"""Steps to one standard deviation of a bridge."""


@dataclass(frozen=True)
class ChangePoint:
    """A change.

    Attributes:
        at: the number of the first period of the new level.
        since, until: the periods that were looked at, from one on and before another.
        before, after: the levels.
        difference, low, high: after − before, with its 95 % interval for a split that was known beforehand.
        n_before, n_after: what the levels are of.
        p_value: how likely the best split fits so well by chance alone.
        p_adjusted: the same after false-discovery control over all series that were looked at.
    """

    at: int
    since: int
    until: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    n_before: int
    n_after: int
    p_value: float
    p_adjusted: float = math.nan


class Line(ABC):
    """A time line of sums, period by period."""

    def __init__(self, counts: Array) -> None:
        self.counts = np.asarray(counts, np.int64)

    def __len__(self) -> int:
        return len(self.counts)

    def change(self, since: int = 0, until: int | None = None) -> ChangePoint | None:
        """The best split of some periods; None where there is nothing to tell."""
        until = len(self) if until is None else until
        places = since + np.flatnonzero(self.counts[since:until])
        if len(places) < FEWEST_PERIODS:
            return None
        found = self._best(places)
        if found is None:
            return None
        split, p_value = found
        at = int(places[split])
        n = (int(self.counts[since:at].sum()), int(self.counts[at:until].sum()))
        before, after, difference, low, high = self._levels(slice(since, at), slice(at, until))
        return ChangePoint(at, since, until, before, after, difference, low, high, *n, p_value)

    @abstractmethod
    def _best(self, places: Array) -> tuple[int, float] | None:
        """How many of some periods, none of them empty, come before the best split, and the chance."""

    @abstractmethod
    def _levels(self, first: slice, then: slice) -> tuple[float, float, float, float, float]:
        """The level of both parts, the difference and its interval."""


class Shares(Line):
    """A share, period by period.

    Args:
        part: how many have it.
        whole: of how many.
    """

    def __init__(self, part: Array, whole: Array) -> None:
        super().__init__(whole)
        self.part = np.asarray(part, np.int64)

    def _best(self, places: Array) -> tuple[int, float] | None:
        part, whole = self.part[places], self.counts[places]
        x, n = int(part.sum()), int(whole.sum())
        if not 0 < x < n:
            return None
        sums, sizes = np.cumsum(part)[:-1], np.cumsum(whole)[:-1]
        gains = _likelihoods(sums, sizes, x, n)
        split = int(np.argmax(np.round(gains, 9))) + 1
        levels = np.where(np.arange(len(part)) < split, sums[split - 1] / sizes[split - 1],
                          (x - sums[split - 1]) / (n - sizes[split - 1]))  # fmt: skip
        variance = x / n * (1 - x / n) / whole
        excess, apart = _without_excess(math.sqrt(max(gains[split - 1], 0.0)), part / whole, levels, variance)
        bound = apart * apart
        if excess > 1:
            whole = np.maximum(np.round(whole / excess), 1).astype(np.int64)
            n, x = int(whole.sum()), min(max(round(x / excess), 1), int(whole.sum()) - 1)
        return split, _chance_of_shares(whole, x, n, bound)

    def _levels(self, first: slice, then: slice) -> tuple[float, float, float, float, float]:
        (k1, n1), (k2, n2) = ((int(self.part[one].sum()), int(self.counts[one].sum())) for one in (first, then))
        told = difference_of(k2, n2, k1, n1)
        assert told is not None, "both parts hold something"
        return k1 / n1, k2 / n2, *told[:3]


class Means(Line):
    """A mean, period by period.

    Args:
        sums, squares: of the values, and of their squares.
        counts: how many values.
    """

    def __init__(self, sums: Array, squares: Array, counts: Array) -> None:
        super().__init__(counts)
        self.sums, self.squares = np.asarray(sums, float), np.asarray(squares, float)

    def _best(self, places: Array) -> tuple[int, float] | None:
        sums, counts = self.sums[places], self.counts[places]
        n, freedom = int(counts.sum()), int(counts.sum()) - len(counts)
        around = float(self.squares[places].sum() - (sums**2 / counts).sum())
        if freedom < 2 or around <= 1e-9:
            return None
        reached, sizes = np.cumsum(sums)[:-1], np.cumsum(counts)[:-1]
        apart = np.abs(reached - sizes * sums.sum() / n) / np.sqrt(around / freedom * sizes * (n - sizes) / n)
        split = int(np.argmax(np.round(apart, 9))) + 1
        levels = np.where(np.arange(len(sums)) < split, reached[split - 1] / sizes[split - 1],
                          (sums.sum() - reached[split - 1]) / (n - sizes[split - 1]))  # fmt: skip
        bound = _without_excess(float(apart[split - 1]), sums / counts, levels, around / freedom / counts)[1]
        return split, _chance_of_means(sizes / n, _as_normal(bound, freedom))

    def _levels(self, first: slice, then: slice) -> tuple[float, float, float, float, float]:
        (m1, e1), (m2, e2) = (self._mean(one) for one in (first, then))
        half = Z95 * math.sqrt(e1 + e2)
        return m1, m2, m2 - m1, m2 - m1 - half, m2 - m1 + half

    def _mean(self, periods: slice) -> tuple[float, float]:
        """The mean of some periods and its squared standard error."""
        n, total = int(self.counts[periods].sum()), float(self.sums[periods].sum())
        around = max(float(self.squares[periods].sum()) - total * total / n, 0.0)
        return total / n, around / max(n - 1, 1) / n


def told_changes(lines: Sequence[Line], level: float = LEVEL) -> list[list[ChangePoint]]:
    """The changes of some time lines, each in the order of time, with false-discovery control over all of them.

    Where a line has changed both parts are looked at again. What is looked at at the same depth is controlled together
    (Benjamini & Hochberg), and only parts of lines that have changed are looked at further: hierarchical control
    (D. Yekutieli, JASA 103 (2008) 309–316).

    Example:
        >>> steady, risen = Shares(np.full(12, 20), np.full(12, 100)), Shares(np.repeat([10, 30], 6), np.full(12, 100))
        >>> [[(one.at, round(one.difference, 2)) for one in changes] for changes in told_changes([steady, risen])]
        [[], [(6, 0.2)]]
    """
    found: list[list[ChangePoint]] = [[] for _ in lines]
    asked = [(number, 0, len(line)) for number, line in enumerate(lines)]
    for _ in range(_MOST_LEVELS):
        tried = [(number, lines[number].change(since, until)) for number, since, until in asked]
        there = [(number, one) for number, one in tried if one is not None]
        adjusted = discoveries([one.p_value for _, one in there])
        asked = []
        for (number, one), p in zip(there, adjusted, strict=True):
            if p <= level:
                found[number].append(replace(one, p_adjusted=p))
                asked += [(number, one.since, one.at), (number, one.at, one.until)]
    return [sorted(changes, key=lambda one: one.at) for changes in found]


# Chances.


def _without_excess(apart: float, values: Array, levels: Array, variance: Array) -> tuple[float, float]:
    """By how much periods differ more than chance makes them, and how far apart the levels are without that.

    The excess is that around both levels; where these fit badly because there are more of them, that of neighbours
    (J. von Neumann, Ann. Math. Stat. 12 (1941) 367–395) without the fifth that differ most.

    Args:
        apart: of the levels, in standard deviations.
        values: of the periods.
        levels: before and after the split, by period.
        variance: that chance gives each value.
    """
    from scipy.special import chdtrc

    freedom = max(len(values) - 3, 1)
    noise = float(((values - levels) ** 2 / variance).sum())
    if len(values) >= _MANY:
        steps = np.sort(np.diff(values) ** 2 / (variance[1:] + variance[:-1]))
        between = float(steps[: round(0.8 * len(steps))].mean()) / _OF_FOUR_FIFTHS * freedom
        noise = between if noise > _BADLY * between else noise
    excess = max(noise / freedom, 1.0)
    apart /= math.sqrt(excess)
    return excess, _as_normal(apart, freedom) if chdtrc(freedom, noise) < LEVEL else apart


def _as_normal(apart: float, freedom: int) -> float:
    """What is as rare as a distance in standard deviations that were estimated themselves."""
    from scipy.special import ndtri, stdtr

    return float(-ndtri(max(stdtr(freedom, -apart), 1e-300)))


def _likelihoods(sums: Array, sizes: Array, x: int, n: int) -> Array:
    """Twice the logarithm of how much likelier two shares are than one, for each split of a total."""

    def part(k: Array | int, m: Array | int) -> Array:
        k, m = np.asarray(k, float), np.asarray(m, float)
        return _times_log(k, k / m) + _times_log(m - k, (m - k) / m)

    found: Array = 2 * (part(sums, sizes) + part(x - sums, n - sizes) - part(x, n))
    return found


def _times_log(value: Array, of: Array) -> Array:
    found: Array = value * np.log(np.where(value > 0, of, 1.0))
    return found


def _chance_of_shares(whole: Array, x: int, n: int, bound: float) -> float:
    """How likely the best split of ``x`` among periods of ``whole`` is at least so good."""
    p = x / n
    steps, ranges = [], []
    reached = 0
    for size in whole.tolist():
        spread = math.sqrt(size * p * (1 - p))
        first = max(int(size * p - _REACH * spread - 30), 0)
        last = min(int(size * p + _REACH * spread + 30), size)
        steps.append((first, _binomial(np.arange(first, last + 1), size, p)))
        reached += size
        if reached == n:
            break
        spread = math.sqrt(reached * p * (1 - p))
        low = max(int(reached * p - _REACH * spread - 30), x - (n - reached), 0)
        high = min(int(reached * p + _REACH * spread + 30), reached, x)
        sums = np.arange(low, high + 1)
        inside = sums[_likelihoods(sums, np.full(len(sums), reached), x, n) < bound - 1e-9]
        if not len(inside):
            return 1.0
        ranges.append((int(inside[0]), int(inside[-1])))
    return _left(steps, ranges, x, float(_binomial(np.array([x]), n, p)[0]))


def _binomial(k: Array, n: int, p: float) -> Array:
    from scipy.special import gammaln

    found: Array = np.exp(
        gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * math.log(p) + (n - k) * math.log1p(-p)
    )
    return found


def _chance_of_means(moments: Array, bound: float) -> float:
    """How likely a Brownian bridge, at some moments between 0 and 1, is at least so many standard deviations off."""
    from scipy.special import ndtr

    edges = np.concatenate([[0.0], moments, [1.0]])
    steps, ranges = [], []
    for gap in np.diff(edges).tolist():
        spread = math.sqrt(gap) * _GRID
        half = int(_REACH * spread) + 2
        steps.append((-half, np.diff(ndtr((np.arange(-half, half + 2) - 0.5) / spread))))
    for moment in moments.tolist():
        end = math.ceil(bound * math.sqrt(moment * (1 - moment)) * _GRID) - 1
        if end < 0:
            return 1.0
        ranges.append((-end, end))
    free = [(-round(_REACH * _GRID), round(_REACH * _GRID))] * len(ranges)
    return _left(steps, ranges, 0, _staying(steps, free, 0))


def _left(steps: list[tuple[int, Array]], ranges: list[tuple[int, int]], end: int, all_ways: float) -> float:
    """The chance of having left the ranges on the way to an end, given how likely it is to be reached at all."""
    if all_ways <= 0:
        return 1.0
    return min(max(1 - _staying(steps, ranges, end) / all_ways, _FLOOR), 1.0)


def _staying(steps: list[tuple[int, Array]], ranges: list[tuple[int, int]], end: int) -> float:
    """How likely a sum of steps ends at a number and stays within a range after each step but the last.

    Args:
        steps: of each its smallest value and the chances of that and the values behind it.
        ranges: the smallest and the largest sum.
        end: the last sum.
    """
    from scipy.signal import fftconvolve

    first, chances = 0, np.ones(1)
    for (least, step), (low, high) in zip(steps, [*ranges, (end, end)], strict=True):
        wide = len(chances) * len(step) > 1 << 20
        chances = np.maximum(fftconvolve(chances, step), 0.0) if wide else np.convolve(chances, step)
        first += least
        kept = slice(max(low - first, 0), max(high - first + 1, 0))
        first, chances = first + kept.start, chances[kept]
        if not len(chances):
            return 0.0
    return float(chances[0]) if first == end else 0.0
