"""Paths: each customer's places in order, one path for the whole time line or one for each session."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel


@kernel
def paths(
    offsets: Any, time: Any, codes: Any, keep: Any, view: Any, since: int, until: int, fold: int, gap: int,
    who: Any, starts: Any, rows: Any, places: Any,
) -> int:  # fmt: skip
    """List the paths of a block; return how many.

    Of the rows in the ``view`` (empty: all) at a time from ``since`` to before ``until``, those with a code are places
    (0 is missing). With ``fold`` a run of one code is its first row. A pause longer than ``gap`` (µs) between two such
    rows, places or not, begins another path. Customers that ``keep`` hides (empty: none) and those without places have
    no path.

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
            if code == 0 or (fold != 0 and at > first and places[at - 1] == code):
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
