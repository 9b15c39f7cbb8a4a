"""Merging fresh events into time lines."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel


@kernel
def merge_lines(
    base_customers: Any, base_offsets: Any, base_time: Any, base_sequence: Any, new_offsets: Any, new_time: Any,
    new_sequence: Any, take: Any, offsets: Any, ties: Any,
) -> int:  # fmt: skip
    """Merge each customer's base rows with their new rows by (time, sequence); return how many rows are tied.

    Line i is base customer ``base_customers[i]`` (-1: none) and the new rows from ``new_offsets[i]``. ``take`` gets
    base row r as r and new row r as -1 - r; ``ties[k]`` is set where row k equals row k-1. ``base_sequence`` may be
    empty.
    """
    k = 0
    tied = 0
    sequenced = base_sequence.shape[0] > 0
    for i in range(base_customers.shape[0]):
        c = base_customers[i]
        a = 0
        a_end = 0
        if c >= 0:
            a = base_offsets[c]
            a_end = base_offsets[c + 1]
        b = new_offsets[i]
        b_end = new_offsets[i + 1]
        last_time = 0
        last_sequence = 0
        first = k
        while a < a_end or b < b_end:
            from_base = b >= b_end
            if a < a_end and b < b_end:
                sequence = base_sequence[a] if sequenced else 0
                from_base = base_time[a] < new_time[b] or (base_time[a] == new_time[b] and sequence <= new_sequence[b])
            if from_base:
                t = base_time[a]
                s = base_sequence[a] if sequenced else 0
                take[k] = a
                a += 1
            else:
                t = new_time[b]
                s = new_sequence[b]
                take[k] = -1 - b
                b += 1
            same = k > first and t == last_time and s == last_sequence
            ties[k] = same
            tied += same
            last_time = t
            last_sequence = s
            k += 1
        offsets[i + 1] = k
    return tied


@kernel
def gather_merged(base: Any, new: Any, take: Any, out: Any) -> None:
    """Bring a column into merged order (see `merge_lines`)."""
    for i in range(take.shape[0]):
        r = take[i]
        if r >= 0:
            out[i] = base[r]
        else:
            out[i] = new[-1 - r]
