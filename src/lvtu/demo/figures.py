"""Figures with their uncertainty: shares, weighted where answers carry weights.

Intervals of weighted shares use the effective number of answers (Σw)²/Σw² (Kish 1965). Arrays are one-dimensional and
of equal length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvtu.analyses.intervals import wilson
from lvtu.errors import BadInput

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
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
    return _share(float(weight[hit].sum() / weight.sum()), len(hit), effective_n(weight))


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
    return Figure(p, low, high, answers)
