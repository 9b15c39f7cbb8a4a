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
_WORD = np.uint64(6)
_BIT = np.uint64(63)
_ONE = np.uint64(1)

SIZE_BITS = 16
"""Of a key: the last ones say how many places the path has, ``MOST_PLACES`` for more."""

MOST_PLACES = (1 << SIZE_BITS) - 1
_PLACES = np.uint64(SIZE_BITS)


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
    The last bits of a key are the path's number of places, or `MOST_PLACES`. Only keys of paths of some such numbers
    are worked out, those that ``sizes`` says (empty: all); that of any other is (0, 1).

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
        size: Any = min(high - low, MOST_PLACES)
        if sizes.shape[0] > 0 and (size >= sizes.shape[0] or sizes[size] == 0):
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
        keys[path, 1] = mix(b) << _PLACES | np.uint64(size)
    return cut


@inline
def slot_of(hi: Any, lo: Any, slots: Any, mask: Any, known: Any) -> Any:
    """Where a key is among the slots, or would be: the first empty slot from its own on."""
    slot = np.int64(hi & mask)
    while slots[slot] != 0:
        line = np.int64(slots[slot]) - 1
        if known[line, 0] == hi and known[line, 1] == lo:
            break
        slot = np.int64(np.uint64(slot + 1) & mask)
    return slot


@kernel
def see_keys(keys: Any, seen: Any, again: Any) -> None:
    """Set the bit of each key in ``seen``, in ``again`` too where it was set before; (0, 0) is no key.

    Both are a power of two of 64-bit words, zeros to begin with. A key whose bit is not set again is there once for
    certain.
    """
    mask = np.uint64(seen.shape[0] - 1)
    for i in range(keys.shape[0]):
        word = np.int64((keys[i, 0] >> _WORD) & mask)
        bit = np.uint64(keys[i, 1] != 0) << (keys[i, 0] & _BIT)
        again[word] |= seen[word] & bit
        seen[word] |= bit


@kernel
def part_keys(keys: Any, again: Any, once: Any, repeated: Any, upto: Any) -> None:
    """Tell the keys that are there once from the others.

    They are written to ``once`` and ``repeated`` (both with room for all of them and one more) from where ``upto`` (2)
    says, which goes on with them.
    """
    mask = np.uint64(again.shape[0] - 1)
    alone = np.int64(upto[0])
    other = np.int64(upto[1])
    for i in range(keys.shape[0]):
        hi = keys[i, 0]
        lo = keys[i, 1]
        twice = np.int64((again[np.int64((hi >> _WORD) & mask)] >> (hi & _BIT)) & _ONE)
        some = np.int64(lo != 0)
        once[alone, 0] = hi
        once[alone, 1] = lo
        repeated[other, 0] = hi
        repeated[other, 1] = lo
        alone += some & (twice ^ 1)
        other += some & twice
    upto[0] = alone
    upto[1] = other


@kernel
def tally_keys(keys: Any, times: Any, slots: Any, known: Any, counts: Any) -> int:
    """Count keys; return how many distinct ones there are.

    ``times`` says how often the first of them occur, the others once. ``slots`` are zeros, a power of two of them and
    more than keys. Outputs by distinct key: itself ``known`` (lines, 2), and ``counts``.
    """
    used = 0
    mask = np.uint64(slots.shape[0] - 1)
    for i in range(keys.shape[0]):
        hi = keys[i, 0]
        lo = keys[i, 1]
        slot = slot_of(hi, lo, slots, mask, known)
        line = np.int64(slots[slot]) - 1
        if line < 0:
            line = np.int64(used)
            used += 1
            slots[slot] = used
            known[line, 0] = hi
            known[line, 1] = lo
            counts[line] = 0
        counts[line] += times[i] if i < times.shape[0] else 1
    return used


@kernel
def look_up(keys: Any, slots: Any, known: Any, lines: Any) -> None:
    """By key its line among the ``known``; their number for one that is not there, -1 for (0, 0).

    ``slots`` are zeros, a power of two of them and more than ``known``.
    """
    mask = np.uint64(slots.shape[0] - 1)
    for line in range(known.shape[0]):
        slots[slot_of(known[line, 0], known[line, 1], slots, mask, known)] = line + 1
    for i in range(keys.shape[0]):
        lines[i] = -1
        if keys[i, 1] != np.uint64(0):
            slot = slot_of(keys[i, 0], keys[i, 1], slots, mask, known)
            lines[i] = np.int64(slots[slot]) - 1 if slots[slot] != 0 else known.shape[0]


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
