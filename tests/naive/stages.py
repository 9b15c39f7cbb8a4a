"""The stages of a model: who enters which, and how long they stay."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from naive.journeys import Event, What, in_range, journeys, matches


@dataclass(frozen=True)
class Stage:
    """The events that enter a stage, and those that end the time in it (None: no event does)."""

    entry: What
    exit: What = ()


@dataclass
class Row:
    customers: set[str] = field(default_factory=set)
    stays: list[int] = field(default_factory=list)  # those that can be timed
    untimed: int = 0

    @property
    def median(self) -> float | None:
        return median(self.stays) if self.stays else None

    @property
    def p90(self) -> int | None:
        """The shortest stay that at least 90 % do not exceed."""
        return sorted(self.stays)[math.ceil(0.9 * len(self.stays)) - 1] if self.stays else None


def entered(
    journey: list[Event], stages: Sequence[Stage], order: str, since: int | None, until: int | None
) -> dict[int, int]:
    """Stage number (0-based) → the place in the journey that enters it."""
    found: dict[int, int] = {}
    for k, stage in enumerate(stages):
        start = found[k - 1] + 1 if k and order == "ordered" else 0
        for place in range(start, len(journey)):
            selected = in_range(journey[place], since, until) or (k > 0 and order == "ordered")
            if matches(stage.entry, journey[place]) and selected:
                found[k] = place
                break
        if order == "ordered" and k not in found:
            break
    return found


def ended(journey: list[Event], stages: Sequence[Stage], order: str, entries: dict[int, int], k: int) -> int | None:
    """The place in the journey that ends the time in a stage."""
    start = entries[k]
    ends = [place for place in range(start + 1, len(journey)) if matches(stages[k].exit, journey[place])]
    if order == "ordered":
        ends += [entries[k + 1]] if k + 1 in entries else []
    else:
        ends += [place for place in entries.values() if place > start]
    return min(ends, default=None)


def stages(
    events: Iterable[Event],
    stages: Sequence[Stage],
    order: str = "ordered",
    since: int | None = None,
    until: int | None = None,
    where: What = None,
    moment: int | None = None,
) -> list[Row]:
    rows = [Row() for _ in stages]
    for customer, journey in journeys(_until(events, moment), where).items():
        entries = entered(journey, stages, order, since, until)
        for k, place in entries.items():
            rows[k].customers.add(customer)
            end = ended(journey, stages, order, entries, k)
            if end is None:
                continue
            if all(journey[p].time_basis in (None, "exact") for p in (place, end)):
                rows[k].stays.append(journey[end].time - journey[place].time)
            else:
                rows[k].untimed += 1
    return rows


def standing(
    events: Iterable[Event],
    stages: Sequence[Stage],
    order: str = "ordered",
    since: int | None = None,
    until: int | None = None,
    where: What = None,
    moment: int | None = None,
) -> dict[str, int | None]:
    """The number of the stage that each is in: of those entered and not ended the last entered, then the last."""
    found: dict[str, int | None] = {}
    for customer, journey in journeys(_until(events, moment), where).items():
        entries = entered(journey, stages, order, since, until)
        inside = [(place, k) for k, place in entries.items() if ended(journey, stages, order, entries, k) is None]
        found[customer] = max(inside)[1] if inside else None
    return found


def _until(events: Iterable[Event], moment: int | None) -> list[Event]:
    return [event for event in events if moment is None or event.time <= moment]
