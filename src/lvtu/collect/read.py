"""Reading: any source, through a mapping, as batches of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.batch import REJECTED, Batch, rejection, rejections
from lvtu.collect.frames import Frame
from lvtu.collect.jsons import Rewrite, row_frames
from lvtu.collect.mapping import Mapping
from lvtu.collect.people import RowCustomers
from lvtu.collect.shape import shape
from lvtu.collect.sources import File, files, is_rows, name_of
from lvtu.collect.streams import Lines
from lvtu.collect.values import texts
from lvtu.core.record import RECORD
from lvtu.core.sentences import Note, Reason, Term
from lvtu.errors import BadInput

ROWS = 500_000
"""The most records of a batch."""

Progress = Callable[[int, float | None], None]
"""Told after each batch: rows read so far, and the part of the source (0…1; None if unknown)."""

Parts = Iterator[tuple[Frame | pa.Table | Note, float | None]]


def read(
    source: Any,
    mapping: Mapping | dict[str, Any] | str | Path | None = None,
    *,
    source_name: str | None = None,
    progress: Progress | None = None,
) -> Iterator[Batch]:
    """The records of a source, batch by batch, in bounded memory.

    Args:
        source: a path, folder or pattern of CSV, Parquet, NDJSON, JSON, XLSX or XES files (texts also as .gz,
            .zst; a sheet by its name, ``orders.xlsx#May``); any object with ``__arrow_c_stream__`` (pandas,
            Polars, DuckDB, Arrow); rows as dicts.
        mapping: see `Mapping`; without one, columns named like the record's fields are those fields,
            the others are properties, and times without an offset are UTC.
        source_name: the field ``source`` of records that have none of their own.
        progress: told after each batch.

    Raises:
        BadInput: nothing is there, the format is unknown, the mapping is wrong. A row never raises:
            it is in ``rejected`` with its place, the field and the reason.

    Example:
        >>> rows = [{"user_id": "ann", "event": "Visit", "time": "2026-01-01T09:00Z", "page": "/"}, {"event": "Visit"}]
        >>> [batch] = read(rows)
        >>> batch.records.num_rows, batch.rejected["reason"].to_pylist()
        (1, ['no time'])
    """
    chosen = Mapping.load(mapping)
    parts = _parts(source, chosen)
    return _batches(parts, chosen, source_name, progress)


def _parts(source: Any, mapping: Mapping) -> Parts:
    from lvtu.collect.ready import rewrite_of
    from lvtu.collect.tables import stream_frames

    rewrite = rewrite_of(mapping)
    if isinstance(source, str | Path):
        return _file_parts(files(source), mapping, rewrite)
    if isinstance(source, pa.RecordBatch):
        source = pa.Table.from_batches([source])
    if hasattr(source, "__arrow_c_stream__"):
        return ((part, None) for part in stream_frames(source, name_of(source), mapping, rewrite))
    if is_rows(source):
        return ((part, None) for part in row_frames(source, name_of(source), mapping, rewrite))
    raise BadInput(
        "cannot_read_type",
        type=type(source).__name__,
        known=[Term(one) for one in ("a_path", "a_folder", "a_pattern", "a_table", "a_list_of_dicts")],
    )


def _file_parts(found: list[File], mapping: Mapping, rewrite: Rewrite | None) -> Parts:
    """The frames of all files; of several, one that cannot be read at all is set aside as a whole."""
    total = sum(file.path.stat().st_size for file in found) or 1
    done = 0
    for file in found:
        lines = Lines(file.path, mapping.encoding)
        try:
            for part in _frames(file, mapping, lines, rewrite):
                yield part, min(1.0, (done + lines.position) / total)
        except BadInput as error:
            if len(found) == 1:
                raise
            yield rejection(file.place, "file", Reason("unreadable", error=str(error)), {"_text": ""}), None
        done += file.path.stat().st_size


def _frames(file: File, mapping: Mapping, lines: Lines, rewrite: Rewrite | None) -> Iterator[Frame | pa.Table | Note]:
    if file.format == "parquet":
        from lvtu.collect.tables import parquet_frames

        return parquet_frames(file.path, file.place, mapping, lines, rewrite)
    if file.format == "json":
        from lvtu.collect.jsons import json_frames

        return json_frames(file.path, file.place, mapping, lines, rewrite)
    if file.format == "xes":
        from lvtu.collect.xes import xes_frames

        return xes_frames(file.place, mapping, lines, rewrite)
    if file.format == "xlsx":
        from lvtu.collect.sheets import xlsx_frames

        return xlsx_frames(file.path, file.place, file.sheet, mapping, lines, rewrite)
    from lvtu.collect.csvs import csv_frames

    return csv_frames(file.path, file.place, mapping, lines, rewrite)


def _batches(parts: Parts, mapping: Mapping, source_name: str | None, progress: Progress | None) -> Iterator[Batch]:
    rows = 0
    size = max(1, ROWS // max(1, len(mapping.events)))
    aside: list[pa.Table] = []
    people = RowCustomers()
    notes = [Note("row_customers")] if mapping.one_customer_per_row else []
    for part, fraction in parts:
        if isinstance(part, pa.Table):
            aside.append(part)
            continue
        if isinstance(part, Note):
            notes.append(part)
            continue
        for start in range(0, len(part.numbers), size):
            piece = part.piece(start, size) if len(part.numbers) > size else part
            records, refused = shape(piece, mapping, people)
            rejected = pa.concat_tables([*aside, rejections(piece, refused)])
            rows += len(piece.numbers)
            yield Batch(_from(records, source_name), rejected, tuple(notes))
            aside, notes = [], []
            if progress:
                progress(rows, fraction)
    if aside or notes:
        yield Batch(RECORD.empty_table(), pa.concat_tables([REJECTED.empty_table(), *aside]), tuple(notes))


def _from(records: pa.Table, source_name: str | None) -> pa.Table:
    """The records with their source filled in."""
    place = RECORD.get_field_index("source")
    if source_name is None or not records["source"].null_count:
        return records
    return records.set_column(place, RECORD.field(place), pc.coalesce(records["source"], pa.scalar(source_name)))


def first_frame(source: Any, mapping: Mapping) -> tuple[Frame, list[Note]]:
    """The first rows of a source as they are, before any mapping, and what is to be known about them.

    Raises:
        BadInput: the source cannot be read, or has no rows.
    """
    notes: list[Note] = []
    why = None
    for part, _ in _parts(source, mapping):
        if isinstance(part, Note):
            notes.append(part)
        elif not isinstance(part, pa.Table):
            return part, notes
        elif part.num_rows and (last := part.slice(part.num_rows - 1).to_pylist(maps_as_pydicts="strict")[0]):
            why = Reason.kept(last["reason"], last["reason_code"], last["reason_values"])
    raise BadInput("no_rows") if why is None else BadInput("no_rows_since", reason=why)


@dataclass(frozen=True)
class FirstParts:
    """The first rows of a source, before any mapping.

    Attributes:
        frames: the rows.
        rejected: those that could not even be taken apart, with the schema `REJECTED`.
        notes: what is to be known about them.
        whole: whether the source has no more.
    """

    frames: list[Frame]
    rejected: pa.Table
    notes: list[Note]
    whole: bool


def first_parts(source: Any, mapping: Mapping, rows: int) -> FirstParts:
    """The first so many rows of a source as they are, with those among them that cannot be taken apart.

    Raises:
        BadInput: the source cannot be read at all.
    """
    frames: list[Frame] = []
    rejected = [REJECTED.empty_table()]
    notes: list[Note] = []
    left, whole = rows, True
    for part, _ in _parts(source, mapping):
        if isinstance(part, Note):
            notes.append(part)
        elif not left:
            whole = False
            break
        elif isinstance(part, pa.Table):
            rejected.append(part)
        else:
            whole = len(part.numbers) <= left
            frames.append(part.piece(0, left))
            left = max(0, left - len(part.numbers))
            if not whole:
                break
    return FirstParts(frames, pa.concat_tables(rejected), notes, whole)


def text_table(source: Any) -> tuple[pa.Table, list[Note]]:
    """All rows of a source as texts, before any mapping: a column for each of its own, and what is to be known.

    Raises:
        BadInput: the source cannot be read, or has no rows.

    Example:
        >>> table, _ = text_table([{"id": 7, "city": "Hull"}, {"id": 8}])
        >>> table["id"].to_pylist(), table["city"].to_pylist()
        (['7', '8'], ['Hull', None])
    """
    tables: list[pa.Table] = []
    notes: list[Note] = []
    broken = 0
    for part, _ in _parts(source, Mapping()):
        if isinstance(part, Note):
            notes.append(part)
        elif isinstance(part, pa.Table):
            broken += part.num_rows
        else:
            tables.append(pa.table({name: texts(part.column(name)) for name in part.names()}))
    if not sum(table.num_rows for table in tables):
        raise BadInput("no_rows")
    if broken:
        notes.append(Note("broken_rows", rows=broken))
    return pa.concat_tables(tables, promote_options="default").combine_chunks(), notes
