"""First touch: each customer's first event, and the scores given with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import inf, sqrt
from typing import Any

from scipy import stats

from naive.journeys import Event, What, in_range, journeys


@dataclass
class Touch:
    customers: set[str] = field(default_factory=set)
    scores: dict[str | None, list[tuple[float, float]]] = field(default_factory=dict)  # scale → (score, weight)


def first_touch(
    events: Iterable[Event],
    by: Callable[[Event], Any],
    since: int | None = None,
    until: int | None = None,
    where: What = None,
) -> dict[Any, Touch]:
    found: dict[Any, Touch] = {}
    for customer, whole in journeys(events, where).items():
        first = next((event for event in whole if in_range(event, since, until)), None)
        if first is None:
            continue
        touch = found.setdefault(by(first), Touch())
        touch.customers.add(customer)
        weight = 1.0 if first.weight is None else first.weight
        if first.score is not None and weight > 0:
            touch.scores.setdefault(first.scale, []).append((first.score, weight))
    return found


ENDS = {"csat5": (1.0, 5.0), "ces7": (1.0, 7.0), "servqual7": (1.0, 7.0), "nps": (0.0, 10.0)}
"""The lowest and the highest score of scales."""


def mean(
    scores: list[tuple[float, float]], scale: str | None = None
) -> tuple[float, float | None, float | None, float]:
    """Weighted mean, its 95 % t interval (None without spread to judge by) and the effective number of scores.

    The interval does not leave a scale on which all scores are.
    """
    total = sum(w for _, w in scores)
    middle = sum(w * x for x, w in scores) / total
    n = total**2 / sum(w * w for _, w in scores)
    if n < 1.5:
        return middle, None, None, n
    variance = sum(w * (x - middle) ** 2 for x, w in scores) / total * n / (n - 1)
    half = float(stats.t.ppf(0.975, n - 1)) * sqrt(variance / n)
    lowest, highest = ENDS.get(scale or "", (-inf, inf))
    if not all(lowest <= x <= highest for x, _ in scores):
        lowest, highest = -inf, inf
    return middle, max(middle - half, lowest), min(middle + half, highest), n
