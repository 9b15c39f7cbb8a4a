"""Overlaps of segments in plain Python: the sets themselves, and the lift's interval by differences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from naive.journeys import Event
from naive.segment import segment


def overlap(
    events: Sequence[Event], conditions: Sequence[Any], **shown: Any
) -> tuple[dict[frozenset[int], set[str]], set[str]]:
    """The customers of every set of segments (by their numbers) who are in these alone, and all customers."""
    groups = [segment(events, condition, **shown) for condition in conditions]
    everyone = groups[0][1]
    found: dict[frozenset[int], set[str]] = {}
    for who in everyone:
        found.setdefault(frozenset(n for n, (inside, _) in enumerate(groups) if who in inside), set()).add(who)
    return found, everyone


def lift_interval(both: int, one: int, other: int, everyone: int) -> tuple[float, float]:
    """The delta method on the shares of four cells, with the gradient by small steps."""
    shares = [n / everyone for n in (both, one - both, other - both, everyone - one - other + both)]

    def log_lift(p: Sequence[float]) -> float:
        return math.log(p[0]) - math.log(p[0] + p[1]) - math.log(p[0] + p[2])

    step, slopes = 1e-6, []
    for cell in range(4):
        up, down = ([p + sign * step * (n == cell) for n, p in enumerate(shares)] for sign in (1, -1))
        slopes.append((log_lift(up) - log_lift(down)) / (2 * step))
    mean = sum(p * g for p, g in zip(shares, slopes, strict=True))
    variance = sum(p * (g - mean) ** 2 for p, g in zip(shares, slopes, strict=True)) / everyone
    spread = 1.959964 * math.sqrt(variance)
    return math.exp(log_lift(shares) - spread), math.exp(log_lift(shares) + spread)
