"""Parquet files and anything that speaks Arrow: columns as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.collect.batch import rejection
from lvtu.collect.frames import ColumnFrame, Frame, distinct
from lvtu.collect.jsons import Rewrite, row_frames
from lvtu.collect.mapping import Mapping
from lvtu.collect.streams import Lines
from lvtu.core.sentences import Reason
from lvtu.errors import BadInput

ROWS = 500_000


def parquet_frames(
    path: Path, place: str, mapping: Mapping, lines: Lines, rewrite: Rewrite | None
) -> Iterator[Frame | pa.Table]:
    """The frames of a Parquet file; a damaged row group ends it there. Of ``lines`` only the position is used.

    Raises:
        BadInput: the file is no Parquet, or its end with the index is missing.
    """
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path, memory_map=True)
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput("no_parquet", file=place, error=" ".join(str(error).split())) from None
    row = 1
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
            yield from table_frames(pa.Table.from_batches([batch]), place, mapping, rewrite, start)


def stream_frames(source: Any, place: str, mapping: Mapping, rewrite: Rewrite | None) -> Iterator[Frame]:
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
) -> Iterator[Frame]:
    """The frames of a table whose first row has that number."""
    table = table.rename_columns(distinct(table.column_names))
    for start in range(0, table.num_rows, ROWS):
        part = table.slice(start, ROWS)
        numbers = np.arange(row + start, row + start + part.num_rows, dtype=np.int64)
        if rewrite is None:
            yield ColumnFrame(part, place, numbers, nulls=mapping.null)
        else:
            yield from row_frames(part.to_pylist(), place, mapping, rewrite, numbers.tolist())
