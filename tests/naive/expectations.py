"""Two sides of the same thing the slow way: each customer's latest answers in a dictionary; and the gaps of pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from naive.journeys import Event, What, in_range, journeys
from naive.touchpoint_quality import ENDS, Thing


class Answer(NamedTuple):
    points: float
    weight: float
    scale: str


Answers = dict[tuple[str, Any, Any], dict[int, Answer]]


def latest(
    events: Iterable[Event], by: str | None, item: str, sides: Sequence[Sequence[str]], where: What = None,
    since: int | None = None, until: int | None = None, weighted: bool = True,
) -> Answers:  # fmt: skip
    """By customer, group and item the latest answer to each side."""
    found: Answers = {}
    for customer, line in journeys(events, where).items():
        for event in line:
            weight = 1.0 if event.weight is None or not weighted else event.weight
            side = next((at for at, names in enumerate(sides) if event.properties.get("side") in names), None)
            if side is None or event.scale not in ENDS or event.score is None or weight <= 0:
                continue
            worst, best = ENDS[event.scale]
            points = 100 * (event.score - worst) / (best - worst)
            if 0 <= points <= 100 and in_range(event, since, until):
                key = customer, event.get(by) if by else None, event.get(item)
                found.setdefault(key, {})[side] = Answer(points, weight, event.scale)
    return found


def pairs(answers: Answers) -> tuple[list[tuple[Any, Thing]], list[tuple[Any, int]]]:
    """The gap of each pair with its group; and of each answer without its other side the group and the side."""
    gaps, alone = [], []
    for (customer, group, _), sides in answers.items():
        if len(sides) == 2 and sides[0].scale == sides[1].scale:
            gap = sides[0].points - sides[1].points
            gaps.append((group, Thing(customer, group, "gap", gap, sides[0].weight)))
        else:
            alone += [(group, side) for side in sides]
    return gaps, alone
