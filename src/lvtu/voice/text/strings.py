"""Texts as the kernels take them: bytes, and where each text begins and ends in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.errors import BadInput
from lvtu.kernels.clauses import copy_stretches

LONGEST = 20_000
"""So many characters of a text are read; what follows is not."""


@dataclass(frozen=True)
class Strings:
    """Many texts as one stretch of UTF-8.

    Attributes:
        starts: where each begins in the bytes, int64.
        ends: where it ends.
        data: the bytes; at least one, so that there is always something to point at.
        present: which texts there are; missing ones are empty.
    """

    starts: np.ndarray
    ends: np.ndarray
    data: np.ndarray
    present: np.ndarray

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def longest(self) -> int:
        """Bytes of the longest text, at least 1: an upper bound of its characters."""
        return int((self.ends - self.starts).max(initial=1))

    def take(self, rows: np.ndarray) -> Strings:
        """Some of the texts, in the order of ``rows``."""
        return Strings(self.starts[rows], self.ends[rows], self.data, self.present[rows])

    def column(self) -> pa.Array:
        """The texts as an Arrow column."""
        offsets = np.zeros(len(self) + 1, np.int64)
        np.cumsum(self.ends - self.starts, out=offsets[1:])
        copied = np.empty(int(offsets[-1]), np.uint8)
        copy_stretches(self.starts, self.ends, self.data, offsets, copied)
        return pa.LargeStringArray.from_buffers(len(self), pa.py_buffer(offsets), pa.py_buffer(copied))

    @classmethod
    def of(cls, texts: Any) -> Strings:
        """Take texts from an Arrow array, or any iterable of texts and None.

        Raises:
            BadInput: something among them is no text.
        """
        column = arrow(texts)
        if column.offset or column.type != pa.large_string():
            column = pa.concat_arrays([column.cast(pa.large_string())])
        _, offsets, data = column.buffers()
        places = (
            np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1] if len(column) else _NONE
        )
        held = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
        present = ~column.is_null().to_numpy(zero_copy_only=False) if len(column) else np.zeros(0, bool)
        starts, ends = places[:-1].copy(), places[1:].copy()
        ends[~present] = starts[~present]
        return cls(starts, ends, held, present)


_NONE = np.zeros(1, np.int64)


def arrow(texts: Any) -> pa.Array:
    """One Arrow array of texts; halves of surrogate pairs, which UTF-8 cannot hold, become U+FFFD."""
    if isinstance(texts, pa.ChunkedArray):
        texts = pa.concat_arrays(texts.chunks) if texts.num_chunks else pa.array([], texts.type)
    if isinstance(texts, pa.Array):
        if pa.types.is_dictionary(texts.type):
            texts = texts.dictionary_decode()
        kind = texts.type
        if pa.types.is_null(kind):
            return texts.cast(pa.large_string())
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
            raise BadInput("texts_wanted", found=str(kind))
        return texts
    if isinstance(texts, str):
        raise BadInput("texts_wanted", found="str")
    return _of_list(list(texts))


def _of_list(texts: Iterable[Any]) -> pa.Array:
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([_whole(text) for text in texts], pa.large_string())
    except (pa.ArrowTypeError, pa.ArrowInvalid, TypeError) as error:
        odd = next((type(text).__name__ for text in texts if not isinstance(text, str | None)), "?")
        raise BadInput("texts_wanted", found=odd) from error


def _whole(text: Any) -> Any:
    """The text with each half of a surrogate pair, which no encoding can hold, replaced."""
    if not isinstance(text, str):
        return text
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
