"""Customers of sources that name nobody: one for each row, by what the row says."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import blake2b

import numpy as np
import pyarrow as pa

from lvtu.collect.frames import Frame
from lvtu.core.record import ROW_CUSTOMER


class RowCustomers:
    """Names the customer of each row of one source, frame by frame.

    The name is made of what the row says and of which it is among equal rows: the same file again, or next month's
    export that still holds the row, names the same customer, and two people who answered alike stay two.

    Example:
        >>> from lvtu.collect.frames import ColumnFrame
        >>> answers = ColumnFrame(pa.table({"score": [9, 9, 3]}), "answers", np.arange(3))
        >>> first, second, third = RowCustomers().name(answers).to_pylist()
        >>> first[:4], len({first, second, third})
        ('row:', 3)
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def name(self, frame: Frame) -> pa.Array:
        """The anonymous id of each row of a frame."""
        rows = frame.raw(np.arange(len(frame.numbers), dtype=np.int64))
        return pa.array([self._one(text) for text in rows.to_pylist()], pa.string())

    def _one(self, text: str) -> str:
        # As rows mended later are read: from JSON, whatever the file's format was.
        row = json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)
        ordinal, self._seen[row] = self._seen[row], self._seen[row] + 1
        return ROW_CUSTOMER + blake2b(f"{row}#{ordinal}".encode(errors="surrogatepass"), digest_size=12).hexdigest()
