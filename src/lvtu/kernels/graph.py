"""Transitions: which event directly follows which, for how many customers, after how long."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.durations import MARK_BITS, bin_of

TRANSITION = 1 << 32
"""What one transition adds to a pair's count; the low half counts its customers."""

_BIN = (1 << MARK_BITS) - 1


@kernel
def transitions(
    offsets: Any, time: Any, exact: Any, codes: Any, keep: Any, view: Any, since: int, until: int, within: int,
    fold: int, names: int, seen: Any, starts: Any, ends: Any, marks: Any,
) -> int:  # fmt: skip
    """Count one block's transitions; return how many have a duration.

    A pair (source, target) of codes is ``source * names + target``. ``seen`` (pairs, 2) holds for each its count
    (transitions in the high half, customers in the low) and the last customer counted; it starts as 0 and -1.
    ``starts[code]`` and ``ends[code]`` count first and last events. ``marks`` lists the pair and the bin of every
    transition (see `lvtu.kernels.durations`) whose two times are ``exact`` (by row; empty: all are), for `by_pair`.
    """
    timed: Any = 0
    if exact.shape[0] == 0:
        timed = _walk(
            offsets, time, None, codes, keep, view, since, until, within, fold, names, seen, starts, ends, marks
        )  # fmt: skip
    else:
        timed = _walk(
            offsets, time, exact, codes, keep, view, since, until, within, fold, names, seen, starts, ends, marks
        )  # fmt: skip
    return timed  # type: ignore[no-any-return]


@inline
def _walk(
    offsets: Any, time: Any, exact: Any, codes: Any, keep: Any, view: Any, since: Any, until: Any, within: Any,
    fold: Any, names: Any, seen: Any, starts: Any, ends: Any, marks: Any,
) -> Any:  # fmt: skip
    """As `transitions`; ``exact`` is None where all times are, for which it is compiled apart: a tenth faster.

    Both counts in one number, and no branch on the last customer, took a third off.
    """
    k: Any = np.int64(0)
    use_keep = keep.shape[0] > 0
    use_view = view.shape[0] > 0
    for c in range(offsets.shape[0] - 1):
        if use_keep and keep[c] == 0:
            continue
        row = np.int64(offsets[c])
        end = np.int64(offsets[c + 1])
        while row < end and (time[row] < since or (use_view and view[row] == 0)):
            row += 1
        if row >= end or time[row] >= until:
            continue
        source = np.int64(codes[row])
        before = time[row]
        origin = row
        starts[source] += 1
        row += 1
        while row < end:
            t = time[row]
            if t >= until:
                break
            target = np.int64(codes[row])
            passed_over = (use_view and view[row] == 0) or (fold != 0 and target == source)
            row += 1
            if passed_over:
                continue
            gap = t - before
            if gap <= within:
                pair = source * names + target
                seen[pair, 0] += TRANSITION + np.int64(seen[pair, 1] != c)
                seen[pair, 1] = c
                marks[k] = pair << MARK_BITS | bin_of(gap)
                if exact is None:
                    k += 1
                else:
                    k += np.int64(exact[origin] & exact[row - 1])
            source = target
            before = t
            if exact is not None:
                origin = row - 1
        ends[source] += 1
    return k


@kernel
def by_pair(marks: Any, known: int, next_place: Any, out: Any) -> None:
    """Bring the bins of listed transitions into the order of their pairs (``next_place`` starts as each pair's first).

    Histograms of many pairs together are far larger than a core's caches, so adding to them in the order of the
    events misses at every one. Sorted by pair first, each histogram is filled while it is near: half the time.
    """
    for i in range(known):
        mark = np.int64(marks[i])
        pair = mark >> MARK_BITS
        out[next_place[pair]] = mark & _BIN
        next_place[pair] += 1


@kernel
def add_bins(ends: Any, lines: Any, places: Any, bins: Any) -> None:
    """Add sorted bins to their histograms; ``ends[i]`` is where the run of the histogram ``lines[i]`` ends."""
    k = 0
    for i in range(ends.shape[0]):
        line = lines[i]
        while k < ends[i]:
            bins[line, np.int64(places[k])] += 1
            k += 1


@kernel
def merge_bins(left: Any, into: Any, right: Any, source: Any) -> None:
    """Add the histograms ``source[i]`` of one table to ``into[i]`` of another, in place."""
    for i in range(into.shape[0]):
        a, b = into[i], source[i]
        for k in range(left.shape[1]):
            left[a, k] += right[b, k]
