"""Tables as people read them where they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import pyarrow as pa

from lvtu.core.sentences import Note
from lvtu.core.units import spell

_ROWS = 40
DURATIONS = ("_time", "_dwell", "_duration", "within")
"""How the names of columns of durations end."""

_SHARES = (
    "rate", "low", "high", "share", "share_at_least", "cumulative", "kaplan_meier", "jaccard", "value_share",
    "value_low", "value_high", "previous_low", "previous_high", "fitness_from", "fitness_to", "conversion", "coverage",
    "response_low", "response_high", "top", "top_low", "top_high",
    "negative", "positive", "share_before", "share_after", "covered",
)  # fmt: skip
_TIMELINE = (
    "customer", "time", "event", "channel", "value", "currency", "score", "scale", "text", "source", "identifiers",
    "properties",
)  # fmt: skip
_OF_DRIVERS = ("importance", "r2_part", "johnson", "used", "stability")


def as_text(table: pa.Table, notes: Sequence[Note | str] = (), names: Sequence[str] = ()) -> str:
    """A table in columns of equal width, numbers to the right, then the notes.

    Args:
        table, notes: of an answer.
        names: what stands above the columns; their own names if not given.
    """
    rows = [[cell(name, value) for name, value in row.items()] for row in table.slice(0, _ROWS).to_pylist()]
    right = [_is_number(field.type) for field in table.schema]
    names = list(names or table.schema.names)
    widths = [max([width(n), *(width(row[i]) for row in rows)]) for i, n in enumerate(names)]
    lines = ["  ".join(_pad(text, w, r) for text, w, r in zip(line, widths, right, strict=True)).rstrip()
             for line in [names, *rows]]  # fmt: skip
    if table.num_rows > _ROWS:
        lines.append(f"… and {table.num_rows - _ROWS:,} more rows")
    return "\n".join([*lines, *(f"· {note}" for note in notes)])


def for_people(table: pa.Table, spec: Any) -> pa.Table:
    """An answer's table as it is printed: records without what is empty, periods by the clock of their zone."""
    return records_for_people(table) if spec.analysis == "timeline" else in_zone(table, spec)


def in_zone(data: pa.Table, spec: Any) -> pa.Table:
    """The table with the starts of periods as the clock of the question's calendar shows them."""
    for place, name in enumerate(data.column_names):
        if name in ("period", "cohort") and pa.types.is_timestamp(kind := data.schema.field(name).type):
            data = data.set_column(place, name, data[name].cast(pa.timestamp(kind.unit, spec.zone)))
    return data


def records_for_people(data: pa.Table) -> pa.Table:
    """Records without empty columns and without what only machines read."""
    columns = [name for name in _TIMELINE if name in data.column_names and data[name].null_count < data.num_rows]
    customers = len(data["customer"].unique()) if "customer" in columns else 0
    return data.select([name for name in columns if name != "customer" or customers > 1])


def cell(name: str, value: Any) -> str:
    """One value: durations in two units, shares in per cent, "—" for nothing."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "path" and not isinstance(value, str):
        return path_text(value)
    if name == "segments":
        return " + ".join(value)
    if name.endswith(DURATIONS) and isinstance(value, int):
        return spell(value)
    if name.startswith("p_"):
        return "< 0.001" if value < 0.001 else f"{value:.3f}"
    if name in ("difference", "growth"):
        return f"{100 * value:+.1f}%"
    if name.endswith("_difference") and isinstance(value, float):
        return f"{value:+.1f}" if name.startswith("nps") else f"{value:+.2f}"
    if name.startswith("nps") and isinstance(value, float):
        return f"{value:.1f}"
    if is_share(name):
        return f"{100 * value:.1f}%"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) and name not in ("step", "period", "pair") else str(value)


def is_share(name: str) -> bool:
    """Whether a column of this name holds shares of 1."""
    return name.startswith("from_") or name.endswith("_rate") or name in (*_SHARES, *_OF_DRIVERS)


def path_text(places: Iterable[str]) -> str:
    """A path in one line, a run of one place once with its length.

    Example:
        >>> path_text(["Search", "View", "View", "Pay"])
        'Search → View ×2 → Pay'
    """
    runs = [(place, len(list(run))) for place, run in groupby(places)]
    return " → ".join(place if length == 1 else f"{place} ×{length}" for place, length in runs)


def width(text: str) -> int:
    """How many terminal columns a text takes: Chinese characters take two."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, columns: int, right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if right else text + space


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))
