"""The sets of a MaxDiff question, counted anew at each step: the twin of `lvtu.voice.surveys.maxdiff`."""

from __future__ import annotations

import hashlib
import itertools


def designed(key: str, options: list[str], size: int, sets: int | None, design: int) -> list[list[str]]:
    """The keys of each set of a design, in the order in which they are shown."""
    size = min(size, len(options))
    shown = planned(len(options), size, sets or -(-3 * len(options) // size))
    order = mixed(options, f"{key}/{design}")
    return [mixed([order[place] for place in one], f"{key}/{design}/{number + 1}") for number, one in enumerate(shown)]


def mixed(keys: list[str], seed: str) -> list[str]:
    return sorted(keys, key=lambda one: hashlib.sha256(f"{seed}/{one}".encode()).hexdigest())


def planned(options: int, size: int, sets: int) -> list[list[int]]:
    shown: list[list[int]] = []
    while len(shown) < sets:
        new: list[int] = []
        while len(new) < size:
            ranks = [
                (sum(one in each for each in shown), sum({one, mate} <= {*each} for each in shown for mate in new))
                for one in range(options)
            ]
            new.append(min((one for one in range(options) if one not in new), key=lambda one: ranks[one]))
        shown.append(new)
    while swapped(shown):
        pass
    return shown


def swapped(shown: list[list[int]]) -> bool:
    """Whether two options of two sets changed places: each time the squares of the meetings came to less."""
    found = False
    for left, right in itertools.product(shown, repeat=2):
        for at, to in itertools.product(range(len(left)), repeat=2):
            if left[at] in right or right[to] in left:
                continue
            before = uneven(shown)
            left[at], right[to] = right[to], left[at]
            if uneven(shown) < before:
                found = True
            else:
                left[at], right[to] = right[to], left[at]
    return found


def uneven(shown: list[list[int]]) -> int:
    meetings: dict[tuple[int, ...], int] = {}
    for each in shown:
        for pair in itertools.combinations(sorted(each), 2):
            meetings[pair] = meetings.get(pair, 0) + 1
    return sum(times * times for times in meetings.values())
