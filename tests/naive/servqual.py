"""SERVQUAL the slow way: dictionaries of each customer's latest answers."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import variance
from typing import Any

from naive.journeys import Event, What, in_range, journeys

SIDES = ("perception", "expectation")
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
Sides = dict[str, float]


def statements(
    events: Iterable[Event], by: str | None = None, weighted: bool = True, where: What = None,
    since: int | None = None, until: int | None = None,
) -> dict[tuple[Any, str], tuple[dict[tuple[str, str], Sides], float]]:  # fmt: skip
    """By group and customer: the latest answer to each side of each statement, and the weight of the last one."""
    found: dict[tuple[Any, str], tuple[dict[tuple[str, str], Sides], float]] = {}
    for customer, line in journeys(events, where).items():
        for event in line:
            of = event.properties
            weight = 1.0 if event.weight is None or not weighted else event.weight
            if event.score is None or event.scale != "servqual7" or weight <= 0 or not in_range(event, since, until):
                continue
            if of.get("dimension") not in DIMENSIONS or not of.get("item") or of.get("side") not in SIDES:
                continue
            answers, _ = found.get((event.get(by) if by else None, customer), ({}, 1.0))
            answers.setdefault((of["dimension"], of["item"]), {})[of["side"]] = event.score
            found[event.get(by) if by else None, customer] = answers, weight
    return found


def measured(sides: Sides, gaps: bool) -> float | None:
    if not gaps:
        return sides.get("perception")
    return sides["perception"] - sides["expectation"] if len(sides) == 2 else None


def dimension(
    answers: Iterable[tuple[dict[tuple[str, str], Sides], float]], name: str, gaps: bool
) -> tuple[float | None, int]:
    """The weighted mean over respondents of the mean of their statements, and how many respondents have one."""
    means = []
    for own, weight in answers:
        values = [measured(sides, gaps) for (of, _), sides in own.items() if of == name]
        there = [value for value in values if value is not None]
        if there:
            means.append((sum(there) / len(there), weight))
    total = sum(weight for _, weight in means)
    return (sum(mean * weight for mean, weight in means) / total if means else None), len(means)


def alpha(answers: Iterable[dict[tuple[str, str], Sides]], name: str, items: list[str]) -> float | None:
    """Cronbach's α of the perceptions of those who answered all statements."""
    rows = []
    for own in answers:
        row = [own.get((name, item), {}).get("perception") for item in items]
        if row and all(value is not None for value in row):
            rows.append([value for value in row if value is not None])
    if len(rows) < 2 or len(items) < 2 or not (whole := variance(sum(row) for row in rows)):
        return None
    each = sum(variance(column) for column in zip(*rows, strict=True))
    return len(items) / (len(items) - 1) * (1 - each / whole)
