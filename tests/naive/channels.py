"""Channels: transitions between them, and the same measures of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from naive.journeys import Event, What, in_range, journeys

Scored = list[tuple[float, float]]
"""(score, weight) pairs."""


@dataclass
class Channels:
    lines: dict[str, list[Any]] = field(default_factory=dict)  # customer → channels in order
    began: dict[Any, set[str]] = field(default_factory=dict)
    reached: dict[Any, set[str]] = field(default_factory=dict)
    scores: dict[tuple[Any, str | None], Scored] = field(default_factory=dict)

    def pairs(self, without: Callable[[str], bool] = lambda customer: False) -> dict[tuple[Any, Any], int]:
        """Transitions, those of some customers left out."""
        found: dict[tuple[Any, Any], int] = {}
        for customer, line in self.lines.items():
            for pair in [] if without(customer) else pairwise(line):
                found[pair] = found.get(pair, 0) + 1
        return found

    def walkers(self, pair: tuple[Any, Any]) -> set[str]:
        return {customer for customer, line in self.lines.items() if pair in pairwise(line)}


def channels(
    events: Iterable[Event],
    by: Callable[[Event], Any],
    goals: tuple[str, ...] = (),
    within: int | None = None,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> Channels:
    found = Channels()
    for customer, whole in journeys(events, where).items():
        line = [event for event in whole if in_range(event, since, until)]
        places = [event for event in line if by(event) is not None]
        if not places:
            continue
        found.lines[customer] = [by(event) for event in places]
        first = places[0]
        found.began.setdefault(by(first), set()).add(customer)
        later = line[line.index(first) :]
        if any(e.event in goals and (within is None or e.time - first.time <= within) for e in later):
            found.reached.setdefault(by(first), set()).add(customer)
        for event in places:
            weight = 1.0 if event.weight is None else event.weight
            if event.score is not None and weight > 0:
                found.scores.setdefault((by(event), event.scale), []).append((event.score, weight))
    return found
