"""Columns on disk: one memory-mapped Arrow file per column, opened without reading it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.errors import Corrupt

Array = np.ndarray[Any, np.dtype[Any]]

NOTHING: Array = np.empty(0, np.uint8)
"""How a kernel is told that an optional array is not there."""

_CHUNK = 1 << 23


def smallest(values: int) -> np.dtype[Any]:
    """The smallest unsigned type that holds codes 0 … ``values`` - 1."""
    return np.dtype(np.uint8 if values <= 1 << 8 else np.uint16 if values <= 1 << 16 else np.uint32)


def write_column(path: Path, values: Array | pa.Array | pa.ChunkedArray, name: str = "column") -> int:
    """Write one column as an Arrow file of one record batch; return its size in bytes.

    Args:
        path: the file.
        values: the column.
        name: what the file calls it (see `column_name`).
    """
    if isinstance(values, np.ndarray):
        values = pa.array(values)
    elif isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks() if values.num_chunks != 1 else values.chunk(0)
    if isinstance(values, pa.ChunkedArray):  # combining may leave several chunks where offsets would overflow
        values = pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in values.chunks])
    batch = pa.record_batch([values], names=[name])
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)
    return path.stat().st_size


def open_column(path: Path) -> pa.Array:
    """Map one column.

    Raises:
        Corrupt: the file is missing or was cut short.
    """
    try:
        # a map that is read as a buffer is read where it lies; the map itself is asked by threads, which is slower
        mapped = pa.BufferReader(pa.memory_map(str(path)).read_buffer())
        return pa.ipc.open_file(mapped).get_batch(0).column(0)
    except (OSError, pa.ArrowInvalid) as error:
        raise Corrupt("column_unreadable", column=path.name, error=str(error)) from None


def column_name(path: Path) -> str:
    """What a file calls its column."""
    with pa.memory_map(str(path)) as file:
        return str(pa.ipc.open_file(file).schema.names[0])


def open_array(path: Path) -> Array:
    """Map one numeric column as a read-only NumPy array, without copying."""
    column = open_column(path)
    values: Array = column.to_numpy(zero_copy_only=True)
    return values


def string_parts(values: pa.Array) -> tuple[Array, Array, Array]:
    """The parts of a string column that kernels read: offsets (n+1), bytes, validity (n bytes, 1 = present)."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    kind: Any = np.int64 if pa.types.is_large_string(values.type) else np.int32
    n = len(values)
    _, offsets, data = values.buffers()
    if n == 0 or offsets is None:
        return np.zeros(n + 1, kind), NOTHING, np.zeros(n, np.uint8)
    places = np.frombuffer(offsets, kind)[values.offset : values.offset + n + 1]
    text = np.frombuffer(data, np.uint8) if data is not None and data.size else NOTHING
    if values.null_count == 0:
        return places, text, np.ones(n, np.uint8)
    return places, text, values.is_valid().to_numpy(zero_copy_only=False).view(np.uint8)
