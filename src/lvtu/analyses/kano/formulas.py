"""Kano: what a pair of answers says about a feature, and what many say. Pure arithmetic on answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lvtu.analyses.intervals import wilson

Answer = Literal["like", "must_be", "neutral", "live_with", "dislike"]
Category = Literal["A", "O", "M", "I", "R", "Q"]
"""Attractive, one-dimensional, must-be, indifferent, reverse, questionable."""

CATEGORIES: Sequence[Category] = ("M", "O", "A", "I", "R", "Q")
"""In the order of how much they matter."""

ANSWERS: Sequence[Answer] = ("like", "must_be", "neutral", "live_with", "dislike")
_TABLE: Sequence[str] = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""By the answer to the functional question, then by that to the dysfunctional one."""


def kano(functional: Answer, dysfunctional: Answer) -> Category:
    """The category of one respondent's pair of answers: if it is there, and if it is not.

    Source: N. Kano et al., Hinshitsu 14 (1984) 39–48.

    Example:
        >>> kano("like", "dislike"), kano("neutral", "dislike"), kano("like", "neutral"), kano("dislike", "like")
        ('O', 'M', 'A', 'R')
    """
    found: Category = _TABLE[ANSWERS.index(functional)][ANSWERS.index(dysfunctional)]  # type: ignore[assignment]
    return found


@dataclass(frozen=True)
class Wanted:
    """How a feature is wanted.

    Attributes:
        better: (A + O) / (A + O + M + I): how much its presence satisfies, 0 … 1; with Wilson's interval.
        worse: −(O + M) / (A + O + M + I): how much its absence dissatisfies, −1 … 0; with Wilson's interval.
        category: the most frequent one; of ties the one that matters more (M, O, A, I).
        sure: whether it is so much more frequent than the next one that chance hardly explains it (Fong's test, 90 %).
        n: answers that count: without reverse and questionable ones.
    """

    better: float
    worse: float
    better_ends: tuple[float, float]
    worse_ends: tuple[float, float]
    category: Category
    sure: bool
    n: int


def wanted(categories: Mapping[Category, int]) -> Wanted | None:
    """How a feature is wanted, by how many respondents it is of which category; None of nobody's.

    Source: C. Berger et al., Center for Quality Management Journal 2 (1993) 3–36; the test: D. Fong, ibid. 5 (1996).

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
    every = sum(counts.values())
    ranked = sorted(CATEGORIES, key=lambda name: (-counts[name], CATEGORIES.index(name)))
    first, second = (counts[name] for name in ranked[:2])
    sure = first - second >= 1.65 * ((first + second) * (2 * every - first - second) / (2 * every)) ** 0.5
    return Wanted(
        (a + o) / n, -(o + m) / n, better, (-worse[1], -worse[0]), ranked[0], bool(sure), n
    )  # fmt: skip
