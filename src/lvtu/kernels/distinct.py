"""Which paths are the same: what depends on a path alone is worked out once for all customers who have it."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@inline
def _same(starts: Any, places: Any, one: Any, other: Any) -> Any:
    """Whether two paths have the same places."""
    length = starts[one + 1] - starts[one]
    if length != starts[other + 1] - starts[other]:
        return False
    i = 0
    while i < length and places[starts[one] + i] == places[starts[other] + i]:
        i += 1
    return i == length


@kernel
def distinct(starts: Any, places: Any, slots: Any, first: Any, which: Any) -> int:
    """Number the distinct paths; return how many there are.

    Paths are found by a hash and compared place by place, so that two different ones are never taken for one. ``slots``
    is a table of -1 whose length is a power of two above the number of paths. Outputs: by distinct path the first one
    that has its places, ``first``; by path the number of its distinct path, ``which``.
    """
    found = 0
    last = slots.shape[0] - 1
    for p in range(starts.shape[0] - 1):
        key = np.uint64(starts[p + 1] - starts[p])
        for i in range(starts[p], starts[p + 1]):
            key = (key ^ np.uint64(places[i])) * _PRIME
            key ^= key >> _SHIFT
        slot = np.int64(key & np.uint64(last))
        while slots[slot] >= 0 and not _same(starts, places, np.int64(first[slots[slot]]), p):
            slot = (slot + 1) & last
        if slots[slot] < 0:
            slots[slot] = found
            first[found] = p
            found += 1
        which[p] = slots[slot]
    return found
