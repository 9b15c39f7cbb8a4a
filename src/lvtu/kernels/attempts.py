"""Funnels with every rule: one forward pass over the events that matter of each unit (customer or session).

Per step the pass keeps the most recent valid chain: its events so far. An event extends the chain of the step
before it; an excluded event breaks the chains it lies in; one event fills one step.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

ANY_ENTRY, FIRST_ENTRY, LATEST_ENTRY, EACH_ENTRY = 0, 1, 2, 3
ORDERED, STRICT, ANY_ORDER = 0, 1, 2


@kernel
def matching(
    offsets: Any, time: Any, bits: Any, keep: Any, view: Any, gap: int,
    rows: Any, places: Any, units: Any, customers: Any,
) -> int:  # fmt: skip
    """List the rows that match a step or an exclusion (``bits`` ≠ 0), with their unit; return how many.

    ``view`` (empty: all) says which rows exist at all; ``places`` numbers those. A unit is a customer, or with
    ``gap`` ≥ 0 a session: a stretch of a customer's rows no two neighbours of which lie further apart.
    """
    n = 0
    unit = -1
    place = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        fresh = True
        before = np.int64(0)
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            if fresh or (gap >= 0 and time[row] - before > gap):
                unit += 1
                fresh = False
                place += 1  # neighbours in different units are never next to one another
            before = time[row]
            place += 1
            if bits[row] != 0:
                rows[n] = row
                places[n] = place
                units[n] = unit
                customers[n] = c
                n += 1
    return n


@inline
def _emit(found: Any, customer: Any, deepest: Any, chain: Any, source: Any, time: Any, rows_in: Any,
          who: Any, reached: Any, rows: Any, times: Any) -> Any:  # fmt: skip
    who[found] = customer
    reached[found] = deepest + 1
    for s in range(deepest + 1):
        rows[found, s] = rows_in[chain[source, s]]
        times[found, s] = time[chain[source, s]]


@inline
def _only_entry(first: Any, end: Any, mask: Any, time: Any, bits: Any, entry: Any, since: Any, until: Any) -> Any:
    """The one event that may begin with `FIRST_ENTRY` or `LATEST_ENTRY`, -1 for none."""
    only = -1
    for j in range(first, end):
        if bits[j] & mask != 0 and since <= time[j] < until:
            only = j
            if entry == FIRST_ENTRY:
                break
    return only


@kernel
def ordered(
    rows_in: Any, places: Any, units: Any, customers: Any, time: Any, bits: Any, held: Any,
    steps: int, within: int, gaps: Any, strict_ties: int, order: int, entry: int,
    since: int, until: int, breaks: Any, chain: Any, alive: Any,
    who: Any, reached: Any, rows: Any, times: Any,
) -> int:  # fmt: skip
    """Find the counted attempts of all units; return how many.

    Inputs are the matching rows: ``bits`` has bit s for step s and bit 16+e for exclusion e; ``breaks[e]`` is the
    (after, before) pair of 0-based steps that exclusion e guards; ``held`` (empty: none) codes the value that must stay
    the same, 0 for missing. ``chain`` is scratch (2 * steps + 1, steps), ``alive`` (2 * steps,): with strict ties their
    second halves keep what stood before the current time. Outputs hold one line per unit (with `EACH_ENTRY` per
    attempt): customer, steps filled, their rows and times.
    """
    found = 0
    i = 0
    total = rows_in.shape[0]
    single = entry == FIRST_ENTRY or entry == LATEST_ENTRY
    old = steps if strict_ties != 0 else 0  # where the chains stand that may be extended
    mark = 2 * steps  # where the counted chain stands
    while i < total:
        end = i
        while end < total and units[end] == units[i]:
            end += 1
        only = _only_entry(i, end, 1, time, bits, entry, since, until) if single else -1
        best = -1
        opened = False
        for s in range(2 * steps):
            alive[s] = 0
        for j in range(i, end):
            t = time[j]
            if old != 0 and (j == i or t > time[j - 1]):
                for s in range(steps):
                    alive[old + s] = alive[s]
                    for k in range(s + 1):
                        chain[old + s, k] = chain[s, k]
            # chains are extended as they stood before this event: one event fills one step
            born = -1
            for s in range(steps - 1, 0, -1):
                source = old + s - 1
                if bits[j] & (1 << s) == 0 or alive[source] == 0:
                    continue
                last = chain[source, s - 1]
                if t - time[chain[source, 0]] > within or t - time[last] > gaps[s]:
                    continue
                if order == STRICT and places[last] + 1 != places[j]:
                    continue
                if held.shape[0] > 0 and (held[j] == 0 or held[j] != held[chain[source, 0]]):
                    continue
                for k in range(s):
                    chain[s, k] = chain[source, k]
                chain[s, s] = j
                alive[s] = 2
                born = max(born, s)
            for e in range(breaks.shape[0]):
                if bits[j] & (1 << (16 + e)) != 0:
                    for s in range(breaks[e, 0], breaks[e, 1]):  # fill first, then exclude
                        if s != breaks[e, 0] or alive[s] != 2:  # unless it is the very event that starts the guard
                            alive[s] = 0
                        if old != 0:
                            alive[old + s] = 0
            for s in range(steps):
                alive[s] = 1 if alive[s] != 0 else 0
            if born > best:
                best = born
                for k in range(best + 1):
                    chain[mark, k] = chain[best, k]
            used = born >= 0
            if entry == EACH_ENTRY and opened:
                living = False
                for s in range(steps - 1):
                    if alive[s] != 0 and t - time[chain[s, 0]] <= within and t - time[chain[s, s]] <= gaps[s + 1]:
                        living = living or order != STRICT or chain[s, s] == j
                if best == steps - 1 or not living:
                    _emit(found, customers[j], best, chain, mark, time, rows_in, who, reached, rows, times)
                    found += 1
                    opened = False
                    best = -1
                    for s in range(2 * steps):
                        alive[s] = 0
            begins = bits[j] & 1 != 0 and since <= t < until
            if single:
                begins = j == only
            elif entry == EACH_ENTRY:
                begins = begins and not opened and not used
            if begins:
                alive[0] = 1
                chain[0, 0] = j
                opened = True
                if best < 0:
                    best = 0
                    chain[mark, 0] = j
                if entry == EACH_ENTRY and steps == 1:
                    _emit(found, customers[j], best, chain, mark, time, rows_in, who, reached, rows, times)
                    found += 1
                    opened = False
                    best = -1
            if entry != EACH_ENTRY and best == steps - 1:
                break
        if best >= 0:
            _emit(found, customers[i], best, chain, mark, time, rows_in, who, reached, rows, times)
            found += 1
        i = end
    return found


@kernel
def unordered(
    rows_in: Any, units: Any, customers: Any, time: Any, bits: Any, held: Any,
    steps: int, within: int, gaps: Any, strict_ties: int, entry: int, since: int, until: int, breaks: Any,
    filled: Any, chain: Any, who: Any, reached: Any, rows: Any, times: Any,
) -> int:  # fmt: skip
    """As :func:`ordered`, for steps in any order: an attempt starts at any step's event and fills as it goes.

    Each event fills the lowest-numbered unfilled step that it matches and whose time is not over. ``filled`` (steps,)
    and ``chain`` (2, steps) are scratch. With `ANY_ENTRY` every start is tried, so the cost grows with starts × window.
    """
    found = 0
    i = 0
    total = rows_in.shape[0]
    step_bits = (1 << steps) - 1
    single = entry == FIRST_ENTRY or entry == LATEST_ENTRY
    while i < total:
        end = i
        while end < total and units[end] == units[i]:
            end += 1
        only = _only_entry(i, end, step_bits, time, bits, entry, since, until) if single else -1
        best = 0
        start = i
        while start < end:
            starts = bits[start] & step_bits != 0 and since <= time[start] < until
            if single:
                starts = start == only
            if not starts:
                start += 1
                continue
            for s in range(steps):
                filled[s] = 0
            count = 0
            closed = end
            for j in range(start, end):
                t = time[j]
                last = chain[0, count - 1] if count > 0 else j
                soon = 0
                for s in range(steps):
                    if filled[s] == 0 and t - time[last] <= gaps[s]:
                        soon |= 1 << s
                if soon == 0 or t - time[start] > within:
                    closed = j
                    break
                broken = False
                for e in range(breaks.shape[0]):
                    if bits[j] & (1 << (16 + e)) != 0 and filled[breaks[e, 0]] != 0 and filled[breaks[e, 1]] == 0:
                        broken = True
                fits = count == 0 or strict_ties == 0 or t > time[last]
                if count > 0 and held.shape[0] > 0 and (held[j] == 0 or held[j] != held[start]):
                    fits = False
                taken = False
                if fits and bits[j] & soon != 0:
                    for s in range(steps):
                        if not taken and bits[j] & soon & (1 << s) != 0:
                            filled[s] = 1
                            chain[0, count] = j
                            count += 1
                            taken = True
                if count == steps:
                    closed = j + 1
                    break
                if broken:
                    for e in range(breaks.shape[0]):  # unless this very event filled the step that ends the guard
                        if taken and bits[j] & (1 << (16 + e)) != 0 and filled[breaks[e, 1]] != 0:
                            broken = False
                    if broken:
                        closed = j + 1 if taken else j
                        break
            better = count > best
            if count == best and best > 0 and entry != EACH_ENTRY:
                newer = chain[0, count - 1] - chain[1, count - 1]
                better = newer < 0
                if newer == 0:
                    for s in range(count):
                        if chain[0, s] != chain[1, s]:
                            better = chain[0, s] > chain[1, s]
                            break
            if entry == EACH_ENTRY:
                _emit(found, customers[start], count - 1, chain, 0, time, rows_in, who, reached, rows, times)
                found += 1
                start = max(closed, start + 1)
            else:
                if better:
                    best = count
                    for s in range(count):
                        chain[1, s] = chain[0, s]
                    _emit(found, customers[start], count - 1, chain, 0, time, rows_in, who, reached, rows, times)
                start += 1
        if entry != EACH_ENTRY and best > 0:
            found += 1
        i = end
    return found
