"""Response times the slow way: each start looks for its answer, and minutes of work are counted one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from naive.journeys import Event, What, in_range, journeys

Hours = Callable[[datetime], bool]


class Wait(NamedTuple):
    customer: str
    start: Event
    end: Event | None
    took: int
    fate: str


def waits(
    events: Iterable[Event], start: Collection[str], end: Collection[str], target: int, horizon: int,
    match: str | None = None, hours: Hours | None = None, where: What = None, since: int | None = None,
    until: int | None = None,
) -> list[Wait]:  # fmt: skip
    """Every wait, with what it comes to at the horizon."""
    found = []
    for customer, line in journeys(events, where).items():
        begun: set[Any] = set()
        for place, event in enumerate(line):
            key = event.get(match) if match else None
            if event.event not in start or not in_range(event, since, until) or (match and key is None):
                continue
            if match and key in begun:
                continue
            begun.add(key)
            later = (e for e in line[place + 1 :] if e.event in end and (until is None or e.time < until))
            answer = next((e for e in later if match is None or e.get(match) == key), None)
            over = max(horizon if answer is None else answer.time, event.time)
            took = over - event.time if hours is None else worked(event.time, over, hours)
            late = took > target
            fate = "missed" if late else "met" if answer else "open"
            if not event.exact or (answer and not answer.exact):
                fate = "untimed"
            found.append(Wait(customer, event, answer, took, fate))
    return found


def worked(start: int, end: int, hours: Hours) -> int:
    """Microseconds of work between two moments that are whole minutes."""
    minute = timedelta(minutes=1)
    at, over = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=one) for one in (start, end))
    found = 0
    while at < over:
        found += hours(at) * 60_000_000
        at += minute
    return found
