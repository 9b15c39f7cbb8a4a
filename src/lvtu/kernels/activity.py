"""When customers are active: by status and calendar period, and on how many periods."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.periods import pace_of, period_of

NEW, RETURNING, RESURRECTED, DORMANT = range(4)
"""The columns of `statuses`."""


@kernel
def statuses(offsets: Any, time: Any, keep: Any, view: Any, boundaries: Any, until: int, counts: Any) -> None:
    """Count customers by calendar period and status, (periods, 4).

    A customer is active in the periods that hold a row of the view before ``until``: new in the first of them,
    returning where the period before was one too, resurrected in the others; dormant in a period after an active one
    that is none.
    """
    pace = pace_of(boundaries)
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        last = np.int64(-1)
        for row in range(offsets[c], offsets[c + 1]):
            if time[row] >= until:
                break
            if view.shape[0] > 0 and view[row] == 0:
                continue
            period = np.int64(period_of(boundaries, pace, time[row], max(last, 0)))
            if period == last:
                continue
            if last < 0:
                counts[period, NEW] += 1
            elif period == last + 1:
                counts[period, RETURNING] += 1
            else:
                counts[period, RESURRECTED] += 1
                counts[last + 1, DORMANT] += 1
            last = period
        if last >= 0 and last + 1 < counts.shape[0]:
            counts[last + 1, DORMANT] += 1


@kernel
def active_periods(
    offsets: Any, time: Any, keep: Any, view: Any, boundaries: Any, since: int, until: int, counts: Any
) -> None:
    """Count customers by the number of calendar periods in which they have a row from ``since`` to before ``until``.

    ``counts`` is (periods + 1,); customers without any are not counted.
    """
    pace = pace_of(boundaries)
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        last = np.int64(-1)
        number = 0
        for row in range(offsets[c], offsets[c + 1]):
            if (view.shape[0] > 0 and view[row] == 0) or time[row] < since or time[row] >= until:
                continue
            period = np.int64(period_of(boundaries, pace, time[row], max(last, 0)))
            number += period != last
            last = period
        if number > 0:
            counts[number] += 1


@kernel
def rolling_actives(
    offsets: Any, time: Any, keep: Any, view: Any, days: Any, since: int, until: int, first: int, last: int,
    windows: Any, sums: Any,
) -> None:  # fmt: skip
    """Add up, over the days ``first`` … ``last`` (places in ``days``), the customers active in each window up to it.

    A window of w days holds the day itself and the w − 1 before it. ``windows`` and ``sums`` are (windows,). A customer
    is in as many windows of w days as the w days from each active day on cover together.
    """
    pace = pace_of(days)
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        before = np.int64(-1)
        for row in range(offsets[c], offsets[c + 1]):
            if (view.shape[0] > 0 and view[row] == 0) or time[row] < since or time[row] >= until:
                continue
            day = np.int64(period_of(days, pace, time[row], max(before, 0)))
            if day == before:
                continue
            for k in range(windows.shape[0]):
                begin = max(day, first)
                if before >= 0:
                    begin = max(begin, before + windows[k])
                sums[k] += max(min(day + windows[k] - 1, last) - begin + 1, 0)
            before = day
