"""Times of any spelling as microseconds UTC, a column at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.sql import columns, quoted
from lvtu.core.record import TIME

_SCALE = {"s": 1_000_000, "ms": 1_000, "us": 1}
_YEAR_1990, _YEAR_2100 = 631_152_000, 4_102_444_800
_QUARTER = 900_000_000
_EPOCH = datetime(1970, 1, 1)
# an offset or a zone's name, after a clock time only: the -01 of 2026-07-01 is a day
OFFSET = r":[0-9.]+\s*([A-Za-z]|[+-][0-9])"
_ISO = r"^\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ].*)?$"
_DIGITS = r"^-?[0-9]+(\.[0-9]*)?$"

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]


def times(data: pa.Array, *, formats: tuple[str, ...] | None, zone: str | None, unit: str | None) -> pa.Array:
    """The times of a column; null where the value is missing or is no time.

    Args:
        data: timestamps, dates, numbers or texts.
        formats: ``strptime`` patterns for texts, tried in turn; ISO-8601 if not given.
        zone: the zone of times without an offset; UTC if not given.
        unit: of numbers: s, ms, us, ns; by size if not given.

    Example:
        >>> data = pa.array(["2026-07-01 12:00", "2026-07-01T12:00Z"])
        >>> got = times(data, formats=None, zone="Europe/London", unit=None)
        >>> [t.isoformat() for t in got.to_pylist()]
        ['2026-07-01T11:00:00+00:00', '2026-07-01T12:00:00+00:00']
    """
    kind = data.type
    if pa.types.is_timestamp(kind):
        moments = pc.cast(data, pa.timestamp("us", kind.tz), safe=False)
        return moments.cast(TIME) if kind.tz else localise(moments, zone)
    if pa.types.is_date(kind):
        return localise(data.cast(pa.date32()).cast(pa.timestamp("us")), zone)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return epoch(data, unit)
    if not pa.types.is_string(kind):
        return pa.nulls(len(data), TIME)
    return _patterned(data, formats, zone) if formats else _spelled(data, zone, unit)


def _patterned(data: pa.Array, formats: tuple[str, ...], zone: str | None) -> pa.Array:
    """Texts by ``strptime``; a pattern with %z brings its own offset."""
    result = pa.nulls(len(data), TIME)
    for pattern in formats:
        found = columns([f"try_strptime(trim(c0), {quoted(pattern)})::timestamp"], pa.table({"c0": data}))[0]
        moments = found.cast(TIME) if "%z" in pattern else localise(found.cast(pa.timestamp("us")), zone)
        result = pc.coalesce(result, moments)
    return result


def _spelled(data: pa.Array, zone: str | None, unit: str | None) -> pa.Array:
    """ISO-8601 texts, with or without an offset, and numbers in text."""
    select = [
        f"case when regexp_matches(c0, '{_ISO}') then try_cast(c0 as timestamptz) at time zone 'UTC' end",
        f"regexp_matches(c0, '{OFFSET}')",
        f"regexp_full_match(trim(c0), '{_DIGITS}')",
    ]
    found, has_offset, digits = columns(select, pa.table({"c0": data}))
    found = found.cast(pa.timestamp("us"))
    moments = found.cast(TIME)
    if zone not in (None, "UTC"):
        moments = pc.if_else(pc.fill_null(has_offset, True), moments, localise(found, zone))
    if pc.any(digits).as_py():
        moments = pc.coalesce(moments, epoch(pc.if_else(digits, data, pa.scalar(None, pa.string())), unit))
    return moments


def epoch(data: pa.Array, unit: str | None) -> pa.Array:
    """Numbers since 1970 as times; without a unit, null where the size does not tell it."""
    if pa.types.is_string(data.type):
        try:
            data = data.cast(pa.int64())
        except pa.ArrowInvalid:
            data = columns(["try_cast(c0 as double)"], pa.table({"c0": data}))[0]
    whole = pa.types.is_integer(data.type)
    valid = np.asarray(data.is_valid()) if data.null_count else np.ones(len(data), bool)
    number = np.asarray(pc.fill_null(data.cast(pa.int64() if whole else pa.float64(), safe=False), 0))
    valid &= np.isfinite(number)
    result = np.zeros(len(data), np.int64)
    told = np.zeros(len(data), bool)
    for name in [unit] if unit else ["s", "ms", "us", "ns"]:
        per = 1_000_000_000 if name == "ns" else 1_000_000 // _SCALE[name]
        here = valid & (
            np.ones(len(data), bool) if unit else (number >= _YEAR_1990 * per) & (number < _YEAR_2100 * per)
        )
        sane = here & (number > -1e11 * per) & (number < 1e11 * per)  # abs(-(2**63)) is negative
        chosen = number[sane]
        result[sane] = chosen // 1000 if name == "ns" else np.rint(chosen * _SCALE[name]).astype(np.int64)
        told |= sane
    return pa.array(result, mask=~told).cast(pa.timestamp("us")).cast(TIME)


def localise(data: pa.Array, zone: str | None) -> pa.Array:
    """Local times as UTC: of two possible instants the first; a time that never was moves forward.

    Example:
        >>> local = pa.array([datetime(2026, 3, 29, 1, 30)], pa.timestamp("us"))
        >>> localise(local, "Europe/London")[0].as_py().isoformat()
        '2026-03-29T01:30:00+00:00'
    """
    if zone in (None, "UTC"):
        return data.cast(TIME)
    number = np.asarray(pc.fill_null(data.cast(pa.int64()), 0))
    quarters, place = np.unique(number // _QUARTER, return_inverse=True)
    place_zone = ZoneInfo(zone or "UTC")
    offsets = np.fromiter((_offset(int(q), place_zone) for q in quarters), np.int64, len(quarters))
    moved = number - offsets[place]
    return pa.array(moved, mask=np.asarray(data.is_null())).cast(pa.timestamp("us")).cast(TIME)


def _offset(quarter: int, zone: ZoneInfo) -> int:
    """The zone's offset in microseconds at a local quarter of an hour; zones change on those."""
    try:
        local = _EPOCH + timedelta(microseconds=quarter * _QUARTER)
        shift: Any = zone.utcoffset(local)
        return int(shift / timedelta(microseconds=1))
    except OverflowError:
        return 0


def limits(now: datetime | None = None) -> tuple[int, int]:
    """The first and last time that are believed: 1970, and ten years from now."""
    now = now or datetime.now(UTC)
    return 0, int((now + timedelta(days=3653)).timestamp() * 1_000_000)


def by_day(data: pa.Array, formats: tuple[str, ...] | None) -> pa.Array | None:
    """True for rows that only give a day; None if no row does."""
    if pa.types.is_date(data.type):
        return pc.is_valid(data)
    if not pa.types.is_string(data.type):
        return None
    if formats:
        hours = any(code in pattern for pattern in formats for code in ("%H", "%I", "%c", "%X", "%T", "%s"))
        return None if hours else pc.is_valid(data)
    short = pc.and_(pc.equal(pc.utf8_length(data), 10), pc.match_substring_regex(data, _ISO))
    return short if pc.any(short).as_py() else None
