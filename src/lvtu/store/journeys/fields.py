"""Any field or property as a column, made the first time a question reads it.

A text column is codes into one list of values (code 0: missing); a number column is float64 with NaN for
missing; a time column is int64 µs. They are read from the lake in the order of event ids and put in the
order of the journeys through each bucket's ``event_id``.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa

from lvtu.core.expr.values import READ_FIELDS
from lvtu.core.record import RECORD
from lvtu.store.journeys.columns import Array, column_name, open_array, open_column, write_column
from lvtu.store.journeys.derived import name_and_version
from lvtu.store.journeys.texts import as_arrow, as_sequence

Kind = Literal["text", "number", "time", "mixed"]

NO_TIME = np.iinfo(np.int64).min


def kind_of(name: str) -> Kind:
    """What a column of this name holds: a record's field has its own kind, every property is mixed."""
    if (derived := READ_FIELDS.get(name_and_version(name)[0])) is not None:
        return derived
    if name not in RECORD.names:
        return "mixed"
    field = RECORD.field(name).type
    if pa.types.is_timestamp(field):
        return "time"
    return "text" if pa.types.is_string(field) or pa.types.is_map(field) else "number"


def file_name(name: str) -> str:
    """The start of a column's file names; names of properties may hold anything."""
    return "field-" + hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def save_field(
    numbers: Array, values: Sequence[str], name: str, folder: Path, buckets: list[tuple[Path, Array]]
) -> None:  # fmt: skip
    """Write a column's part of every bucket, in the order of its rows; the list of values last.

    Several processes may do so at once: each file appears whole, and all write the same.

    Args:
        numbers: codes, numbers or times by event id.
        values: the texts by code.
        name: of the field.
        folder: of the generation.
        buckets: the folder and the event ids of each.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(lambda bucket: save_part(name, bucket[0], numbers[bucket[1]]), buckets))
    save_values(name, folder, values)


def save_part(name: str, bucket: Path, numbers: Array) -> None:
    """Write one bucket's part of a column."""
    _appear(bucket / f"{file_name(name)}.arrow", numbers, "column")


def save_values(name: str, folder: Path, values: Sequence[str]) -> None:
    """Write the texts of a column by code: from now on it is there."""
    _appear(folder / f"{file_name(name)}.values.arrow", as_arrow(values), name)


def made(folder: Path) -> list[str]:
    """The columns that have been made."""
    return sorted(column_name(path) for path in folder.glob("field-*.values.arrow"))


def has_field(name: str, folder: Path) -> bool:
    """Whether the column has been made."""
    return (folder / f"{file_name(name)}.values.arrow").exists()


def open_field(name: str, bucket: Path) -> Array:
    """One bucket's part of a column."""
    return open_array(bucket / f"{file_name(name)}.arrow")


def open_values(name: str, folder: Path) -> Sequence[str]:
    """The texts of a column by code."""
    return as_sequence(open_column(folder / f"{file_name(name)}.values.arrow"))


def _appear(path: Path, values: Array | pa.ChunkedArray, called: str) -> None:
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    write_column(temporary, values, called)
    temporary.replace(path)
