"""Who is behind a number: the names, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Any

from naive.calendars import shifted
from naive.journeys import Event, What, in_range, journeys, last_time, matches
from naive.retention import Range, end, entries, index


def of_transition(
    events: Iterable[Event],
    source: Any,
    target: Any,
    by: str = "event",
    within: int | None = None,
    fold: bool = False,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[str]:
    """The customers who went from a source to a target at least once; see `naive.graph.graph`."""
    found = set()
    for customer, whole in journeys(events, where).items():
        line = [event for event in whole if in_range(event, since, until)]
        if fold:
            line = [next(run) for _, run in groupby(line, key=lambda event: event.get(by))]
        for before, after in pairwise(line):
            near = within is None or after.time - before.time <= within
            if near and (before.get(by), after.get(by)) == (source, target):
                found.add(customer)
    return sorted(found)


def of_period(
    events: Iterable[Event],
    start: int,
    group: Any,
    event: What = None,
    period: str = "day",
    zone: str = "UTC",
    by: str | None = None,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[str]:
    """The customers with an event in the period that starts then, and of a group; see `naive.trend.trend`."""
    found = set()
    for customer, journey in journeys(events, where).items():
        for one in journey:
            here = shifted(one.time, period, zone) == start and (by is None or one.get(by) == group)
            if here and matches(event, one) and in_range(one, since, until):
                found.add(customer)
    return sorted(found)


def of_retention(
    events: Iterable[Event],
    cell: Range,
    cohort: int | None = None,
    returned: bool | None = True,
    mature: bool = False,
    start: What = None,
    back: What = None,
    period: str = "day",
    mode: str = "n_day",
    clock: str = "calendar",
    zone: str = "UTC",
    entry: str = "first",
    since: int | None = None,
    until: int | None = None,
    where: What = None,
) -> list[str]:
    """The members of a cohort (None: of any) who came back in a range of periods, or did not, or all of them."""
    events = list(events)
    horizon, (low, high), found = last_time(events), cell, set()
    for customer, journey in journeys(events, where).items():
        members: dict[int, int] = {}
        for position in entries(journey, start, since, until, entry):
            members.setdefault(shifted(journey[position].time, period, zone), position)
        for own, position in members.items():
            t0 = journey[position].time
            later = [index(t0, e.time, period, clock, zone) for e in journey[position + 1 :] if matches(back, e)]
            came = any(low <= i and (i <= high or mode == "unbounded") for i in later)
            over = end(t0, high, period, clock, zone) <= horizon
            if cohort in (None, own) and returned in (None, came) and (over or not mature):
                found.add(customer)
    return sorted(found)
