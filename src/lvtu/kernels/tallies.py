"""Counting a funnel's attempts once they are found: by group, period and step, with the times between.

A *line* is one counted attempt (see `lvtu.kernels.funnel`): the row and time that filled each step.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.durations import MARK_BITS, bin_of
from lvtu.kernels.periods import pace_of, period_of


@kernel
def tally(
    reached: Any, required: int, filled: Any, before: Any, rows: Any, times: Any, exact: Any, groups: Any, by_step: int,
    boundaries: Any, periods: int, horizon: int, within: int, counts: Any, bins: Any, marks: Any, immature: Any,
) -> int:  # fmt: skip
    """Count lines by cell and step; return how many marks were written.

    ``reached`` says how many of the ``required`` steps a line has; where steps may be left out, ``filled`` (lines,
    steps) says which it has (empty: the first so many). ``before[s]`` is the required step before step s, from which
    its duration is measured; there is none where one of both is not ``exact`` (by row; empty: all are). A line's cell
    is its group (code of ``groups`` at the row of step ``by_step``, 0 if not reached; empty: one group) times
    ``periods`` plus the period of its entry (``boundaries`` empty: one). ``counts`` is (cells, steps); ``bins``
    (cells × steps, BINS or 0) takes the durations, or ``marks`` (lines × (steps - 1), or empty) lists them (see
    `lvtu.kernels.durations`); ``immature`` (cells,) counts those on their way.
    """
    written: Any = 0
    if exact.shape[0] == 0:
        written = _tally(
            reached, required, filled, before, rows, times, None, groups, by_step, boundaries, periods, horizon, within,
            counts, bins, marks, immature,
        )  # fmt: skip
    else:
        written = _tally(
            reached, required, filled, before, rows, times, exact, groups, by_step, boundaries, periods, horizon,
            within, counts, bins, marks, immature,
        )  # fmt: skip
    return written  # type: ignore[no-any-return]


@inline
def _tally(
    reached: Any, required: Any, filled: Any, before: Any, rows: Any, times: Any, exact: Any, groups: Any, by_step: Any,
    boundaries: Any, periods: Any, horizon: Any, within: Any, counts: Any, bins: Any, marks: Any, immature: Any,
) -> Any:  # fmt: skip
    """As `tally`; ``exact`` is None where all times are, for which it is compiled apart."""
    timed = bins.shape[1] > 0
    marked = marks.shape[0] > 0
    optional = filled.shape[0] > 0
    written = 0
    pace = pace_of(boundaries) if boundaries.shape[0] > 0 else 0.0
    guess = 0
    steps = counts.shape[1]
    for i in range(reached.shape[0]):
        deep = np.int64(reached[i])
        cell = np.int64(0)
        if groups.shape[0] > 0 and (filled[i, by_step] != 0 if optional else deep > by_step):
            cell = np.int64(groups[rows[i, by_step]])
        if boundaries.shape[0] > 0:
            guess = period_of(boundaries, pace, times[i, 0], guess)
            cell = cell * periods + guess
        counts[cell, 0] += 1
        for s in range(1, steps if optional else deep):
            if optional and filled[i, s] == 0:
                continue
            counts[cell, s] += 1
            if exact is not None and (exact[rows[i, s]] == 0 or exact[rows[i, before[s]]] == 0):
                continue
            if timed:
                bins[cell * steps + s, bin_of(times[i, s] - times[i, before[s]])] += 1
            elif marked:
                marks[written] = (cell * steps + s) << MARK_BITS | bin_of(times[i, s] - times[i, before[s]])
                written += 1
        if deep < required and times[i, 0] + within > horizon:
            immature[cell] += 1
    return written


@kernel
def tally_waits(
    filled: Any, rows: Any, times: Any, exact: Any, horizon: int, came: Any, left: Any, untimed: Any
) -> int:  # fmt: skip
    """Count lines by step and the time since their first: of those that filled the step, and of those that did not.

    ``filled``, ``rows`` and ``times`` are (lines, steps), ``came`` and ``left`` (steps, BINS). Who has not filled a
    step was watched from the first one to the ``horizon``; that the window may have ended before makes no difference
    to the estimate, since nobody fills a step after it. A line whose first or filled step's time is not ``exact`` (by
    row; empty: all are) is counted in ``untimed`` (steps, 2) instead, by whether it has filled the step; the result is
    how many lines that happened to after the first step.
    """
    mixed = exact.shape[0] > 0
    lines: Any = np.int64(0)
    for i in range(filled.shape[0]):
        watched = bin_of(horizon - times[i, 0])
        whole = True
        for s in range(filled.shape[1]):
            here = filled[i, s] != 0
            if mixed and (exact[rows[i, 0]] == 0 or (here and exact[rows[i, s]] == 0)):
                untimed[s, np.int64(here)] += 1
                whole = whole and s == 0
            elif here:
                came[s, bin_of(times[i, s] - times[i, 0])] += 1
            else:
                left[s, watched] += 1
        lines += np.int64(not whole)
    return lines  # type: ignore[no-any-return]
