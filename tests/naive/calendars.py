"""Calendar periods in a time zone, through `datetime` and `zoneinfo` alone.

Days, weeks (from Monday), months, quarters and years are dates of the zone, whatever their length: a day has 23 or 25
hours when the clock changes. Hours are real hours that begin when the zone's clock shows full: when the clock goes
back, the two hours it calls 01:00 are two periods.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = 3_600_000_000
LENGTHS = {"hour": HOUR, "day": 24 * HOUR, "week": 7 * 24 * HOUR, "month": 30 * 24 * HOUR}
"""Lengths in microseconds for the rolling clock."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def micros(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


@cache
def local(time: int, zone: str) -> datetime:
    return (EPOCH + timedelta(microseconds=time)).astimezone(ZoneInfo(zone))


def midnight(day: date, zone: str) -> int:
    """The first moment of a day, also where the clock skips or repeats midnight."""
    return micros(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)))


@cache
def shifted(time: int, period: str, zone: str, k: int = 0) -> int:
    """When the k-th period after the one that holds `time` begins, in µs."""
    there = local(time, zone)
    day = there.date()
    if period == "hour":
        past = timedelta(minutes=there.minute, seconds=there.second, microseconds=there.microsecond)
        return time - past // timedelta(microseconds=1) + k * HOUR
    if period == "day":
        return midnight(day + timedelta(days=k), zone)
    if period == "week":
        return midnight(day - timedelta(days=day.weekday()) + timedelta(weeks=k), zone)
    if period in MONTHS:
        several = MONTHS[period]
        year, month = divmod(((day.year * 12 + day.month - 1) // several + k) * several, 12)
        return midnight(date(year, month + 1, 1), zone)
    raise ValueError(period)


def between(early: int, late: int, period: str, zone: str) -> int:
    """How many periods the second time's period lies after the first one's."""
    one, two = local(early, zone).date(), local(late, zone).date()
    if period == "hour":
        return (shifted(late, period, zone) - shifted(early, period, zone)) // HOUR
    if period == "day":
        return (two - one).days
    if period == "week":
        return (two.toordinal() - 1) // 7 - (one.toordinal() - 1) // 7  # day 1 was a Monday
    return (two.year - one.year) * 12 + two.month - one.month
