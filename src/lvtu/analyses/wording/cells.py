"""Cells of a table as people read them: headings, numbers, times and words."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pyarrow as pa

from lvtu.analyses.text import DURATIONS, cell, path_text
from lvtu.core.words import Lang, known, say, spoken


def heading(name: str) -> str:
    """What a column is called; a property keeps its name."""
    return known(f"columns.{name}") or name


def record_heads() -> dict[str, str]:
    """Headings of records that differ from those of answers: their times are UTC, whatever the calendar's zone."""
    return {"time": heading("time_utc")}


INTERVAL = pa.struct({"share": pa.float64(), "low": pa.float64(), "high": pa.float64()})
"""A share with its interval, which people read in one cell."""


def with_interval(data: pa.Table, share: str, ends: tuple[str, str]) -> pa.Table:
    """A table in which a column of shares holds their intervals too, instead of two columns of their ends."""
    parts = [data[name].combine_chunks() for name in (share, *ends)]
    both = pa.StructArray.from_arrays(parts, fields=list(INTERVAL))
    return data.set_column(data.column_names.index(share), share, both).drop_columns(list(ends))


def interval(share: float | None, low: float | None, high: float | None, lang: Lang | None = None) -> str:
    """A share with its 95 % interval, in per cent; the share alone where there is none."""
    if share is None:
        return say("values.none", lang)
    told = f"{100 * share:.1f}%"
    if low is None or high is None:
        return told
    return say("charts.aside", lang, text=told, more=f"{100 * low:.1f}–{100 * high:.1f}%")


def shown(name: str, value: Any, style: str = "%Y-%m-%d %H:%M:%S") -> str:
    """One value for people; times in the style given."""
    if value is None:
        return say("values.others" if name == "variant" else "values.none")
    if name == "path" and not isinstance(value, str):
        return path_text(value)
    if isinstance(value, bool):
        return say("values.yes" if value else "values.no")
    if isinstance(value, datetime):
        return value.strftime(style)
    if name == "status":
        return known(f"values.{value}") or str(value)
    if name == "apart":
        return "\n".join(apart(value))
    if name == "name" and isinstance(value, list):
        return say("clusters.more", places=say("values.and").join(value)) if value else say("clusters.alike")
    if isinstance(value, list | dict) and name != "segments":
        return _pairs(dict(value) if isinstance(value, list) and value and isinstance(value[0], tuple) else value)
    if name == "properties" and isinstance(value, str):
        return _pairs(json.loads(value))
    text = cell(name, value)
    return spoken(text) if name.endswith(DURATIONS) else " ".join(text.split())


def apart(places: list[dict[str, Any]]) -> list[str]:
    """What sets a group apart: its share of each place, and that of everybody else."""
    return [
        say("clusters.apart", place=one["place"], **{of: shown("share", one[of]) for of in ("share", "elsewhere")})
        for one in places
    ]


def _pairs(value: Any) -> str:
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return " ".join(f"{k}={v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)}" for k, v in value.items())


def cells_of(data: pa.Table, name: str) -> tuple[list[str], bool, bool]:
    """A column as people read it: its cells, whether they are numbers, whether they are times."""
    values, kind = data[name].to_pylist(), data.schema.field(name).type
    if kind == INTERVAL:
        return [interval(**value) for value in values], True, False
    number = bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
    if name in _NUMBERED and number:
        values = [None if value is None else str(value) for value in values]
    style = time_style(values) if pa.types.is_timestamp(kind) else ""
    if pa.types.is_nested(kind):
        return [shown(name, value, style) for value in values], number, bool(style)
    texts = {value: shown(name, value, style) for value in set(values)}  # the same ones come again and again
    return [texts[value] for value in values], number, bool(style)


_NUMBERED = ("step", "period", "variant", "cluster", "pair")
"""Numbers that are names: they get no separators."""


def time_style(times: list[Any]) -> str:
    """As much of the times as they differ in: days, minutes or seconds."""
    given = [time for time in times if time is not None]
    if all((t.hour, t.minute, t.second, t.microsecond) == (0, 0, 0, 0) for t in given):
        return "%Y-%m-%d"
    return "%Y-%m-%d %H:%M" if all((t.second, t.microsecond) == (0, 0) for t in given) else "%Y-%m-%d %H:%M:%S"
