"""Registers the slow way: who met a pain and how often, what is alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import NormalDist, fmean, stdev
from typing import Any

Event = Mapping[str, Any]


def met(events: Sequence[Event], shown: Callable[[Event], bool]) -> dict[str, float]:
    """``customers`` there at all, ``reach``, ``share``, ``frequency`` of those it reached, with its interval."""
    everybody = {one["user_id"] for one in events}
    often = Counter(one["user_id"] for one in events if shown(one))
    mean = fmean(often.values())
    wide = NormalDist().inv_cdf(0.975) * stdev(often.values()) / len(often) ** 0.5
    return {
        "customers": len(everybody), "reach": len(often), "share": len(often) / len(everybody), "frequency": mean,
        "low": max(mean - wide, 1.0), "high": mean + wide,
    }  # fmt: skip


def alike(one: str, other: str) -> float:
    """How much of their pairs of neighbouring letters and digits two texts share."""
    left, right = (
        {a + b for a, b in pairwise(letter for letter in text.lower() if letter.isalnum())} for text in (one, other)
    )
    return 2 * len(left & right) / (len(left) + len(right))
