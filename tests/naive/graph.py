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
    """(source, target) → (transitions, customers, sorted gaps in µs).

    Args:
        by: what an event is called here: its `event`, its `channel`, or the value of a property (missing: None).
        within: neighbours further apart are no transition.
        fold: a run of the same name counts as its first event, and so never leads to itself.
    """
    gaps: dict[Edge, list[int]] = {}
    customers: dict[Edge, set[str]] = {}
    for customer, whole in journeys(events, where).items():
        line = [event for event in whole if in_range(event, since, until)]
        if fold:
            line = [next(run) for _, run in groupby(line, key=lambda event: event.get(by))]
        for source, target in pairwise(line):
            gap = target.time - source.time
            if within is None or gap <= within:
                edge = source.get(by), target.get(by)
                gaps.setdefault(edge, []).append(gap)
                customers.setdefault(edge, set()).add(customer)
    return {edge: (len(found), len(customers[edge]), sorted(found)) for edge, found in gaps.items()}
