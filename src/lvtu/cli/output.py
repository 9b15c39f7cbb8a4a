"""What goes to stdout: JSON for programs, text for people."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pyarrow as pa

    from lvtu.core.sentences import Note


def write_json(document: object) -> None:
    """One JSON document, and nothing else."""
    click.echo(json.dumps(plain(document), ensure_ascii=False, allow_nan=False))


def answer(spec: dict[str, Any], table: pa.Table, notes: Iterable[Note] = ()) -> dict[str, Any]:
    """The shape of every answer: ``spec``, ``table``, ``notes``."""
    return {"spec": spec, "table": rows_of(table), "notes": [note.to_json() for note in notes]}


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """A table as objects; maps become objects too."""
    rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="lossy")
    return rows


def plain(value: Any) -> Any:
    """A value as JSON knows them: times as ISO-8601, durations as µs, bytes as hexadecimal, NaN as null.

    Example:
        >>> plain({"rate": float("nan"), "at": date(2026, 1, 1), "gap": timedelta(seconds=1)})
        {'rate': None, 'at': '2026-01-01', 'gap': 1000000}
    """
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, Decimal):
        return float(value)
    return value.hex() if isinstance(value, bytes) else str(value)
