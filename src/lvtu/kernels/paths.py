"""Paths: each customer's places in order, one path for the whole time line or one for each session."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

NO_PAUSE = 1 << 62
"""A pause that no two events have between them."""


@inline
def first_row(time: Any, row: Any, end: Any, first: Any, since: Any) -> Any:
    """A customer's first row at ``since`` or later; ``first`` is the time of ``row``, where their rows begin."""
    if first < since:
        while row < end and time[row] < since:
            row += 1
    return row


@inline
def end_row(time: Any, begin: Any, end: Any, last: Any, until: Any) -> Any:
    """The row behind a customer's last one before ``until``; ``last`` is the time of the row before ``end``."""
    if last >= until:
        while begin < end and time[end - 1] >= until:
            end -= 1
    return end


@inline
def is_place(code: Any, before: Any, fold: Any, missing: Any) -> Any:
    """Whether a row is a place of the path: it has a code, and with ``fold`` not that of the place before."""
    return (code != 0 or missing != 0) and (fold == 0 or code != before)


@kernel
def paths(
    offsets: Any, time: Any, firsts: Any, lasts: Any, codes: Any, keep: Any, view: Any, since: int, until: int,
    fold: int, gap: int, missing: int, who: Any, starts: Any, rows: Any, places: Any,
) -> int:  # fmt: skip
    """List the paths of a block; return how many.

    Of the rows in the ``view`` (empty: all) at a time from ``since`` to before ``until``, those with a code are places
    (0 is missing); with ``missing`` the others are too. With ``fold`` a run of one code is its first row. A pause
    longer than ``gap`` (µs) between two such rows, places or not, begins another path. Customers that ``keep`` hides
    (empty: none) and those without places have no path.

    Outputs: by path the customer's line ``who`` and where its places begin, ``starts`` (paths + 1); by place its row
    and its code.

    A customer's rows are in the order of their times, so unless pauses count times are looked at only where a
    customer's ``firsts`` or ``lasts`` (see `Block.edges`) lies outside.
    """
    found = 0
    at = 0
    use_keep = keep.shape[0] > 0
    use_view = view.shape[0] > 0
    paused = gap < NO_PAUSE
    for c in range(offsets.shape[0] - 1):
        if use_keep and keep[c] == 0:
            continue
        end = np.int64(offsets[c + 1])
        begin = first_row(time, np.int64(offsets[c]), end, firsts[c], since)
        end = end_row(time, begin, end, lasts[c], until)
        first = at
        last = np.int64(0)
        before = np.int64(-1)
        for row in range(begin, end):
            if use_view and view[row] == 0:
                continue
            if paused:
                if time[row] - last > gap and at > first:
                    who[found] = c
                    starts[found] = first
                    found += 1
                    first = at
                    before = np.int64(-1)
                last = time[row]
            code = np.int64(codes[row])
            rows[at] = row
            places[at] = code
            if is_place(code, before, fold, missing):
                before = code
                at += 1
        if at > first:
            who[found] = c
            starts[found] = first
            found += 1
    starts[found] = at
    return found


@kernel
def tally_places(
    offsets: Any, time: Any, firsts: Any, lasts: Any, codes: Any, keep: Any, view: Any, since: int, until: int,
    fold: int, counts: Any,
) -> int:  # fmt: skip
    """Count by code the places of the paths that `paths` would list, one path a customer; return how many paths.

    What is counted of code 0 says nothing.
    """
    found: Any = np.int64(0)
    use_keep = keep.shape[0] > 0
    use_view = view.shape[0] > 0
    for c in range(offsets.shape[0] - 1):
        if use_keep and keep[c] == 0:
            continue
        end = np.int64(offsets[c + 1])
        begin = first_row(time, np.int64(offsets[c]), end, firsts[c], since)
        end = end_row(time, begin, end, lasts[c], until)
        before = np.int64(-1)
        if not use_view and fold == 0:  # a third of the time: nothing to decide by row, and missing ones count too
            seen = np.int64(0)
            for row in range(begin, end):
                seen |= np.int64(codes[row])
                counts[codes[row]] += 1
            found += np.int64(seen != 0)
            continue
        for row in range(begin, end):
            if use_view and view[row] == 0:
                continue
            code = np.int64(codes[row])
            if is_place(code, before, fold, 0):
                counts[code] += 1
                before = code
        found += np.int64(before >= 0)
    return found  # type: ignore[no-any-return]


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
