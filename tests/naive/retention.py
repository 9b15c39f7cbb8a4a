"""Retention: of those who started in a period, how many came back, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from naive.calendars import LENGTHS, between, shifted
from naive.journeys import Event, What, in_range, journeys, last_time, matches

Range = tuple[int, int]


@dataclass
class Cell:
    """One period of one cohort."""

    customers: int = 0  # the cohort's size
    mature: int = 0  # members whose period is over
    returned: int = 0
    returned_mature: int = 0

    @property
    def rate(self) -> float | None:
        return self.returned_mature / self.mature if self.mature else None


def entries(journey: list[Event], start: What, since: int | None, until: int | None, entry: str) -> list[int]:
    """Positions of the events that make a customer a member."""
    found = [i for i, e in enumerate(journey) if matches(start, e) and in_range(e, since, until)]
    return found[:1] if entry == "first" else found


def index(t0: int, time: int, period: str, clock: str, zone: str) -> int:
    """The number of the period in which `time` lies, 0 for the entry's own."""
    return between(t0, time, period, zone) if clock == "calendar" else (time - t0) // LENGTHS[period]


def end(t0: int, k: int, period: str, clock: str, zone: str) -> int:
    """When period k is over, for a member who entered at `t0`."""
    return shifted(t0, period, zone, k + 1) if clock == "calendar" else t0 + (k + 1) * LENGTHS[period]


def wanted(mode: str, periods: int, brackets: Sequence[Range] | None) -> list[tuple[Range, int]]:
    """Per column: the indices that count as a return (inclusive), and the period whose end makes it mature."""
    if mode == "bracket":
        return [((low, high), high) for low, high in brackets or ()]
    never = 10**12
    return [((k, k if mode == "n_day" else never), k) for k in range(periods + 1)]


def retention(
    events: Iterable[Event],
    start: What = None,
    back: What = None,
    period: str = "day",
    periods: int = 7,
    mode: str = "n_day",
    clock: str = "calendar",
    zone: str = "UTC",
    entry: str = "first",
    brackets: Sequence[Range] | None = None,
    since: int | None = None,
    until: int | None = None,
    where: What = None,
    horizon: int | None = None,
) -> dict[int | None, list[Cell]]:
    """Start of the cohort's period (µs) → its cells, and under None their sums over all cohorts.

    With entry any, a customer is a member of each cohort in which it has an entry, from the first one there.
    """
    events = list(events)
    horizon = last_time(events) if horizon is None else horizon
    columns = wanted(mode, periods, brackets)
    table: dict[int | None, list[Cell]] = {None: [Cell() for _ in columns]}
    for journey in journeys(events, where).values():
        members: dict[int, int] = {}  # cohort → position of the entry
        for position in entries(journey, start, since, until, entry):
            members.setdefault(shifted(journey[position].time, period, zone), position)
        for cohort, position in members.items():
            t0 = journey[position].time
            later = [e for e in journey[position + 1 :] if matches(back, e)]
            indices = [index(t0, e.time, period, clock, zone) for e in later]
            for k, ((low, high), last) in enumerate(columns):
                returned = any(low <= i <= high for i in indices)
                mature = end(t0, last, period, clock, zone) <= horizon
                for cells in (table.setdefault(cohort, [Cell() for _ in columns]), table[None]):
                    cells[k].customers += 1
                    cells[k].mature += mature
                    cells[k].returned += returned
                    cells[k].returned_mature += returned and mature
    return table
