"""Funnels over postings: each step is one merge of two sorted lists.

A *chain* is a choice of events that fill steps 1…k under every rule; it is written as the key of its last event
(customer and row, see `lvtu.kernels.postings`), the time of its first, and a link. Of all chains of one customer that
end before a row, the last one started latest and ended latest, so it is the only one that can matter: extending it is
optimal (starts grow along the list because each extension takes the latest chain).

A link is ``chain << 32 | place``: the chain of the step before that it extends, and the place of its last event among
the step's postings.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.postings import HALF, ROW

_ONE, _TWO, _THREE = np.uint64(1), np.uint64(2), np.uint64(3)


@inline
def extend(
    keys: Any, starts: Any, known: Any, next_keys: Any, next_times: Any, within: Any,
    out_keys: Any, out_starts: Any, out_links: Any,
) -> Any:  # fmt: skip
    """Extend the ``known`` chains of step k by the events of step k+1; return how many chains that makes.

    A merge without branches on the data: which list is ahead, and whether an event extends a chain, are numbers that
    are added, and what is not to be kept is overwritten by the next. Both lists are read two places ahead, so that a
    comparison waits for the one before it and not for memory: 2.0 ns an element, 2.8 without, 5 with branches.
    """
    made = np.uint64(0)
    at = np.uint64(0)
    i = np.uint64(0)
    total = np.uint64(next_keys.shape[0])
    if known == 0 or total == 0:
        return 0
    last = np.uint64(known - 1)
    while i < total and next_keys[i] <= keys[0]:
        i += _ONE
    if i + _TWO < total and last > _TWO:
        key, key1 = next_keys[i], next_keys[i + _ONE]
        here, up, up1 = keys[at], keys[at + _ONE], keys[at + _TWO]
        while (i < total - _TWO) & (at < last - _TWO):
            behind = np.uint64(up < key)
            ahead = _ONE - behind
            start = starts[at]
            fits = np.uint64(((here ^ key) >> HALF == 0) & (next_times[i] - start <= within))
            out_keys[made] = key
            out_starts[made] = start
            out_links[made] = at << HALF | i
            made += ahead & fits
            key2, up2 = next_keys[i + _TWO], keys[at + _THREE]
            i += ahead
            at += behind
            take_up, take_key = np.uint64(0) - behind, np.uint64(0) - ahead
            here ^= (here ^ up) & take_up
            up ^= (up ^ up1) & take_up
            up1 ^= (up1 ^ up2) & take_up
            key ^= (key ^ key1) & take_key
            key1 ^= (key1 ^ key2) & take_key
    while i < total:
        key = next_keys[i]
        while at < last and keys[at + _ONE] < key:
            at += _ONE
        if (keys[at] ^ key) >> HALF == 0 and next_times[i] - starts[at] <= within:
            out_keys[made] = key
            out_starts[made] = starts[at]
            out_links[made] = at << HALF | i
            made += _ONE
        i += _ONE
    return np.int64(made)


@inline
def _extend_bounded(
    keys: Any, times: Any, starts: Any, known: Any, next_keys: Any, next_times: Any, within: Any, gap: Any, strict: Any,
    out_keys: Any, out_times: Any, out_starts: Any, out_links: Any,
) -> Any:  # fmt: skip
    """As `extend`, where the time since the chain's last event is bounded or, with ``strict``, must not be zero."""
    made = 0
    at = 0
    for i in range(next_keys.shape[0]):
        key = next_keys[i]
        while at < known and keys[at] < key:
            at += 1
        time = next_times[i]
        last = at - 1
        if strict != 0:
            while last >= 0 and (keys[last] ^ key) >> HALF == 0 and times[last] >= time:
                last -= 1
        if last < 0 or (keys[last] ^ key) >> HALF != 0:
            continue
        if time - starts[last] <= within and time - times[last] <= gap:
            out_keys[made] = key
            out_times[made] = time
            out_starts[made] = starts[last]
            out_links[made] = np.uint64(last) << HALF | np.uint64(i)
            made += 1
    return made


@inline
def _settle(
    step: Any, known: Any, keys: Any, times: Any, begins: Any, chain_keys: Any, chain_links: Any, bounds: Any,
    reach: Any, firsts: Any, who: Any, reached: Any, out_rows: Any, out_times: Any, found: Any,
) -> Any:  # fmt: skip
    """Write a line for every customer whose furthest step is ``step`` (0-based); return how many lines there are now.

    The first chain in a customer's list is the one completed earliest; it is followed back by its links. Which
    chains those are is found first, without branches, so that following them is not interrupted by wrong guesses.
    """
    level = keys[begins[0] :] if step == 0 else chain_keys[bounds[step] :]
    n = np.int64(0)
    before = ROW
    for i in range(known):
        customer = level[i] >> HALF
        firsts[n] = i
        n += np.int64((customer != before) & (reach[customer] == 0))
        before = customer
    for k in range(n):
        line = found + k
        at = np.int64(firsts[k])
        customer = level[at] >> HALF
        reach[customer] = 1
        who[line] = customer
        reached[line] = step + 1
        for s in range(step, 0, -1):
            link = chain_links[bounds[s] + at]
            place = begins[s] + np.int64(link & ROW)
            out_rows[line, s] = keys[place] & ROW
            out_times[line, s] = times[place]
            at = np.int64(link >> HALF)
        out_rows[line, 0] = keys[begins[0] + at] & ROW
        out_times[line, 0] = times[begins[0] + at]
    return found + n


@inline
def _first_not_below(keys: Any, low: Any, high: Any, limit: Any) -> Any:
    """The first place in ``low`` … ``high`` of a key that is not below the limit."""
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < limit:
            low = middle + 1
        else:
            high = middle
    return low


@inline
def _chains(
    keys: Any, times: Any, begins: Any, ends: Any, within: Any, gaps: Any, strict: Any, bounded: Any,
    chain_keys: Any, chain_times: Any, chain_starts: Any, chain_links: Any, bounds: Any, known: Any,
) -> None:  # fmt: skip
    """Make the chains of every step, from the events ``begins[s]`` … ``ends[s]``."""
    known[0] = ends[0] - begins[0]
    for s in range(1, begins.shape[0]):
        here = slice(bounds[s], bounds[s] + ends[s] - begins[s])
        events = slice(begins[s], ends[s])
        before = slice(begins[0], ends[0])
        level_keys, level_times, level_starts = keys[before], times[before], times[before]
        if s > 1:
            before = slice(bounds[s - 1], bounds[s - 1] + known[s - 1])
            level_keys, level_times, level_starts = chain_keys[before], chain_times[before], chain_starts[before]
        if bounded != 0:
            known[s] = _extend_bounded(
                level_keys, level_times, level_starts, known[s - 1], keys[events], times[events], within, gaps[s],
                strict, chain_keys[here], chain_times[here], chain_starts[here], chain_links[here],
            )  # fmt: skip
        else:
            known[s] = extend(
                level_keys, level_starts, known[s - 1], keys[events], times[events], within,
                chain_keys[here], chain_starts[here], chain_links[here],
            )  # fmt: skip


@kernel
def merge_steps(
    keys: Any, times: Any, begins: Any, ends: Any, within: int, gaps: Any, strict: int, bounded: int, width: int,
    chain_keys: Any, chain_times: Any, chain_starts: Any, chain_links: Any, bounds: Any, upto: Any, known: Any,
    reach: Any, firsts: Any, who: Any, reached: Any, out_rows: Any, out_times: Any,
) -> int:  # fmt: skip
    """Find the counted attempt of every customer of a block; return how many have one.

    The events of step s are the postings ``begins[s]`` … ``ends[s]`` of ``keys``, ``times``. ``within`` bounds the
    time since a chain's start, ``gaps[s]`` that since the step before (µs, inclusive), ``strict`` asks for strictly
    later times; ``bounded`` says whether either of these two does anything. ``width`` customers are taken through all
    steps before the next, so that their chains are still in the core's cache when they are read. Scratch: ``chain_*``
    with room for all events of steps 1 …; ``bounds``, ``upto``, ``known`` (steps,); ``reach`` (customers,); ``firsts``
    (customers + 1,). ``begins`` is changed. Outputs: customer, steps filled, and (customers, steps) rows and times.
    """
    steps = begins.shape[0]
    customers = reach.shape[0]
    for c in range(customers):
        reach[c] = 0
    found: Any = np.int64(0)
    first = 0
    while first < customers:
        first = min(first + width, customers)
        limit = np.uint64(first) << HALF
        room = 0
        for s in range(steps):
            upto[s] = _first_not_below(keys, begins[s], ends[s], limit)
            bounds[s] = room
            room += upto[s] - begins[s] if s > 0 else 0
        _chains(
            keys, times, begins, upto, within, gaps, strict, bounded, chain_keys, chain_times, chain_starts,
            chain_links, bounds, known,
        )  # fmt: skip
        for s in range(steps - 1, -1, -1):
            found = _settle(
                s, known[s], keys, times, begins, chain_keys, chain_links, bounds, reach, firsts, who, reached,
                out_rows, out_times, found,
            )  # fmt: skip
        for s in range(steps):
            begins[s] = upto[s]
    return found  # type: ignore[no-any-return]
