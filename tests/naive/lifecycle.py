"""Life cycle: what each customer is in each calendar period."""

from __future__ import annotations

from collections.abc import Iterable

from naive.calendars import shifted
from naive.journeys import Event, What, in_range, journeys, matches


def active(
    events: Iterable[Event], event: What, period: str, zone: str, where: What, since: int | None, until: int | None
) -> dict[str, list[int]]:
    """Customer → the starts of the periods in which they have such an event, ascending."""
    found = {}
    for customer, whole in journeys(events, where).items():
        own = [one for one in whole if matches(event, one) and in_range(one, since, until)]
        if own:
            found[customer] = sorted({shifted(one.time, period, zone) for one in own})
    return found


def lifecycle(
    events: Iterable[Event],
    event: What = None,
    period: str = "week",
    zone: str = "UTC",
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[tuple[int, str], set[str]]:
    """(start of the period in µs, status) → the customers; the period that holds `since` is the first.

    Someone who goes quiet is dormant in the period after, which may lie behind the last event.
    """
    found: dict[tuple[int, str], set[str]] = {}
    for customer, starts in active(events, event, period, zone, where, None, until).items():
        for number, start in enumerate(starts):
            status = "new"
            if number:
                status = "returning" if shifted(starts[number - 1], period, zone, 1) == start else "resurrected"
            found.setdefault((start, status), set()).add(customer)
            after = shifted(start, period, zone, 1)
            if after not in starts:
                found.setdefault((after, "dormant"), set()).add(customer)
    first = None if since is None else shifted(since, period, zone)
    return {key: who for key, who in found.items() if first is None or key[0] >= first}
