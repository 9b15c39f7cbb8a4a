"""Best–worst scaling: what comes of how often an option was the best and the worst of a set. Pure arithmetic."""

from __future__ import annotations

import math
from typing import NamedTuple

from lvtu.analyses.means import student


class Counts(NamedTuple):
    """What was chosen of an option, in sums over respondents that merge in any order.

    With n sets that a respondent saw the option in, and d how much oftener it was the best than the worst:

    Attributes:
        respondents: how many saw it and chose.
        shown, best, worst: Σn; how often it was the best, and the worst.
        squares: Σd².
        products: Σdn.
        sizes: Σn².
    """

    respondents: int = 0
    shown: int = 0
    best: int = 0
    worst: int = 0
    squares: int = 0
    products: int = 0
    sizes: int = 0

    def with_respondent(self, shown: int, best: int, worst: int) -> Counts:
        """With one respondent more."""
        d = best - worst
        return self.plus(Counts(1, shown, best, worst, d * d, d * shown, shown * shown))

    def plus(self, other: Counts) -> Counts:
        """Both."""
        return Counts(*(one + another for one, another in zip(self, other, strict=True)))


class Preference(NamedTuple):
    """How an option is preferred.

    Attributes:
        score: (best − worst) / shown: from −1, always the worst, to 1, always the best; 0 is as good as the others.
        low, high: its 95 % interval; None of a single respondent.
    """

    score: float
    low: float | None
    high: float | None


def preference(counts: Counts) -> Preference | None:
    """How an option is preferred; None where nobody saw it.

    The choices of one respondent hang together, so the interval is that of a ratio over respondents: the variance is
    R/(R−1) · Σ(d − s·n)² / (Σn)², with Student's t on R − 1 degrees of freedom.

    Source: A. A. J. Marley & J. J. Louviere, Journal of Mathematical Psychology 49 (2005) 464–480 (scores by counts);
    W. G. Cochran, Sampling Techniques, 3rd ed. 1977, §6.3 (the ratio).

    Example:
        >>> both = Counts().with_respondent(3, 3, 0).with_respondent(3, 1, 1)
        >>> found = preference(both.with_respondent(3, 2, 0))
        >>> round(found.score, 3), round(found.low, 3), round(found.high, 3)
        (0.556, -0.709, 1.0)
    """
    if not counts.shown:
        return None
    score, many = (counts.best - counts.worst) / counts.shown, counts.respondents
    if many < 2:
        return Preference(score, None, None)
    spread = max(0.0, counts.squares - 2 * score * counts.products + score * score * counts.sizes)
    half = student(0.975, many - 1) * math.sqrt(many / (many - 1) * spread) / counts.shown
    return Preference(score, max(-1.0, score - half), min(1.0, score + half))
