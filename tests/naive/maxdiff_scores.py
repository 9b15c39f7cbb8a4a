"""MaxDiff the slow way: what each customer chose, in lists."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from scipy import stats

from naive.journeys import Event, journeys

Seen = dict[tuple[Any, Any, str], list[tuple[int, int, int]]]


def maxdiff(events: Iterable[Event], by: str | None = None) -> Seen:
    """By group, question and option: of each customer how often it was shown, the best, the worst."""
    found: Seen = defaultdict(list)
    for line in journeys(events).values():
        own: dict[tuple[Any, Any, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        for event in line:
            shown = event.properties.get("shown")
            ends = event.properties.get("best"), event.properties.get("worst")
            if not isinstance(shown, list) or any(end not in KNOWN for end in ends):
                continue
            for option in set(shown):
                counts = own[event.get(by) if by else None, event.properties.get("question"), option]
                counts[0] += 1
                counts[1] += ends[0] == option
                counts[2] += ends[1] == option
        for key, counts in own.items():
            found[key].append((counts[0], counts[1], counts[2]))
    return found


KNOWN = "pqrst"
"""The options that are shown anywhere."""


def score(seen: list[tuple[int, int, int]]) -> tuple[float, float | None, float | None]:
    """(best − worst) / shown, with the interval of a ratio over customers."""
    shown = sum(one for one, _, _ in seen)
    found = sum(best - worst for _, best, worst in seen) / shown
    if len(seen) < 2:
        return found, None, None
    left = [best - worst - found * one for one, best, worst in seen]
    error = math.sqrt(len(seen) / (len(seen) - 1) * sum(one * one for one in left)) / shown
    half = stats.t.ppf(0.975, len(seen) - 1) * error
    return found, max(-1.0, found - half), min(1.0, found + half)
