"""Paths: each customer's places in order, one path for the whole time line or one for each session."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel


@kernel
def paths(
    offsets: Any, time: Any, codes: Any, keep: Any, view: Any, since: int, until: int, fold: int, gap: int,
    missing: int, who: Any, starts: Any, rows: Any, places: Any,
) -> int:  # fmt: skip
    """List the paths of a block; return how many.

    Of the rows in the ``view`` (empty: all) at a time from ``since`` to before ``until``, those with a code are places
    (0 is missing); with ``missing`` the others are too. With ``fold`` a run of one code is its first row. A pause
    longer than ``gap`` (µs) between two such rows, places or not, begins another path. Customers that ``keep`` hides
    (empty: none) and those without places have no path.

    Outputs: by path the customer's line ``who`` and where its places begin, ``starts`` (paths + 1); by place its row
    and its code.
    """
    found = 0
    at = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        first = at
        last = time[offsets[c]]
        for row in range(offsets[c], offsets[c + 1]):
            if (view.shape[0] > 0 and view[row] == 0) or time[row] < since or time[row] >= until:
                continue
            if time[row] - last > gap and at > first:
                who[found] = c
                starts[found] = first
                found += 1
                first = at
            last = time[row]
            code = codes[row]
            if (code == 0 and missing == 0) or (fold != 0 and at > first and places[at - 1] == code):
                continue
            rows[at] = row
            places[at] = code
            at += 1
        if at > first:
            who[found] = c
            starts[found] = first
            found += 1
    starts[found] = at
    return found


@kernel
def neighbours(who: Any, starts: Any, places: Any, names: int, last: Any, customers: Any) -> None:
    """Count the customers with each pair of neighbouring places, ``source * names + target``.

    ``last`` (by pair) is the last customer counted and starts as -1; ``customers`` (by pair) counts on.
    """
    for p in range(who.shape[0]):
        for i in range(starts[p] + 1, starts[p + 1]):
            pair = np.int64(places[i - 1]) * names + places[i]
            if last[pair] != who[p]:
                last[pair] = who[p]
                customers[pair] += 1
