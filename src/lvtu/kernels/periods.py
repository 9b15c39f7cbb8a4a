"""Time lines against the calendar: in which period a time lies, and counts per period."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

NO_VALUE = np.iinfo(np.int64).min
"""How "no money" is written in the value column."""


@inline
def pace_of(boundaries: Any) -> Any:
    """Periods per microsecond on average: where to look first."""
    last = boundaries.shape[0] - 1
    return last / (boundaries[last] - boundaries[0]) if last > 0 else 0.0


@inline
def period_of(boundaries: Any, pace: Any, time: Any, guess: Any) -> Any:
    """The calendar period that holds a time: the last boundary not after it.

    ``guess`` is tried first; then the place is worked out from `pace_of` and corrected by a step or two, since
    periods are nearly equally long. A search by halves mispredicts at every step and took most of the time.
    """
    last = boundaries.shape[0] - 1
    if boundaries[guess] <= time and (guess == last or time < boundaries[guess + 1]):
        return guess
    place = min(max(np.int64((time - boundaries[0]) * pace), 0), last)
    while place > 0 and boundaries[place] > time:
        place -= 1
    while place < last and boundaries[place + 1] <= time:
        place += 1
    return place


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
    pace = pace_of(boundaries)
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            t = time[row]
            if t < since or t >= until:
                continue
            guess = period_of(boundaries, pace, t, guess)
            group = np.int64(groups[row]) if groups.shape[0] > 0 else 0
            events[guess, group] += 1
            if value.shape[0] > 0 and value[row] != NO_VALUE:
                values[guess, group] += value[row]
            if last_seen[guess, group] != c:
                last_seen[guess, group] = c
                customers[guess, group] += 1


@kernel
def widen(first: Any, last: Any, codes: Any, times: Any) -> None:
    """Take times into the spans, ``first`` … ``last``, of their codes."""
    for row in range(codes.shape[0]):
        code = np.int64(codes[row])
        first[code] = min(first[code], times[row])
        last[code] = max(last[code], times[row])
