"""Spells: from one event to another, or to silence, or to the end of what is known."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.durations import MARK_BITS, bin_of

STARTS, ENDS = 1, 2
"""What the bits of a row say."""


@kernel
def spells(
    offsets: Any, time: Any, bits: Any, keep: Any, view: Any, since: int, until: int, horizon: int, each: int,
    who: Any, starts: Any, ends: Any, watched: Any, happened: Any,
) -> int:  # fmt: skip
    """List the spells of a block's customers; return how many.

    A spell begins at a row with `STARTS` from ``since`` on and ends at the first row after it with `ENDS`, before
    ``until``; one that does not end is watched to the ``horizon``. Of each customer the first spell counts, or, with
    ``each``, one after another, where the row that ends one may begin the next.

    Outputs by spell: the customer's line, the rows of its start and its end (its start where it has none), how long it
    was watched (µs), and whether it ended.
    """
    found = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        begun = np.int64(-1)
        over = False
        for row in range(offsets[c], offsets[c + 1]):
            if time[row] >= until or over:
                break
            if bits[row] == 0 or (view.shape[0] > 0 and view[row] == 0):
                continue
            if begun >= 0 and bits[row] & ENDS != 0:
                who[found] = c
                starts[found] = begun
                ends[found] = row
                watched[found] = time[row] - time[begun]
                happened[found] = 1
                found += 1
                begun = np.int64(-1)
                over = each == 0
            if begun < 0 and not over and bits[row] & STARTS != 0 and time[row] >= since:
                begun = np.int64(row)
        if begun >= 0:
            who[found] = c
            starts[found] = begun
            ends[found] = begun
            watched[found] = horizon - time[begun]
            happened[found] = 0
            found += 1
    return found


@kernel
def silences(
    offsets: Any, time: Any, bits: Any, keep: Any, view: Any, since: int, until: int, horizon: int, silent: int,
    who: Any, starts: Any, ends: Any, watched: Any, happened: Any,
) -> int:  # fmt: skip
    """As `spells`, from each customer's first row with `STARTS` to silence; rows without a bit are events too.

    It happens where more than ``silent`` (µs) passes between the customer's last row and the ``horizon``, at the moment
    when the silence has lasted that long. The end is the last row.
    """
    found = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        begun = np.int64(-1)
        last = np.int64(-1)
        for row in range(offsets[c], offsets[c + 1]):
            if time[row] >= until:
                break
            if view.shape[0] > 0 and view[row] == 0:
                continue
            last = np.int64(row)
            if begun < 0 and bits[row] & STARTS != 0 and time[row] >= since:
                begun = np.int64(row)
        if begun >= 0:
            quiet = horizon - time[last] > silent
            who[found] = c
            starts[found] = begun
            ends[found] = last
            watched[found] = (time[last] + silent if quiet else horizon) - time[begun]
            happened[found] = quiet
            found += 1
    return found


@kernel
def tally_spells(
    starts: Any, ends: Any, watched: Any, happened: Any, groups: Any, exact: Any, bins: Any, marks: Any, untimed: Any
) -> int:
    """Count spells by how long they were watched; return how many marks were written.

    A spell's line is twice its group (code of ``groups`` at the row of its start; empty: one group), plus one where it
    did not happen. ``exact`` says by row whether its time is (empty: all are); a spell whose start or end is not is
    counted in ``untimed`` (groups,) instead. ``bins`` is (lines, BINS or 0); else ``marks`` lists them (see
    `lvtu.kernels.durations`).
    """
    written = 0
    for i in range(starts.shape[0]):
        group = np.int64(0)
        if groups.shape[0] > 0:
            group += np.int64(groups[starts[i]])
        if exact.shape[0] > 0 and (exact[starts[i]] == 0 or exact[ends[i]] == 0):
            untimed[group] += 1
            continue
        line = 2 * group + 1 - np.int64(happened[i])
        if bins.shape[1] > 0:
            bins[line, bin_of(watched[i])] += 1
        else:
            marks[written] = line << MARK_BITS | bin_of(watched[i])
            written += 1
    return written
