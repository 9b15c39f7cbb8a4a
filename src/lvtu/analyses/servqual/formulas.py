"""SERVQUAL and SERVPERF: gaps by dimension, their intervals and their reliability. Pure arithmetic on answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import numpy as np

from lvtu.errors import BadInput
from lvtu.store.journeys.columns import Array

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
"""The dimensions of a service's quality, in the order of the instrument."""

ITEMS = (4, 5, 4, 4, 5)
"""Of how many statements each dimension is asked; 22 in all."""

ROUNDS = 2000
"""Resamples of the respondents."""

_MOST = 1024
"""Resampled are so many groups of respondents where there are more of these."""


T = TypeVar("T")

Ends: TypeAlias = tuple[float, float]
"""The ends of an interval; NaN for none."""


@dataclass(frozen=True)
class Quality(Generic[T]):
    """The quality of a service: numbers, or the intervals of numbers.

    Attributes:
        dimensions: the mean gap of each dimension, perception − expectation; of SERVPERF the mean perception. NaN where
            nobody answered.
        unweighted: the mean of the dimensions that have one.
        weighted: by how 100 points were divided among the dimensions; None without points.
    """

    dimensions: Sequence[T]
    unweighted: T
    weighted: T | None = None


def servqual(
    gaps: Array, items: Sequence[int] = ITEMS, points: Sequence[float] | None = None, weights: Array | None = None
) -> Quality[float]:
    """SERVQUAL of some respondents: of each the mean of a dimension's statements that they answered, then of all.

    Args:
        gaps: perception − expectation by respondent and statement, NaN for none; of SERVPERF the perceptions.
        items: how many statements each dimension has, in the order of the columns.
        points: 100 points, divided among the dimensions.
        weights: of the respondents; all alike if not given.

    Raises:
        BadInput: the points are not one number for each dimension that add up to 100.

    Source: A. Parasuraman, V. A. Zeithaml & L. L. Berry, Journal of Retailing 64 (1988) 12–40; SERVPERF: J. J. Cronin &
    S. A. Taylor, Journal of Marketing 56 (1992) 55–68.

    Example:
        >>> def same(of):
        ...     return np.repeat([of], ITEMS, axis=1)
        >>> gaps = same([6.0, 5.9, 5.5, 6.1, 5.8]) - same([6.2, 6.8, 6.6, 6.5, 6.1])
        >>> found = servqual(gaps, points=(11, 32, 22, 19, 16))
        >>> [round(gap, 2) for gap in found.dimensions]
        [-0.2, -0.9, -1.1, -0.4, -0.3]
        >>> round(found.unweighted, 2), round(found.weighted, 3)
        (-0.58, -0.676)
    """
    each = by_dimension(gaps, items)
    heavy = np.ones(len(each)) if weights is None else weights
    sums, total = _sums(each, heavy)
    return overall((sums.sum(axis=0) / _or_nan(total.sum(axis=0))).tolist(), points)


def overall(dimensions: Sequence[float], points: Sequence[float] | None = None) -> Quality[float]:
    """The dimensions' means put together, without weights and with them.

    Raises:
        BadInput: the points are not one number for each dimension that add up to 100.
    """
    if points is not None and (len(points) != len(dimensions) or not math.isclose(sum(points), 100)):
        raise BadInput("servqual_points", points=f"{sum(points):g}", dimensions=len(dimensions))
    known = [value for value in dimensions if not math.isnan(value)]
    plain = sum(known) / len(known) if known else math.nan
    if points is None:
        return Quality(dimensions, plain)
    return Quality(dimensions, plain, sum(value * share for value, share in zip(dimensions, points, strict=True)) / 100)


def intervals(
    gaps: Array, items: Sequence[int] = ITEMS, points: Sequence[float] | None = None, weights: Array | None = None,
    seed: int = 1,
) -> Quality[Ends]:  # fmt: skip
    """The 95 % intervals of what `servqual` tells: percentiles of resamples of the respondents.

    Args:
        gaps, items, points, weights: as there. More than 1,024 respondents are resampled by groups of neighbours, which
            must not be in an order that has to do with their answers.
        seed: of the draws; the same one gives the same intervals.

    Returns:
        The ends, NaN where there are not two respondents.
    """
    each = by_dimension(gaps, items)
    heavy = np.ones(len(each)) if weights is None else weights
    sums, total = _sums(each, heavy)
    if len(each) > _MOST:
        edges = np.linspace(0, len(each), _MOST + 1).astype(np.int64)[:-1]
        sums, total = np.add.reduceat(sums, edges), np.add.reduceat(total, edges)
    n = max(len(sums), 1)
    drawn = np.random.default_rng(seed).multinomial(len(sums), np.full(n, 1 / n), ROUNDS).astype(float)[:, : len(sums)]
    means = (drawn @ sums) / _or_nan(drawn @ total)
    told = [overall(row) for row in means.tolist()]
    shares = None if points is None else means @ (np.asarray(points) / 100)
    ends = [_ends(column) for column in means.T]
    plain = _ends(np.array([one.unweighted for one in told]))
    return Quality(ends, plain, None if shares is None else _ends(shares))


def reliability(answers: Array, items: Sequence[int] = ITEMS) -> list[float | None]:
    """Cronbach's α of each dimension, of the respondents who answered all of it; None of too few, or of one statement.

    Source: L. J. Cronbach, Psychometrika 16 (1951) 297–334.

    Args:
        answers: by respondent and statement, NaN for none.
        items: how many statements each dimension has.
    """
    found: list[float | None] = []
    for part in _parts(answers, items):
        whole, k = part[~np.isnan(part).any(axis=1)], part.shape[1]
        spread = float(whole.sum(axis=1).var(ddof=1)) if len(whole) > 1 else 0.0
        apart = float(whole.var(axis=0, ddof=1).sum()) if spread else 0.0
        found.append(k / (k - 1) * (1 - apart / spread) if spread and k > 1 else None)
    return found


def by_dimension(values: Array, items: Sequence[int]) -> Array:
    """Of each respondent the mean of each dimension's statements that they answered, NaN for none."""
    columns = []
    for part in _parts(values, items):
        there = ~np.isnan(part)
        columns.append(np.where(there, part, 0).sum(axis=1) / _or_nan(there.sum(axis=1).astype(float)))
    found: Array = np.column_stack(columns) if columns else np.empty((len(values), 0))
    return found


def _parts(values: Array, items: Sequence[int]) -> list[Array]:
    return list(np.split(values, np.cumsum(list(items))[:-1], axis=1)) if items else []


def _sums(each: Array, weights: Array) -> tuple[Array, Array]:
    there = ~np.isnan(each)
    return np.where(there, each, 0) * weights[:, None], there * weights[:, None]


def _or_nan(total: Array) -> Array:
    found: Array = np.where(total > 0, total, np.nan)
    return found


def _ends(draws: Array) -> Ends:
    known = draws[~np.isnan(draws)]
    if len(known) < 2:
        return math.nan, math.nan
    low, high = np.quantile(known, [0.025, 0.975]).tolist()
    return low, high
