"""Which of somebody's edits stand, and which they took back: read off the names of their edits."""

from __future__ import annotations

from collections.abc import Iterable


def stacks(edits: Iterable[tuple[int, str]]) -> tuple[list[int], list[int]]:
    """What can be undone, and what can be done again.

    Args:
        edits: the step and the name of each of somebody's edits of a map, in order. The first step of a map is none.

    Returns:
        The steps of the edits that stand, and those of the undoings behind which nothing was edited; what comes
        next stands last.

    Example:
        >>> stacks([(1, "drawn"), (2, "put"), (3, "move"), (5, "undone")])
        ([2], [5])
    """
    made: list[int] = []
    back: list[int] = []
    for step, what in edits:
        if what == "undone" and made:
            made.pop()
            back.append(step)
        elif what == "redone" and back:
            back.pop()
            made.append(step)
        elif step > 1:
            made.append(step)
            back.clear()
    return made, back
