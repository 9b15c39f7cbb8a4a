"""The lake's Parquet files: how a part is named, written, described to Delta and read.

We write parts ourselves rather than through the lake's library: that is where encodings, statistics and
syncing are decided, and it lets an erasure or a compaction be one commit of removals and additions.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from lvtu.core.record import RECORD
from lvtu.errors import BadInput
from lvtu.store import files

SCHEMA: pa.Schema = pa.schema(
    [
        *RECORD,
        pa.field("event_id", pa.int64()),
        pa.field("commit", pa.int64()),
    ]
)
"""The lake's columns: the record, the event's surrogate number, and the commit that brought it."""

PART_ROWS = 1 << 19
"""Rows of a part at most when it is written: enough to compress well, few enough to write several at once."""

GROUP_ROWS = 1 << 13
"""Rows of a row group: the least that is decoded to show one event (docs/decisions/0011-small-row-groups.md)."""

READ_ROWS = 1 << 18
"""Rows that are read at once, in as many row groups as hold them."""

THREADS = min(8, os.cpu_count() or 1)

# Measured on 10 M rows: LZ4 took 5.3 s of CPU to write and 2.5 s to read, ZSTD at level 1 5.8 s and 2.8 s for
# 42 % fewer bytes. Dictionaries are for columns that repeat within a row group: building one for message ids,
# customers, times or properties costs as much as writing them, and is thrown away at its size limit.
_COMPRESSION = "lz4"
_DICTIONARY = ["event", "channel", "source", "currency", "score", "scale", "language", "time_basis", "commit"]
_STATISTICS = ["time", "event", "event_id", "commit"]  # none for what identifies a person

_ANY = (-(1 << 63), (1 << 63) - 1)
_NAME = re.compile(r"part-(\d+)-(\d+)-(\d+)-[0-9a-f]+\.parquet")
Longs = npt.NDArray[np.int64]
_A = TypeVar("_A")
_T = TypeVar("_T")


@dataclass(frozen=True, order=True)
class Part:
    """One Parquet file of the lake; parts sort in the order of their commits.

    Attributes:
        first: the first commit whose events it holds.
        last: the last one.
        number: its place among the parts of one commit.
        path: the file.
    """

    first: int
    last: int
    number: int
    path: Path

    @classmethod
    def new(cls, folder: Path, first: int, last: int, number: int) -> Part:
        """A part with a name of its own that no file has yet."""
        name = f"part-{first:010d}-{last:010d}-{number:05d}-{uuid.uuid4().hex[:16]}.parquet"
        return cls(first, last, number, folder / name)

    @classmethod
    def of(cls, path: Path) -> Part:
        """The part that a file's name describes; a strange name may hold any commit."""
        match = _NAME.fullmatch(path.name)
        if match is None:
            return cls(0, 1 << 62, 0, path)
        first, last, number = map(int, match.groups())
        return cls(first, last, number, path)


def conform(table: pa.Table, commit: int) -> pa.Table:
    """The table with exactly the lake's columns, in order.

    Columns of the record that are absent become null, `commit` is filled in when absent, text
    may stay dictionary-encoded.

    Raises:
        BadInput: a column has no place in the lake, or `event_id` is missing or null.
    """
    strange = sorted(set(table.column_names) - set(SCHEMA.names))
    if strange:
        raise BadInput("not_in_lake", column=strange[0], known=SCHEMA.names)
    if "event_id" not in table.column_names or table["event_id"].null_count:
        raise BadInput("no_event_id")
    columns = []
    for field in SCHEMA:
        if field.name in table.column_names:
            columns.append(_typed(table[field.name], field.type))
        elif field.name == "commit":
            columns.append(pa.repeat(pa.scalar(commit, pa.int64()), table.num_rows))
        else:
            columns.append(pa.nulls(table.num_rows, field.type))
    return pa.Table.from_arrays(columns, names=SCHEMA.names)


def _typed(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    kind = column.type
    if kind == wanted or (pa.types.is_dictionary(kind) and kind.value_type == wanted):
        return column
    return column.cast(wanted)


def write(part: Part, tables: Iterable[pa.Table]) -> int:
    """Write conforming tables as one part and sync its bytes, not its name. Returns its rows."""
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for table in tables:
            if writer is None:
                # Without the Arrow schema inside, a dictionary-encoded column is text again when it is read.
                writer = pq.ParquetWriter(
                    part.path,
                    table.schema,
                    compression=_COMPRESSION,
                    use_dictionary=_DICTIONARY,
                    write_statistics=_STATISTICS,
                    store_schema=False,
                )
            writer.write_table(table, row_group_size=GROUP_ROWS)
            rows += table.num_rows
    finally:
        if writer is not None:
            writer.close()
    if writer is not None:
        files.disk.sync_file(part.path)
    return rows


def write_all(folder: Path, tables: Iterable[pa.Table], commit: int) -> list[Part]:
    """Write tables as the parts of one commit, several at a time; nothing durable names them yet."""

    def job(numbered: tuple[int, pa.Table]) -> Part:
        number, table = numbered
        part = Part.new(folder, commit, commit, number)
        write(part, [table])
        return part

    pieces = _cut(conform(table, commit) for table in tables)
    return list(in_order(job, enumerate(pieces)))


def _cut(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of nearly `PART_ROWS`."""
    waiting: list[pa.Table] = []
    rows = 0
    for table in tables:
        for start in range(0, table.num_rows, PART_ROWS):
            piece = table.slice(start, PART_ROWS)
            if rows + piece.num_rows > PART_ROWS:
                yield _joined(waiting)
                waiting, rows = [], 0
            waiting.append(piece)
            rows += piece.num_rows
    if waiting:
        yield _joined(waiting)


def _joined(tables: list[pa.Table]) -> pa.Table:
    if any(table.schema != tables[0].schema for table in tables):  # some are encoded where others are not
        tables = [table.cast(SCHEMA) for table in tables]
    return tables[0] if len(tables) == 1 else pa.concat_tables(tables)


def in_order(job: Callable[[_A], _T], inputs: Iterable[_A], ahead: int = THREADS) -> Iterator[_T]:
    """Results in the order of the inputs, `ahead` jobs at a time; inputs are taken only as results leave.

    Of a list that is known to have one, the job is done here: to begin and end threads takes longer than most jobs.
    """
    if isinstance(inputs, Sequence) and len(inputs) < 2:
        yield from map(job, inputs)
        return
    with ThreadPoolExecutor(ahead) as pool:
        running: deque[Future[_T]] = deque()
        try:
            for value in inputs:
                running.append(pool.submit(job, value))
                if len(running) > ahead:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()


def statistics(path: Path) -> str:
    """What Delta is told about a part: rows, and the range of time and event; nothing that identifies anyone."""
    metadata = pq.ParquetFile(path).metadata
    low: dict[str, object] = {}
    high: dict[str, object] = {}
    nulls: dict[str, int] = {}
    for name in ("time", "event"):
        column = _leaf(metadata, name)
        found = [metadata.row_group(group).column(column).statistics for group in range(metadata.num_row_groups)]
        nulls[name] = sum(each.null_count or 0 for each in found if each is not None)
        ranged = [each for each in found if each is not None and each.has_min_max]
        if ranged:
            low[name], high[name] = _spelt(min(s.min for s in ranged)), _spelt(max(s.max for s in ranged))
    return json.dumps(
        {"numRecords": metadata.num_rows, "minValues": low, "maxValues": high, "nullCount": nulls},
        ensure_ascii=False,
    )


def _spelt(value: object) -> object:
    return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if hasattr(value, "strftime") else value


def _leaf(metadata: pq.FileMetaData, name: str) -> int:
    row = metadata.row_group(0)
    return next(n for n in range(row.num_columns) if row.column(n).path_in_schema == name)


def rows(part: Part) -> int:
    """How many rows a part holds."""
    return int(_extents(part.path)[2].sum())


def last_event_id(part: Part) -> int:
    """The greatest event id in a part."""
    return int(_extents(part.path)[1].max())


def stretches(part: Part, event_ids: Longs | None = None) -> list[list[int]]:
    """The numbers of a part's row groups, in runs of about `READ_ROWS` rows.

    Args:
        part: the part.
        event_ids: sorted; only row groups whose range takes in at least one of them. All by default.
    """
    low, high, rows = _extents(part.path)
    chosen = np.arange(len(rows))
    if event_ids is not None:
        chosen = np.flatnonzero(np.searchsorted(event_ids, low) < np.searchsorted(event_ids, high, "right"))
    run = (np.cumsum(rows[chosen]) - 1) // READ_ROWS
    return [groups.tolist() for groups in np.split(chosen, np.flatnonzero(np.diff(run)) + 1) if len(groups)]


@lru_cache(4096)
def _extents(path: Path) -> tuple[Longs, Longs, Longs]:
    """Of every row group the least event id, the greatest and the number of rows; a part never changes."""
    metadata = pq.ParquetFile(path).metadata
    column = _leaf(metadata, "event_id")
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    found = [group.column(column).statistics for group in groups]
    told = [(each.min, each.max) if each is not None and each.has_min_max else _ANY for each in found]
    low, high = np.array(told, np.int64).reshape(-1, 2).T.copy()
    return low, high, np.array([group.num_rows for group in groups], np.int64)


def read(part: Part, groups: Sequence[int], columns: Sequence[str], dictionary: Sequence[str] = ()) -> pa.Table:
    """Some columns of some row groups; those in `dictionary` stay encoded, which is faster to read."""
    encoded = [name for name in dictionary if name in columns]
    file = pq.ParquetFile(part.path, memory_map=True, read_dictionary=encoded)
    # By hand, because `pyarrow.parquet.read_table` imports pyarrow.dataset (2 s where pandas is installed).
    return file.read_row_groups(list(groups), columns=list(columns), use_threads=False).select(list(columns))
