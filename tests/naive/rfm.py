"""RFM in plain Python: what customers bought, the scores that given cut points make, and the segments of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any, NamedTuple

from naive.journeys import Event, What, in_range, journeys

RULES = [
    ("champions", "R>=4 F>=4 M>=4"), ("loyal", "R>=3 F>=4"), ("big", "R>=3 M>=5"), ("new", "R>=4 F<=1"),
    ("promising", "R>=4"), ("attention", "R>=3"), ("lifeline", "F>=4 M>=4"), ("at_risk", "F>=3"),
    ("hibernating", "R>=2"), ("lost", "R>=1"),
]  # fmt: skip
"""Tried in this order: what came before narrows what comes after."""


class Bought(NamedTuple):
    customer: str
    currency: str | None
    recency: int
    frequency: int
    money: float


def bought(
    events: Iterable[Event], event: str, end: int, where: What = None, since: int | None = None,
    until: int | None = None,
) -> list[Bought]:  # fmt: skip
    """Each customer's orders in each currency; ``end`` is the data's last time."""
    found = []
    for who, line in journeys(events, where).items():
        orders = [one for one in line if one.event == event and in_range(one, since, until)]
        for currency in {one.properties.get("currency") for one in orders}:
            mine = [one for one in orders if one.properties.get("currency") == currency]
            last = max(one.time for one in mine)
            money = sum(one.value or 0.0 for one in mine)
            found.append(Bought(who, currency, (end if until is None else until) - last, len(mine), money))
    return found


def scores(one: Bought, cuts: Sequence[Sequence[float]]) -> tuple[int, int, int]:
    r = 5 - sum(one.recency > cut for cut in cuts[0])
    return r, 1 + sum(one.frequency > cut for cut in cuts[1]), 1 + sum(one.money > cut + 1e-9 for cut in cuts[2])


def segment(r: int, f: int, m: int) -> str:
    for name, rule in RULES:
        terms = [term.replace("R", str(r)).replace("F", str(f)).replace("M", str(m)) for term in rule.split()]
        if all(eval(term) for term in terms):
            return name
    raise AssertionError


def table(groups: dict[Any, list[Bought]]) -> dict[Any, dict[str, Any]]:
    """What is said of each group."""
    return {
        key: {
            "customers": len(some),
            "recency_time": median(one.recency for one in some),
            "frequency": median(one.frequency for one in some),
            "money": median(one.money for one in some),
            "value": sum(one.money for one in some),
        }
        for key, some in groups.items()
    }
