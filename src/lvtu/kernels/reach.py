"""Reach: how many customers were ever at each place."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel


@kernel
def reach(
    offsets: Any, time: Any, codes: Any, keep: Any, view: Any, since: int, until: int, last: Any, customers: Any,
) -> int:  # fmt: skip
    """Count by code the customers of one block who have a row; return how many have one of a code but 0.

    ``keep`` (by customer) and ``view`` (by row) hide others; empty, they hide none. ``last``, full of -1, remembers
    the customer last counted at each code.
    """
    use_keep = keep.shape[0] > 0
    use_view = view.shape[0] > 0
    anywhere = 0
    for c in range(offsets.shape[0] - 1):
        if use_keep and keep[c] == 0:
            continue
        known = 0
        for row in range(offsets[c], offsets[c + 1]):
            if (use_view and view[row] == 0) or time[row] < since or time[row] >= until:
                continue
            code = codes[row]
            known |= int(code != 0)
            if last[code] != c:
                last[code] = c
                customers[code] += 1
        anywhere += known
    return anywhere
