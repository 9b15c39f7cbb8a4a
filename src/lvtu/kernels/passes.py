"""Passes: a customer's events at one place without a long break, and which of them failed."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel
from lvtu.kernels.periods import pace_of, period_of


@kernel
def tally_passes(
    offsets: Any, time: Any, keep: Any, view: Any, groups: Any, boundaries: Any, since: int, until: int, failed: Any,
    gap: int, whose: Any, last: Any, cell_of: Any, fails: Any, customers: Any, passes: Any, failures: Any, rows: Any,
    cells: Any,
) -> int:  # fmt: skip
    """Count the passes and those that failed by cell (period, then group) and group of customers.

    A pass is a customer's events of one group with no break longer than ``gap``, whatever happens elsewhere between
    them; its period is that of its first event. ``failed`` says by row whether something went wrong; ``groups`` may be
    empty (one group), ``view`` and ``keep`` too. ``customers`` says by line in which of the groups that intervals stand
    on a customer is.

    Adds to ``passes`` and ``failures`` (cells, groups of customers). The first failed row of each failed pass is
    listed in ``rows`` with its cell in ``cells``; returns how many. ``whose`` by group is -1 before each block;
    ``last``, ``cell_of`` and ``fails`` by group are scratch.
    """
    found = 0
    guess = 0
    pace = pace_of(boundaries)
    width = passes.shape[0] // boundaries.shape[0]
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        part = customers[c]
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            t = time[row]
            if t < since or t >= until:
                continue
            group: Any = 0
            if groups.shape[0] > 0:
                group = groups[row]
            if whose[group] != c or t - last[group] > gap:
                guess = period_of(boundaries, pace, t, guess)
                whose[group] = c
                cell_of[group] = guess * width + group
                fails[group] = 0
                passes[cell_of[group], part] += 1
            last[group] = t
            if failed[row] != 0 and fails[group] == 0:
                fails[group] = 1
                failures[cell_of[group], part] += 1
                rows[found] = row
                cells[found] = cell_of[group]
                found += 1
    return found
