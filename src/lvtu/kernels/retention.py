"""Retention: who comes back, how many periods after an entry."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.periods import pace_of, period_of

N_DAY, UNBOUNDED, BRACKET = 0, 1, 2


@kernel
def returns(
    entry_rows: Any, entry_customers: Any, entry_times: Any, back_rows: Any, back_customers: Any, back_times: Any,
    boundaries: Any, rolling: int, mode: int, first_only: int, low: Any, high: Any, over: Any, horizon: int,
    seen: Any, size: Any, mature: Any, returned: Any, returned_mature: Any,
) -> None:  # fmt: skip
    """Add the returns of one block's customers to the cohort tables.

    Entries and back events are postings in row order. ``boundaries`` are the calendar's period starts; with
    ``rolling`` > 0 (µs) a period instead starts at the entry and has that length. Cell k of a cohort is reached by a
    return whose period index lies in ``low[k]…high[k]``, and is mature when period ``over[k]`` has ended by
    ``horizon``: on the calendar that depends on the cohort alone and is left to the caller, so ``mature`` and
    ``returned_mature`` are counted only with ``rolling``. ``size`` is (cohorts,), the rest (cohorts,
    cells); ``seen`` (cells,) starts as zeros.
    """
    cells = low.shape[0]
    stamp = 0
    pace = pace_of(boundaries)
    furthest = np.int64(0)
    for k in range(cells):
        furthest = max(furthest, high[k])
    guess = 0
    b = 0
    i = 0
    while i < entry_rows.shape[0]:
        customer = entry_customers[i]
        while b < back_rows.shape[0] and back_customers[b] < customer:
            b += 1
        end = b
        while end < back_rows.shape[0] and back_customers[end] == customer:
            end += 1
        cohort_before = -1
        while i < entry_rows.shape[0] and entry_customers[i] == customer:
            row = entry_rows[i]
            t0 = entry_times[i]
            i += 1
            if first_only != 0 and cohort_before >= 0:
                continue
            guess = period_of(boundaries, pace, t0, guess)
            cohort = guess
            if cohort == cohort_before:
                continue
            cohort_before = cohort
            size[cohort] += 1
            stamp += 1
            while b < end and back_rows[b] <= row:
                b += 1
            near = cohort
            j = b
            if mode == UNBOUNDED and end > b:
                j = end - 1  # the last return stands for all before it
            while j < end:
                if rolling > 0:
                    index = (back_times[j] - t0) // rolling
                else:
                    near = period_of(boundaries, pace, back_times[j], near)
                    index = near - cohort
                if index > furthest and mode != UNBOUNDED:
                    break
                if mode == N_DAY:
                    if index < cells and seen[index] != stamp:
                        seen[index] = stamp
                        returned[cohort, index] += 1
                        if rolling > 0 and t0 + (index + 1) * rolling <= horizon:
                            returned_mature[cohort, index] += 1
                else:
                    for k in range(cells):
                        if low[k] <= index <= high[k] and seen[k] != stamp:
                            seen[k] = stamp
                            returned[cohort, k] += 1
                            if rolling > 0 and t0 + (over[k] + 1) * rolling <= horizon:
                                returned_mature[cohort, k] += 1
                j += 1
            if rolling > 0:
                for k in range(cells):
                    mature[cohort, k] += t0 + (over[k] + 1) * rolling <= horizon
