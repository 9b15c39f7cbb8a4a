"""Parquet files and anything that speaks Arrow: columns as they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.batch import rejection
from lvtu.collect.frames import ColumnFrame, Frame, distinct
from lvtu.collect.jsons import Rewrite, row_frames
from lvtu.collect.mapping import Mapping
from lvtu.collect.streams import Lines
from lvtu.core.sentences import Note, Reason
from lvtu.errors import BadInput

ROWS = 500_000

_HELD = 32 << 20
"""Bytes of texts that are spelled out at once: a file holds a text that recurs once."""

_EMPTY_ROWS = 50
"""Rows for each byte of a file at most, beyond a million: no data are that small."""


def parquet_frames(
    path: Path, place: str, mapping: Mapping, lines: Lines, rewrite: Rewrite | None
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of a Parquet file; a damaged row group ends it there. Of ``lines`` only the position is used.

    Raises:
        BadInput: the file is no Parquet, or its end with the index is missing.
    """
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path, memory_map=True) as plain:
            texts = [field.name for field in plain.schema_arrow if _is_text(field.type)]
        file = parquet.ParquetFile(path, memory_map=True, read_dictionary=texts)
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput("no_parquet", file=place, error=" ".join(str(error).split())) from None
    row = 1
    if file.metadata.num_rows > max(1_000_000, _EMPTY_ROWS * path.stat().st_size):
        file.close()
        raise BadInput("empty_rows", file=place, rows=file.metadata.num_rows)
    with file:
        batches = file.iter_batches(batch_size=ROWS if rewrite is None else 20_000)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowInvalid, OSError) as error:
                reason = Reason("rest", error=" ".join(str(error).split()))
                yield rejection(f"{place}:{row}", "row", reason, {"_text": ""})
                return
            if batch is None:
                return
            start, row = row, row + batch.num_rows
            lines.position = path.stat().st_size * (row - 1) // file.metadata.num_rows
            for first, part in _spelled_out(batch):
                yield from table_frames(part, place, mapping, rewrite, start + first)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


def _spelled_out(batch: pa.RecordBatch) -> Iterator[tuple[int, pa.Table]]:
    """A batch in parts, each with the place of its first row, whose texts are not too much to hold."""
    sizes = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        if pa.types.is_dictionary(column.type) and len(column.dictionary):
            lengths = pc.fill_null(pc.binary_length(column.dictionary).take(column.indices), 0)
            sizes += lengths.to_numpy(zero_copy_only=False)
    turns = np.cumsum(sizes) // _HELD
    edges = [0, *(np.flatnonzero(np.diff(turns)) + 1).tolist(), batch.num_rows]
    for low, high in pairwise(edges):
        part = batch.slice(low, high - low)
        yield low, pa.table([_plain(column) for column in part.columns], names=part.schema.names)


def _plain(column: pa.Array) -> pa.Array:
    """A column with each text where it stands."""
    kind = column.type
    return column.cast(kind.value_type) if pa.types.is_dictionary(kind) and _is_text(kind.value_type) else column


def stream_frames(
    source: Any, place: str, mapping: Mapping, rewrite: Rewrite | None
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of an object with ``__arrow_c_stream__``; its small batches are put together."""
    reader = pa.RecordBatchReader.from_stream(source)
    kept: list[pa.RecordBatch] = []
    row = 1
    for batch in reader:
        kept.append(batch)
        if sum(part.num_rows for part in kept) >= ROWS:
            table = pa.Table.from_batches(kept, reader.schema)
            yield from table_frames(table, place, mapping, rewrite, row)
            row += table.num_rows
            kept = []
    if kept:
        yield from table_frames(pa.Table.from_batches(kept, reader.schema), place, mapping, rewrite, row)


def table_frames(
    table: pa.Table, place: str, mapping: Mapping, rewrite: Rewrite | None, row: int = 1
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of a table whose first row has that number."""
    table = table.rename_columns(distinct(table.column_names))
    for start in range(0, table.num_rows, ROWS):
        part = table.slice(start, ROWS)
        numbers = np.arange(row + start, row + start + part.num_rows, dtype=np.int64)
        if rewrite is None:
            yield ColumnFrame(part, place, numbers, nulls=mapping.null)
        else:
            yield from row_frames(part.to_pylist(), place, mapping, rewrite, numbers.tolist())
