"""Which scores make which segment: the rules of RFM, in the order in which they are tried."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from lvtu.store.journeys.columns import Array

SCORES = 5
"""Scores go from 1 to 5; 5 is the best."""

CELLS = SCORES**3

_ANY = (1, SCORES)


@dataclass(frozen=True)
class Rule:
    """The scores of a segment: from the lowest to the highest, both included.

    Attributes:
        key: what the segment is called; its words are ``charts.rfm.KEY``.
        r, f, m: for recency, frequency and money.
    """

    key: str
    r: tuple[int, int] = _ANY
    f: tuple[int, int] = _ANY
    m: tuple[int, int] = _ANY

    def fits(self, r: int, f: int, m: int) -> bool:
        """Whether it is the segment of three scores."""
        spans = zip((r, f, m), (self.r, self.f, self.m), strict=True)
        return all(low <= score <= high for score, (low, high) in spans)

    def __str__(self) -> str:
        spans = zip("RFM", (self.r, self.f, self.m), strict=True)
        said = [f"{name} {low}–{high}" if low < high else f"{name} {low}" for name, (low, high) in spans
                if (low, high) != _ANY]  # fmt: skip
        return ", ".join(said)


RULES = (
    Rule("champions", r=(4, 5), f=(4, 5), m=(4, 5)),
    Rule("loyal", r=(3, 5), f=(4, 5)),
    Rule("big", r=(3, 5), m=(5, 5)),
    Rule("new", r=(4, 5), f=(1, 1)),
    Rule("promising", r=(4, 5)),
    Rule("attention", r=(3, 3)),
    Rule("lifeline", r=(1, 2), f=(4, 5), m=(4, 5)),
    Rule("at_risk", r=(1, 2), f=(3, 5)),
    Rule("hibernating", r=(2, 2)),
    Rule("lost", r=(1, 1)),
)
"""The first rule that fits counts, and one always does."""


def scores_of(cell: int) -> tuple[int, int, int]:
    """The scores of a cell by its number.

    Example:
        >>> scores_of(0), scores_of(124)
        ((1, 1, 1), (5, 5, 5))
    """
    return cell // SCORES**2 + 1, cell // SCORES % SCORES + 1, cell % SCORES + 1


def rule_of(r: int, f: int, m: int) -> int:
    """The number of the rule for three scores.

    Example:
        >>> [RULES[rule_of(*scores)].key for scores in ((5, 5, 5), (5, 1, 2), (2, 3, 1), (1, 1, 1))]
        ['champions', 'new', 'at_risk', 'lost']
    """
    return next(number for number, rule in enumerate(RULES) if rule.fits(r, f, m))


def rules_of_cells() -> Array:
    """The number of the rule by the number of the cell."""
    every = range(1, SCORES + 1)
    return np.array([rule_of(*scores) for scores in product(every, every, every)], np.int64)
