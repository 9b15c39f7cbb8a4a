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
def _emit(found: Any, deepest: Any, chain: Any, source: Any, end: Any, reached: Any, places: Any, closed: Any) -> Any:
    reached[found] = deepest + 1
    closed[found] = end
    for s in range(deepest + 1):
        places[found, s] = chain[source, s]


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
    places: Any, units: Any, time: Any, bits: Any, held: Any,
    steps: int, within: int, gaps: Any, strict_ties: int, order: int, entry: int,
    since: int, until: int, breaks: Any, chain: Any, alive: Any,
    reached: Any, out: Any, closed: Any,
) -> int:  # fmt: skip
    """Find the counted attempts of all units; return how many.

    Inputs are the matching rows: ``bits`` has bit s for step s and bit 16+e for exclusion e; ``breaks[e]`` is the
    (after, before) pair of 0-based steps that exclusion e guards; ``held`` (empty: none) codes the value that must stay
    the same, 0 for missing. ``chain`` is scratch (2 * steps + 1, steps), ``alive`` (2 * steps,): with strict ties their
    second halves keep what stood before the current time. Outputs hold one line per unit (with `EACH_ENTRY` per
    attempt): how many steps are filled, which inputs fill them (``out``), and the input at which the attempt was over.
    """
    found = 0
    i = 0
    total = units.shape[0]
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
                    _emit(found, best, chain, mark, j + 1 if used else j, reached, out, closed)
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
                    _emit(found, best, chain, mark, j + 1, reached, out, closed)
                    found += 1
                    opened = False
                    best = -1
            if entry != EACH_ENTRY and best == steps - 1:
                break
        if best >= 0:
            _emit(found, best, chain, mark, end, reached, out, closed)
            found += 1
        i = end
    return found


@kernel
def unordered(
    units: Any, time: Any, bits: Any, held: Any,
    steps: int, within: int, gaps: Any, strict_ties: int, entry: int, since: int, until: int, breaks: Any,
    filled: Any, chain: Any, reached: Any, out: Any, closed: Any,
) -> int:  # fmt: skip
    """As :func:`ordered`, for steps in any order: an attempt starts at any step's event and fills as it goes.

    Each event fills the lowest-numbered unfilled step that it matches and whose time is not over. ``filled`` (steps,)
    and ``chain`` (2, steps) are scratch. With `ANY_ENTRY` every start is tried, so the cost grows with starts × window.
    """
    found = 0
    i = 0
    total = units.shape[0]
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
            over = end
            for j in range(start, end):
                t = time[j]
                last = chain[0, count - 1] if count > 0 else j
                soon = 0
                for s in range(steps):
                    if filled[s] == 0 and t - time[last] <= gaps[s]:
                        soon |= 1 << s
                if soon == 0 or t - time[start] > within:
                    over = j
                    break
                watching = 0
                for e in range(breaks.shape[0]):
                    if bits[j] & (1 << (16 + e)) != 0 and filled[breaks[e, 0]] != 0:
                        watching |= 1 << e
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
                    over = j + 1
                    break
                broken = False
                for e in range(breaks.shape[0]):  # this very event may have filled the step that ends the guard
                    broken = broken or (watching & (1 << e) != 0 and filled[breaks[e, 1]] == 0)
                if broken:
                    over = j + 1 if taken else j
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
                _emit(found, count - 1, chain, 0, over, reached, out, closed)
                found += 1
                start = max(over, start + 1)
            else:
                if better:
                    best = count
                    for s in range(count):
                        chain[1, s] = chain[0, s]
                    _emit(found, count - 1, chain, 0, over, reached, out, closed)
                start += 1
        if entry != EACH_ENTRY and best > 0:
            found += 1
        i = end
    return found


@kernel
def fill_options(
    time: Any, bits: Any, held: Any, within: int, strict_ties: int, gaps: Any, optional: Any, breaks: Any,
    reached: Any, places: Any, closed: Any, filled: Any, out: Any,
) -> None:  # fmt: skip
    """Put the optional steps between the required ones of each counted attempt: the earliest match.

    ``optional[n]`` is the bit of step n where it is optional, -1 where it is required; ``gaps`` is by step, ``breaks``
    by required step. ``reached``, ``places`` and ``closed`` are what `ordered` found; ``filled`` (lines, steps) marks
    the steps filled and ``out`` says by which inputs.
    """
    for line in range(reached.shape[0]):
        deep = np.int64(reached[line])
        start = np.int64(places[line, 0])
        last: Any = start
        reach = 0
        for n in range(optional.shape[0]):
            if optional[n] < 0:
                if reach == deep:
                    break
                last = np.int64(places[line, reach])
                filled[line, n] = 1
                out[line, n] = last
                reach += 1
                continue
            limit = np.int64(places[line, reach]) if reach < deep else np.int64(closed[line])
            stop: Any = limit
            for e in range(breaks.shape[0]):  # nothing counts behind an excluded event
                if breaks[e, 0] < reach <= breaks[e, 1]:
                    for q in range(np.int64(places[line, breaks[e, 0]]) + 1, stop):
                        if bits[q] & (1 << (16 + e)) != 0:
                            stop = q + 1
                            break
            for j in range(last + 1, stop):
                t = time[j]
                if bits[j] & (np.int64(1) << optional[n]) == 0:
                    continue
                if t - time[last] > gaps[n] or t - time[start] > within:
                    break
                if strict_ties != 0 and (t <= time[last] or (reach < deep and t >= time[limit])):
                    continue
                if held.shape[0] > 0 and (held[start] == 0 or held[j] != held[start]):
                    continue
                filled[line, n] = 1
                out[line, n] = j
                last = j
                break
