"""Walks: the places after an anchor, or before it, on each customer's path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from naive.journeys import Event, What, in_range, journeys, sessions


@dataclass
class Walk:
    """One anchor, and the places before and after it, the nearest first."""

    unit: tuple[str, int]
    anchor: Event
    before: list[Any]
    after: list[Any]

    @property
    def customer(self) -> str:
        return self.unit[0]


def walks(
    events: Iterable[Event],
    start: What = None,
    by: str = "event",
    fold: bool = False,
    within: int | None = None,
    entry: str = "first",
    unit: str = "customers",
    session_gap: int | None = None,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
    last: bool = False,
) -> list[Walk]:
    """The walks of every customer (or session).

    Args:
        start: the anchor: values of `by`, or events if `by` has none of that name; None for the first place of the
            path, or with `last` for its last.
        session_gap: a longer pause ends a path; None for no pause.
    """
    events = list(events)
    names = None if start is None else (start,) if isinstance(start, str) else tuple(start)  # type: ignore[arg-type]
    if names is not None:
        known = {event.get(by) for event in events}
        column = by if all(name in known for name in names) else "event"
    if names is None:
        entry = "latest" if last else "first"
    found: dict[tuple[str, int], list[Walk]] = {}
    for customer, whole in journeys(events, where).items():
        line = [event for event in whole if in_range(event, since, until)]
        for number, part in enumerate([line] if session_gap is None else sessions(line, session_gap)):
            one = customer, number if unit == "sessions" else 0

            def anchored(event: Event) -> bool:
                return event.get(by) is not None if names is None else event.get(column) in names

            places = [event for event in part if event.get(by) is not None or anchored(event)]
            for i, event in enumerate(places):
                again = i > 0 and anchored(places[i - 1]) and places[i - 1].get(by) == event.get(by)
                if anchored(event) and not (fold and again):
                    sides = [_side(event, rest, by, fold, within) for rest in (places[:i][::-1], places[i + 1 :])]
                    found.setdefault(one, []).append(Walk(one, event, *sides))
    chosen = {"first": slice(0, 1), "latest": slice(-1, None), "each": slice(None)}[entry]
    return [walk for mine in found.values() for walk in mine[chosen]]


def _side(anchor: Event, rest: list[Event], by: str, fold: bool, within: int | None) -> list[Any]:
    places = [anchor.get(by)]
    for event in rest:
        if within is not None and abs(event.time - anchor.time) > within:
            break
        place = event.get(by)
        if place is not None and not (fold and place == places[-1]):
            places.append(place)
    return places[1:]


def told_apart(units: dict[Any, set[Any]], top: int) -> list[Any]:
    """The places of most units; of equal ones the first by letters."""
    return sorted(units, key=lambda place: (-len(units[place]), place))[:top]
