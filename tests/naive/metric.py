"""Metrics in plain Python: what is counted, of what, and who is behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from naive.calendars import shifted
from naive.journeys import Event, What, in_range, journeys, last_time, matches

Cell = tuple[int | None, Any]
"""The start of the period (µs) and the group; None without."""


@dataclass
class Figure:
    """What a metric counts in a cell; money in units."""

    count: float = 0
    n: float = 0
    immature: int = 0
    counted: set[str] = field(default_factory=set)
    there: set[str] = field(default_factory=set)


def converted(
    events: Iterable[Event], of: What, per: What, times: int = 1, within: int | None = None, **question: Any
) -> dict[Cell, Figure]:
    """Customers with a `per` event, by the first of each period, and those with `times` later `of` events."""
    events = list(events)
    end, found = last_time(events), {}
    for customer, line, place in _lines(events, **question):
        seen = set()
        for number, event in enumerate(line):
            period = place(event)[0]
            if not matches(per, event) or not in_range(event, question.get("since"), question.get("until")):
                continue
            if period in seen:
                continue
            seen.add(period)
            figure = found.setdefault(place(event), Figure())
            if within is not None and event.time + within > end:
                figure.immature += 1
                continue
            later = [
                e for e in line[number + 1 :] if matches(of, e) and (within is None or e.time <= event.time + within)
            ]
            figure.n += 1
            figure.there.add(customer)
            if len(later) >= times:
                figure.count += 1
                figure.counted.add(customer)
    return found


def amounts(events: Iterable[Event], of: What, per: What, count: str, **question: Any) -> dict[Cell, Figure]:
    """How many `of` and `per` events, how much money in them, or how many customers with one."""
    found: dict[Cell, Figure] = {}
    for customer, line, place in _lines(list(events), **question):
        for event in line:
            if not in_range(event, question.get("since"), question.get("until")):
                continue
            if count == "money" and event.value is None:
                continue
            amount = event.value if count == "money" else 1
            for what, sums, who in ((of, "count", "counted"), (per, "n", "there")):
                if matches(what, event):
                    figure = found.setdefault(place(event), Figure())
                    getattr(figure, who).add(customer)
                    setattr(figure, sums, getattr(figure, sums) + amount)
    if count == "customers":
        for figure in found.values():
            figure.count, figure.n = len(figure.counted), len(figure.there)
    return found


def lapsed(events: Iterable[Event], silent: int, **question: Any) -> dict[Cell, Figure]:
    """Customers active at the start of each whole period, and those silent at its end."""
    events, found = list(events), {}
    since, until, period, zone = (question.get(name) for name in ("since", "until", "period", "zone"))
    if not events:
        return {}
    first, last = min(e.time for e in events), last_time(events)
    first, last = max(first, since or first), min(last, last if until is None else until - 1)
    spans = [(None, last - silent, last)]
    if period:
        start, spans = shifted(first, period, zone), []
        while shifted(start, period, zone, 1) - 1 <= last:
            after = shifted(start, period, zone, 1)
            spans.append((start, start - 1, after - 1))
            start = after
    for customer, line, place in _lines(events, **question):
        for named, low, high in spans:
            before = [e for e in line if e.time <= low]
            if before and low - before[-1].time <= silent:
                figure = found.setdefault((named, place(before[-1])[1]), Figure())
                figure.n += 1
                figure.there.add(customer)
                if high - [e for e in line if e.time <= high][-1].time > silent:
                    figure.count += 1
                    figure.counted.add(customer)
    return found


def _lines(
    events: list[Event], by: str | None = None, period: str | None = None, zone: str = "UTC", where: What = None,
    **_: Any,
) -> Iterable[tuple[str, list[Event], Any]]:  # fmt: skip
    def place(event: Event) -> Cell:
        return shifted(event.time, period, zone) if period else None, event.get(by) if by else None

    for customer, line in journeys(events, where).items():
        yield customer, line, place
