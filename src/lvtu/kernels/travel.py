"""How customers travel over an ordered set of places: how far, back to its beginning, and between channels."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.durations import bin_of

DAY = 86_400_000_000
"""Of events of which only the day is known, one is later than another if they are so far apart (µs)."""

ORDERED, EXACT = 1, 2
"""Bits of what is known of an event's time: that its order was observed, and that it is exact."""

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(32)


@inline
def _later(both: Any, apart: Any) -> Any:
    """Whether of two events, whose times are known as ``both`` says, one was observed to be later."""
    return both & ORDERED != 0 and (both & EXACT != 0 or apart >= DAY)


@inline
def _slot(pair: Any, pairs: Any) -> Any:
    """Where a pair stands in a table, or may be put: -1 marks what is free."""
    last = pairs.shape[0] - 1
    key = np.uint64(pair) * _PRIME
    slot = np.int64((key >> _SHIFT) & np.uint64(last))
    while pairs[slot] >= 0 and pairs[slot] != pair:
        slot = (slot + 1) & last
    return slot


@kernel
def travel(
    starts: Any, places: Any, rows: Any, time: Any, basis: Any, knows: Any, channels: Any, names: int, order: Any,
    first: Any, last: Any, furthest: Any, again: Any, pairs: Any, latest: Any, switches: Any, switchers: Any,
) -> int:  # fmt: skip
    """Follow each path over the places; return how many pairs are in the table, -1 when it is full.

    A path's places are ``places[starts[p]:starts[p + 1]]``, each with its row in the block (``rows``). ``knows`` says
    by code of ``basis`` what is known of a time (`ORDERED`, `EXACT`). ``order`` gives by place where it stands, -1 for
    nowhere; ``first`` and ``last`` which places are of the first stage and of the last.

    Outputs: ``furthest``, paths by how far they came of what was observed in order; ``again[0]``, paths that came to
    the last stage, and ``again[1]``, those of them that were later at the first. A switch leads from one place straight
    to the next, at another channel (0 is none), observedly later: ``switches`` counts them, and ``switchers`` the paths
    that have any, by their slot in the table ``pairs`` of (place · names + channel) · size + the same of the other, the
    size being that of ``order`` · names. The table's length is a power of two; it starts as -1, as does ``latest``.
    """
    found = 0
    size = order.shape[0] * names
    room = pairs.shape[0] * 3 // 4
    for p in range(starts.shape[0] - 1):
        far: Any = np.int64(-1)
        reached: Any = np.int64(-1)
        back: Any = np.int64(-1)
        for place in range(starts[p], starts[p + 1]):
            row = np.int64(rows[place])
            code = np.int64(places[place])
            if np.int64(knows[basis[row]]) & ORDERED != 0:
                far = max(far, np.int64(order[code]))
                if last[code] != 0 and reached < 0:
                    reached = row
                if first[code] != 0:
                    back = row
            channel = np.int64(channels[row])
            if place == starts[p] or channel == 0:
                continue
            before = np.int64(rows[place - 1])
            other = np.int64(channels[before])
            if other == 0 or other == channel:
                continue
            both = np.int64(knows[basis[before]]) & np.int64(knows[basis[row]])
            if not _later(both, time[row] - time[before]):
                continue
            pair = (np.int64(places[place - 1]) * names + other) * size + code * names + channel
            slot = _slot(pair, pairs)
            if pairs[slot] < 0:
                if found >= room:
                    return -1
                pairs[slot] = pair
                found += 1
            switches[slot] += 1
            if latest[slot] != p:
                latest[slot] = p
                switchers[slot] += 1
        if far >= 0:
            furthest[far] += 1
        if reached >= 0:
            again[0] += 1
            both = np.int64(knows[basis[reached]]) & np.int64(knows[basis[max(back, np.int64(0))]])
            if back > reached and _later(both, time[back] - time[reached]):
                again[1] += 1
    return found


@kernel
def first_there(
    starts: Any, places: Any, rows: Any, time: Any, basis: Any, knows: Any, latest: Any, bins: Any, earliest: Any
) -> None:  # fmt: skip
    """When each path was first at each place; its arguments as of `travel`.

    Outputs: ``bins`` (places, BINS), by place a histogram of the time since the path began, where both times are exact;
    ``earliest``, by place the least of twice the time, and one more where it is not exact. What was not observed in
    order has no time. ``latest`` starts as -1.
    """
    for p in range(starts.shape[0] - 1):
        begun: Any = np.int64(-1)
        for place in range(starts[p], starts[p + 1]):
            row = np.int64(rows[place])
            known = np.int64(knows[basis[row]])
            if known & ORDERED == 0:
                continue
            if begun < 0:
                begun = row
            code = np.int64(places[place])
            if latest[code] == p:
                continue
            latest[code] = p
            exact = known & EXACT
            earliest[code] = min(earliest[code], 2 * time[row] + (exact == 0))
            if exact != 0 and np.int64(knows[basis[begun]]) & EXACT != 0:
                bins[code, bin_of(time[row] - time[begun])] += 1


@kernel
def reach_both(
    offsets: Any, time: Any, codes: Any, channels: Any, names: int, keep: Any, view: Any, since: int, until: int,
    last: Any, customers: Any,
) -> None:  # fmt: skip
    """As `lvtu.kernels.reach.reach`, by place and channel: code · names + channel; rows of no place are left out."""
    use_keep = keep.shape[0] > 0
    use_view = view.shape[0] > 0
    for c in range(offsets.shape[0] - 1):
        if use_keep and keep[c] == 0:
            continue
        for row in range(offsets[c], offsets[c + 1]):
            if (use_view and view[row] == 0) or codes[row] == 0 or time[row] < since or time[row] >= until:
                continue
            cell = np.int64(codes[row]) * names + channels[row]
            if last[cell] != c:
                last[cell] = c
                customers[cell] += 1
