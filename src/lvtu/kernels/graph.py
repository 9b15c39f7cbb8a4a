"""Transitions: which event directly follows which, for how many customers, after how long."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.durations import bin_of


@kernel
def transitions(
    offsets: Any, time: Any, codes: Any, keep: Any, view: Any, since: int, until: int, within: int, fold: int,
    names: int, slots: Any, last_seen: Any, used: int, totals: Any, customers: Any, starts: Any, ends: Any,
    lines: Any, places: Any,
) -> int:  # fmt: skip
    """Add one block's transitions; return how many pairs have a slot now (more than there is room for: start over).

    A pair (source, target) of codes is ``source * names + target``; ``slots[pair]`` is its line in ``totals`` (the
    block's own) and ``customers`` (-1: none yet). ``last_seen[slot]`` is the last customer counted, so the caller
    resets it to -1 before each block. ``starts[code]`` and ``ends[code]`` count first and last events. ``lines`` and
    ``places`` list the line and the duration's bin of every transition, for `by_line` and `add_bins`.
    """
    room = totals.shape[0]
    k = 0
    use_view = view.shape[0] > 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        source = np.int64(-1)
        before = np.int64(0)
        for row in range(offsets[c], offsets[c + 1]):
            if use_view and view[row] == 0:
                continue
            t = time[row]
            if t < since or t >= until:
                continue
            target = np.int64(codes[row])
            if source < 0:
                starts[target] += 1
            elif fold != 0 and target == source:
                continue
            elif t - before <= within:
                pair = source * names + target
                slot = np.int64(slots[pair])
                if slot < 0:
                    if used >= room:
                        return used + 1
                    slot = np.int64(used)
                    slots[pair] = slot
                    used += 1
                totals[slot] += 1
                if last_seen[slot] != c:
                    last_seen[slot] = c
                    customers[slot] += 1
                lines[k] = slot
                places[k] = bin_of(t - before)
                k += 1
            source = target
            before = t
        if source >= 0:
            ends[source] += 1
    return used


@kernel
def by_line(lines: Any, places: Any, known: int, next_place: Any, out: Any) -> None:
    """Bring the bins of all transitions into the order of their lines (``next_place`` starts as each line's first).

    Histograms of many pairs together are far larger than a core's caches, so adding to them in the order of the
    events misses at every one. Sorted by line first, each histogram is filled while it is near: half the time.
    """
    for i in range(known):
        line = lines[i]
        out[next_place[line]] = places[i]
        next_place[line] += 1


@kernel
def add_bins(ends: Any, places: Any, bins: Any) -> None:
    """Add sorted bins to their lines' histograms; ``ends[line]`` is where the line's run ends."""
    i = 0
    for line in range(ends.shape[0]):
        while i < ends[line]:
            bins[line, np.int64(places[i])] += 1
            i += 1
