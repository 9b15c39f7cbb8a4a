"""Texts behind codes: given codes by their hashes, kept in Arrow, and made Python's only as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.keys import KeyTable, keys_of

SEED = 0
"""Texts are hashed under this seed; the hashes are not kept."""

_FEW = 100_000
_PIECE = 1 << 16


class Texts(Sequence[str]):
    """A long list of texts that stays in Arrow: ten million of them as Python's own would take a gigabyte."""

    def __init__(self, values: pa.ChunkedArray) -> None:
        self.values = values

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Texts: ...
    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            assert step == 1
            return Texts(self.values.slice(first, max(last - first, 0)))
        return self.values[int(place)].as_py()

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _PIECE):
            yield from self.values.slice(start, _PIECE).to_pylist()

    def index(self, value: str, start: int = 0, stop: int | None = None) -> int:
        """The first place of a text from a place on.

        Raises:
            ValueError: it is not there.
        """
        rest = self.values.slice(start, None if stop is None else stop - start)
        place = int(pc.index(rest, pa.scalar(value, rest.type)).as_py())
        if place < 0:
            raise ValueError(f"{value!r} is not among the texts")
        return start + place


def as_sequence(values: pa.Array | pa.ChunkedArray) -> Sequence[str]:
    """Texts as a list, or, where they are many, as `Texts`."""
    chunked = values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])
    found: list[str] = chunked.to_pylist() if len(chunked) <= _FEW else []
    return found if len(chunked) <= _FEW else Texts(chunked)


def as_arrow(values: Sequence[str]) -> pa.ChunkedArray:
    """The same texts in Arrow."""
    return values.values if isinstance(values, Texts) else pa.chunked_array([pa.array(values, pa.string())])


class Numbering:
    """Distinct texts with their codes, in the order in which they are met; code 0 stands for missing."""

    def __init__(self) -> None:
        self._table = KeyTable()
        self._parts: list[pa.Array] = [pa.array([""], pa.string())]

    def __len__(self) -> int:
        return self._table.known + 1

    def add(self, hi: Array, lo: Array) -> tuple[Array, Array]:
        """The codes of some texts by their hashes, and the rows of those met first, whose texts `keep` then takes."""
        known = self._table.known
        codes = self._table.add(hi, lo, np.zeros(len(hi), np.int64), 0)
        codes += 1
        return codes, self._table.first_row[known : self._table.known]

    def keep(self, texts: pa.Array) -> None:
        """Take the texts of those that `add` met first."""
        self._parts.append(texts.cast(pa.string()))

    def codes(self, texts: pa.Array) -> Array:
        """The codes of some texts; missing and empty ones have code 0."""
        hi, lo = keys_of(texts, SEED)
        absent = pc.fill_null(pc.equal(pc.binary_length(texts), 0), True).to_numpy(zero_copy_only=False)
        hi[absent] = lo[absent] = 0
        codes, new = self.add(hi, lo)
        if len(new):
            self.keep(texts.take(pa.array(new)))
        return codes

    @property
    def texts(self) -> pa.ChunkedArray:
        """The texts by code; entry 0 is unused."""
        return pa.chunked_array(self._parts)


def joined(base: Sequence[str], fresh: Sequence[str]) -> tuple[Sequence[str], Array]:
    """One list of texts out of two, those of the first in their places; and the place of each of the second's."""
    if len(fresh) <= 1:
        return base, np.zeros(len(fresh), np.uint32)
    more, all_of_base = as_arrow(fresh).slice(1).combine_chunks(), as_arrow(base).slice(1)
    if isinstance(more, pa.ChunkedArray):
        more = pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in more.chunks])
    table = KeyTable(len(more))
    at = table.add(*keys_of(more, SEED), np.zeros(len(more), np.int64), 0)
    place = np.full(len(more), -1, np.int64)
    found = table.find(*keys_of(all_of_base, SEED))
    place[found[found >= 0]] = np.flatnonzero(found >= 0) + 1
    new = np.flatnonzero(place < 0)
    place[new] = len(base) + np.arange(len(new))
    texts = [*as_arrow(base).chunks, *pa.chunked_array([more.take(pa.array(new)).cast(pa.string())]).chunks]
    return as_sequence(pa.chunked_array(texts)), np.append(0, place[at]).astype(np.uint32)
