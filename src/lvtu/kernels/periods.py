"""Time lines against the calendar: in which period a time lies, and counts per period."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

NO_VALUE = np.iinfo(np.int64).min
"""How "no money" is written in the value column."""


@inline
def period_of(boundaries: Any, time: Any, guess: Any) -> Any:
    """The calendar period that holds a time: the last boundary not after it; ``guess`` is tried first."""
    last = boundaries.shape[0] - 1
    if boundaries[guess] <= time and (guess == last or time < boundaries[guess + 1]):
        return guess
    low = 0
    high = last
    while low < high:
        middle = (low + high + 1) >> 1
        if boundaries[middle] <= time:
            low = middle
        else:
            high = middle - 1
    return low


@kernel
def per_period(
    offsets: Any, time: Any, value: Any, keep: Any, view: Any, groups: Any, boundaries: Any, since: int, until: int,
    last_seen: Any, events: Any, customers: Any, values: Any,
) -> None:  # fmt: skip
    """Count events, distinct customers and money (micro-units) per calendar period and group.

    Outputs are (periods, groups); ``last_seen`` of the same shape holds the last customer counted and is reset to
    -1 before each block; ``groups`` and ``value`` may be empty (one group, no money).
    """
    guess = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            t = time[row]
            if t < since or t >= until:
                continue
            guess = period_of(boundaries, t, guess)
            group = np.int64(groups[row]) if groups.shape[0] > 0 else 0
            events[guess, group] += 1
            if value.shape[0] > 0 and value[row] != NO_VALUE:
                values[guess, group] += value[row]
            if last_seen[guess, group] != c:
                last_seen[guess, group] = c
                customers[guess, group] += 1
