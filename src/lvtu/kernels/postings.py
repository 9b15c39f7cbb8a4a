"""Postings: for every event name, the (row, customer, time) of its events, in the order of the rows.

A question about a few event names reads their postings and nothing else.
"""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel


@kernel
def post(event: Any, offsets: Any, time: Any, next_place: Any, rows: Any, customers: Any, times: Any) -> None:
    """Lay rows out by event code; ``next_place[code]`` starts as the code's first place."""
    for c in range(offsets.shape[0] - 1):
        for row in range(offsets[c], offsets[c + 1]):
            code = event[row]
            at = next_place[code]
            rows[at] = row
            customers[at] = c
            times[at] = time[row]
            next_place[code] = at + 1


@kernel
def select(
    rows: Any, customers: Any, times: Any, mask: Any, keep: Any, since: int, until: int,
    out_rows: Any, out_customers: Any, out_times: Any,
) -> int:  # fmt: skip
    """Copy the postings whose row is in ``mask``, customer in ``keep`` (either may be empty: all), time in range."""
    n = 0
    use_mask = mask.shape[0] > 0
    use_keep = keep.shape[0] > 0
    for i in range(rows.shape[0]):
        if times[i] < since or times[i] >= until:
            continue
        if use_mask and mask[rows[i]] == 0:
            continue
        if use_keep and keep[customers[i]] == 0:
            continue
        out_rows[n] = rows[i]
        out_customers[n] = customers[i]
        out_times[n] = times[i]
        n += 1
    return n


@kernel
def customers_of(offsets: Any, out: Any) -> None:
    """The customer of every row."""
    for c in range(offsets.shape[0] - 1):
        for row in range(offsets[c], offsets[c + 1]):
            out[row] = c
