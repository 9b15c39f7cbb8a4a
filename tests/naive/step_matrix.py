"""Step matrix: where everybody is, so many steps before an anchor and after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from naive.journeys import Event
from naive.walks import Walk, told_apart, walks

Cell = tuple[int, Any]


def step_matrix(
    events: Iterable[Event], before: int = 3, after: int = 5, top: int = 10, **options: Any
) -> tuple[list[Walk], dict[Cell, list[Walk]]]:
    """All walks, and by (step, place) those that are there, marks included: ``*other``, ``*not_begun``, ``*left``."""
    found, by = walks(events, **options), options.get("by", "event")
    steps = range(-before if options.get("start") else 0, after + 1)

    def place(walk: Walk, step: int) -> Any:
        side = walk.after if step > 0 else walk.before
        if step == 0:
            return walk.anchor.get(by)
        return side[abs(step) - 1] if abs(step) <= len(side) else "*left" if step > 0 else "*not_begun"

    everywhere: dict[Any, set[Any]] = {}
    for walk in found:
        for step in steps:
            everywhere.setdefault(place(walk, step), set()).add((walk.unit, step))
    names = {name: there for name, there in everywhere.items() if name not in (None, "*left", "*not_begun")}
    told = [*told_apart(names, top), None, "*left", "*not_begun"]
    cells: dict[Cell, list[Walk]] = {}
    for walk in found:
        for step in steps:
            here = place(walk, step)
            cells.setdefault((step, here if here in told else "*other"), []).append(walk)
    return found, cells
