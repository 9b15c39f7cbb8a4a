"""Instruments of several questions: SERVQUAL, Kano, importance beside satisfaction. Pure arithmetic on answers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lvtu.analyses.intervals import wilson
from lvtu.errors import BadInput
from lvtu.store.journeys.columns import Array

ITEMS: Mapping[str, int] = {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5}
"""The dimensions of SERVQUAL, and of how many items each is asked; 22 in this order."""


@dataclass(frozen=True)
class Quality:
    """The quality of a service as SERVQUAL has it.

    Attributes:
        dimensions: the mean gap of each dimension, perception − expectation; of SERVPERF the mean perception.
        unweighted: the mean of the five.
        weighted: by how the respondents divided 100 points among the dimensions; None if they were not asked.
    """

    dimensions: Mapping[str, float]
    unweighted: float
    weighted: float | None = None


def servqual(perceived: Array, expected: Array | None = None, points: Sequence[float] | None = None) -> Quality:
    """SERVQUAL of some respondents, or, without expectations, SERVPERF.

    Of each respondent the mean of each dimension's items that they answered, then over respondents.

    Args:
        perceived: answers (respondents, 22), NaN for none.
        expected: the same of what was expected.
        points: 100 points, divided among the five dimensions.

    Raises:
        BadInput: there are not 22 items, or the points are not five that add up to 100.

    Source: A. Parasuraman, V. A. Zeithaml & L. L. Berry, Journal of Retailing 64 (1988) 12–40; SERVPERF: J. J. Cronin &
    S. A. Taylor, Journal of Marketing 56 (1992) 55–68.

    Example:
        >>> def same(of):
        ...     return np.repeat([of], list(ITEMS.values()), axis=1)
        >>> expected, perceived = same([6.2, 6.8, 6.6, 6.5, 6.1]), same([6.0, 5.9, 5.5, 6.1, 5.8])
        >>> found = servqual(perceived, expected, (11, 32, 22, 19, 16))
        >>> [round(gap, 2) for gap in found.dimensions.values()]
        [-0.2, -0.9, -1.1, -0.4, -0.3]
        >>> round(found.unweighted, 2), round(found.weighted, 3)
        (-0.58, -0.676)
    """
    gaps = _gaps(perceived, expected)
    if points is not None and (len(points) != len(ITEMS) or not math.isclose(sum(points), 100)):
        raise BadInput("servqual_points", points=f"{sum(points):g}", dimensions=len(ITEMS))
    means = [_mean(np.array([_mean(row) for row in part])) for part in _dimensions(gaps)]
    weighted = None if points is None else sum(mean * share for mean, share in zip(means, points, strict=True)) / 100
    return Quality(dict(zip(ITEMS, means, strict=True)), sum(means) / len(means), weighted)


def resampled(
    perceived: Array, expected: Array | None = None, *, rounds: int = 2000, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each dimension of `servqual`, and of their mean as ``unweighted``: percentiles of resamples.

    Args:
        perceived, expected: as there.
        rounds: how many resamples of the respondents.
        seed: of the draws; the same one gives the same interval.
    """
    gaps = _gaps(perceived, expected)
    each = np.array([[_mean(row) for row in part] for part in _dimensions(gaps)])
    drawn = np.random.default_rng(seed).integers(0, len(gaps), (rounds, len(gaps)))
    means = np.nanmean(each[:, drawn], axis=2)
    low, high = np.quantile(np.vstack([means, means.mean(axis=0)]), [0.025, 0.975], axis=1)
    return dict(zip([*ITEMS, "unweighted"], zip(low.tolist(), high.tolist(), strict=True), strict=True))


def _gaps(perceived: Array, expected: Array | None) -> Array:
    gaps = perceived if expected is None else perceived - expected
    if gaps.ndim != 2 or gaps.shape[1] != sum(ITEMS.values()):
        raise BadInput("servqual_items", items=gaps.shape[-1], needed=sum(ITEMS.values()))
    return gaps


def reliability(answers: Array) -> dict[str, float | None]:
    """Cronbach's α of each dimension, of the respondents who answered all of its items; None of fewer than two.

    Source: L. J. Cronbach, Psychometrika 16 (1951) 297–334.

    Args:
        answers: (respondents, 22), NaN for none.
    """
    found: dict[str, float | None] = {}
    for name, part in zip(ITEMS, _dimensions(answers), strict=True):
        whole = part[~np.isnan(part).any(axis=1)]
        spread = float(whole.sum(axis=1).var(ddof=1)) if len(whole) > 1 else 0.0
        items = whole.shape[1]
        found[name] = items / (items - 1) * (1 - float(whole.var(axis=0, ddof=1).sum()) / spread) if spread else None
    return found


def _dimensions(answers: Array) -> list[Array]:
    return list(np.split(answers, np.cumsum(list(ITEMS.values()))[:-1], axis=1))


def _mean(values: Array) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else math.nan


Answer = Literal["like", "must_be", "neutral", "live_with", "dislike"]
Category = Literal["A", "O", "M", "I", "R", "Q"]
"""Attractive, one-dimensional, must-be, indifferent, reverse, questionable."""

_ANSWERS: Sequence[Answer] = ("like", "must_be", "neutral", "live_with", "dislike")
_TABLE: Sequence[str] = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""By the answer to the functional question, then by that to the dysfunctional one."""


def kano(functional: Answer, dysfunctional: Answer) -> Category:
    """The category of one respondent's pair of answers: if it is there, and if it is not.

    Source: N. Kano et al., Hinshitsu 14 (1984) 39–48.

    Example:
        >>> kano("like", "dislike"), kano("neutral", "dislike"), kano("like", "neutral"), kano("dislike", "like")
        ('O', 'M', 'A', 'R')
    """
    found: Category = _TABLE[_ANSWERS.index(functional)][_ANSWERS.index(dysfunctional)]  # type: ignore[assignment]
    return found


@dataclass(frozen=True)
class Wanted:
    """How a feature is wanted.

    Attributes:
        better: (A + O) / (A + O + M + I): how much its presence satisfies, 0 … 1; with Wilson's interval.
        worse: −(O + M) / (A + O + M + I): how much its absence dissatisfies, −1 … 0; with Wilson's interval.
        category: the most frequent one; of ties the one that matters more (M, O, A, I).
        n: answers that count: without reverse and questionable ones.
    """

    better: float
    worse: float
    better_ends: tuple[float, float]
    worse_ends: tuple[float, float]
    category: Category
    n: int


def wanted(categories: Mapping[Category, int]) -> Wanted | None:
    """How a feature is wanted, by how many respondents it is of which category; None of nobody's.

    Source: C. Berger et al., Center for Quality Management Journal 2 (1993) 3–36.

    Example:
        >>> found = wanted({"A": 40, "O": 25, "M": 15, "I": 18})
        >>> round(found.better, 3), round(found.worse, 3), found.category
        (0.663, -0.408, 'A')
    """
    counts = Counter(categories)
    a, o, m, i = (counts[name] for name in ("A", "O", "M", "I"))
    n = a + o + m + i
    better, worse = wilson(a + o, n), wilson(o + m, n)
    if better is None or worse is None:
        return None
    order: Sequence[Category] = ("M", "O", "A", "I", "R", "Q")
    return Wanted(
        (a + o) / n, -(o + m) / n, better, (-worse[1], -worse[0]), max(order, key=lambda name: counts[name]), n
    )  # fmt: skip


def opportunity(importance: float, satisfaction: float) -> float:
    """Ulwick's opportunity of a need, importance + max(importance − satisfaction, 0); both from 0 to 10.

    Source: A. W. Ulwick, What Customers Want, 2005.

    Example:
        >>> round(opportunity(8.2, 4.1), 1), opportunity(5, 9)
        (12.3, 5)
    """
    return importance + max(importance - satisfaction, 0)
