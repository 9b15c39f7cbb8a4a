"""Stages: when each customer entered which, and when the time in it ended."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel
from lvtu.kernels.durations import bin_of


@kernel
def present(offsets: Any, keep: Any, view: Any, lines: Any) -> int:
    """List the customers with a row in the ``view`` (empty: all) whom ``keep`` does not hide; return how many."""
    found = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        row = offsets[c]
        if view.shape[0] > 0:
            while row < offsets[c + 1] and view[row] == 0:
                row += 1
        if row < offsets[c + 1]:
            lines[found] = c
            found += 1
    return found


@kernel
def in_order(
    offsets: Any, time: Any, entry: Any, exits: Any, keep: Any, view: Any, since: int, until: int,
    who: Any, entered: Any, ended: Any,
) -> int:  # fmt: skip
    """List the customers who entered the first stage, and what they entered after it in order; return how many.

    ``entry`` and ``exits`` (empty: none) say by row which stages' rules it fits (bit s for stage s). The first row
    that fits enters the first stage (at a time from ``since`` to before ``until``); from there the first later row
    that fits the next stage enters that one. One row enters one stage. Outputs by customer: the line in the block, and
    by stage the row that entered it and the row that ended the time in it (the next entry or, before that, an exit);
    -1 for none.
    """
    found = 0
    stages = entered.shape[1]
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        at = -1
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            if at >= 0 and exits.shape[0] > 0 and exits[row] >> at & 1 != 0 and ended[found, at] < 0:
                ended[found, at] = row
            if at == stages - 1 or entry[row] >> (at + 1) & 1 == 0:
                continue
            if at < 0:
                if time[row] < since or time[row] >= until:
                    continue
                for s in range(stages):
                    entered[found, s] = -1
                    ended[found, s] = -1
                who[found] = c
            elif ended[found, at] < 0:
                ended[found, at] = row
            at += 1
            entered[found, at] = row
        if at >= 0:
            found += 1
    return found


@kernel
def in_any_order(
    offsets: Any, time: Any, entry: Any, exits: Any, keep: Any, view: Any, since: int, until: int,
    who: Any, entered: Any, ended: Any,
) -> int:  # fmt: skip
    """As `in_order`, where a customer enters each stage at the first row that fits it, whatever came before.

    One row may enter several stages. The time in a stage ends with the next row that enters another one for the first
    time, or with an exit before that; ``since`` and ``until`` select the entries into every stage.
    """
    found = 0
    stages = entered.shape[1]
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        for s in range(stages):
            entered[found, s] = -1
            ended[found, s] = -1
        inside = False
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            fresh = False
            if since <= time[row] < until:
                for s in range(stages):
                    if entry[row] >> s & 1 != 0 and entered[found, s] < 0:
                        fresh = True
            for s in range(stages):
                left = exits.shape[0] > 0 and exits[row] >> s & 1 != 0
                if entered[found, s] >= 0 and ended[found, s] < 0 and (fresh or left):
                    ended[found, s] = row
            if fresh:
                inside = True
                for s in range(stages):
                    if entry[row] >> s & 1 != 0 and entered[found, s] < 0:
                        entered[found, s] = row
        if inside:
            who[found] = c
            found += 1
    return found


@kernel
def dwell(entered: Any, ended: Any, time: Any, exact: Any, bins: Any) -> int:
    """Add the times spent in every stage to its histogram; return how many were left out.

    A time is left out when one of its two ends is not ``exact`` (by row; empty: all are).
    """
    untimed = 0
    for i in range(entered.shape[0]):
        for s in range(entered.shape[1]):
            if ended[i, s] < 0:
                continue
            first, last = entered[i, s], ended[i, s]
            if exact.shape[0] > 0 and (exact[first] == 0 or exact[last] == 0):
                untimed += 1
            else:
                bins[s, bin_of(time[last] - time[first])] += 1
    return untimed


@kernel
def standing(offsets: Any, who: Any, entered: Any, ended: Any, out: Any) -> int:
    """Write by row the number (1-based) of the stage that its customer is in; ``out`` begins as zeros. Return the rows.

    A stage lasts from the row that entered it to before the one that ended it, or to the last one. Of several stages
    that a customer is in at once, it is the last.
    """
    rows = 0
    for i in range(entered.shape[0]):
        for s in range(entered.shape[1]):
            if entered[i, s] < 0:
                continue
            end = ended[i, s] if ended[i, s] >= 0 else offsets[who[i] + 1]
            for row in range(entered[i, s], end):
                out[row] = s + 1
                rows += 1
    return rows
