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
_LOW = np.uint64(0xFFFFFFFF)


@inline
def _step(state: Any, word: Any, factor: Any) -> Any:
    state = (state ^ word) * factor
    return state ^ (state >> _S)


@kernel
def path_keys(
    starts: Any, places: Any, words: Any, start: int, end: int, most: int, sizes: Any, first: Any, last: Any, keys: Any
) -> int:  # fmt: skip
    """Find the part of each path that counts, and its 128-bit key; return how many were cut.

    It goes from the first place of code ``start`` (0: from the beginning) to the first one of code ``end`` after that
    (0: to the end), and is cut after ``most`` places. ``words`` (codes, 2) are two 64-bit hashes of each place's name.
    Only keys of paths of some numbers of places are worked out, those that ``sizes`` says (empty: all); that of any
    other is (0, 1).

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
        if sizes.shape[0] > 0 and (high - low >= sizes.shape[0] or sizes[high - low] == 0):
            keys[path, 1] = np.uint64(1)
            continue
        a = np.uint64(high - low)
        b = ~a
        place = low
        while place + 4 <= high:  # each step waits for the one before: four places to a step take a quarter less time
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
def slot_of(hi: Any, lo: Any, slots: Any, known: Any) -> Any:
    """Where a key is among the slots, or would be: the first empty slot from its own on."""
    mask = np.uint64(slots.shape[0] - 1)
    print_ = hi & _LOW
    slot = np.int64(print_ & mask)
    while slots[slot] != np.uint64(0):
        if slots[slot] >> _S == print_:
            line = np.int64(slots[slot] & _LOW) - 1
            if known[line, 0] == hi and known[line, 1] == lo:
                break
        slot = np.int64(np.uint64(slot + 1) & mask)
    return slot


@kernel
def add_keys(keys: Any, sizes: Any, times: Any, slots: Any, known: Any, places: Any, counts: Any, used: int) -> int:
    """Count keys; return how many distinct ones there are then.

    ``keys`` (n, 2) may hold (0, 0), which is left out; ``sizes`` are their numbers of places; ``times`` says how often
    each occurs (empty: once). Distinct keys have a line each in ``known`` (lines, 2), ``places`` and ``counts``, of
    which ``used`` are filled; there must be room for the new ones. A slot, a power of two of them and more than lines,
    is 0 or the low half of the key's high half, then the number of its line from 1: most keys are new, and those are
    found to be so without a look at the lines.
    """
    for i in range(keys.shape[0]):
        if keys[i, 1] == np.uint64(0):
            continue
        slot = slot_of(keys[i, 0], keys[i, 1], slots, known)
        line = np.int64(slots[slot] & _LOW) - 1
        if line < 0:
            line = np.int64(used)
            used += 1
            slots[slot] = (keys[i, 0] & _LOW) << _S | np.uint64(used)
            known[line, 0] = keys[i, 0]
            known[line, 1] = keys[i, 1]
            places[line] = sizes[i]
            counts[line] = 0
        counts[line] += times[i] if times.shape[0] > 0 else 1
    return used


@kernel
def move_slots(old: Any, slots: Any) -> None:
    """Put the slots of a table into more, empty ones."""
    mask = np.uint64(slots.shape[0] - 1)
    for i in range(old.shape[0]):
        if old[i] != np.uint64(0):
            slot = np.int64((old[i] >> _S) & mask)
            while slots[slot] != np.uint64(0):
                slot = np.int64(np.uint64(slot + 1) & mask)
            slots[slot] = old[i]


@kernel
def look_up(keys: Any, slots: Any, known: Any, lines: Any) -> None:
    """By key its line; the number of lines for one that has none, -1 for (0, 0)."""
    for i in range(keys.shape[0]):
        lines[i] = -1
        if keys[i, 1] != np.uint64(0):
            slot = slot_of(keys[i, 0], keys[i, 1], slots, known)
            lines[i] = np.int64(slots[slot] & _LOW) - 1 if slots[slot] != np.uint64(0) else known.shape[0]


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
