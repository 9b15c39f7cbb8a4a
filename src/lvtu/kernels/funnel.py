"""Funnels over postings: each step is one merge of two sorted lists.

A *chain* is a choice of events that fill steps 1…k under every rule; it is written as the row, customer and
time of its last event, the time of its first, and a link to the chain it extends. Of all chains of one
customer that end before a row, the last one started latest and ended latest, so it is the only one that can
matter: extending it is optimal (starts grow along the list because each extension takes the latest chain).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.durations import bin_of
from lvtu.kernels.periods import period_of


@kernel
def extend(
    rows: Any, customers: Any, times: Any, starts: Any, known: int,
    next_rows: Any, next_customers: Any, next_times: Any, within: int, gap: int, strict: int,
    out_rows: Any, out_customers: Any, out_times: Any, out_starts: Any, out_links: Any,
) -> int:  # fmt: skip
    """Extend the ``known`` chains of step k by the events of step k+1; return how many chains that makes.

    ``within`` bounds the time since the chain's start, ``gap`` that since its last event (µs, inclusive);
    ``strict`` asks for a strictly later time. Outputs are as long as the events of step k+1.
    """
    made = 0
    at = 0
    for i in range(next_rows.shape[0]):
        row = next_rows[i]
        while at < known and rows[at] < row:
            at += 1
        last = at - 1
        if last < 0:
            continue
        customer = next_customers[i]
        if customers[last] != customer:
            continue
        time = next_times[i]
        if strict != 0:
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


@kernel
def settle(
    step: int, known: int, first_rows: Any, first_customers: Any, first_times: Any,
    chain_rows: Any, chain_customers: Any, chain_times: Any, chain_links: Any, bounds: Any,
    reach: Any, who: Any, reached: Any, rows: Any, times: Any, found: int,
) -> int:  # fmt: skip
    """Write a line for every customer whose furthest step is ``step`` (0-based); return how many lines there are now.

    The chains of step 1 are its postings (``first_*``); those of later steps lie behind one another in the ``chain_*``
    arrays, step s from ``bounds[s]``. The first chain in a customer's list is the one completed earliest. ``reach``
    marks customers already written, so call from the last step down to the first. ``rows`` and ``times`` are
    (customers, steps).
    """
    base = bounds[step]
    for i in range(known):
        customer = first_customers[i] if step == 0 else chain_customers[base + i]
        if reach[customer] != 0:
            continue
        reach[customer] = 1
        who[found] = customer
        reached[found] = step + 1
        at = i
        for s in range(step, 0, -1):
            rows[found, s] = chain_rows[bounds[s] + at]
            times[found, s] = chain_times[bounds[s] + at]
            at = chain_links[bounds[s] + at]
        rows[found, 0] = first_rows[at]
        times[found, 0] = first_times[at]
        found += 1
    return found


@kernel
def tally(
    reached: Any, rows: Any, times: Any, groups: Any, by_step: int, boundaries: Any, periods: int,
    horizon: int, within: int, counts: Any, bins: Any, immature: Any,
) -> None:  # fmt: skip
    """Count lines by cell and step.

    A line's cell is its group (code of ``groups`` at the row of step ``by_step``, 0 if not reached; empty: one group)
    times ``periods`` plus the period of its entry (``boundaries`` empty: one). ``counts`` is (cells, steps); ``bins``
    (cells × steps, BINS or 0) takes the durations since the step before; ``immature`` (cells,) those still on their way.
    """
    timed = bins.shape[1] > 0
    guess = 0
    steps = counts.shape[1]
    for i in range(reached.shape[0]):
        deep = np.int64(reached[i])
        cell = np.int64(0)
        if groups.shape[0] > 0 and deep > by_step:
            cell = np.int64(groups[rows[i, by_step]])
        if boundaries.shape[0] > 0:
            guess = period_of(boundaries, times[i, 0], guess)
            cell = cell * periods + guess
        counts[cell, 0] += 1
        for s in range(1, deep):
            counts[cell, s] += 1
            if timed:
                bins[cell * steps + s, bin_of(times[i, s] - times[i, s - 1])] += 1
        if deep < steps and times[i, 0] + within > horizon:
            immature[cell] += 1
