"""Variants: what each path is, as a key, and how often each key occurs."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.durations import MARK_BITS, bin_of
from lvtu.kernels.hashing import mix

_A = np.uint64(0x9E3779B97F4A7C15)
_B = np.uint64(0xD6E8FEB86659FD93)
_C = np.uint64(0xA0761D6478BD642F)
_D = np.uint64(0xE7037ED1A0B428DB)
_S = np.uint64(32)


@inline
def _step(state: Any, word: Any, factor: Any) -> Any:
    state = (state ^ word) * factor
    return state ^ (state >> _S)


@kernel
def path_keys(
    starts: Any, places: Any, words: Any, start: int, end: int, most: int, first: Any, last: Any, keys: Any
) -> int:  # fmt: skip
    """Find the part of each path that counts, and its 128-bit key; return how many were cut.

    It goes from the first place of code ``start`` (0: from the beginning) to the first one of code ``end`` after that
    (0: to the end), and is cut after ``most`` places. ``words`` (codes, 2) are two 64-bit hashes of each place's name.

    Outputs by path: the numbers of its ``first`` and ``last`` place, and its key (paths, 2); the key of a path without
    such a part is (0, 0), no other's low half is 0.
    """
    cut = 0
    for path in range(keys.shape[0]):
        low = np.int64(starts[path])
        high = np.int64(starts[path + 1])
        if start != 0:
            while low < high and places[low] != start:
                low += 1
        if end != 0:
            at = low + 1 if start != 0 else low
            while at < high and places[at] != end:
                at += 1
            high = at + 1 if at < high else low
        keys[path, 0] = np.uint64(0)
        keys[path, 1] = np.uint64(0)
        if low >= high:
            continue
        if high - low > most:
            high = low + most
            cut += 1
        first[path] = low
        last[path] = high - 1
        a = np.uint64(high - low)
        b = ~a
        place = low
        while place + 4 <= high:  # four at a time: each step waits for the one before, so fewer are faster (2.5 times)
            c = np.int64(places[place])
            d = np.int64(places[place + 1])
            e = np.int64(places[place + 2])
            f = np.int64(places[place + 3])
            a = _step(a, ((words[c, 0] * _C + words[d, 0]) * _C + words[e, 0]) * _C + words[f, 0], _A)
            b = _step(b, ((words[c, 1] * _D + words[d, 1]) * _D + words[e, 1]) * _D + words[f, 1], _B)
            place += 4
        while place < high:
            c = np.int64(places[place])
            a = _step(a, words[c, 0], _A)
            b = _step(b, words[c, 1], _B)
            place += 1
        keys[path, 0] = mix(a)
        keys[path, 1] = mix(b) | np.uint64(1)
    return cut


@inline
def slot_of(table: Any, hi: Any, lo: Any) -> Any:
    """Where a key is in a table, or would be: the first empty line from its own on."""
    mask = np.uint64(table.shape[0] - 1)
    slot = np.int64(hi & mask)
    while table[slot, 1] != np.uint64(0) and (table[slot, 0] != hi or table[slot, 1] != lo):
        slot = np.int64(np.uint64(slot + 1) & mask)
    return slot


@kernel
def add_keys(keys: Any, table: Any) -> int:
    """Count keys in an open-addressing table of (high half, low half, count); return how many were not in it.

    ``keys`` (n, 2) may hold (0, 0), which is left out. The table's lines, a power of two of them, must be more than the
    keys in it and the new ones.
    """
    fresh = 0
    for i in range(keys.shape[0]):
        if keys[i, 1] == np.uint64(0):
            continue
        slot = slot_of(table, keys[i, 0], keys[i, 1])
        if table[slot, 1] == np.uint64(0):
            table[slot, 0] = keys[i, 0]
            table[slot, 1] = keys[i, 1]
            fresh += 1
        table[slot, 2] += np.uint64(1)
    return fresh


@kernel
def add_table(source: Any, table: Any) -> int:
    """Add the lines of one table (empty ones among them) to another; as `add_keys`."""
    fresh = 0
    for i in range(source.shape[0]):
        if source[i, 1] == np.uint64(0):
            continue
        slot = slot_of(table, source[i, 0], source[i, 1])
        if table[slot, 1] == np.uint64(0):
            table[slot, 0] = source[i, 0]
            table[slot, 1] = source[i, 1]
            fresh += 1
        table[slot, 2] += source[i, 2]
    return fresh


@kernel
def look_up(keys: Any, table: Any, others: int, lines: Any) -> None:
    """By key its number, which a table holds in place of a count; ``others`` for one not in it, -1 for (0, 0)."""
    for i in range(keys.shape[0]):
        if keys[i, 1] == np.uint64(0):
            lines[i] = -1
            continue
        slot = slot_of(table, keys[i, 0], keys[i, 1])
        lines[i] = others if table[slot, 1] == np.uint64(0) else np.int64(table[slot, 2])


@kernel
def tally_lines(
    lines: Any, first: Any, last: Any, rows: Any, time: Any, exact: Any, counts: Any, bins: Any, marks: Any,
    examples: Any,
) -> int:  # fmt: skip
    """Count paths by line, and their times from the first to the last place; return how many times were counted.

    Paths of line -1 are left out. ``rows`` are the rows of places (empty: a place's number is its row); ``exact`` says
    which rows have a time that counts (empty: all). ``bins`` (lines, BINS or 0) takes the durations, or ``marks``
    lists them (see `lvtu.kernels.durations`). ``examples`` gets the number of one path of each line.
    """
    written = 0
    for path in range(lines.shape[0]):
        line = np.int64(lines[path])
        if line < 0:
            continue
        counts[line] += 1
        examples[line] = path
        low = np.int64(first[path])
        high = np.int64(last[path])
        if rows.shape[0] > 0:
            low = np.int64(rows[low])
            high = np.int64(rows[high])
        if exact.shape[0] > 0 and (exact[low] == 0 or exact[high] == 0):
            continue
        spent = bin_of(time[high] - time[low])
        if bins.shape[1] > 0:
            bins[line, spent] += 1
        else:
            marks[written] = line << MARK_BITS | spent
        written += 1
    return written
