"""Kaplan–Meier by counting heads, one moment after another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    time: int
    at_risk: int
    survival: float
    low: float | None  # of the survival
    high: float | None


def kaplan_meier(lives: Sequence[tuple[int, bool]]) -> list[Moment]:
    """(time watched, did it happen) of every life; at equal times what happened comes before who was lost."""
    survival, variance, found = 1.0, 0.0, []
    for time in sorted({time for time, happened in lives if happened}):
        at_risk = len([1 for other, _ in lives if other >= time])
        happened = len([1 for other, did in lives if other == time and did])
        survival *= (at_risk - happened) / at_risk
        if survival > 0:
            variance += happened / (at_risk * (at_risk - happened))
            width = 1.959963984540054 * math.sqrt(variance) / abs(math.log(survival))
            low, high = survival ** math.exp(width), survival ** math.exp(-width)
            found.append(Moment(time, at_risk, survival, low, high))
        else:
            found.append(Moment(time, at_risk, 0.0, None, None))
    return found


def coarse(duration: int) -> int:
    """A duration without what Lvtu does not keep of it: six bits behind the first, after adding 64."""
    whole = max(duration, 0) + 64
    dropped = whole.bit_length() - 7
    return (whole >> dropped << dropped) - 64
