"""Putting rows in the order of time lines: by customer, then (time, sequence, message id)."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel


@kernel
def histogram(codes: Any, counts: Any) -> None:
    """Add to ``counts[code + 1]`` for every code; a running sum then gives each code's first place."""
    for i in range(codes.shape[0]):
        counts[np.int64(codes[i]) + 1] += 1


@kernel
def place(codes: Any, next_place: Any, order: Any) -> None:
    """Stable counting sort: ``order`` lists rows by code; ``next_place`` starts as each code's first place."""
    for i in range(codes.shape[0]):
        code = np.int64(codes[i])
        order[next_place[code]] = i
        next_place[code] += 1


@inline
def _after(a: Any, b: Any, time: Any, sequence: Any, has_sequence: Any) -> Any:
    if time[a] != time[b]:
        return time[a] > time[b]
    if has_sequence != 0 and sequence[a] != sequence[b]:
        return sequence[a] > sequence[b]
    return False


@kernel
def sort_within(
    offsets: Any, time: Any, sequence: Any, has_sequence: Any, order: Any, scratch: Any, ties: Any
) -> int:  # fmt: skip
    """Sort each customer's stretch of ``order`` by (time, sequence), stably, and mark what is still tied.

    ``offsets`` bound the stretches; ``time`` and ``sequence`` are read through ``order``. Merge sort from
    runs of 16 made by insertion: arrivals are nearly in order, so most stretches pass with one look.
    ``scratch`` is as long as ``order``. ``ties[i]`` is set where row i equals row i-1; returns how many.
    """
    tied = 0
    for c in range(offsets.shape[0] - 1):
        low = offsets[c]
        high = offsets[c + 1]
        start = low
        sorted_already = True
        while start < high:
            end = min(start + 16, high)
            for i in range(max(start, low) + 1, end):
                row = order[i]
                j = i - 1
                while j >= start and _after(order[j], row, time, sequence, has_sequence):
                    order[j + 1] = order[j]
                    j -= 1
                order[j + 1] = row
            if start > low and _after(order[start - 1], order[start], time, sequence, has_sequence):
                sorted_already = False
            start = end
        if not sorted_already:
            width = 16
            while width < high - low:
                left = low
                while left + width < high:
                    middle = left + width
                    right = min(middle + width, high)
                    if _after(order[middle - 1], order[middle], time, sequence, has_sequence):
                        for i in range(left, middle):
                            scratch[i] = order[i]
                        i = left
                        j = middle
                        k = left
                        while i < middle:
                            if j < right and _after(scratch[i], order[j], time, sequence, has_sequence):
                                order[k] = order[j]
                                j += 1
                            else:
                                order[k] = scratch[i]
                                i += 1
                            k += 1
                    left = right
                width *= 2
        for i in range(low + 1, high):
            a = order[i - 1]
            b = order[i]
            same = time[a] == time[b] and (has_sequence == 0 or sequence[a] == sequence[b])
            ties[i] = same
            tied += same
    return tied


@kernel
def gather(source: Any, order: Any, out: Any) -> None:
    """``out[i] = source[order[i]]``."""
    for i in range(order.shape[0]):
        out[i] = source[order[i]]
