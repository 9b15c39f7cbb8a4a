"""Which stretch of time an overview shows, and which one before it is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from lvtu.analyses.calendars import zone_of
from lvtu.core.units import instant, moment
from lvtu.errors import BadInput

DAYS = 28
"""Days of a period: whole weeks, so that each has as many Mondays."""


@dataclass(frozen=True)
class Window:
    """A stretch of time.

    Attributes:
        since: its first instant, µs.
        until: the first instant after it.
    """

    since: int
    until: int


@dataclass(frozen=True)
class Periods:
    """A stretch of time and the one before it.

    Attributes:
        now: what is shown.
        before: what it is compared with; None where the data do not reach back so far.
        kind: ``usual`` (the last 28 full days), ``shorter`` (the data are), ``all`` (they are too short for two
            periods), ``waves`` (the last of those in which the data come, and the one before), ``asked``, ``widened``
            (all: there is nothing in the usual one).
    """

    now: Window
    before: Window | None
    kind: Literal["usual", "shorter", "all", "waves", "asked", "widened"]

    @property
    def windows(self) -> list[Window]:
        """Both, the earlier one first."""
        return [self.now] if self.before is None else [self.before, self.now]

    @property
    def days(self) -> int:
        """How long each is, in days, to the nearest one."""
        return round((self.now.until - self.now.since) / 86_400_000_000)


def periods(
    times: tuple[int, int], zone: str, since: int | None = None, until: int | None = None, days: int = DAYS
) -> Periods:
    """The periods of an overview, relative to the data and not to the clock.

    Args:
        times: the first and the last event's, µs.
        zone: the time zone of calendar days.
        since, until: what is asked for; if neither is, the last 28 full days before the day of the last event. Where
            the data are shorter than two such periods, half of their full days; where that is less than one, all.
        days: of a period, where 28 are too few for what it is asked for.

    Raises:
        BadInput: nothing lies between the two.

    Example:
        >>> from lvtu.core.units import instant
        >>> found = periods((instant("2026-01-03"), instant("2026-03-10T15:00:00")), "UTC")
        >>> f"{moment(found.now.since):%m-%d} {moment(found.now.until):%m-%d} {found.kind}"
        '02-10 03-10 usual'
    """
    first, last = times
    today, opening = _midnight(last, zone), _midnight(first, zone)
    if since is not None or until is not None:
        end = until if until is not None else today if since is not None and since < today else last + 1
        start = since if since is not None else _days_before(end, days, zone)
        if start >= end:
            raise BadInput("empty_period", since=_day(start, zone), until=_day(end, zone))
        before = Window(start - (end - start), start)
        return Periods(Window(start, end), before if before.since >= opening else None, "asked")
    full = round((today - opening) / 86_400_000_000)
    length = min(days, full // 2)
    if length < 1:
        return Periods(Window(first, last + 1), None, "all")
    start = _days_before(today, length, zone)
    before = Window(_days_before(today, 2 * length, zone), start)
    return Periods(Window(start, today), before, "usual" if length == days else "shorter")


def waves(days: Sequence[int], zone: str, longest: int = DAYS) -> Periods | None:
    """The last two waves of data that come in waves, as a yearly survey does; None of data that do not.

    A wave is what happened with no pause as long as a usual period, and it takes no more than `longest` days. Each is
    shown whole; since nothing happened between the two, neither has had more time than it took.

    Args:
        days: when the days begin on which anything happened, µs, in their order.
        zone: the time zone of calendar days.
        longest: days that a wave may take.

    Example:
        >>> from lvtu.core.units import instant
        >>> found = waves([instant(day) for day in ("2025-05-05", "2025-05-07", "2026-05-04")], "UTC")
        >>> [f"{moment(one.since):%Y-%m-%d} {moment(one.until):%m-%d}" for one in found.windows]
        ['2025-05-05 05-08', '2026-05-04 05-05']
    """
    if not days:
        return None
    found = [[days[0]]]
    for day in days[1:]:
        if day >= _days_before(found[-1][-1], -DAYS, zone):
            found.append([])
        found[-1].append(day)
    all_of_them = [Window(wave[0], _days_before(wave[-1], -1, zone)) for wave in found]
    if len(found) < 2 or any(one.until > _days_before(one.since, -longest, zone) for one in all_of_them):
        return None
    return Periods(all_of_them[-1], all_of_them[-2], "waves")


_EARLIEST = datetime(2, 1, 1, tzinfo=UTC)
"""What is counted back from an earlier time would lie before the calendar."""


def _midnight(time: int, zone: str) -> int:
    """The beginning of the day that holds a time."""
    there = moment(time).astimezone(zone_of(zone))
    return instant(datetime(there.year, there.month, there.day, tzinfo=zone_of(zone)))


def _days_before(time: int, days: int, zone: str) -> int:
    """The same time of the day some days earlier, as the zone's calendar counts them."""
    there = moment(time).astimezone(zone_of(zone))
    return instant(max(there, _EARLIEST) - timedelta(days=days))


def _day(time: int, zone: str) -> str:
    return f"{moment(time).astimezone(zone_of(zone)):%Y-%m-%d %H:%M}"
