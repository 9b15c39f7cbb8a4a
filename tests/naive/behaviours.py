"""Behaviours: which customers show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from naive.journeys import Event, What, in_range, journeys, last_time, matches


def behaviours(
    events: Iterable[Event],
    shown_by: Mapping[str, What],
    repeats: Mapping[str, tuple[tuple[str, ...], int]],
    silent: Mapping[str, int],
    since: int | None = None,
    until: int | None = None,
    where: What = None,
) -> dict[str, tuple[set[str], int | None]]:
    """Behaviour → (customers, events; None for derived ones).

    Args:
        shown_by: the events that show each.
        repeats: the behaviours of which one must be shown so often.
        silent: at least how long ago, less than which is no silence, the last event must be (µs).
    """
    events = list(events)
    end = last_time(events) if until is None else min(until, last_time(events))
    found: dict[str, Any] = {name: (set(), 0) for name in shown_by}
    found |= {name: (set(), None) for name in (*repeats, *silent)}
    for customer, whole in journeys(events, where).items():
        journey = [event for event in whole if in_range(event, since, until)]
        if not journey:
            continue
        times = {name: sum(matches(what, event) for event in journey) for name, what in shown_by.items()}
        for name, count in times.items():
            there, total = found[name]
            found[name] = (there | {customer} if count else there, total + count)
        for name, (of, least) in repeats.items():
            if any(times[one] >= least for one in of):
                found[name][0].add(customer)
        for name, most in silent.items():
            if end - journey[-1].time > most:
                found[name][0].add(customer)
    return found
