"""Postings: for every event name the (key, time) of its events, in the order of the rows.

A key is ``customer << 32 | row``: it grows along the rows, so one comparison tells which of two events comes first,
and one exclusive or whether both are one customer's. A question about a few event names reads their postings and
nothing else.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

HALF = np.uint64(32)
ROW = np.uint64(0xFFFFFFFF)
"""The bits of a key that are the row."""


@inline
def key_of(customer: Any, row: Any) -> Any:
    """The key of a row."""
    return np.uint64(customer) << HALF | np.uint64(row)


@kernel
def post(event: Any, offsets: Any, time: Any, next_place: Any, keys: Any, times: Any) -> None:
    """Lay rows out by event code; ``next_place[code]`` starts as the code's first place."""
    for c in range(offsets.shape[0] - 1):
        for row in range(offsets[c], offsets[c + 1]):
            code = event[row]
            at = next_place[code]
            keys[at] = key_of(c, row)
            times[at] = time[row]
            next_place[code] = at + 1


@kernel
def select(
    keys: Any, times: Any, mask: Any, keep: Any, since: int, until: int, out_keys: Any, out_times: Any
) -> int:  # fmt: skip
    """Copy the postings whose row is in ``mask``, customer in ``keep`` (either may be empty: all), time in range.

    Every posting is written and what is not to be kept is overwritten by the next: half the rows pass a usual
    filter, so a branch would be mispredicted at every other one. The outputs have room for all.
    """
    n: Any = np.int64(0)
    use_mask = mask.shape[0] > 0
    use_keep = keep.shape[0] > 0
    for i in range(keys.shape[0]):
        key = keys[i]
        time = times[i]
        good = (time >= since) & (time < until)
        if use_mask:
            good &= mask[key & ROW] != 0
        if use_keep:
            good &= keep[key >> HALF] != 0
        out_keys[n] = key
        out_times[n] = time
        n += np.int64(good)
    return n  # type: ignore[no-any-return]


@kernel
def all_keys(offsets: Any, keys: Any) -> None:
    """The key of every row."""
    for c in range(offsets.shape[0] - 1):
        for row in range(offsets[c], offsets[c + 1]):
            keys[row] = key_of(c, row)
