"""Variants: the distinct paths, and who took each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from naive.journeys import Event
from naive.paths import paths


@dataclass
class Variant:
    """The customers, one for each time the path was taken, and how long each took from the first place to the last.

    That is None where one of both times is not exact.
    """

    customers: list[str] = field(default_factory=list)
    times: list[int | None] = field(default_factory=list)

    @property
    def timed(self) -> list[int]:
        return [time for time in self.times if time is not None]


@dataclass
class Variants:
    paths: dict[tuple[str, ...], Variant] = field(default_factory=dict)
    outside: int = 0
    cut: int = 0


def variants(
    events: Iterable[Event],
    by: str = "event",
    start: str | None = None,
    end: str | None = None,
    most: int | None = None,
    **options: Any,
) -> Variants:
    """The rest as `naive.paths.paths`."""
    found = Variants()
    for customer, line in paths(events, by, **options):
        part = _part(line, by, start, end)
        if not part:
            found.outside += 1
            continue
        if most is not None and len(part) > most:
            part = part[:most]
            found.cut += 1
        variant = found.paths.setdefault(tuple(event.get(by) for event in part), Variant())
        variant.customers.append(customer)
        exact = all(event.time_basis in (None, "exact") for event in (part[0], part[-1]))
        variant.times.append(part[-1].time - part[0].time if exact else None)
    return found


def _part(line: list[Event], by: str, start: str | None, end: str | None) -> list[Event]:
    """From the first start to the first end after it; nothing without them."""
    first = 0
    if start is not None:
        while first < len(line) and line[first].get(by) != start:
            first += 1
    if end is None:
        return line[first:]
    last = first if start is None else first + 1
    while last < len(line) and line[last].get(by) != end:
        last += 1
    return line[first : last + 1] if last < len(line) else []
