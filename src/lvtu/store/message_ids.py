"""Message ids for rows that have none: the hash of what the row says.

The id is made of (source, every field but `received_at` and `sequence`, ordinal among identical rows of the same file
or batch): the same file again makes the same ids, and two equal lines of one file stay two events.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.core.record import RECORD
from lvtu.kernels.hashing import combine, hash_words, hexadecimal, number_repeats
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.keys import KeyTable, keys_of, seed_of

_LEFT_OUT = ("message_id", "received_at", "sequence")


class MessageIds:
    """Fills in message ids, and the order of the rows that had none, over the batches of one source.

    Args:
        workspace: the workspace's id.
    """

    def __init__(self, workspace: str) -> None:
        self._workspace = workspace
        self._rows = KeyTable()
        self._counts = np.zeros(0, np.int64)
        self._passed = 0

    def fill(self, records: pa.Table) -> pa.Table:
        """The records with a message id in every row; rows that had neither id nor sequence keep the source's order."""
        start, self._passed = self._passed, self._passed + records.num_rows
        missing = records["message_id"].is_null()
        if not pc.any(missing).as_py():
            return records
        rows = np.flatnonzero(missing.to_numpy())
        ids = self._ids(records.take(pa.array(rows)) if len(rows) < records.num_rows else records)
        records = _put(records, "message_id", rows, ids)
        unordered = np.flatnonzero(pc.and_(missing, records["sequence"].is_null()).to_numpy())
        return _put(records, "sequence", unordered, pa.array(start + unordered, pa.int64()))

    def _ids(self, records: pa.Table) -> pa.Array:
        n = records.num_rows
        hi, lo = np.full(n, 1, np.uint64), np.full(n, 1, np.uint64)
        for name in RECORD.names:
            if name not in _LEFT_OUT and records[name].null_count < n:
                combine(hi, lo, *_column_keys(records[name], seed_of(self._workspace, "row/" + name)))
        index = self._rows.add(hi, lo, np.zeros(n, np.int64), 0)
        if len(self._counts) < self._rows.known:
            self._counts = np.concatenate([self._counts, np.zeros(2 * self._rows.known, np.int64)])
        ordinals = np.empty(n, np.int64)
        number_repeats(index, self._counts, ordinals)
        again = ordinals > 0
        more = np.empty(n, np.uint64), np.empty(n, np.uint64)
        hash_words(ordinals.view(np.uint64), again.view(np.uint8), np.uint64(0), *more)
        combine(hi, lo, *more)
        return _hexadecimal(hi, lo)


def _column_keys(column: pa.ChunkedArray, seed: int) -> tuple[Array, Array]:
    if pa.types.is_map(column.type):
        texts = [None if row is None else repr(sorted(row)) for row in column.to_pylist()]
        return keys_of(pa.array(texts, pa.string()), seed)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_dictionary(column.type):
        return keys_of(column, seed)
    whole = column.cast(pa.float64()) if pa.types.is_floating(column.type) else column.cast(pa.int64())
    valid = whole.is_valid().to_numpy().astype(np.uint8)
    words = pc.fill_null(whole, 0).to_numpy().view(np.uint64)
    hi, lo = np.empty(len(words), np.uint64), np.empty(len(words), np.uint64)
    hash_words(np.ascontiguousarray(words), valid, np.uint64(seed), hi, lo)
    return hi, lo


def _hexadecimal(hi: Array, lo: Array) -> pa.Array:
    out = np.empty(32 * len(hi), np.uint8)
    hexadecimal(hi, lo, out)
    offsets = np.arange(0, 32 * len(hi) + 1, 32, dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(hi), [None, pa.py_buffer(offsets), pa.py_buffer(out)])


def _put(records: pa.Table, name: str, rows: Array, values: pa.Array) -> pa.Table:
    """The records with some rows of a column replaced."""
    if not len(rows):
        return records
    column: pa.Array = values
    if len(rows) < records.num_rows:
        mask = np.zeros(records.num_rows, bool)
        mask[rows] = True
        column = pc.replace_with_mask(records[name].combine_chunks(), pa.array(mask), values)
    return records.set_column(records.schema.get_field_index(name), RECORD.field(name), column)
