"""Calendar periods in a time zone, as boundaries in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from lvtu.core.sentences import Term
from lvtu.core.units import DAY, HOUR, WEEK, instant, moment
from lvtu.errors import BadInput
from lvtu.store.journeys.columns import Array

LENGTHS = {"hour": HOUR, "day": DAY, "week": WEEK, "month": 30 * DAY, "quarter": 91 * DAY, "year": 365 * DAY}
"""How long a rolling period is."""

When: TypeAlias = "str | int | date | datetime"
"""A time as people give it."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}

_MOST = 1_000_000
_SHOWN = 6


def zone_of(name: str) -> ZoneInfo:
    """A time zone by name.

    Raises:
        BadInput: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadInput("no_zone", zone=name, known=["UTC", "Asia/Shanghai", "America/New_York"]) from None


_END = instant("9990-01-01")
"""Periods are counted until then: the last ones that a calendar can name have no end."""


@lru_cache(64)
def boundaries_of(period: str, zone: str, first: int, last: int, more: int = 0) -> Array:
    """The starts (µs UTC) of all calendar periods from the one that holds ``first`` to the one that holds ``last``.

    Args:
        period: hour, day, week (from Monday), month, quarter or year.
        zone: whose calendar; a day may have 23 or 25 hours there.
        first, last: times, µs.
        more: so many more periods behind.

    Example:
        >>> day = 24 * 3600 * 10**6
        >>> boundaries_of("day", "UTC", 0, day).tolist() == [0, day]
        True
    """
    place = zone_of(zone)
    first, last = min(first, _END), min(last, _END)
    if (last - first) // LENGTHS[period] > _MOST:
        days = {"first": f"{moment(first):%Y-%m-%d}", "last": f"{moment(last):%Y-%m-%d}"}
        raise BadInput("too_many_periods", period=Term(period), **days)
    there = moment(first).astimezone(place)
    if period == "hour":
        past = timedelta(minutes=there.minute, seconds=there.second, microseconds=there.microsecond)
        start = first - past // timedelta(microseconds=1)
        return _kept(np.arange(start, last + 1 + more * HOUR, HOUR, dtype=np.int64))
    day, out = _first_day(period, there.date()), []
    while more >= 0:
        start = instant(datetime(day.year, day.month, day.day, tzinfo=place))
        more -= start > last
        if more >= 0:
            out.append(start)
        day = _next_day(period, day)
    return _kept(np.array(out, np.int64))


def _kept(starts: Array) -> Array:
    """Starts that several questions share: nobody may change them."""
    starts.flags.writeable = False
    return starts


def boundaries_within(period: str, zone: str, times: tuple[int, int], span: tuple[int, int]) -> Array:
    """The starts (µs UTC) of all periods that the events of a span lie in.

    Args:
        period, zone: see `boundaries_of`.
        times: the first and last event's, µs.
        span: from a time on and before another.
    """
    first = max(times[0], span[0])
    return boundaries_of(period, zone, first, max(min(times[1], span[1] - 1), first))


def number_of(starts: Array, when: When, zone: str) -> int:
    """The number of the period that starts at a time; without an offset, a time of the zone.

    Raises:
        BadInput: no period starts then.

    Example:
        >>> starts = boundaries_of("day", "Asia/Shanghai", instant("2026-03-01"), instant("2026-03-03"))
        >>> number_of(starts, "2026-03-02", "Asia/Shanghai")
        1
    """
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when.strip())
        except ValueError:
            instant(when)  # says what a time is
    if isinstance(when, date) and not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day)
    if isinstance(when, datetime) and when.tzinfo is None:
        when = when.replace(tzinfo=zone_of(zone))
    place = int(np.searchsorted(starts, instant(when)))
    if place == len(starts) or starts[place] != instant(when):
        some = [moment(int(start)).astimezone(zone_of(zone)).isoformat() for start in starts[-_SHOWN:]]
        raise BadInput("no_period_starts", time=str(when), known=some)
    return place


def _first_day(period: str, day: date) -> date:
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "day":
        return day
    months = _MONTHS[period]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _next_day(period: str, day: date) -> date:
    if period in ("day", "week"):
        return day + timedelta(days=7 if period == "week" else 1)
    months = day.month - 1 + _MONTHS[period]
    return day.replace(year=day.year + months // 12, month=months % 12 + 1)


def starts_between(times: Sequence[datetime], period: str, zone: str) -> list[int]:
    """The starts of all calendar periods from the first of some times to the last, µs; none of none."""
    if not times:
        return []
    starts: list[int] = boundaries_of(period, zone, instant(min(times)), instant(max(times))).tolist()
    return starts
