"""Walks: what comes after, or came before, a place that a question starts from."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.postings import HALF, ROW

FIRST, LATEST, EACH = 0, 1, 2
"""Which of a unit's anchors count."""


@kernel
def anchors(
    starts: Any, units: Any, places: Any, seen: Any, wanted: Any, fold: int, which: int, paths: Any, at: Any
) -> int:
    """List the anchors of some paths; return how many.

    ``starts`` says where the places of each path begin, ``units`` whose it is (ascending). A place is an anchor where
    ``wanted[seen[place]]`` is set; ``places`` holds its code, 0 where it has none. With ``fold`` an anchor that comes
    right after an anchor of the same code is the same one. Outputs by anchor: its path and its place.
    """
    found = 0
    for p in range(starts.shape[0] - 1):
        known = found > 0 and units[paths[found - 1]] == units[p]
        if known and which == FIRST:
            continue
        run = -1
        for i in range(starts[p], starts[p + 1]):
            code = places[i]
            if wanted[seen[i]] == 0:
                if code != 0:
                    run = -1
                continue
            if fold != 0 and code == run:
                continue
            run = code
            if which == LATEST and known:
                found -= 1
            paths[found] = p
            at[found] = i
            found += 1
            known = True
            if which == FIRST:
                break
    return found


@kernel
def posted_anchors(keys: Any, which: int, paths: Any, at: Any) -> int:
    """The same from the postings of one event name, where each customer's path is all of its rows.

    Of a rare event this took a sixtieth of the time of reading all rows; of the most frequent one, whose postings are
    larger than the rows' codes, twice as long.
    """
    found = 0
    for i in range(keys.shape[0]):
        customer = np.int64(keys[i] >> HALF)
        if found > 0 and paths[found - 1] == customer:
            if which == FIRST:
                continue
            if which == LATEST:
                found -= 1
        paths[found] = customer
        at[found] = np.int64(keys[i] & ROW)
        found += 1
    return found


@kernel
def walks(
    starts: Any, places: Any, times: Any, within: int, fold: int, paths: Any, at: Any, way: int, origin: int, side: int,
    steps: int, out: Any,
) -> None:  # fmt: skip
    """Write the places after each anchor (``way`` 1) or before it (-1), the nearest first.

    ``out`` is (anchors, positions): the anchor's code goes to the position ``origin``, those of ``steps`` places of its
    path to the positions on one ``side`` of it (1 or -1); 0 once there are no more. Places without a code are passed
    over, and with ``fold`` those of the code before them. Where ``times`` are given (by place, µs), a place further
    than ``within`` from the anchor is none.
    """
    for k in range(paths.shape[0]):
        p = paths[k]
        anchor = at[k]
        before = places[anchor]
        out[k, origin] = before
        filled = 1
        i = anchor + way
        while filled <= steps and i >= starts[p] and i < starts[p + 1]:
            if times.shape[0] > 0 and abs(times[i] - times[anchor]) > within:
                break
            code = places[i]
            i += way
            if code == 0 or (fold != 0 and code == before):
                continue
            out[k, origin + side * filled] = code
            before = code
            filled += 1
        for rest in range(filled, steps + 1):
            out[k, origin + side * rest] = 0


@kernel
def count_places(codes: Any, units: Any, last: Any, customers: Any) -> None:
    """Count the units that are at a code, by position.

    ``codes`` is (walks, positions), ``customers`` (positions, names).
    ``last``, of the same shape and full of -1, remembers the last unit counted: a unit's walks come one after another.
    """
    for k in range(codes.shape[0]):
        unit = units[k]
        for position in range(codes.shape[1]):
            code = codes[k, position]
            if last[position, code] != unit:
                last[position, code] = unit
                customers[position, code] += 1


@kernel
def count_flows(
    codes: Any, units: Any, nodes: Any, width: int, last: Any, customers: Any, walked: Any
) -> None:  # fmt: skip
    """Count the units, and the walks, that go from a node to a node, by step.

    ``nodes[position, code]`` is the node, of ``width``, that a code belongs to; after the first place the code 0 ends a
    walk. ``customers`` and ``walked`` are (steps, width × width); ``last``, of the same shape and full of -1, remembers
    the last unit counted.
    """
    for k in range(codes.shape[0]):
        unit = units[k]
        source = nodes[0, codes[k, 0]]
        for step in range(codes.shape[1] - 1):
            target = nodes[step + 1, codes[k, step + 1]]
            cell = source * width + target
            walked[step, cell] += 1
            if last[step, cell] != unit:
                last[step, cell] = unit
                customers[step, cell] += 1
            if codes[k, step + 1] == 0:
                break
            source = target
