"""Sessions: a journey's runs without a long pause, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from naive.calendars import shifted
from naive.journeys import Event, What, in_range, journeys
from naive.journeys import sessions as parts


@dataclass
class Cell:
    """The sessions that begin in a period and with a value."""

    sessions: list[list[Event]] = field(default_factory=list)
    exits: list[list[Event]] = field(default_factory=list)  # those of the period that end with the value

    @property
    def customers(self) -> set[str]:
        return {part[0].customer for part in self.sessions}

    @property
    def durations(self) -> list[int]:
        exact = [p for p in self.sessions if {p[0].time_basis, p[-1].time_basis} <= {None, "exact"}]
        return sorted(part[-1].time - part[0].time for part in exact)

    @property
    def sizes(self) -> list[int]:
        return sorted(len(part) for part in self.sessions)

    @property
    def bounced(self) -> list[list[Event]]:
        return [part for part in self.sessions if len(part) == 1]


def sessions(
    events: Iterable[Event],
    session_gap: int,
    by: str | None = None,
    period: str | None = None,
    zone: str = "UTC",
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[tuple[int | None, Any], Cell]:
    """(start of the period in µs or None, value or None) → its sessions; without any, no cell."""
    found: dict[tuple[int | None, Any], Cell] = {}
    for whole in journeys(events, where).values():
        for part in parts([event for event in whole if in_range(event, since, until)], session_gap):
            start = shifted(part[0].time, period, zone) if period else None
            entry, leave = (event.get(by) if by else None for event in (part[0], part[-1]))
            found.setdefault((start, entry), Cell()).sessions.append(part)
            found.setdefault((start, leave), Cell()).exits.append(part)
    return found


def rank(values: list[int], share: float) -> int | None:
    """The smallest of sorted values that at least this share of them does not exceed."""
    return next((v for i, v in enumerate(values, 1) if i >= share * len(values) - 1e-9), None)
