"""Any field or property as a column, made the first time a question reads it.

A text column is codes into one list of values (code 0: missing); a number column is float64 with NaN for
missing; a time column is int64 µs. They are read from the lake in the order of event ids and put in the
order of the journeys through each bucket's ``event_id``.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.core.expr.values import as_text
from lvtu.core.record import RECORD
from lvtu.store.journeys.columns import Array, column_name, open_array, open_column, smallest, write_column
from lvtu.store.lake import Lake

Kind = Literal["text", "number", "time", "mixed"]

NO_TIME = np.iinfo(np.int64).min
_MANY = 200_000


def kind_of(name: str) -> Kind:
    """What a column of this name holds: a record's field has its own kind, every property is mixed."""
    if name not in RECORD.names:
        return "mixed"
    field = RECORD.field(name).type
    if pa.types.is_timestamp(field):
        return "time"
    return "text" if pa.types.is_string(field) or pa.types.is_map(field) else "number"


@dataclass(frozen=True)
class Field:
    """One column over all events of a generation, by event id.

    Attributes:
        numbers: codes, float64 or int64 by event id (events without a row read as missing).
        values: text by code, for text and mixed columns; entry 0 is unused.
    """

    numbers: Array
    values: tuple[str, ...] = ()


def read_field(batches: Iterable[pa.RecordBatch], name: str, size: int) -> Field:
    """Read one field or property of the lake's rows (``event_id`` and the field's column)."""
    kind = kind_of(name)
    if kind in ("number", "time"):
        out = np.full(size, np.nan if kind == "number" else NO_TIME, np.float64 if kind == "number" else np.int64)
        for batch in batches:
            column = batch.column(1)
            target = pa.float64() if kind == "number" else pa.int64()
            known = column.is_valid().to_numpy(zero_copy_only=False)
            values = pc.fill_null(column.cast(target), 0).to_numpy(zero_copy_only=False)
            out[batch.column(0).to_numpy()[known]] = values[known]
        return Field(out)
    texts = _properties(batches, name) if kind == "mixed" else _texts(batches)
    return _encode(texts, size)


def _texts(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Array, pa.Array]]:
    for batch in batches:
        column = batch.column(1)
        yield batch.column(0).to_numpy(), column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def _properties(batches: Iterable[pa.RecordBatch], name: str) -> Iterator[tuple[Array, pa.Array]]:
    """One property of the JSON objects, as distinct JSON texts and codes into them."""
    import duckdb

    connection = duckdb.connect()
    name = name.removeprefix("properties.")  # said where a property is called like a field of the record
    whole, nested = _json_path([name]), _json_path(name.split("."))
    found = f"json_extract(properties, '{whole}')"
    if whole != nested:
        found = f"coalesce({found}, json_extract(properties, '{nested}'))"
    for batch in batches:
        rows = pa.table({"event_id": batch.column(0), "properties": batch.column(1)})
        connection.register("rows", rows)
        query = f"select event_id, {found}::varchar as found from rows where properties is not null"
        answer = connection.sql(query).to_arrow_table()
        connection.unregister("rows")
        ids, column = answer["event_id"].to_numpy(), answer["found"].combine_chunks().dictionary_encode()
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        yield ids, pa.DictionaryArray.from_arrays(column.indices, _plain(column.dictionary))


def _json_path(names: list[str]) -> str:
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"').replace("'", "''") for name in names)
    return "$" + "".join(f'."{name}"' for name in quoted)


def _plain(values: pa.Array) -> pa.Array:
    """JSON texts as the text twin has them: strings unquoted, numbers at their shortest, null missing."""
    if len(values) > _MANY and pc.all(pc.match_substring_regex(values, r'^"[^"\\]*"$')).as_py():
        return pc.utf8_slice_codeunits(values, 1, -1)
    return pa.array([None if text is None else as_text(json.loads(text)) for text in values.to_pylist()], pa.string())


def _encode(texts: Iterable[tuple[Array, pa.Array]], size: int) -> Field:
    out = np.zeros(size, np.uint32)
    codes: dict[str, int] = {}
    for ids, column in texts:
        table = np.zeros(len(column.dictionary) + 1, np.uint32)
        for place, text in enumerate(column.dictionary.to_pylist()):
            if text:
                table[place] = codes.setdefault(text, len(codes) + 1)
        indices = pc.fill_null(column.indices, len(column.dictionary)).to_numpy(zero_copy_only=False)
        out[ids] = table[indices]
    return Field(out.astype(smallest(len(codes) + 1)), ("", *codes))


def known_properties(lake: Lake) -> dict[str, int]:
    """Every property of the lake with its number of events, most used first. Reads all properties."""
    import duckdb

    counts: dict[str, int] = {}
    connection = duckdb.connect()
    for batch in lake.read(["properties"]):
        connection.register("rows", pa.Table.from_batches([batch]))
        query = "select unnest(json_keys(properties)) as name, count(*) from rows group by 1"
        for name, count in connection.sql(query).fetchall():
            counts[name] = counts.get(name, 0) + count
        connection.unregister("rows")
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def file_name(name: str) -> str:
    """The start of a column's file names; names of properties may hold anything."""
    return "field-" + hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def save_field(field: Field, name: str, folder: Path, buckets: list[tuple[Path, Array]]) -> None:
    """Write a column's part of every bucket, in the order of its rows; the list of values last.

    Several processes may do so at once: each file appears whole, and all write the same.
    """
    for where, event_ids in buckets:
        save_part(name, where, field.numbers[event_ids])
    save_values(name, folder, field.values)


def save_part(name: str, bucket: Path, numbers: Array) -> None:
    """Write one bucket's part of a column."""
    _appear(bucket / f"{file_name(name)}.arrow", numbers, "column")


def save_values(name: str, folder: Path, values: Sequence[str]) -> None:
    """Write the texts of a column by code: from now on it is there."""
    _appear(folder / f"{file_name(name)}.values.arrow", pa.array(values, pa.string()), name)


def made(folder: Path) -> list[str]:
    """The columns that have been made."""
    return sorted(column_name(path) for path in folder.glob("field-*.values.arrow"))


def has_field(name: str, folder: Path) -> bool:
    """Whether the column has been made."""
    return (folder / f"{file_name(name)}.values.arrow").exists()


def open_field(name: str, bucket: Path) -> Array:
    """One bucket's part of a column."""
    return open_array(bucket / f"{file_name(name)}.arrow")


def open_values(name: str, folder: Path) -> list[str]:
    """The texts of a column by code."""
    values: list[str] = open_column(folder / f"{file_name(name)}.values.arrow").to_pylist()
    return values


def _appear(path: Path, values: Array | pa.Array, called: str) -> None:
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    write_column(temporary, values, called)
    temporary.replace(path)
