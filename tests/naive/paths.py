"""Paths: each customer's places in order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from naive.journeys import Event, What, in_range, journeys, sessions


def paths(
    events: Iterable[Event],
    by: str = "event",
    fold: bool = False,
    session_gap: int | None = None,
    missing: bool = False,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[tuple[str, list[Event]]]:
    """(customer, the events that are places) for each path, a customer's in order.

    Args:
        by: what a place is; events without a value in it are no place.
        fold: a run of one place is its first event.
        missing: they are places too.
        session_gap: a longer pause between two events, places or not, begins another path.
    """
    found = []
    for customer, whole in journeys(events, where).items():
        line = [event for event in whole if in_range(event, since, until)]
        for part in [line] if session_gap is None else sessions(line, session_gap):
            places = [event for event in part if missing or event.get(by) is not None]
            if fold:
                places = [next(run) for _, run in groupby(places, key=lambda event: event.get(by))]
            if places:
                found.append((customer, places))
    return found
