"""Distinct 128-bit keys as small integers: an open-addressing table over plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel


@kernel
def intern(
    hi: Any, lo: Any, times: Any, first_row: Any, slots: Any, keys_hi: Any, keys_lo: Any,
    first_time: Any, rows: Any, known: Any, out: Any,
) -> int:  # fmt: skip
    """Give every key its index, adding new ones; return how many are known now.

    ``slots`` (a power of two, -1 where free) holds indexes into ``keys_hi``/``keys_lo``, of which
    ``known`` are in use. ``first_time`` keeps the earliest of ``times`` per key and ``rows`` the row
    (``first_row`` + i) where a key came first. ``out[i]`` is the key's index, -1 for the missing key (0, 0).
    The caller keeps the table at most half full.
    """
    last = np.uint64(slots.shape[0] - 1)
    one = np.uint64(1)
    for i in range(hi.shape[0]):
        a = hi[i]
        b = lo[i]
        if b == np.uint64(0) and a == np.uint64(0):
            out[i] = -1
            continue
        slot = a & last
        index = np.int64(slots[np.int64(slot)])
        while index >= 0 and (keys_hi[index] != a or keys_lo[index] != b):
            slot = (slot + one) & last
            index = np.int64(slots[np.int64(slot)])
        if index < 0:
            index = known
            slots[np.int64(slot)] = index
            keys_hi[index] = a
            keys_lo[index] = b
            first_time[index] = times[i]
            rows[index] = first_row + i
            known += 1
        elif times[i] < first_time[index]:
            first_time[index] = times[i]
        out[i] = index
    return known  # type: ignore[no-any-return]


@kernel
def rehash(keys_hi: Any, known: Any, slots: Any) -> None:
    """Fill an empty (-1) and larger slot array with the keys known so far."""
    last = np.uint64(slots.shape[0] - 1)
    one = np.uint64(1)
    for index in range(known):
        slot = keys_hi[index] & last
        while slots[np.int64(slot)] >= 0:
            slot = (slot + one) & last
        slots[np.int64(slot)] = index


@kernel
def find(hi: Any, lo: Any, slots: Any, keys_hi: Any, keys_lo: Any, out: Any) -> None:
    """Look keys up without adding them: ``out[i]`` is the index or -1."""
    last = np.uint64(slots.shape[0] - 1)
    one = np.uint64(1)
    for i in range(hi.shape[0]):
        slot = hi[i] & last
        index = np.int64(slots[np.int64(slot)])
        while index >= 0 and (keys_hi[index] != hi[i] or keys_lo[index] != lo[i]):
            slot = (slot + one) & last
            index = np.int64(slots[np.int64(slot)])
        out[i] = index
