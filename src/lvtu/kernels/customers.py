"""What customers did: how often, in what order, along which path; one flag or count for each customer of a block."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel
from lvtu.kernels.postings import HALF


@kernel
def count(keys: Any, counts: Any) -> None:
    """Add every posting to its customer's count."""
    for i in range(keys.shape[0]):
        counts[keys[i] >> HALF] += 1


@kernel
def busiest(keys: Any, times: Any, window: int, counts: Any) -> None:
    """The most postings of a customer that a stretch of time holds, both ends included."""
    first = 0
    for i in range(keys.shape[0]):
        customer = keys[i] >> HALF
        while keys[first] >> HALF != customer or times[i] - times[first] > window:
            first += 1
        counts[customer] = max(counts[customer], i - first + 1)


@kernel
def spell(event: Any, held: Any, table: Any, letters: Any) -> None:
    """The letter of every row: ``table[code of the name, bits of the conditions that hold]``."""
    for row in range(event.shape[0]):
        letters[row] = table[event[row], held[row]]


@kernel
def hide(view: Any, letter: int, letters: Any) -> None:
    """Give the rows that are not there a letter at which nothing happens."""
    for row in range(view.shape[0]):
        if view[row] == 0:
            letters[row] = letter


@kernel
def follow(
    lines: Any, offsets: Any, event: Any, letters: Any, table: Any, start: int, settled: int, final: Any, flags: Any
) -> None:  # fmt: skip
    """Run an automaton over the time lines of some customers (``lines``), and flag those in whom it finds its path.

    ``letters`` gives the letter of an event code. States are places in ``table``, where a state's row begins: no
    multiplication waits between two look-ups. States below ``settled`` change no more, so the rest of the line is not
    read. ``final`` says by place of the table which states have found the path.
    """
    for i in range(lines.shape[0]):
        customer = lines[i]
        state = start
        for row in range(offsets[customer], offsets[customer + 1]):
            state = table[state + letters[event[row]]]
            if state < settled:
                break
        flags[customer] = final[state]


@kernel
def in_order(
    lines: Any, offsets: Any, time: Any, event: Any, letters: Any, fills: Any, breaks: Any, within: Any, window: int,
    alive: Any, since: Any, last: Any, flags: Any,
) -> None:  # fmt: skip
    """Flag the customers (of ``lines``) who did some steps one after another.

    ``fills`` and ``breaks`` say by letter which steps an event fills (bit s for step s) and between which it may not
    lie (bit s: between step s and the next). ``within[s]`` is the most time from step s to the next one, ``window``
    that from the first to the last. Scratch by step: ``alive``, ``since``, ``last``.

    Of all ways to fill steps 0 … s that end before an event, the one that ended last has the shortest gap, the fewest
    events in between and, as each was made in the same way, the latest start: it alone needs to be known.
    """
    steps = alive.shape[0]
    for i in range(lines.shape[0]):
        customer = lines[i]
        found = False
        for s in range(steps):
            alive[s] = 0
        for row in range(offsets[customer], offsets[customer + 1]):
            letter = letters[event[row]]
            if fills[letter] == 0 and breaks[letter] == 0:
                continue
            now = time[row]
            # from the last step down: one event fills one step, and breaks what stood before it
            for s in range(steps - 1, 0, -1):
                before = s - 1
                if alive[before] == 0:
                    continue
                in_time = now - last[before] <= within[before] and now - since[before] <= window
                if in_time and fills[letter] >> s & 1 != 0:
                    alive[s], since[s], last[s] = 1, since[before], now
                if breaks[letter] >> before & 1 != 0:
                    alive[before] = 0
            if alive[steps - 1] != 0:
                found = True
                break
            if fills[letter] & 1 != 0:
                alive[0], since[0], last[0] = 1, now, now
        flags[customer] = found


@kernel
def of_rows(offsets: Any, rows: Any, flags: Any) -> None:
    """Flag the customers who have any of the rows."""
    for customer in range(flags.shape[0]):
        for row in range(offsets[customer], offsets[customer + 1]):
            if rows[row] != 0:
                flags[customer] = 1
                break


@kernel
def to_rows(offsets: Any, flags: Any, rows: Any) -> None:
    """Give every row its customer's flag."""
    for customer in range(flags.shape[0]):
        flag = flags[customer]
        for row in range(offsets[customer], offsets[customer + 1]):
            rows[row] = flag
