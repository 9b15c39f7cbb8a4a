"""The common shape of the peers' answers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from benchmarks.generate import CHANNELS, CITIES, DEVICES, EVENTS, PLANS
from benchmarks.questions import Flow, Funnel, StepMatrix

VALUES: dict[str | None, list[str]] = {"plan": PLANS, "city": CITIES, "device_type": list(DEVICES), None: [""]}


def coded(column: str, value: str) -> int:
    """The code of a property's value."""
    return VALUES[column].index(value)


def funnel(question: Funnel, rows: Iterable[tuple]) -> dict[str, list[int]]:
    """Rows (value, reach, customers) as {value: [customers at step 1, 2, …]}."""
    out: dict[str, list[int]] = {}
    for value, reach, customers in rows:
        if reach is None or int(reach) == 0:
            continue
        steps = out.setdefault(VALUES[question.by][int(value)], [0] * len(question.steps))
        for step in range(int(reach)):
            steps[step] += int(customers)
    return out


def stepped(question: Funnel, rows: Iterable[tuple]) -> dict[str, list[int]]:
    """Rows (value, step from 0, customers) as {value: [customers at step 1, 2, …]}."""
    out: dict[str, list[int]] = {}
    for value, step, customers in rows:
        if customers:
            out.setdefault(VALUES[question.by][int(value)], [0] * len(question.steps))[int(step)] = int(customers)
    return out


def graph(rows: Iterable[tuple]) -> dict[tuple[str, str], tuple[int, int, float]]:
    """Rows (source, target, transitions, customers, median) by the names of the pair."""
    return {(EVENTS[int(s)], EVENTS[int(t)]): (int(n), int(c), float(m)) for s, t, n, c, m in rows}


def cohorts(rows: Iterable[tuple]) -> dict[tuple[int, int], int]:
    """Rows (day, k, customers) by (day, k)."""
    return {(int(day), int(k)): int(customers) for day, k, customers in rows}


def variants(rows: Iterable[tuple]) -> dict[tuple[str, ...], int]:
    """Rows (codes of the path, customers); of the first and the second one: all paths, and those taken once."""
    (_, every), (_, once), *frequent = rows
    return ranked({tuple(EVENTS[int(code)] for code in path): int(n) for path, n in frequent}, int(every), int(once))


def ranked(paths: dict[tuple[str, ...], int], every: int, once: int) -> dict[tuple[str, ...], int]:
    """Paths that are more frequent than the last one, and how many there are in all and taken once."""
    least = min(paths.values())
    return {path: n for path, n in paths.items() if n > least} | {("(all)",): every, ("(once)",): once}


EDGE, NOTHING = len(CHANNELS), len(CHANNELS) + 1
"""In the steps of a walk: before its first channel and after its last one stand a goal or the start, or nothing."""


def credited(rows: Iterable[tuple]) -> dict[str, float]:
    """Rows (source, target, steps) of walks as credits: what is lost of the goals where a channel leads to nothing."""
    steps = np.zeros((EDGE + 1, NOTHING + 1))
    for source, target, n in rows:
        steps[int(source), int(target)] += int(n)
    steps[EDGE, EDGE] = 0  # a goal with nothing before it
    goals, everything = steps[:, EDGE].sum(), reached(steps)
    lost = [everything - reached(np.where(np.arange(EDGE + 1)[:, None] == c, 0, steps)) for c in range(EDGE)]
    return {name: round(float(goals * lost[c] / sum(lost)), 2) for c, name in enumerate(CHANNELS) if steps[:, c].any()}


def reached(steps: np.ndarray) -> float:
    """The share of walks that reach the goal; from a channel without steps nobody does."""
    chance = steps / np.maximum(steps.sum(axis=1, keepdims=True), 1)
    from_each = np.linalg.solve(np.eye(EDGE) - chance[:EDGE, :EDGE], chance[:EDGE, EDGE])
    return float(chance[EDGE, :EDGE] @ from_each)


TOP = 10


def walks(question: Flow | StepMatrix, rows: Iterable[tuple]) -> dict[tuple, int]:
    """Rows of `benchmarks.peers.walks` with the names of most customers told apart."""
    counted = [tuple(int(one) for one in row) for row in rows]
    return _flow(counted) if isinstance(question, Flow) else _matrix(counted)


def _flow(rows: list[tuple[int, ...]]) -> dict[tuple, int]:
    reached: dict[int, dict[int, int]] = {}
    for step, source, target, customers in rows:
        for at, code in ((step, target), *(((0, source),) if step == 1 else ())):
            here = reached.setdefault(at, {})
            here[code] = here.get(code, 0) + customers
    told = {at: _largest(here) for at, here in reached.items()}
    out: dict[tuple, int] = {}
    for step, source, target, customers in rows:
        key = step, _name(source, told[step - 1], "*left"), _name(target, told[step], "*left")
        out[key] = out.get(key, 0) + customers
    return out


def _matrix(rows: list[tuple[int, ...]]) -> dict[tuple, int]:
    everywhere: dict[int, int] = {}
    for _, code, customers in rows:
        everywhere[code] = everywhere.get(code, 0) + customers
    told, out = _largest(everywhere), {}
    for step, code, customers in rows:
        key = step, _name(code, told, "*none")
        out[key] = out.get(key, 0) + customers
    return out


def _largest(customers: dict[int, int]) -> list[int]:
    return sorted((c for c in customers if c >= 0), key=lambda code: (-customers[code], EVENTS[code]))[:TOP]


def _name(code: int, told: list[int], none: str) -> str:
    return none if code < 0 else EVENTS[code] if code in told else "*other"
