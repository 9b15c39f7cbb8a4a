"""Times and durations as people write them, and as the engine keeps them: whole microseconds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NewType

from lvtu.errors import BadInput

Micros = NewType("Micros", int)
"""A duration, or a time since 1970-01-01 UTC, in microseconds."""

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY

_UNITS = {"us": 1, "ms": 1_000, "s": SECOND, "m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY, "w": WEEK}
_WORDS = {"second": SECOND, "minute": MINUTE, "hour": HOUR, "day": DAY, "week": WEEK}
_SHORT = re.compile(r"(\d+(?:\.\d+)?)\s*(us|ms|s|min|m|h|d|w)")
_LONG = re.compile(r"(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?")
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def duration(value: str | int | timedelta) -> Micros:
    """A duration in microseconds, from ``7d``, ``1h30m``, ``7 days``, ISO-8601 (``P7D``, ``PT30M``) or a timedelta.

    Whole numbers are microseconds. Months and years have no fixed length and are refused.

    Raises:
        BadInput: the text is no duration, or is negative.

    Example:
        >>> duration("7d") == duration("P7D") == duration("7 days") == 7 * DAY
        True
    """
    found = _duration(value)
    if not 0 <= found < _LONGEST:
        raise BadInput("negative_duration" if found < 0 else "long_duration", value=str(value))
    return Micros(found)


def _duration(value: object) -> int:
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = value.strip() if isinstance(value, str) else ""
    iso = _ISO.fullmatch(text.upper())
    if iso and any(iso.groups()):
        sizes = (WEEK, DAY, HOUR, MINUTE, SECOND)
        return _whole(sum(float(n) * size for n, size in zip(iso.groups(), sizes, strict=True) if n))
    for pattern, units in ((_SHORT, _UNITS), (_LONG, _WORDS)):
        if re.fullmatch(rf"(?:{pattern.pattern}\s*)+", text.lower()):
            return _whole(sum(float(n) * units[u] for n, u in pattern.findall(text.lower())))
    raise BadInput("no_duration", value=str(value), known=["30s", "15m", "12h", "7d", "2w", "P7D", "PT30M"])


def _whole(micros: float) -> int:
    return round(min(micros, float(_LONGEST)))


def instant(value: str | int | date | datetime) -> Micros:
    """A time in microseconds since 1970 UTC, from ISO-8601 text, a date or a datetime; naive means UTC.

    Raises:
        BadInput: the text is no time.

    Example:
        >>> instant("2026-01-01") == instant("2026-01-01T08:00:00+08:00")
        True
    """
    if isinstance(value, int) and not isinstance(value, bool):
        if not _FIRST <= value <= _LAST:
            raise BadInput("no_time", value=str(value), known=_TIMES)
        return Micros(value)
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise BadInput("no_time", value=str(value), known=_TIMES) from None
    if not isinstance(value, date):
        raise BadInput("no_time", value=str(value), known=_TIMES)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return Micros((value - _EPOCH) // timedelta(microseconds=1))


def moment(micros: int) -> datetime:
    """The datetime (UTC) of a time in microseconds.

    Example:
        >>> moment(instant("2026-01-01")).isoformat()
        '2026-01-01T00:00:00+00:00'
    """
    return _EPOCH + timedelta(microseconds=micros)


def write_duration(micros: int) -> str:
    """The shortest text from which :func:`duration` reads the same duration back.

    Example:
        >>> write_duration(7 * DAY), write_duration(90 * MINUTE), write_duration(1)
        ('7d', '90m', '1us')
    """
    for unit in ("d", "h", "m", "s", "ms"):
        if micros and micros % _UNITS[unit] == 0:
            return f"{micros // _UNITS[unit]}{unit}"
    return f"{micros}us"


def write_instant(micros: int) -> str:
    """A time as ISO-8601 text, UTC, from which :func:`instant` reads the same time back.

    Example:
        >>> write_instant(instant("2026-01-31T09:30:00+08:00"))
        '2026-01-31T01:30:00+00:00'
    """
    return moment(micros).isoformat()


def spell(micros: int | None) -> str:
    """A duration as people read it, two units at most; "—" for none.

    Example:
        >>> spell(duration("26h")), spell(duration("90s")), spell(None)
        ('1d 2h', '1m 30s', '—')
    """
    if micros is None:
        return "—"
    if micros < SECOND:
        return f"{micros / 1000:g}ms"
    parts: list[str] = []
    rest = round(micros / SECOND) * SECOND
    for unit, size in (("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND)):
        number, rest = divmod(rest, size)
        if number or parts:
            parts.append(f"{number:,}{unit}" if number else "")
    return " ".join(part for part in parts[:2] if part)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = (
    (one.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1) for one in (datetime.min, datetime.max)
)
_TIMES = ("2026-01-31", "2026-01-31T09:30:00+08:00")
_LONGEST = 1 << 61
"""No duration is so long, in µs: a time plus a duration is then still a number of 64 bits."""
