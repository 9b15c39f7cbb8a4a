"""The formulas of scores: each once, on sums that merge in any order, and what tells two of its figures apart.

Shares and scores are of weighted answers, and their intervals go by the effective number of answers (Σw)²/Σw²
(L. Kish, Survey Sampling, 1965).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lvtu.analyses.intervals import adjusted_promoters, normal, promoters, wilson
from lvtu.analyses.means import Scores, bounded
from lvtu.analyses.overview.changes import LEAST_RESPONSES, Change, of_shares

PROMOTES, DETRACTS = 9, 6
"""Answers from 0 to 10 from which on somebody promotes, and up to which somebody detracts."""


class Told(NamedTuple):
    """A figure.

    Attributes:
        value: it; None of no answers.
        low, high: its 95 % interval; None where nothing tells.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None


def effective(scores: Scores) -> float:
    """The number of equally weighted answers that would tell as much."""
    total = scores.weights.total()
    return total * total / scores.squares if scores.squares else 0.0


def share(scores: Scores, fits: Callable[[float], bool]) -> tuple[float, float]:
    """Which part of some answers fits, as (how many, of how many) effective ones.

    Example:
        >>> import numpy as np
        >>> answers = Scores()
        >>> answers.add(np.array([5.0, 4.0, 1.0]), np.array([2.0, 1.0, 1.0]))
        >>> k, n = share(answers, lambda score: score >= 4)
        >>> k / n, round(n, 2)
        (0.75, 2.67)
    """
    n = effective(scores)
    if not n:
        return 0.0, 0.0
    fitting = sum(weight for score, weight in scores.weights.items() if fits(score))
    return fitting / scores.weights.total() * n, n


def told_share(scores: Scores, fits: Callable[[float], bool]) -> Told:
    """The part of some answers that fits, with Wilson's interval.

    Example:
        >>> import numpy as np
        >>> answers = Scores()
        >>> answers.add(np.repeat([5.0, 2.0], [42, 8]), np.full(50, np.nan))
        >>> [round(100 * one, 2) for one in told_share(answers, lambda score: score >= 4)]
        [84.0, 71.49, 91.66]
    """
    k, n = share(scores, fits)
    ends = wilson(k, n)
    return Told() if ends is None else Told(k / n, *ends)


def net_promoters(scores: Scores) -> Told:
    """The net promoter score of answers from 0 to 10; its interval is that of `lvtu.analyses.intervals.promoters`.

    Example:
        >>> import numpy as np
        >>> answers = Scores()
        >>> answers.add(np.repeat([10.0, 8.0, 0.0], [20, 12, 8]), np.full(40, np.nan))
        >>> [round(one, 3) for one in net_promoters(answers)]
        [30.0, 4.598, 51.216]
    """
    return Told() if not scores.responses else Told(*promoters(*_ends(scores), effective(scores))[:3])


def of_promoters(now: Scores, before: Scores) -> Change | None:
    """The difference of two net promoter scores of different answers, now − before; None where either has none.

    The interval is Wald's; the test goes by the adjusted scores (`lvtu.analyses.intervals.adjusted_promoters`).

    Example:
        >>> import numpy as np
        >>> now, before = Scores(), Scores()
        >>> now.add(np.repeat([10.0, 8.0, 0.0], [560, 260, 180]), np.full(1000, np.nan))
        >>> before.add(np.repeat([10.0, 8.0, 0.0], [500, 300, 200]), np.full(1000, np.nan))
        >>> change = of_promoters(now, before)
        >>> round(change.difference, 2), round((change.high - change.low) / 2, 2)
        (8.0, 6.81)
    """
    if not now.responses or not before.responses:
        return None
    sides = [(*_ends(one), effective(one)) for one in (now, before)]
    (value, _, _, error), (first, _, _, other) = (promoters(*side) for side in sides)
    low, high, _ = normal(value - first, error + other)
    (middle, around), (middle_before, around_before) = (adjusted_promoters(*side) for side in sides)
    p = normal(middle - middle_before, around + around_before)[2]
    tested = min(now.responses.total(), before.responses.total()) >= LEAST_RESPONSES
    return Change(first, value - first, low, high, p if tested else None)


def of_parts(now: Scores, before: Scores, fits: Callable[[float], bool]) -> Change | None:
    """The difference of two shares of different answers, now − before."""
    return of_shares(share(now, fits), share(before, fits))


def mean(scores: Scores, ends: tuple[float, float] | None = None) -> Told:
    """The mean with its t interval within the ends of its scale; see `lvtu.analyses.means.Scores.mean`."""
    found = scores.mean(ends)
    return Told(found.mean, found.mean_low, found.mean_high)


def bounded_mean(scores: Scores, ends: tuple[float, float]) -> Told:
    """The mean of what is read in texts, with the interval of `lvtu.analyses.means.bounded`; none of a single text.

    Example:
        >>> import numpy as np
        >>> texts = Scores()
        >>> texts.add(np.array([1.0, 1.5]), np.full(2, np.nan))
        >>> [round(one, 2) for one in bounded_mean(texts, (-2.0, 2.0))]
        [1.25, -2.0, 2.0]
    """
    if not scores.responses:
        return Told()
    value, error, n = scores.moments()
    return Told(value) if error is None else Told(value, *bounded(value, error * (n - 1), n, ends))


def shrunk(value: float, n: float, towards: float, k: float) -> float:
    """A figure of ``n`` answers drawn towards the figure of all, which counts as ``k`` answers.

    Example:
        >>> round(shrunk(-2, 1, 0, 5), 2), round(shrunk(-1.5, 40, 0, 5), 2)
        (-0.33, -1.33)
    """
    return (n * value + k * towards) / (n + k)


def _ends(scores: Scores) -> tuple[float, float]:
    """The shares of those who promote and of those who detract."""
    total = scores.weights.total()
    up = sum(weight for score, weight in scores.weights.items() if score >= PROMOTES)
    down = sum(weight for score, weight in scores.weights.items() if score <= DETRACTS)
    return up / total, down / total
