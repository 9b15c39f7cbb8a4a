"""The first event of every customer, and what each customer did at all."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel


@kernel
def first_rows(offsets: Any, time: Any, keep: Any, view: Any, since: int, until: int, who: Any, rows: Any) -> int:
    """List the customers who have a row at a time from ``since`` to before ``until``, and which; return how many."""
    found = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        for row in range(offsets[c], offsets[c + 1]):
            if (view.shape[0] == 0 or view[row] != 0) and since <= time[row] < until:
                who[found] = c
                rows[found] = row
                found += 1
                break
    return found


@kernel
def shown(
    offsets: Any, time: Any, bits: Any, keep: Any, view: Any, since: int, until: int, who: Any, times: Any, last: Any
) -> int:  # fmt: skip
    """List the customers who have a row at a time from ``since`` to before ``until``; return how many.

    ``bits`` says by row what it shows. Outputs by customer: the line in the block, how many rows showed each bit
    (``times``, (customers, bits)), and the time of the last row.
    """
    found = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        fresh = True
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            if time[row] < since or time[row] >= until:
                continue
            if fresh:
                fresh = False
                who[found] = c
                for b in range(times.shape[1]):
                    times[found, b] = 0
            last[found] = time[row]
            if bits[row] != 0:
                for b in range(times.shape[1]):
                    times[found, b] += bits[row] >> b & 1
        if not fresh:
            found += 1
    return found
