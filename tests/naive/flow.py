"""Flow: how many go from which place to which, step by step from an anchor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from naive.journeys import Event
from naive.walks import told_apart, walks

Row = tuple[int, Any, Any]


@dataclass
class Flow:
    """Who started; by (step, source, target) the customers of each time somebody went so."""

    started: set[tuple[str, int]] = field(default_factory=set)
    went: dict[Row, list[tuple[str, int]]] = field(default_factory=dict)


def flow(
    events: Iterable[Event], steps: int = 5, direction: str = "forward", top: int = 10, **options: Any
) -> Flow:  # fmt: skip
    """Who goes where; names that are not told apart are ``*other``, paths end at ``*left`` (or begin at ``*began``)."""
    found = Flow()
    lines = []
    for walk in walks(events, last=direction == "backward", **options):
        found.started.add(walk.unit)
        side = walk.after if direction == "forward" else walk.before
        lines.append((walk.unit, [walk.anchor.get(options.get("by", "event")), *side[:steps]]))
    told = []
    for position in range(steps + 1):
        here: dict[Any, set[Any]] = {}
        for unit, line in lines:
            if position < len(line) and line[position] is not None:
                here.setdefault(line[position], set()).add(unit)
        told.append(told_apart(here, top))
    end = "*left" if direction == "forward" else "*began"
    for unit, line in lines:
        named = [p if p is None or p in told[i] else "*other" for i, p in enumerate(line)] + [end]
        for step in range(1, min(steps + 1, len(named))):
            near, far = named[step - 1], named[step]
            row = (step, near, far) if direction == "forward" else (step, far, near)
            found.went.setdefault(row, []).append(unit)
    return found
