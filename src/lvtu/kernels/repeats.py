"""Loops over 128-bit keys, given as two unsigned 64-bit halves: sorting, looking up and merging them.

The keys are hashes, so their leading bits are evenly spread: a counting sort by leading bits needs two passes
over memory (0.5 s for 10 M keys, where ``numpy.argsort`` of the high half alone takes 1.6 s). Keys that are not
evenly spread are sorted correctly too, only slower.

A sorted set of keys carries a *filter* (one bit per slot of leading bits, 16 slots per key) that answers most
look-ups of absent keys, and a *directory* (where the keys of each run of leading bits begin).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

_SMALL = 24


@inline
def _leading(high: Any, shift: Any) -> Any:
    # In two steps, because shifting by 64 is undefined.
    return np.int64((high >> np.uint64(1)) >> np.uint64(shift - 1))


@inline
def _less(high: Any, low: Any, at: Any, other_high: Any, other_low: Any, other_at: Any) -> Any:
    if high != other_high:
        return high < other_high
    if low != other_low:
        return low < other_low
    return at < other_at


@inline
def _insertion_sort(keys: Any, order: Any, start: Any, end: Any) -> None:
    for i in range(start + 1, end):
        high, low, at = keys[i, 0], keys[i, 1], order[i]
        j = i - 1
        while j >= start and _less(high, low, at, keys[j, 0], keys[j, 1], order[j]):
            keys[j + 1, 0], keys[j + 1, 1], order[j + 1] = keys[j, 0], keys[j, 1], order[j]
            j -= 1
        keys[j + 1, 0], keys[j + 1, 1], order[j + 1] = high, low, at


@inline
def _sift(keys: Any, order: Any, start: Any, root: Any, size: Any) -> None:
    high, low, at = keys[start + root, 0], keys[start + root, 1], order[start + root]
    child = 2 * root + 1
    while child < size:
        c = start + child
        if child + 1 < size and _less(keys[c, 0], keys[c, 1], order[c], keys[c + 1, 0], keys[c + 1, 1], order[c + 1]):
            child += 1
            c += 1
        if not _less(high, low, at, keys[c, 0], keys[c, 1], order[c]):
            break
        p = start + root
        keys[p, 0], keys[p, 1], order[p] = keys[c, 0], keys[c, 1], order[c]
        root = child
        child = 2 * root + 1
    p = start + root
    keys[p, 0], keys[p, 1], order[p] = high, low, at


@inline
def _heap_sort(keys: Any, order: Any, start: Any, end: Any) -> None:
    size = end - start
    for root in range(size // 2 - 1, -1, -1):
        _sift(keys, order, start, root, size)
    for last in range(size - 1, 0, -1):
        a, b = start, start + last
        high, low, at = keys[a, 0], keys[a, 1], order[a]
        keys[a, 0], keys[a, 1], order[a] = keys[b, 0], keys[b, 1], order[b]
        keys[b, 0], keys[b, 1], order[b] = high, low, at
        _sift(keys, order, start, 0, last)


@kernel
def sort_keys(high: Any, low: Any, shift: Any, ends: Any, slots: Any, scratch: Any, keys: Any, order: Any) -> None:
    """Sort keys; equal ones keep their order.

    Args:
        high: the keys' high halves, n of them.
        low: their low halves.
        shift: 64 less the number of leading bits of the first pass, at least 32.
        ends: scratch, int64, zeros, 2 ** bits of the first pass + 1.
        slots: scratch, int64, 2 ** 14 + 1.
        scratch: uint64 (n, 3).
        keys: out, (n, 2): the sorted keys.
        order: out, n: where each came from.
    """
    n = high.size
    for i in range(n):
        ends[_leading(high[i], shift) + 1] += 1
    for b in range(1, ends.size):
        ends[b] += ends[b - 1]
    for i in range(n):
        b = _leading(high[i], shift)
        at = ends[b]
        ends[b] += 1
        scratch[at, 0], scratch[at, 1], scratch[at, 2] = high[i], low[i], np.uint64(i)
    start = np.int64(0)
    for b in range(ends.size - 1):
        end = ends[b]
        bits = 1
        while bits < 14 and (1 << bits) < end - start:
            bits += 1
        mask = (1 << bits) - 1
        for s in range(mask + 2):
            slots[s] = 0
        for i in range(start, end):
            slots[(_leading(scratch[i, 0], shift - bits) & mask) + 1] += 1
        for s in range(1, mask + 1):
            slots[s] += slots[s - 1]
        for i in range(start, end):
            s = _leading(scratch[i, 0], shift - bits) & mask
            at = start + slots[s]
            slots[s] += 1
            keys[at, 0], keys[at, 1], order[at] = scratch[i, 0], scratch[i, 1], np.int64(scratch[i, 2])
        begin = start
        for s in range(mask + 1):
            stop = start + slots[s]
            if stop - begin > _SMALL:
                _heap_sort(keys, order, begin, stop)
            elif stop - begin > 1:
                _insertion_sort(keys, order, begin, stop)
            begin = stop
        start = end


@kernel
def mark_equals(keys: Any, repeated: Any) -> None:
    """Mark, among sorted keys, each that equals the one before it."""
    for i in range(1, keys.shape[0]):
        if keys[i, 0] == keys[i - 1, 0] and keys[i, 1] == keys[i - 1, 1]:
            repeated[i] = True


@kernel
def mark_present(
    keys: Any, present: Any, stored: Any, filter: Any, filter_shift: Any, directory: Any, directory_shift: Any
) -> None:
    """Mark the keys that a sorted set holds; those marked already are passed over.

    Args:
        keys: what to look up, (n, 2), in any order (sorted is kindest to memory).
        present: in and out, n.
        stored: the sorted set, (m, 2).
        filter: its filter, see `build_index`.
        filter_shift: 64 less the filter's leading bits.
        directory: its directory.
        directory_shift: 64 less the directory's leading bits.
    """
    for i in range(keys.shape[0]):
        if present[i]:
            continue
        high, low = keys[i, 0], keys[i, 1]
        bit = _leading(high, filter_shift)
        if (filter[bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1) == np.uint64(0):
            continue
        run = _leading(high, directory_shift)
        start, end = np.int64(directory[run]), np.int64(directory[run + 1])
        while start < end:
            middle = (start + end) >> 1
            if _less(stored[middle, 0], stored[middle, 1], 0, high, low, 0):
                start = middle + 1
            else:
                end = middle
        if start < stored.shape[0] and stored[start, 0] == high and stored[start, 1] == low:
            present[i] = True


@kernel
def build_index(keys: Any, filter: Any, filter_shift: Any, directory: Any, directory_shift: Any) -> None:
    """Fill the filter and the directory of a sorted set; both come as zeros.

    Args:
        keys: the sorted set, (n, 2), n below 2 ** 32.
        filter: out, 2 ** (64 - filter_shift) bits.
        filter_shift: 64 less the filter's leading bits.
        directory: out, 2 ** (64 - directory_shift) + 1 entries.
        directory_shift: 64 less the directory's leading bits.
    """
    for i in range(keys.shape[0]):
        bit = _leading(keys[i, 0], filter_shift)
        filter[bit >> 6] |= np.uint64(1) << np.uint64(bit & 63)
        directory[_leading(keys[i, 0], directory_shift) + 1] += 1
    for run in range(1, directory.size):
        directory[run] += directory[run - 1]


@kernel
def merge_keys(a: Any, b: Any, out: Any) -> None:
    """Merge two sorted sets that share no key into ``out``, (n + m, 2)."""
    i, j = 0, 0
    for k in range(out.shape[0]):
        if j == b.shape[0] or (i < a.shape[0] and _less(a[i, 0], a[i, 1], 0, b[j, 0], b[j, 1], 0)):
            out[k, 0], out[k, 1] = a[i, 0], a[i, 1]
            i += 1
        else:
            out[k, 0], out[k, 1] = b[j, 0], b[j, 1]
            j += 1
