"""Drivers the slow way: each customer's answers from lists, every subset fitted by least squares."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from scipy import linalg

from naive.journeys import Event, What, in_range, journeys

Key = tuple[Any, str | None]


class Answer(NamedTuple):
    scores: dict[Key, float]
    outcome: float
    weight: float


HOUR, DAY = 3_600_000_000, 86_400_000_000


class Did(NamedTuple):
    """A yes or no: whether somebody did something after the last score that counts."""

    event: str
    times: int = 1
    within: int | None = None


def answers(
    events: Iterable[Event],
    by: Callable[[Event], Any],
    outcome: Callable[[Event], bool] | Did,
    drivers: Collection[str] | None = None,
    take: str = "latest",
    weighted: bool = True,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[str, Answer]:
    """Customers with an outcome and any score from before it."""
    found, every = {}, list(events)
    end = max(event.time for event in every)
    lines = journeys(every, None)
    for customer, whole in journeys(every, where).items():
        given: dict[Key, list[float]] = {}
        told: list[float] = []
        weights: list[float] = []
        answered = [event for event in whole if in_range(event, since, until) and event.score is not None
                    and (not weighted or event.weight is None or event.weight > 0)]  # fmt: skip
        if callable(outcome):
            last = max((event.time for event in answered if outcome(event)), default=None)
        last_score = None
        for event in answered:
            weight = 1.0 if event.weight is None or not weighted else event.weight
            assert event.score is not None
            if callable(outcome) and outcome(event):
                told.append(event.score)
                weights.append(weight)
                continue
            if callable(outcome):
                if last is None or event.time > last + (HOUR if event.time_basis in (None, "exact") else DAY):
                    continue
            elif event.event == outcome.event or (outcome.within is not None and event.time > end - outcome.within):
                continue
            if by(event) is not None and (drivers is None or by(event) in drivers):
                given.setdefault((by(event), event.scale), []).append(event.score)
                weights += [] if callable(outcome) else [weight]
                last_score = event.time
        if not callable(outcome) and last_score is not None:
            later = [event for event in lines[customer] if event.event == outcome.event and event.time > last_score
                     and (outcome.within is None or event.time <= last_score + outcome.within)]  # fmt: skip
            told = [float(len(later) >= outcome.times)]
        if told and given:
            found[customer] = Answer({key: one(some, take) for key, some in given.items()}, one(told, take),
                                     one(weights, take))  # fmt: skip
    return found


def one(values: Sequence[float], take: str) -> float:
    return values[-1] if take == "latest" else sum(values) / len(values)


def design(scores: list[list[float]], weights: list[float], skipped: str) -> list[list[list[float]]]:
    """For each driver its columns; NaN is a skip."""
    groups = []
    for driver in range(len(scores[0])):
        column = [row[driver] for row in scores]
        used = [not math.isnan(value) for value in column]
        if skipped != "indicator" or all(all(not math.isnan(v) for v in row) for row in scores):
            groups.append([column])
            continue
        heavy = sum(w for w, u in zip(weights, used, strict=True) if u)
        mean = sum(w * x for w, x, u in zip(weights, column, used, strict=True) if u) / heavy
        centred = [x - mean if u else 0.0 for x, u in zip(column, used, strict=True)]
        groups.append([centred] if all(used) else [centred, [float(u) for u in used]])
    return groups


def r_squared(columns: Sequence[Sequence[float]], outcome: Sequence[float], weights: Sequence[float]) -> float:
    root, y = np.sqrt(np.array(weights)), np.array(outcome)
    mean = float(np.average(y, weights=weights))
    table = np.column_stack([np.ones(len(y)), *map(np.array, columns)]) * root[:, None]
    fitted = np.linalg.lstsq(table, y * root, rcond=1e-10)[0]
    return 1 - float(((y * root - table @ fitted) ** 2).sum() / ((y - mean) ** 2 * np.array(weights)).sum())


def coefficients(columns: Sequence[Sequence[float]], outcome: Sequence[float], weights: Sequence[float]) -> list[float]:
    root = np.sqrt(np.array(weights))
    table = np.column_stack([np.ones(len(outcome)), *map(np.array, columns)]) * root[:, None]
    found: list[float] = np.linalg.lstsq(table, np.array(outcome) * root, rcond=1e-10)[0][1:].tolist()
    return found


def lmg(drivers: int, worth: Callable[[tuple[int, ...]], float]) -> list[float]:
    """What each driver adds to the worth of those before it, over all orders."""
    found = []
    for driver in range(drivers):
        others, total = [other for other in range(drivers) if other != driver], 0.0
        for size in range(drivers):
            for before in combinations(others, size):
                gain = worth(tuple(sorted((*before, driver)))) - worth(before)
                total += gain / (drivers * math.comb(drivers - 1, size))
        found.append(total)
    return found


def correlation(x: Sequence[float], y: Sequence[float], weights: Sequence[float]) -> float:
    """Of those who have both."""
    both = [(a, b, w) for a, b, w in zip(x, y, weights, strict=True) if not math.isnan(a) and not math.isnan(b)]
    total = sum(w for *_, w in both)
    mean_a, mean_b = (sum(one[at] * one[2] for one in both) / total for at in (0, 1))
    cross = sum(w * (a - mean_a) * (b - mean_b) for a, b, w in both)
    return cross / math.sqrt(
        sum(w * (a - mean_a) ** 2 for a, _, w in both) * sum(w * (b - mean_b) ** 2 for _, b, w in both)
    )


def matrix(columns: Sequence[Sequence[float]], weights: Sequence[float]) -> Any:
    return np.array([[correlation(a, b, weights) for b in columns] for a in columns])


def relative_weights(correlations: Any, sizes: Sequence[int]) -> list[float]:
    """Johnson's, by the square root of the matrix of correlations; the outcome is last."""
    root = np.real(linalg.sqrtm(correlations[:-1, :-1]))
    beta = np.linalg.solve(root, correlations[:-1, -1])
    each = (root**2 @ beta**2).tolist()
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    return [sum(each[start : start + size]) for start, size in zip(starts, sizes, strict=True)]
