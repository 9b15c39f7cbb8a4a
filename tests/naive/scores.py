"""Scores in plain Python: the answers of each group and period, who gave them, and the figures worked out of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from scipy.stats import norm

from naive.calendars import shifted
from naive.journeys import Event, What, in_range, journeys, matches
from naive.overview import Z, discoveries, mean, newcombe, nps, welch, wilson

Cell = tuple[int | None, Any]
"""The start of the period (µs) and the group; None without."""

Answers = list[tuple[float, float]]
"""(score, weight)."""


@dataclass
class Answered:
    """What there is in a cell."""

    answers: Answers = field(default_factory=list)
    customers: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    asked: set[tuple[str, Any]] = field(default_factory=set)
    responded: set[tuple[str, Any]] = field(default_factory=set)


def scores(
    events: Iterable[Event],
    scale: str | None,
    ends: tuple[float, float],
    by: str | None = None,
    period: str | None = None,
    zone: str = "UTC",
    carry: bool = False,
    weighted: bool = True,
    event: What = None,
    event_where: What = None,
    sent: What = None,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[Cell, Answered]:
    found: dict[Cell, Answered] = {}
    every = list(events)
    named = any("survey" in one.properties for one in every)
    on_scale = {one.properties.get("survey") for one in every if one.score is not None and one.scale == scale}
    for customer, line in journeys(every, where).items():
        last = None
        invited: list[tuple[int, Cell, Any]] = []
        answers: list[tuple[int, Any]] = []
        for number, one in enumerate(line):
            group = one.get(by) if by else None
            if carry:
                group = last = last if group is None else group
            if not in_range(one, since, until):
                continue
            cell = shifted(one.time, period, zone) if period else None, group
            there = found.setdefault(cell, Answered())
            there.present.add(customer)
            if sent is not None and matches(sent, one):
                invited.append((number, cell, one.properties.get("survey")))
            weight = 1.0 if one.weight is None or not weighted else one.weight
            if one.score is None or one.scale != scale or weight <= 0 or not ends[0] <= one.score <= ends[1]:
                continue
            if matches(event, one) and matches(event_where, one):
                there.answers.append((one.score, weight))
                there.customers.add(customer)
                answers.append((number, one.properties.get("survey")))
        for number, cell, survey in invited:
            if named and survey not in on_scale:
                continue
            found[cell].asked.add((customer, survey))
            if any(answer > number and of == survey for answer, of in answers):
                found[cell].responded.add((customer, survey))
    return found


BOXES = {"csat": 2, "share": 1}
"""How many of the best answers a share counts."""

Figure = tuple[float, float | None, float | None]


def figure(metric: str, answers: Answers, ends: tuple[float, float], down: bool = False) -> Figure:
    """The figure with its interval."""
    if metric == "nps":
        return nps(answers)[:3]
    if metric in BOXES:
        k, n = best(answers, ends, BOXES[metric], down)
        return (k / n, *wilson(k, n))
    if metric == "emotion":
        felt = mean([(4 * (score - ends[0]) / (ends[1] - ends[0]) - 2, weight) for score, weight in answers])
        low, high = (None if end is None else min(max(end, -2.0), 2.0) for end in felt[1:])
        return felt[0], low, high
    return mean(answers, ends)


def best(answers: Answers, ends: tuple[float, float], boxes: int, down: bool = False) -> tuple[float, float]:
    """How many of how many effective answers are among the best ones."""
    total = sum(weight for _, weight in answers)
    n = total**2 / sum(weight**2 for _, weight in answers)
    good = [ends[0] + box if down else ends[1] - box for box in range(boxes)]
    limit = max(good) if down else min(good)
    return sum(w for score, w in answers if (score <= limit if down else score >= limit)) / total * n, n


def apart(
    metric: str, now: Answers, before: Answers, ends: tuple[float, float]
) -> tuple[float, float | None, float | None, float | None] | None:
    """The difference with its interval and p-value, None of what cannot be told."""
    if not now or not before:
        return None
    if metric == "nps":
        (a, *_, v), (b, *_, w) = nps(now), nps(before)
        half = Z * math.sqrt(v + w)
        p = _p_of_nps(now, before) if min(len(now), len(before)) >= 5 else None
        return a - b, a - b - half, a - b + half, p
    if metric in BOXES:
        k, j = (best(one, ends, BOXES[metric]) for one in (now, before))
        found = newcombe(k, j)
        return found if min(k[1], j[1]) >= 20 else (*found[:3], None)
    factor = 4 / (ends[1] - ends[0]) if metric == "emotion" else 1
    told = welch(now, before)
    if told is None:
        return factor * (mean(now)[0] - mean(before)[0]), None, None, None
    difference, low, high, p = told
    tested = min(len(now), len(before)) >= 5
    return factor * difference, factor * low, factor * high, p if tested else None


def _p_of_nps(now: Answers, before: Answers) -> float:
    """By answers to which ¾ of a promoter, ¾ of a detractor and 1½ of a passive one are added."""
    middles, variances = [], []
    for answers in (now, before):
        total = sum(weight for _, weight in answers)
        n = total**2 / sum(weight**2 for _, weight in answers)
        up = (sum(weight for score, weight in answers if score >= 9) / total * n + 0.75) / (n + 3)
        down = (sum(weight for score, weight in answers if score <= 6) / total * n + 0.75) / (n + 3)
        middles.append(up - down)
        variances.append((up + down - (up - down) ** 2) / (n + 3))
    return float(2 * norm.sf(abs(middles[0] - middles[1]) / math.sqrt(sum(variances))))


def changes(
    metric: str, found: dict[Cell, Answered], ends: tuple[float, float], period: str | None, zone: str
) -> dict[Cell, Any]:
    """The difference of each cell with answers from the period before of its group, or from all other groups."""
    told: dict[Cell, Any] = {}
    there = {cell: one.answers for cell, one in found.items() if one.answers}
    for (start, group), answers in there.items():
        if period is not None:
            assert start is not None
            before: Answers = there.get((shifted(start, period, zone, -1), group), [])
        else:
            before = [answer for cell, others in there.items() if cell != (start, group) for answer in others]
        told[start, group] = apart(metric, answers, before, ends)
    return told


def adjusted(told: dict[Cell, Any]) -> dict[Cell, float]:
    """The p-values that there are, after false-discovery control over all of them."""
    tested = [cell for cell, one in told.items() if one is not None and one[3] is not None]
    return dict(zip(tested, discoveries([told[cell][3] for cell in tested]), strict=True))


def counts(answers: Sequence[tuple[float, float]]) -> tuple[int, int, int]:
    """Promoters, passives and detractors."""
    up, down = sum(score >= 9 for score, _ in answers), sum(score <= 6 for score, _ in answers)
    return up, len(answers) - up - down, down
