"""Alignments: the cheapest way to explain a path by a designed order of steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel
from lvtu.kernels.durations import bin_of

COMPLETED, LATE, OUT_OF_ORDER, MISSING, SKIPPED, PENDING = range(6)
"""What became of a step."""

NO_LIMIT = 1 << 62
"""The time of a step that has none."""

NOTHING_BEFORE, UNTIMED = -1, -2
"""In place of the time since the step before: no step was done before; a time is not exact."""

PLACE = 1 << 32
"""What one place adds to a code's count; the low half counts its customers."""


@kernel
def designed(starts: Any, places: Any, kinds_of: Any, begins: Any, kept: Any, kinds: Any) -> int:
    """List the places that the design knows; return how many.

    ``kinds_of`` says by code what a place is to the design (0: nothing). Outputs: where each path's places begin in the
    list (``begins``, paths + 1), and by listed place its number and its kind.

    Which places are known follows no rule that a processor could guess: each is written, and the next one over it
    unless it is known, which takes a third of the time of asking first.
    """
    at: Any = np.int64(0)
    for p in range(starts.shape[0] - 1):
        begins[p] = at
        for place in range(np.int64(starts[p]), np.int64(starts[p + 1])):
            kind = kinds_of[places[place]]
            kept[at] = place
            kinds[at] = kind
            at += np.int64(kind != 0)
    begins[starts.shape[0] - 1] = at
    return at  # type: ignore[no-any-return]


@kernel
def align(
    begins: Any, kinds: Any, first: Any, steps_of: Any, optional: Any, repeatable: Any, rest: Any, moves: Any, cost: Any
) -> None:  # fmt: skip
    """Align some paths with the design.

    A step that is left out costs 1 unless it is ``optional``, a place that fills no step costs 1. Of the alignments
    that cost least it is the one that, from the beginning on, rather fills the next step than repeats the last one
    (where that is ``repeatable``), rather repeats than leaves a place over, and rather leaves a place over than a step
    out: steps are filled as early as can be.

    ``first`` says which paths, ``steps_of`` by kind which steps a place may fill (bit s for step s). ``rest`` is room:
    (longest path + 1, steps + 1). Outputs: for the places of these paths the step that each fills, -1 for none; by path
    what its alignment costs.
    """
    steps = optional.shape[0]
    for v in range(first.shape[0]):
        begin = begins[first[v]]
        length = begins[first[v] + 1] - begin
        rest[length, steps] = 0
        for j in range(steps - 1, -1, -1):
            rest[length, j] = rest[length, j + 1] + (1 - optional[j])
        for i in range(length - 1, -1, -1):
            fits = steps_of[kinds[begin + i]]
            # Without a branch on what fits, which nobody can guess: a place that does not fill a step costs as much as
            # leaving both out, at most.
            least = rest[i + 1, steps] + 1 - (repeatable[steps - 1] & fits >> (steps - 1) & 1)
            rest[i, steps] = least
            for j in range(steps - 1, -1, -1):
                again = repeatable[j - 1] & fits >> (j - 1) & 1 if j > 0 else np.int64(0)
                filled = rest[i + 1, j + 1] + 2 * (1 - (fits >> j & 1))
                least = min(min(least + (1 - optional[j]), filled), rest[i + 1, j] + 1 - again)
                rest[i, j] = least
        cost[v] = rest[0, 0]
        i = 0
        j = 0
        while i < length:
            fits = steps_of[kinds[begin + i]]
            if j < steps and fits >> j & 1 != 0 and rest[i, j] == rest[i + 1, j + 1]:
                moves[begin + i] = j
                i += 1
                j += 1
            elif j > 0 and repeatable[j - 1] != 0 and fits >> (j - 1) & 1 != 0 and rest[i, j] == rest[i + 1, j]:
                moves[begin + i] = j - 1
                i += 1
            elif rest[i, j] == rest[i + 1, j] + 1:
                moves[begin + i] = -1
                i += 1
            else:
                j += 1


@kernel
def judge(
    begins: Any, kinds: Any, kept: Any, rows: Any, which: Any, first: Any, moves: Any, steps_of: Any, optional: Any,
    within: Any, time: Any, exact: Any, horizon: int, status: Any, took: Any,
) -> None:  # fmt: skip
    """Say by path what became of every step, and the time since the step before.

    ``rows`` are those of all places (empty: a place's number is its row), ``exact`` says by row whether its time is
    (empty: all are). The time of a step is that from the last event of the step done before it to its own first event.
    Outputs, (paths, steps): ``status``, and ``took`` in µs, `NOTHING_BEFORE` or `UNTIMED`.
    """
    steps = optional.shape[0]
    for p in range(which.shape[0]):
        shift = begins[first[which[p]]] - begins[p]
        left_over = steps_of[0]
        last = np.int64(-1)
        deepest = np.int64(-1)
        for s in range(steps):
            status[p, s] = MISSING
            took[p, s] = NOTHING_BEFORE
        for k in range(begins[p], begins[p + 1]):
            step = np.int64(moves[k + shift])
            if step < 0:
                left_over |= steps_of[kinds[k]]
                continue
            row = np.int64(rows[kept[k]]) if rows.shape[0] > 0 else np.int64(kept[k])
            if status[p, step] == MISSING:
                status[p, step] = COMPLETED
                if last >= 0:
                    if exact.shape[0] > 0 and (exact[last] == 0 or exact[row] == 0):
                        took[p, step] = UNTIMED
                    else:
                        took[p, step] = time[row] - time[last]
                        if took[p, step] > within[step]:
                            status[p, step] = LATE
            last = row
            deepest = step
        waits = -1
        for s in range(steps):
            if status[p, s] != MISSING:
                continue
            if left_over >> s & 1 != 0:
                status[p, s] = OUT_OF_ORDER
            elif optional[s] != 0:
                status[p, s] = SKIPPED
            elif s > deepest and last >= 0:
                if waits < 0:  # the first one that is due says whether those after it may still come
                    known = exact.shape[0] == 0 or exact[last] != 0
                    waits = 1 if known and within[s] < NO_LIMIT and time[last] + within[s] > horizon else 0
                if waits > 0:
                    status[p, s] = PENDING


@kernel
def tally_steps(status: Any, took: Any, counts: Any, bins: Any) -> int:
    """Count (steps, statuses) and the times of done steps, (steps, bins); return how many could not be timed."""
    untimed = 0
    for p in range(status.shape[0]):
        for s in range(status.shape[1]):
            counts[s, status[p, s]] += 1
            if took[p, s] >= 0:
                bins[s, bin_of(took[p, s])] += 1
            elif took[p, s] == UNTIMED:
                untimed += 1
    return untimed


@kernel
def tally_moves(
    begins: Any, kinds: Any, kept: Any, which: Any, first: Any, moves: Any, steps_of: Any, times: Any, seen: Any,
    repeated: Any, detours: Any,
) -> None:  # fmt: skip
    """Count customers by step that they did more than once, and by pair of steps between which they left the design.

    A detour is from one done step to the next with places between that the design does not know. ``times`` (steps) and
    ``seen`` (steps × steps, -1) are room. Outputs: ``repeated`` (steps), ``detours`` (steps × steps, 2): customers and
    such places.
    """
    steps = repeated.shape[0]
    for p in range(which.shape[0]):
        shift = begins[first[which[p]]] - begins[p]
        last = -1
        for s in range(steps):
            times[s] = 0
        for k in range(begins[p], begins[p + 1]):
            step = np.int64(moves[k + shift])
            if step < 0:
                for t in range(steps):
                    times[t] += steps_of[kinds[k]] >> t & 1
                continue
            times[step] += 1
            if last >= 0:
                strange = np.int64(kept[k]) - np.int64(kept[last]) - (k - last)
                if strange > 0:
                    pair = np.int64(moves[last + shift]) * steps + step
                    detours[pair, 1] += strange
                    if seen[pair] != p:
                        seen[pair] = p
                        detours[pair, 0] += 1
            last = k
        for s in range(steps):
            if times[s] > 1:
                repeated[s] += 1


@kernel
def tally_places(starts: Any, places: Any, seen: Any) -> None:
    """Count places and customers by code.

    ``seen`` (codes, 2) holds of each its counts (places in the high half, customers in the low) and the last customer
    counted; it starts as 0 and -1.
    """
    for p in range(starts.shape[0] - 1):
        for place in range(np.int64(starts[p]), np.int64(starts[p + 1])):
            code = places[place]
            seen[code, 0] += PLACE + np.int64(seen[code, 1] != p)
            seen[code, 1] = p
