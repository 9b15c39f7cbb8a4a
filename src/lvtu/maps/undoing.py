"""Which of somebody's edits stand, and which they took back: read off the names of their edits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import chain


def stacks(edits: Iterable[tuple[int, str, Hashable]]) -> tuple[list[int], list[int]]:
    """What can be undone, and what can be done again.

    Args:
        edits: the step and the name of each of somebody's edits of a map, in order, and whom the history knows to have
            made it: who is known by an id now was known by a name alone before. The first step of a map is none.

    Returns:
        The steps of the edits that stand, and those of the undoings behind which nothing was edited; what comes
        next stands last.

    Example:
        >>> stacks([(1, "drawn", "ann"), (2, "put", "ann"), (3, "move", "ann"), (5, "undone", "ann")])
        ([2], [5])
        >>> stacks([(2, "put", "ann"), (3, "move", "id of ann"), (4, "undone", "ann")])
        ([3], [4])
    """
    made: defaultdict[Hashable, list[int]] = defaultdict(list)
    back: defaultdict[Hashable, list[int]] = defaultdict(list)
    for step, what, whose in edits:
        if what == "undone" and made[whose]:
            made[whose].pop()
            back[whose].append(step)
        elif what == "redone" and back[whose]:
            back[whose].pop()
            made[whose].append(step)
        elif step > 1:
            made[whose].append(step)
            back.clear()
    return sorted(chain.from_iterable(made.values())), sorted(chain.from_iterable(back.values()))
