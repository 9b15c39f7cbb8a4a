"""The time line of one customer: their events in order, or the latest of them."""

from __future__ import annotations

from collections.abc import Iterable

from naive.journeys import Event, What, in_range, matches, once, order


def timeline(
    events: Iterable[Event],
    customer: str,
    limit: int = 10_000,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[Event]:
    """What the customer did, first things first; of more than `limit` events the last ones."""
    line: list[Event] = []
    for event in once(events):
        if event.customer != customer or not matches(where, event) or not in_range(event, since, until):
            continue
        place = len(line)
        while place and order(line[place - 1]) > order(event):
            place -= 1
        line.insert(place, event)
    return line[-limit:]
