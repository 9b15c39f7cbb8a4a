"""The transition graph: which event comes right after which, how often, by how many, after how long."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Any

from naive.journeys import Event, What, in_range, journeys

Edge = tuple[Any, Any]


def graph(
    events: Iterable[Event],
    by: str = "event",
    within: int | None = None,
    fold: bool = False,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[Edge, tuple[int, int, list[int]]]:
    """(source, target) → (transitions, customers, sorted gaps in µs of those whose two times are exact).

    Args:
        by: what an event is called here: its `event`, its `channel`, or the value of a property (missing: None).
        within: neighbours further apart are no transition.
        fold: a run of the same name counts as its first event, and so never leads to itself.
    """
    pairs: dict[Edge, list[tuple[Event, Event]]] = {}
    customers: dict[Edge, set[str]] = {}
    for customer, whole in journeys(events, where).items():
        line = [event for event in whole if in_range(event, since, until)]
        if fold:
            line = [next(run) for _, run in groupby(line, key=lambda event: event.get(by))]
        for source, target in pairwise(line):
            if within is None or target.time - source.time <= within:
                edge = source.get(by), target.get(by)
                pairs.setdefault(edge, []).append((source, target))
                customers.setdefault(edge, set()).add(customer)
    found = {}
    for edge, both in pairs.items():
        gaps = sorted(target.time - source.time for source, target in both if source.exact and target.exact)
        found[edge] = len(both), len(customers[edge]), gaps
    return found
