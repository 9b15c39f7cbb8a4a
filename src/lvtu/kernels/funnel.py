"""Funnels over postings: each step is one merge of two sorted lists.

A *chain* is a choice of events that fill steps 1…k under every rule; it is written as the row, customer and
time of its last event, the time of its first, and a link to the chain it extends. Of all chains of one
customer that end before a row, the last one started latest and ended latest, so it is the only one that can
matter: extending it is optimal (starts grow along the list because each extension takes the latest chain).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.durations import bin_of
from lvtu.kernels.periods import pace_of, period_of


@inline
def _extend(
    rows: Any, customers: Any, times: Any, starts: Any, known: Any,
    next_rows: Any, next_customers: Any, next_times: Any, within: Any, gap: Any,
    out_rows: Any, out_customers: Any, out_times: Any, out_starts: Any, out_links: Any,
) -> Any:  # fmt: skip
    """Extend the ``known`` chains of step k by the events of step k+1; return how many chains that makes.

    A merge without branches on the data: which list is ahead, and whether an event extends a chain, are numbers
    that are added, and what is not to be kept is overwritten by the next (3.2 ns an element; 5.1 with branches).
    """
    one = np.uint64(1)
    made = np.uint64(0)
    at = np.uint64(0)
    i = np.uint64(0)
    total = np.uint64(next_rows.shape[0])
    if known == 0 or next_rows.shape[0] == 0:
        return 0
    last = np.uint64(known - 1)
    while i < total and next_rows[i] <= rows[0]:
        i += one
    while (i < total) & (at < last):
        row = next_rows[i]
        behind = np.uint64(rows[at + one] < row)
        ahead = one - behind
        customer = next_customers[i]
        time = next_times[i]
        start = starts[at]
        fits = np.uint64((customers[at] == customer) & (time - start <= within) & (time - times[at] <= gap))
        out_rows[made] = row
        out_customers[made] = customer
        out_times[made] = time
        out_starts[made] = start
        out_links[made] = at
        made += ahead & fits
        i += ahead
        at += behind
    while i < total:
        time = next_times[i]
        if customers[at] == next_customers[i] and time - starts[at] <= within and time - times[at] <= gap:
            out_rows[made] = next_rows[i]
            out_customers[made] = customers[at]
            out_times[made] = time
            out_starts[made] = starts[at]
            out_links[made] = at
            made += one
        i += one
    return np.int64(made)


@inline
def _extend_later(
    rows: Any, customers: Any, times: Any, starts: Any, known: Any,
    next_rows: Any, next_customers: Any, next_times: Any, within: Any, gap: Any,
    out_rows: Any, out_customers: Any, out_times: Any, out_starts: Any, out_links: Any,
) -> Any:  # fmt: skip
    """As `_extend`, where an event must be strictly later than the chain's last one."""
    made = 0
    at = 0
    for i in range(next_rows.shape[0]):
        row = next_rows[i]
        while at < known and rows[at] < row:
            at += 1
        customer = next_customers[i]
        time = next_times[i]
        last = at - 1
        while last >= 0 and customers[last] == customer and times[last] >= time:
            last -= 1
        if last < 0 or customers[last] != customer:
            continue
        if time - starts[last] <= within and time - times[last] <= gap:
            out_rows[made] = row
            out_customers[made] = customer
            out_times[made] = time
            out_starts[made] = starts[last]
            out_links[made] = last
            made += 1
    return made


@inline
def _settle(
    step: Any, known: Any, rows: Any, customers: Any, times: Any, begins: Any,
    chain_rows: Any, chain_customers: Any, chain_times: Any, chain_links: Any, bounds: Any,
    reach: Any, who: Any, reached: Any, out_rows: Any, out_times: Any, found: Any,
) -> Any:  # fmt: skip
    """Write a line for every customer whose furthest step is ``step`` (0-based); return how many lines there are now.

    The first chain in a customer's list is the one completed earliest; it is followed back by its links.
    """
    base = begins[0] if step == 0 else bounds[step]
    for i in range(known):
        customer = customers[base + i] if step == 0 else chain_customers[base + i]
        if reach[customer] != 0:
            continue
        reach[customer] = 1
        who[found] = customer
        reached[found] = step + 1
        at = np.int64(i)
        for s in range(step, 0, -1):
            out_rows[found, s] = chain_rows[bounds[s] + at]
            out_times[found, s] = chain_times[bounds[s] + at]
            at = np.int64(chain_links[bounds[s] + at])
        out_rows[found, 0] = rows[begins[0] + at]
        out_times[found, 0] = times[begins[0] + at]
        found += 1
    return found


@kernel
def merge_steps(
    rows: Any, customers: Any, times: Any, begins: Any, ends: Any, within: int, gaps: Any, strict: int,
    chain_rows: Any, chain_customers: Any, chain_times: Any, chain_starts: Any, chain_links: Any, bounds: Any,
    known: Any, reach: Any, who: Any, reached: Any, out_rows: Any, out_times: Any,
) -> int:  # fmt: skip
    """Find the counted attempt of every customer of a block; return how many have one.

    The events of step s are the postings ``begins[s]`` … ``ends[s]`` of ``rows``, ``customers``, ``times``. ``within``
    bounds the time since a chain's start, ``gaps[s]`` that since the step before (µs, inclusive); ``strict`` asks for
    strictly later times. ``chain_*`` are scratch, those of step s from ``bounds[s]`` (step 0 has none);
    ``known`` (steps,) and ``reach`` (customers,) too. Outputs: customer, steps filled, and (customers, steps) rows and
    times.
    """
    steps = begins.shape[0]
    known[0] = ends[0] - begins[0]
    for s in range(1, steps):
        here = slice(bounds[s], bounds[s] + ends[s] - begins[s])
        events = slice(begins[s], ends[s])
        if s == 1:
            before = slice(begins[0], ends[0])
            level_rows, level_customers = rows[before], customers[before]
            level_times, level_starts = times[before], times[before]
        else:
            before = slice(bounds[s - 1], bounds[s - 1] + known[s - 1])
            level_rows, level_customers = chain_rows[before], chain_customers[before]
            level_times, level_starts = chain_times[before], chain_starts[before]
        if strict != 0:
            known[s] = _extend_later(
                level_rows, level_customers, level_times, level_starts, known[s - 1],
                rows[events], customers[events], times[events], within, gaps[s], chain_rows[here],
                chain_customers[here], chain_times[here], chain_starts[here], chain_links[here],
            )  # fmt: skip
        else:
            known[s] = _extend(
                level_rows, level_customers, level_times, level_starts, known[s - 1],
                rows[events], customers[events], times[events], within, gaps[s], chain_rows[here],
                chain_customers[here], chain_times[here], chain_starts[here], chain_links[here],
            )  # fmt: skip
    for c in range(reach.shape[0]):
        reach[c] = 0
    found: Any = np.int64(0)
    for s in range(steps - 1, -1, -1):
        found = _settle(
            s, known[s], rows, customers, times, begins, chain_rows, chain_customers, chain_times, chain_links, bounds,
            reach, who, reached, out_rows, out_times, found,
        )  # fmt: skip
    return found  # type: ignore[no-any-return]


@kernel
def tally(
    reached: Any, rows: Any, times: Any, groups: Any, by_step: int, boundaries: Any, periods: int,
    horizon: int, within: int, counts: Any, bins: Any, immature: Any,
) -> None:  # fmt: skip
    """Count lines by cell and step.

    A line's cell is its group (code of ``groups`` at the row of step ``by_step``, 0 if not reached; empty: one group)
    times ``periods`` plus the period of its entry (``boundaries`` empty: one). ``counts`` is (cells, steps); ``bins``
    (cells × steps, BINS or 0) takes the durations since the step before; ``immature`` (cells,) those on their way.
    """
    timed = bins.shape[1] > 0
    pace = pace_of(boundaries) if boundaries.shape[0] > 0 else 0.0
    guess = 0
    steps = counts.shape[1]
    for i in range(reached.shape[0]):
        deep = np.int64(reached[i])
        cell = np.int64(0)
        if groups.shape[0] > 0 and deep > by_step:
            cell = np.int64(groups[rows[i, by_step]])
        if boundaries.shape[0] > 0:
            guess = period_of(boundaries, pace, times[i, 0], guess)
            cell = cell * periods + guess
        counts[cell, 0] += 1
        for s in range(1, deep):
            counts[cell, s] += 1
            if timed:
                bins[cell * steps + s, bin_of(times[i, s] - times[i, s - 1])] += 1
        if deep < steps and times[i, 0] + within > horizon:
            immature[cell] += 1


@kernel
def tally_filled(
    reached: Any, required: int, filled: Any, before: Any, rows: Any, times: Any, groups: Any, by_step: int,
    boundaries: Any, periods: int, horizon: int, within: int, counts: Any, bins: Any, immature: Any,
) -> None:  # fmt: skip
    """As :func:`tally`, for lines that may leave steps out.

    ``filled`` (lines, steps) says which steps a line has; ``before[s]`` is the required step before step s, from
    which its duration is measured; ``reached`` counts required steps, of which there are ``required``.
    """
    timed = bins.shape[1] > 0
    pace = pace_of(boundaries) if boundaries.shape[0] > 0 else 0.0
    guess = 0
    steps = counts.shape[1]
    for i in range(reached.shape[0]):
        cell = np.int64(0)
        if groups.shape[0] > 0 and filled[i, by_step] != 0:
            cell = np.int64(groups[rows[i, by_step]])
        if boundaries.shape[0] > 0:
            guess = period_of(boundaries, pace, times[i, 0], guess)
            cell = cell * periods + guess
        counts[cell, 0] += 1
        for s in range(1, steps):
            if filled[i, s] != 0:
                counts[cell, s] += 1
                if timed:
                    bins[cell * steps + s, bin_of(times[i, s] - times[i, before[s]])] += 1
        if np.int64(reached[i]) < required and times[i, 0] + within > horizon:
            immature[cell] += 1
