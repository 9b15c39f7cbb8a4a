"""Metrics of customers: who did one thing after another, and who fell silent."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel
from lvtu.kernels.periods import pace_of, period_of


@kernel
def converted(
    offsets: Any, time: Any, bits: Any, keep: Any, view: Any, since: int, until: int, within: int, boundaries: Any,
    who: Any, rows: Any, periods: Any, counts: Any,
) -> int:  # fmt: skip
    """List what customers had the chance to do, and how often they did it; return how many chances.

    ``bits`` says by row whether it is a chance (bit 0) and whether it counts as done (bit 1). A customer's first chance
    of each period, at a time from ``since`` to before ``until``, has a line: the customer's line in the block, the row,
    the period (by ``boundaries``), and how many later rows at most ``within`` µs after it are done.
    """
    found = 0
    guess = 0
    pace = pace_of(boundaries)
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        begin = found
        still = found  # the first chance that has time left
        for row in range(offsets[c], offsets[c + 1]):
            if bits[row] == 0 or (view.shape[0] > 0 and view[row] == 0):
                continue
            t = time[row]
            if bits[row] & 2:
                while still < found and t - time[rows[still]] > within:
                    still += 1
                for line in range(still, found):
                    counts[line] += 1
            if bits[row] & 1 and since <= t and t < until:
                guess = period_of(boundaries, pace, t, guess)
                if found == begin or periods[found - 1] != guess:
                    who[found] = c
                    rows[found] = row
                    periods[found] = guess
                    counts[found] = 0
                    found += 1
    return found


@kernel
def lapsed(
    offsets: Any, time: Any, keep: Any, view: Any, starts: Any, ends: Any, silent: int,
    who: Any, rows: Any, spans: Any, gone: Any,
) -> int:  # fmt: skip
    """List the customers active at the start of each span, and whether they were silent at its end; return how many.

    A customer is active at a time if the last row until then (itself included) is at most ``silent`` µs before it.
    Outputs: the customer's line in the block, that row, the span, and whether at the span's end the last row until then
    is longer ago than that. ``starts`` and ``ends`` ascend.
    """
    found = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        before = offsets[c]  # the next row to look at for starts, and for ends
        after = offsets[c]
        end = offsets[c + 1]
        last = -1
        latest = -1
        for span in range(starts.shape[0]):
            while before < end and time[before] <= starts[span]:
                if view.shape[0] == 0 or view[before] != 0:
                    last = before
                before += 1
            if last < 0 or starts[span] - time[last] > silent:
                continue
            while after < end and time[after] <= ends[span]:
                if view.shape[0] == 0 or view[after] != 0:
                    latest = after
                after += 1
            who[found] = c
            rows[found] = last
            spans[found] = span
            gone[found] = 1 if ends[span] - time[latest] > silent else 0
            found += 1
    return found
