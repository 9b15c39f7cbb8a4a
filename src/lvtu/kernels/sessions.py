"""Sessions: paths of events, counted by cell (group and calendar period)."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.durations import MARK_BITS, bin_of
from lvtu.kernels.periods import pace_of, period_of

SESSIONS, CUSTOMERS, EVENTS, BOUNCED, EXITS, UNTIMED = range(6)
"""The columns of the counts."""


@kernel
def tally_sessions(
    who: Any, starts: Any, rows: Any, time: Any, groups: Any, exact: Any, boundaries: Any, periods: int, last_seen: Any,
    counts: Any, times: Any, time_marks: Any, sizes: Any, size_marks: Any,
) -> int:  # fmt: skip
    """Count the sessions of a block by cell; return how many durations were written as marks.

    Session i is of customer ``who[i]`` and has the events ``rows[starts[i] : starts[i + 1]]``. Its cell is its group
    (code of ``groups`` at its first row; empty: one group) times ``periods`` plus the period of its first event
    (``boundaries`` empty: one); it ends in the cell of its last row's group. ``exact`` says by row whether its time
    is (empty: all are).

    Adds to ``counts`` (cells, 6); ``last_seen`` (cells,) holds the last customer counted and starts as -1. Durations
    and numbers of events go to ``times`` and ``sizes`` (cells, BINS or 0), or as marks (see
    `lvtu.kernels.durations`) to ``time_marks`` and to ``size_marks``, which every session has.
    """
    guess = 0
    timed = 0
    pace = pace_of(boundaries) if boundaries.shape[0] > 0 else 0.0
    for i in range(who.shape[0]):
        first, last = rows[starts[i]], rows[starts[i + 1] - 1]
        size = starts[i + 1] - starts[i]
        if boundaries.shape[0] > 0:
            guess = period_of(boundaries, pace, time[first], guess)
        cell = np.int64(guess)
        out = cell
        if groups.shape[0] > 0:
            cell += np.int64(groups[first]) * periods
            out += np.int64(groups[last]) * periods
        counts[cell, SESSIONS] += 1
        counts[cell, EVENTS] += size
        counts[cell, BOUNCED] += np.int64(size == 1)
        counts[out, EXITS] += 1
        if last_seen[cell] != who[i]:
            last_seen[cell] = who[i]
            counts[cell, CUSTOMERS] += 1
        if sizes.shape[1] > 0:
            sizes[cell, bin_of(size)] += 1
        else:
            size_marks[i] = cell << MARK_BITS | bin_of(size)
        if exact.shape[0] > 0 and (exact[first] == 0 or exact[last] == 0):
            counts[cell, UNTIMED] += 1
        elif times.shape[1] > 0:
            times[cell, bin_of(time[last] - time[first])] += 1
        else:
            time_marks[timed] = cell << MARK_BITS | bin_of(time[last] - time[first])
            timed += 1
    return timed
