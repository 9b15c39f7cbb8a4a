"""Attribution: each customer's touches up to each goal or to the end, and what each touch is given of a goal."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.periods import NO_VALUE

UNIT = 1 << 30
"""What one goal is worth; credits are whole parts of it, so that they add up to the goals exactly."""

FOREVER = 1 << 62
"""A ``lookback`` beyond all others."""

_ONE, _TWO = np.uint64(1), np.uint64(2)

OPEN = -1
"""The goal's row of a journey that reached none."""


@inline
def _closed(places: Any, rows: Any, time: Any, first: int, at: int, since: int, fold: int) -> int:
    """Leave out touches before a time, and all of a run but its first; return where the touches end now."""
    end = first
    for i in range(first, at):
        if time[rows[i]] < since or (fold != 0 and end > first and places[end - 1] == places[i]):
            continue
        places[end] = places[i]
        rows[end] = rows[i]
        end += 1
    return end


@kernel
def journeys(
    offsets: Any, time: Any, event: Any, codes: Any, goals: Any, keep: Any, view: Any, since: int, until: int,
    own: int, fold: int, lookback: int, who: Any, starts: Any, ends: Any, closing: Any, rows: Any, places: Any,
    seen: Any,
) -> int:  # fmt: skip
    """List a block's journeys; return how many.

    Of the rows in the ``view`` (empty: all) at a time from ``since`` to before ``until``, those of an event in
    ``goals`` (a byte by code of ``event``) end a journey; the others are touches where they have a code (0 is missing).
    A goal's own code is its last touch with ``own``, and no touch otherwise. With ``fold`` a run of one code is its
    first. Touches more than ``lookback`` before the goal do not count. A goal without touches is a journey too; the
    touches after a customer's last goal are one that reached none.

    Outputs: by journey the customer's line ``who``, its touches from ``starts`` to before ``ends``, and the goal's row
    ``closing`` (`OPEN` without); by touch its row and its code; by code, 1 in ``seen`` if an event has it.
    """
    found = 0
    at = np.int64(0)
    trims = fold != 0 or lookback < FOREVER
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        first = at
        for row in range(offsets[c], offsets[c + 1]):
            if (view.shape[0] > 0 and view[row] == 0) or time[row] < since or time[row] >= until:
                continue
            code = codes[row]
            goal = goals[event[row]] != 0
            if code != 0 and (not goal or own != 0):
                rows[at] = row
                places[at] = code
                seen[code] = 1
                at += 1
            if goal:
                if trims:
                    at = _closed(places, rows, time, first, at, time[row] - lookback, fold)
                who[found] = c
                starts[found] = first
                ends[found] = at
                closing[found] = row
                found += 1
                first = at
        if at > first:
            if trims:
                at = _closed(places, rows, time, first, at, since, fold)
            who[found] = c
            starts[found] = first
            ends[found] = at
            closing[found] = OPEN
            found += 1
    return found


@kernel
def by_place(starts: Any, ends: Any, first: int, middle: int, last: int, weights: Any) -> None:
    """Weigh touches by their place: the first one, the last one, and all between together. A single one takes all."""
    for j in range(starts.shape[0]):
        begin, end = starts[j], ends[j]
        between = end - begin - 2
        if between < 1:
            for i in range(begin, end):
                weights[i] = 1 if first + last == 0 else first if i == begin else last
            if between == -1:
                weights[begin] = 1
        else:
            for i in range(begin + 1, end - 1):
                weights[i] = middle
            weights[begin] = first * between
            weights[end - 1] = last * between


@kernel
def by_age(starts: Any, ends: Any, rows: Any, time: Any, loose: Any, half_life: int, weights: Any) -> None:
    """Weigh touches by their age: one that is a ``half_life`` (µs) older counts half.

    ``loose`` (by row; empty: none) marks times that say nothing but an order; a journey with one is weighed evenly.
    """
    for j in range(starts.shape[0]):
        even = False
        if loose.shape[0] > 0:
            for i in range(starts[j], ends[j]):
                even = even or loose[rows[i]] != 0
        for i in range(starts[j], ends[j]):
            age = 0 if even else time[rows[ends[j] - 1]] - time[rows[i]]
            weights[i] = 2.0 ** (-age / half_life)


@kernel
def by_set(starts: Any, ends: Any, places: Any, seen: Any, weights: Any) -> None:
    """Weigh the first touch of each code 1, all others 0; ``seen`` (by code) starts as -1."""
    for j in range(starts.shape[0]):
        for i in range(starts[j], ends[j]):
            weights[i] = 0 if seen[places[i]] == j else 1
            seen[places[i]] = j


@kernel
def share_out(
    who: Any, starts: Any, ends: Any, closing: Any, places: Any, weights: Any, groups: Any, values: Any, kinds: Any,
    most: int, out: Any,
) -> None:  # fmt: skip
    """Give each goal with touches to them by their weights, in whole parts.

    A goal is worth `UNIT`, or what ``values`` (by row; empty: `UNIT`) says, nothing where that is missing. What the
    touches up to one get is rounded, so that all together get the whole. ``out`` is (groups × most, codes): the row is
    that of the customer's group, and of ``kinds`` (by row; empty: one kind).
    """
    for j in range(starts.shape[0]):
        row = closing[j]
        if row == OPEN or starts[j] == ends[j]:
            continue
        whole = np.int64(UNIT)
        if values.shape[0] > 0:
            whole = values[row]
            if whole == NO_VALUE:
                continue
        line = np.int64(groups[who[j]]) * most
        if kinds.shape[0] > 0:
            line += kinds[row]
        total = 0.0
        for i in range(starts[j], ends[j]):
            total += weights[i]
        upto = 0.0
        given = np.int64(0)
        for i in range(starts[j], ends[j]):
            upto += weights[i]
            now = whole if upto == total else np.int64(np.floor(whole * (upto / total) + 0.5))
            out[line, places[i]] += now - given
            given = now


@kernel
def steps(
    who: Any, starts: Any, ends: Any, closing: Any, places: Any, groups: Any, names: int, out: Any
) -> None:  # fmt: skip
    """Count the steps of journeys with touches: ``out`` is (groups, names × (names + 1)), from a code to the next.

    From 0 a journey starts, to 0 it ends without a goal, to ``names`` it reaches one.
    """
    width = names + 1
    for j in range(starts.shape[0]):
        if starts[j] == ends[j]:
            continue
        group = groups[who[j]]
        source = np.int64(0)
        for i in range(starts[j], ends[j]):
            target = np.int64(places[i])
            out[group, source * width + target] += 1
            source = target
        out[group, source * width + (0 if closing[j] == OPEN else names)] += 1


@kernel
def targets(
    time: Any, event: Any, codes: Any, goals: Any, view: Any, since: int, until: int, names: int, out: Any
) -> None:  # fmt: skip
    """Write where a chain goes with each row: its code, ``names`` at an event of ``goals``, ``names`` + 1 for nowhere.

    It goes nowhere with rows without a code (0), outside the ``view`` (empty: all), or at a time before ``since`` or
    from ``until`` on (``time`` may be empty where it does not matter). One pass for each rule: such passes take many
    rows at once.
    """
    nowhere = np.uint16(names + 1)
    there = np.uint16(names)
    for i in range(out.shape[0]):
        out[i] = np.uint16(codes[i]) if codes[i] != 0 else nowhere
    for goal in goals:
        for i in range(out.shape[0]):
            out[i] = there if event[i] == goal else out[i]
    for i in range(view.shape[0]):
        out[i] = out[i] if view[i] != 0 else nowhere
    for i in range(time.shape[0]):
        out[i] = out[i] if time[i] >= since and time[i] < until else nowhere


@kernel
def walk(offsets: Any, ways: Any, keep: Any, groups: Any, names: int, even: Any, odd: Any) -> None:
    """Count the steps of a block's journeys as `journeys` and `steps` do together, without listing them.

    The rules are the plain ones: no goal is a touch, all touches before it count, runs are not folded. ``ways`` are the
    `targets` of the rows. ``even`` and ``odd`` are flat, groups × (names + 1) × (names + 2), and count every other row
    each, so that none waits for the counter of the one before. From ``names`` starts what follows a goal, to 0 goes
    what ends without one; what goes nowhere counts for nothing. For one chain alone, with `targets`: a quarter of
    the time of writing the list and reading it again.
    """
    width = np.uint64(names + 2)
    size = width * np.uint64(names + 1)
    nowhere = np.uint64(names + 1)
    one = np.uint32(1)
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        base = np.uint64(groups[c]) * size
        source = base
        row = np.uint64(offsets[c])
        last = np.uint64(offsets[c + 1])
        while row + _ONE < last:
            target = np.uint64(ways[row])
            even[source + target] += one
            source = base + target * width if target != nowhere else source
            target = np.uint64(ways[row + _ONE])
            odd[source + target] += one
            source = base + target * width if target != nowhere else source
            row += _TWO
        if row < last:
            target = np.uint64(ways[row])
            even[source + target] += one
            source = base + target * width if target != nowhere else source
        even[source] += one


@kernel
def long_steps(
    who: Any, starts: Any, ends: Any, closing: Any, places: Any, groups: Any, names: int, states: int, keys: Any
) -> int:  # fmt: skip
    """List the steps of journeys with touches as keys; return how many.

    A state is the last touches, as many as ``states`` = names^order has digits in base ``names`` (0: none yet); a key
    is (group × states + state) × (names + 1) + target, the target as `steps` has it.
    """
    k = 0
    for j in range(starts.shape[0]):
        if starts[j] == ends[j]:
            continue
        base = np.int64(groups[who[j]]) * states
        state = np.int64(0)
        for i in range(starts[j], ends[j]):
            keys[k] = (base + state) * (names + 1) + places[i]
            state = (state * names + places[i]) % states
            k += 1
        keys[k] = (base + state) * (names + 1) + (0 if closing[j] == OPEN else names)
        k += 1
    return k
