"""Conformance: the cheapest explanation of a path by a designed order, found by trying everything."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count, pairwise
from typing import Any

from naive.journeys import Event, What, last_time
from naive.paths import paths


@dataclass(frozen=True)
class Planned:
    """One step of a design: the places that show it, its time, and what may be done with it."""

    places: tuple[str, ...]
    within: int | None = None
    optional: bool = False
    repeatable: bool = False


@dataclass
class Verdict:
    """What became of a customer's steps: each one's status, the time since the one before ("?" if not exact)."""

    cost: int
    places: int
    moves: list[tuple[str, int | None, int | None]]  # (fill | again | over | out, the place's number, the step's)
    status: list[str] = field(default_factory=list)
    took: list[Any] = field(default_factory=list)
    done: list[int] = field(default_factory=list)  # how often
    strange: list[Event] = field(default_factory=list)
    detours: list[tuple[int, int, int]] = field(default_factory=list)  # (from, to, events between)


def dijkstra(line: Sequence[Any], design: Sequence[Planned]) -> int:
    """The least cost of a way from (nothing read, nothing done) to (all read, all done): the synchronous product."""
    best, tie = {(0, 0): 0}, count()
    queue = [(0, next(tie), 0, 0)]
    while queue:
        cost, _, i, j = heapq.heappop(queue)
        if (i, j) == (len(line), len(design)):
            return cost
        ways = []
        if i < len(line):
            ways.append((i + 1, j, 1))
            if j < len(design) and line[i] in design[j].places:
                ways.append((i + 1, j + 1, 0))
            if j and design[j - 1].repeatable and line[i] in design[j - 1].places:
                ways.append((i + 1, j, 0))
        if j < len(design):
            ways.append((i, j + 1, 0 if design[j].optional else 1))
        for ni, nj, more in ways:
            if cost + more < best.get((ni, nj), 1 << 60):
                best[ni, nj] = cost + more
                heapq.heappush(queue, (cost + more, next(tie), ni, nj))
    raise AssertionError("there always is a way")


def aligned(line: Sequence[Any], design: Sequence[Planned]) -> tuple[int, list[tuple[str, int | None, int | None]]]:
    """The least cost, and of the ways that cost so much the first in the order fill, again, over, out.

    All of them are tried from the beginning; of two that cost the same the one counts that is earlier in that order at
    the first move in which they differ.
    """
    order = ("fill", "again", "over", "out")

    @cache
    def best(i: int, j: int) -> tuple[int, tuple[int, ...], tuple[tuple[str, int | None, int | None], ...]]:
        if (i, j) == (len(line), len(design)):
            return 0, (), ()
        ways = []
        if i < len(line):
            if j < len(design) and line[i] in design[j].places:
                ways.append((0, ("fill", i, j), best(i + 1, j + 1)))
            if j and design[j - 1].repeatable and line[i] in design[j - 1].places:
                ways.append((0, ("again", i, j - 1), best(i + 1, j)))
            ways.append((1, ("over", i, None), best(i + 1, j)))
        if j < len(design):
            ways.append((0 if design[j].optional else 1, ("out", None, j), best(i, j + 1)))
        return min((c + rest[0], (order.index(m[0]), *rest[1]), (m, *rest[2])) for c, m, rest in ways)

    cost, _, moves = best(0, 0)
    return cost, list(moves)


def exact(event: Event) -> bool:
    return event.time_basis in (None, "exact")


def judged(line: Sequence[Event], by: str, design: Sequence[Planned], horizon: int) -> Verdict:
    """One path beside the design."""
    known = {place for step in design for place in step.places}
    cost, moves = aligned([event.get(by) for event in line], design)
    found = Verdict(cost, len(line), moves)
    found.strange = [event for event in line if event.get(by) not in known]
    filled: list[tuple[int, int]] = [(i, j) for what, i, j in moves if what in ("fill", "again")]  # type: ignore[misc]
    over = [line[i].get(by) for what, i, _ in moves if what == "over"]  # type: ignore[index]
    for j, step in enumerate(design):
        mine = [i for i, other in filled if other == j]
        extra = [place for place in over if place in step.places]
        found.done.append(len(mine) + len(extra))
        before = [i for i, other in filled if other < j]
        took: Any = None
        if mine:
            status = "completed"
            if before:
                one, other = line[before[-1]], line[mine[0]]
                took = other.time - one.time if exact(one) and exact(other) else "?"
                if took != "?" and step.within is not None and took > step.within:
                    status = "late"
        else:
            status = "out_of_order" if extra else "skipped" if step.optional else "missing"
        found.status.append(status)
        found.took.append(took)
    deepest = max((j for _, j in filled), default=-1)
    waiting = [j for j, status in enumerate(found.status) if status == "missing" and j > deepest]
    if waiting and filled and exact(line[filled[-1][0]]):
        within = design[waiting[0]].within
        if within is None or line[filled[-1][0]].time + within > horizon:
            for j in waiting if within is not None else ():
                found.status[j] = "pending"
    for (i, j), (k, other) in pairwise(filled):
        between = [event for event in line[i + 1 : k] if event.get(by) not in known]
        if between:
            found.detours.append((j, other, len(between)))
    return found


def conformance(
    events: Iterable[Event],
    design: Sequence[Planned],
    by: str = "event",
    fold: bool = False,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[str, Verdict]:
    events = list(events)
    horizon = last_time(events)
    found = paths(events, by, fold, where=where, since=since, until=until)
    return {customer: judged(line, by, design, horizon) for customer, line in found}


def fitness(verdict: Verdict, design: Sequence[Planned]) -> float:
    """1 less the cost by what a path of nothing right would cost: each of its places and each step that is due."""
    worst = verdict.places + len([step for step in design if not step.optional])
    return 1 - verdict.cost / worst if worst else 1.0
