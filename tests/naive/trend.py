"""The trend: events, customers and value per calendar period."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from naive.calendars import shifted
from naive.journeys import Event, What, in_range, journeys


def trend(
    events: Iterable[Event],
    period: str = "day",
    zone: str = "UTC",
    by: str | None = None,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[tuple[int, Any], tuple[int, int, float]]:
    """(start of the period in µs, group) → (events, customers, sum of value; 0 where no event has one).

    Periods without events have no row. `by` names a field or property; without it the group is None.
    """
    found: dict[tuple[int, Any], list[Event]] = {}
    for journey in journeys(events, where).values():
        for event in journey:
            if in_range(event, since, until):
                cell = shifted(event.time, period, zone), event.get(by) if by else None
                found.setdefault(cell, []).append(event)
    return {
        cell: (len(there), len({e.customer for e in there}), math.fsum(e.value or 0.0 for e in there))
        for cell, there in found.items()
    }
