"""The texts of a block as arrays: what filters and orders of the inbox read, and no row without a text."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from lvtu.store.journeys.block import BaseBlock, Block
from lvtu.store.journeys.columns import Array

NOTHING_FELT = 1 << 20
"""Stands where there is nothing to feel: behind everything."""


@dataclass(frozen=True)
class Texts:
    """The rows of a block that have a text.

    Attributes:
        rows: they, ascending.
        lines: the customer of each.
        codes: of each the codes of some columns, and at the end whether the customer was answered later.
        time: when, µs.
        event: its number.
        feeling: from −256 to 256; `NOTHING_FELT` for none.
    """

    rows: Array
    lines: Array
    codes: Array
    time: Array
    event: Array
    feeling: Array


def texts_of(block: Block, columns: Sequence[str], answers: Sequence[int]) -> Texts:
    """The texts of a block.

    Args:
        block: it; ``text_length``, ``sentiment`` and the columns are read.
        columns: which have codes.
        answers: the codes of the events by which somebody is answered.
    """
    rows = np.flatnonzero(~np.isnan(block.numbers("text_length")))
    lines = np.searchsorted(block.column("offsets"), rows, side="right") - 1
    codes = np.empty((len(rows), len(columns) + 1), np.uint32)
    for place, name in enumerate(columns):
        codes[:, place] = block.codes(name)[0][rows]
    last = np.full(block.customers, -1, np.int64)
    for code in answers:
        keys = block.postings(code)[0]
        customers, row = keys >> np.uint64(32), keys & np.uint64(0xFFFFFFFF)
        np.maximum.at(last, customers.astype(np.int64), row.astype(np.int64))
    codes[:, -1] = last[lines] > rows
    feeling = np.rint(block.numbers("sentiment")[rows] * 128)
    return Texts(
        rows.astype(np.uint32), lines.astype(np.uint32), codes, block.column("time")[rows],
        block.column("event_id")[rows].astype(np.int64),
        np.where(np.isnan(feeling), NOTHING_FELT, feeling).astype(np.int32),
    )  # fmt: skip


class Shelf:
    """The texts of the buckets that were looked at last: they stay as they are until a generation is replaced.

    Some 60 bytes a text. Threads may share it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[Hashable, dict[str, Texts]] = (None, {})

    def texts(self, block: Block, key: Hashable, make: Callable[[], Texts]) -> Texts:
        """The texts of a block; those of a bucket on disk are kept.

        Args:
            block: it.
            key: another one where the same bucket has other texts, or other codes.
            make: makes them.
        """
        if not isinstance(block, BaseBlock):
            return make()
        place = str(block.folder)
        with self._lock:
            if self._kept[0] != key:
                self._kept = key, {}
            kept = self._kept[1]
        if place not in kept:
            kept[place] = make()
        return kept[place]
