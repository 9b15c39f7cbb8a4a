"""Timing: lives from a start to an end, to silence, or to the end of what is known; and tests of curves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from naive.journeys import Event, What, in_range, journeys, last_time, matches


@dataclass(frozen=True)
class Life:
    """One start: how long it was watched, and whether it came to its end."""

    start: Event
    end: Event | None  # of silence the last event
    watched: int
    happened: bool


def lives(
    events: Iterable[Event],
    start: What = None,
    end: What = None,
    silent: int | None = None,
    entry: str = "first",
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[Life]:
    events = list(events)
    horizon = last_time(events) if until is None else min(until, last_time(events))
    found: list[Life] = []
    for whole in journeys(events, where).values():
        line, at = [event for event in whole if in_range(event, None, until)], 0
        while True:
            starts = [i for i in range(at, len(line)) if matches(start, line[i]) and in_range(line[i], since, None)]
            if not starts:
                break
            one = line[starts[0]]
            if silent is not None:
                quiet = horizon - line[-1].time > silent
                over = line[-1].time + silent if quiet else horizon
                found.append(Life(one, line[-1], over - one.time, quiet))
                break
            later = [i for i in range(starts[0] + 1, len(line)) if matches(end, line[i])]
            if later:
                found.append(Life(one, line[later[0]], line[later[0]].time - one.time, True))
            else:
                found.append(Life(one, None, horizon - one.time, False))
            if not later or entry == "first":
                break
            at = later[0]
    return found


def exact(life: Life) -> bool:
    return all(event is None or event.time_basis in (None, "exact") for event in (life.start, life.end))


def group(life: Life, by: str | None) -> Any:
    return life.start.get(by) if by else None
