"""Retention: who comes back, how many periods after an entry."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.funnel import extend
from lvtu.kernels.periods import pace_of, period_of
from lvtu.kernels.postings import HALF, ROW

N_DAY, UNBOUNDED, BRACKET = 0, 1, 2

_FOREVER = 1 << 62


@kernel
def first_returns(
    entry_keys: Any, entry_times: Any, back_keys: Any, back_times: Any, boundaries: Any, firsts: Any, first_times: Any,
    cohorts: Any, chain_keys: Any, chain_starts: Any, links: Any, size: Any, returned: Any,
) -> None:  # fmt: skip
    """Add one block's returns where only first entries count, on the calendar, each period by itself.

    That is a funnel of two steps, so it is counted as one (`lvtu.kernels.funnel`): first entries are the chains, and
    back events extend them. Entries and back events are postings; ``firsts``, ``first_times``, ``cohorts`` (entries,)
    and ``chain_keys``, ``chain_starts``, ``links`` (back events,) are scratch. Adds to ``size`` (cohorts,) and
    ``returned`` (cohorts, cells).
    """
    pace = pace_of(boundaries)
    known = np.int64(0)
    before = ROW
    for i in range(entry_keys.shape[0]):
        customer = entry_keys[i] >> HALF
        firsts[known] = entry_keys[i]
        first_times[known] = entry_times[i]
        known += np.int64(customer != before)
        before = customer
    near = 0
    for i in range(known):
        near = period_of(boundaries, pace, first_times[i], near)
        cohorts[i] = near
        size[near] += 1
    made = extend(
        firsts, first_times, known, back_keys, back_times, _FOREVER, chain_keys, chain_starts, links
    )  # fmt: skip
    cells = returned.shape[1]
    entry_before = np.int64(-1)
    index_before = np.int64(-1)
    for k in range(made):
        entry = np.int64(links[k] >> HALF)
        near = period_of(boundaries, pace, back_times[links[k] & ROW], near)
        index = near - cohorts[entry]
        again = (entry == entry_before) & (index == index_before)
        if index < cells:
            returned[cohorts[entry], index] += np.int64(not again)
        entry_before = entry
        index_before = index


@kernel
def returns(
    entry_keys: Any, entry_times: Any, back_keys: Any, back_times: Any, boundaries: Any, rolling: int, mode: int,
    first_only: int, low: Any, high: Any, over: Any, horizon: int, seen: Any, size: Any, mature: Any, returned: Any,
    returned_mature: Any,
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
    while i < entry_keys.shape[0]:
        customer = entry_keys[i] >> HALF
        while b < back_keys.shape[0] and back_keys[b] >> HALF < customer:
            b += 1
        end = b
        while end < back_keys.shape[0] and back_keys[end] >> HALF == customer:
            end += 1
        cohort_before = -1
        while i < entry_keys.shape[0] and entry_keys[i] >> HALF == customer:
            key = entry_keys[i]
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
            while b < end and back_keys[b] <= key:
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
