"""From an answer on a scale to points from 0, the worst, to 100, the best; and what it is that a scale measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lvtu.analyses.overview.feelings import ends_of
from lvtu.analyses.scores.measures import runs_down

Part = Literal["perception", "emotion", "effort"]
"""What an answer tells: how good something is found, how it feels, how easy it was."""

_EASE = re.compile(r"(ces|ease|effort)_?\d+")
_FELT = ("emotion", "sentiment")

FELT_LOW, FELT_HIGH = -2.0, 2.0
"""The ends of what is read in texts."""


@dataclass(frozen=True)
class Rule:
    """How answers on a scale become points: 100 · (answer − worst) / (best − worst).

    Attributes:
        part: what they tell.
        worst, best: the answers that are 0 and 100 points.
    """

    part: Part
    worst: float
    best: float

    def points(self, answer: float) -> float:
        """One answer in points."""
        return 100 * (answer - self.worst) / (self.best - self.worst)


TEXTS = Rule("emotion", FELT_LOW, FELT_HIGH)
"""How what is read in texts becomes points."""


def rule_of(scale: str | None) -> Rule | None:
    """How answers on a scale become points; None where its name tells no ends, or not which answer is good news.

    Example:
        >>> rule_of("csat5").points(4), rule_of("nps").points(7), rule_of("emotion").points(0)
        (75.0, 70.0, 50.0)
        >>> rule_of("effort7"), rule_of("ces7").part, rule_of("yesno")
        (Rule(part='effort', worst=7.0, best=1.0), 'effort', None)
    """
    ends = ends_of(scale)
    if scale is None or ends is None:
        return None
    part: Part = "emotion" if scale in _FELT else "effort" if _EASE.fullmatch(scale) else "perception"
    worst, best = reversed(ends) if runs_down(scale) else ends
    return Rule(part, worst, best)
