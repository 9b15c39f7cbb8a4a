"""Means of scores with intervals, from sums that are integers and merge in any order."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from lvtu.analyses.scratch import scratch
from lvtu.kernels.scores import rows_given
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

UNIT = 1_000_000
"""Weights are kept as whole millionths."""

LEAST_EFFECTIVE = 1.5
"""With fewer effective responses there is no interval: with half a degree of freedom t is 165 standard errors, with a
tenth 10¹². One response weighs nearly everything there, and nothing tells how far it is from the mean."""


class Mean(NamedTuple):
    """A mean.

    Attributes:
        responses: how many scores.
        mean: None without scores.
        mean_low, mean_high: 95 % interval; None of one response, and where one weighs nearly everything
            (`LEAST_EFFECTIVE`).
        effective: the number of equally weighted responses that would tell as much.
    """

    responses: int = 0
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    effective: float | None = None


def count(scores: Array, weights: Array) -> Array:
    """Which scores count: those that are there (not NaN), with no weight (NaN) or one above 0."""
    return np.asarray(~np.isnan(scores) & ~(np.rint(weights * UNIT) <= 0))


def given_in(block: Block) -> Array:
    """The rows of a block whose scores count."""
    rows = scratch("given", block.rows, np.uint32)
    found = rows_given(block.numbers("score"), block.numbers("weight"), float(UNIT), rows)
    return rows[:found].astype(np.int64)


def effective_of(weights: Array) -> float:
    """How many customers of equal weight tell as much (Kish).

    Example:
        >>> effective_of(np.array([1.0, 1.0, 2.0])).__round__(2)
        2.67
    """
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0


@dataclass
class Scores:
    """Scores on one scale.

    Attributes:
        responses: by score.
        weights: the sum of the weights by score, in millionths; a response without a weight has 1.
        squares: the sum of the squared weights.
    """

    responses: Counter[float] = field(default_factory=Counter)
    weights: Counter[float] = field(default_factory=Counter)
    squares: int = 0

    def add(self, scores: Array, weights: Array) -> None:
        """Take scores that count, with their weights, NaN for none given."""
        exact = np.rint(np.where(np.isnan(weights), 1.0, weights) * UNIT).astype(np.int64)
        values, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
        sums = np.zeros(len(values), np.int64)
        np.add.at(sums, place, exact)
        self.responses.update(dict(zip(values.tolist(), counts.tolist(), strict=True)))
        self.weights.update(dict(zip(values.tolist(), sums.tolist(), strict=True)))
        distinct, times = np.unique(exact, return_counts=True)  # whole numbers of Python: squares outgrow 64 bits
        self.squares += sum(w * w * n for w, n in zip(distinct.tolist(), times.tolist(), strict=True))

    def merge(self, other: Scores) -> None:
        """Add others."""
        self.responses.update(other.responses)
        self.weights.update(other.weights)
        self.squares += other.squares

    def without(self, other: Scores) -> Scores:
        """These without others that are among them."""
        return Scores(self.responses - other.responses, self.weights - other.weights, self.squares - other.squares)

    def mean(self, ends: tuple[float, float] | None = None) -> Mean:
        """The weighted mean Σwx/Σw with its t interval on n = (Σw)²/Σw² effective responses.

        The variance is Σw(x−m)²/Σw · n/(n−1), so that with equal weights it is the sample's, and the interval the usual
        one. Source of the effective n: L. Kish, Survey Sampling, 1965.

        Args:
            ends: the lowest and the highest score of the scale: the interval is within them, unless scores are not.

        Example:
            >>> some = Scores()
            >>> some.add(np.array([5.0, 4.0]), np.full(2, np.nan))
            >>> free, held = some.mean(), some.mean((1.0, 5.0))
            >>> [round(one, 2) for one in (free.mean_low, free.mean_high, held.mean_low, held.mean_high)]
            [-1.85, 10.85, 1.0, 5.0]
        """
        responses = self.responses.total()
        if not responses:
            return Mean()
        mean, error, effective = self.moments()
        if error is None:
            return Mean(responses, mean, None, None, effective)
        half = student(0.975, effective - 1) * math.sqrt(error)
        low, high = mean - half, mean + half
        if ends is not None and ends[0] <= min(self.responses) and max(self.responses) <= ends[1]:
            low, high = max(low, ends[0]), min(high, ends[1])
        return Mean(responses, mean, low, high, effective)

    def moments(self) -> tuple[float, float | None, float]:
        """The mean of at least one response, its squared standard error and the effective number of responses.

        There is no standard error with fewer than `LEAST_EFFECTIVE` responses.
        """
        total = self.weights.total()
        values, weights = np.array(list(self.weights), float), np.array(list(self.weights.values()), float)
        # Of one value the mean is that value, to the last bit: with hardly any freedom, t has hundreds of digits.
        mean = float(values[0]) if len(values) == 1 else math.fsum((values * weights).tolist()) / total
        effective = total * total / self.squares
        if effective < LEAST_EFFECTIVE:
            return mean, None, effective
        spread = math.fsum((weights * (values - mean) ** 2).tolist()) / total
        return mean, spread / (effective - 1), effective


def bounded(mean: float, spread: float, n: float, ends: tuple[float, float]) -> tuple[float, float]:
    """A 95 % interval of a mean on a scale with ends: Student's, as if one more answer stood at each of them.

    Student's alone leaves the scale where answers are few, and is far too sure of a mean where they happen to be alike:
    of five answers from a line of which one in twenty is bad, it holds the true mean 23 times in 100, this one 95 times
    or more. With many answers both are the same. The idea is that of Agresti & Coull, The American Statistician 52
    (1998) 119–126, for shares.

    Args:
        mean: of the answers.
        spread: the mean of their squared distances from it.
        n: how many, effectively.
        ends: of the scale.

    Example:
        >>> [round(one, 2) for one in bounded(1.5, 0.0, 2, (-2.0, 2.0))]
        [-2.0, 2.0]
        >>> [round(one, 2) for one in bounded(0.5, 0.49, 400, (-2.0, 2.0))]
        [0.43, 0.57]
    """
    many = n + len(ends)
    middle = (n * mean + sum(ends)) / many
    around = n * (spread + (mean - middle) ** 2) + sum((end - middle) ** 2 for end in ends)
    half = student(0.975, many - 1) * math.sqrt(around / (many - 1) / many)
    return max(middle - half, ends[0]), min(middle + half, ends[1])


def difference(one: Scores, other: Scores, sure: float = 0.95) -> tuple[float, float, float] | None:
    """Difference of two means (one − other) with its interval; None where either has no standard error.

    Welch's interval, with the effective numbers of responses as sizes.

    Args:
        one, other: scores of different customers.
        sure: how sure the interval is.

    Returns:
        (difference, low, high).

    Source: B. L. Welch, Biometrika 34 (1947) 28–35.
    """
    found = _welch(one, other)
    if found is None:
        return None
    apart, error, freedom = found
    half = student((1 + sure) / 2, freedom) * error if error else 0.0
    return apart, apart - half, apart + half


def p_value(one: Scores, other: Scores) -> float | None:
    """How likely two means would be at least so far apart by chance (Welch's test, two-sided); None as `difference`."""
    from scipy.special import stdtr

    found = _welch(one, other)
    if found is None:
        return None
    apart, error, freedom = found
    if not error:
        return 0.0 if apart else 1.0
    return float(2 * stdtr(freedom, -abs(apart) / error))


def _welch(one: Scores, other: Scores) -> tuple[float, float, float] | None:
    """Difference of two means, its standard error and the degrees of freedom."""
    if not one.responses or not other.responses:
        return None
    (m1, e1, n1), (m2, e2, n2) = one.moments(), other.moments()
    if e1 is None or e2 is None:
        return None
    error = e1 + e2
    freedom = error**2 / (e1**2 / (n1 - 1) + e2**2 / (n2 - 1)) if error else math.inf
    return m1 - m2, math.sqrt(error), freedom


def student(share: float, freedom: float) -> float:
    """A quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, share))
