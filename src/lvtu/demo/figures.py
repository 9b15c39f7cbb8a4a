"""Figures with their uncertainty: weighted means and shares, NPS, two-sample tests.

Everything takes response weights; intervals use the effective number of answers (Σw)²/Σw² (Kish 1965).
Arrays are one-dimensional and of equal length; ``score`` holds answers only (blanks are gone).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvtu.analyses.intervals import Z95, normal, promoters, wilson
from lvtu.errors import BadInput

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shown:
    """A number with its interval.

    Attributes:
        value: the estimate.
        low: lower end of the 95 % interval.
        high: upper end.
        n: number of answers, unweighted.
    """

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Figure(Shown):
    """A number with what its difference from another is tested by.

    Attributes:
        effective: effective number of answers.
        variance: squared standard error of ``value``, for tests.
    """

    effective: float
    variance: float


@dataclass(frozen=True)
class Change:
    """The difference of two independent figures, later minus earlier.

    Attributes:
        delta: the difference.
        low: lower end of its 95 % interval.
        high: upper end.
        p: two-sided p-value of no difference.
    """

    delta: float
    low: float
    high: float
    p: float


def effective_n(weight: Floats) -> float:
    """Kish's effective sample size (Σw)²/Σw².

    Example:
        >>> effective_n(np.array([1.0, 1.0, 1.0, 1.0])), effective_n(np.array([2.0, 1.0, 1.0]))
        (4.0, 2.6666666666666665)
    """
    return float(weight.sum() ** 2 / np.square(weight).sum())


def mean(score: Floats, weight: Floats, *, bounds: tuple[float, float] | None = None) -> Figure:
    """Weighted mean; interval from the weighted variance over the effective n, kept within ``bounds``.

    Raises:
        BadInput: fewer than two answers, so there is no interval.

    Example:
        >>> figure = mean(np.array([1.0, 2.0, 3.0]), np.ones(3))
        >>> figure.value, figure.n, round(figure.high - figure.value, 3)
        (2.0, 3, 1.132)
    """
    if len(score) < 2:
        raise BadInput("mean_needs_two", answers=len(score))
    n = effective_n(weight)
    value = float(np.average(score, weights=weight))
    variance = float(np.average((score - value) ** 2, weights=weight)) / (n - 1)
    half = Z95 * math.sqrt(variance)
    low, high = bounds or (-math.inf, math.inf)
    return Figure(value, max(value - half, low), min(value + half, high), len(score), n, variance)


def share(hit: NDArray[np.bool_], weight: Floats | None = None) -> Figure:
    """Weighted share of True, 0…1, with Wilson's interval on the effective n (Wilson 1927).

    Raises:
        BadInput: no answers.

    Example:
        >>> figure = share(np.arange(50) < 42)
        >>> f"{figure.value:.0%} {figure.low:.2%} {figure.high:.2%}"
        '84% 71.49% 91.66%'
    """
    if not len(hit):
        raise BadInput("share_of_nothing")
    weight = np.ones(len(hit)) if weight is None else weight
    n = effective_n(weight)
    return _share(float(weight[hit].sum() / weight.sum()), len(hit), n)


def rate(hits: int, of: int) -> Figure:
    """Share of ``hits`` among ``of`` customers, with Wilson's interval.

    Example:
        >>> figure = rate(10, 10)
        >>> round(figure.low, 4), figure.high
        (0.7225, 1.0)
    """
    if of <= 0:
        raise BadInput("rate_of_nobody")
    return _share(hits / of, of, of)


def _share(p: float, answers: int, n: float) -> Figure:
    low, high = wilson(p * n, n) or (p, p)
    return Figure(p, low, high, answers, n, p * (1 - p) / n)


def nps(score: Floats, weight: Floats | None = None) -> Figure:
    """Net promoter score of answers 0…10: 100·(share of 9–10 − share of 0–6), −100…100.

    The interval is the adjusted Wald of Sauro & Lewis (n' = n + 3, ¾ of an answer added to promoters and to
    detractors), on the effective n. Answers outside 0…10 must be gone.

    Raises:
        BadInput: no answers, or one outside 0…10.

    Example:
        >>> figure = nps(np.repeat([10.0, 8.0, 0.0], [20, 12, 8]))
        >>> round(figure.value, 3), round(figure.low, 3), round(figure.high, 3)
        (30.0, 4.598, 51.216)
    """
    if not len(score) or score.min() < 0 or score.max() > 10:
        raise BadInput("nps_range")
    weight = np.ones(len(score)) if weight is None else weight
    n, total = effective_n(weight), weight.sum()
    up, down = float(weight[score >= 9].sum() / total), float(weight[score <= 6].sum() / total)
    value, low, high, variance = promoters(up, down, n)
    return Figure(value, low, high, len(score), n, variance)


def change(before: Figure, after: Figure) -> Change:
    """The difference of two independent figures, with interval and p-value (two-sample z test).

    Example:
        >>> before = nps(np.repeat([10.0, 8.0, 0.0], [500, 300, 200]))
        >>> result = change(before, nps(np.repeat([10.0, 8.0, 0.0], [560, 260, 180])))
        >>> round(result.delta, 2), round((result.high - result.low) / 2, 2)
        (8.0, 6.81)
    """
    delta = after.value - before.value
    return Change(delta, *normal(delta, before.variance + after.variance))
