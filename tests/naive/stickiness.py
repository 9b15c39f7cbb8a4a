"""Stickiness: on how many periods customers are active, and active customers day by day."""

from __future__ import annotations

from collections.abc import Iterable

from naive.calendars import shifted
from naive.journeys import Event, What, journeys, last_time
from naive.lifecycle import active


def stickiness(
    events: Iterable[Event],
    event: What = None,
    period: str = "day",
    zone: str = "UTC",
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[str, int]:
    """Customer → on how many periods they were active."""
    return {who: len(starts) for who, starts in active(events, event, period, zone, where, since, until).items()}


def actives(
    events: Iterable[Event],
    event: What = None,
    zone: str = "UTC",
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[tuple[int, int, int]]:
    """(active that day, within 7 days, within 30 days) for each day that is over and has 29 whole days before it."""
    events = list(events)
    times = [event.time for line in journeys(events).values() for event in line]
    if not times:
        return []
    days = active(events, event, "day", zone, where, since, until)
    begin = min(times) if since is None else max(min(times), since)
    end = last_time(events) if until is None else min(until, last_time(events))
    day, whole = shifted(begin, "day", zone), []
    while shifted(day, "day", zone, 1) <= end:
        if since is None or since <= max(day, min(times)):
            whole.append(day)
        day = shifted(day, "day", zone, 1)
    found = []
    for place in range(29, len(whole)):
        windows = [{whole[place - back] for back in range(size)} for size in (1, 7, 30)]
        one, seven, thirty = (sum(bool(window & set(own)) for own in days.values()) for window in windows)
        found.append((one, seven, thirty))
    return found
