"""Attribution: journeys up to each goal or to the end, and what each model gives a goal's touches, in fractions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, permutations
from math import sqrt
from typing import Any

from naive.journeys import Event, What, in_range, journeys

Credits = dict[Any, Fraction]


@dataclass
class Journey:
    customer: str
    touches: list[Event]
    goal: Event | None


def walk(
    events: Iterable[Event],
    goals: tuple[str, ...],
    by: Callable[[Event], Any],
    lookback: int | None = None,
    own: bool = False,
    fold: bool = False,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[Journey]:
    """Every journey with a touch or a goal."""
    found = []
    for customer, line in journeys(events, where).items():
        touches: list[Event] = []
        for event in line:
            if not in_range(event, since, until):
                continue
            if event.event not in goals:
                touches += [event] if by(event) is not None else []
                continue
            touches += [event] if own and by(event) is not None else []
            near = [t for t in touches if lookback is None or event.time - t.time <= lookback]
            found.append(Journey(customer, near, event))
            touches = []
        if touches:
            found.append(Journey(customer, touches, None))
    if fold:
        for journey in found:
            journey.touches = [next(run) for _, run in groupby(journey.touches, key=by)]
    return found


def touch_weights(
    model: str, touches: list[Event], by: Callable[[Event], Any], position: tuple[int, int, int], half_life: int
) -> list[Fraction]:
    """What each touch of one journey weighs, for the models that divide each goal among its own touches."""
    n, one = len(touches), Fraction(1)
    if model == "first":
        return [one] + [Fraction(0)] * (n - 1)
    if model == "last":
        return [Fraction(0)] * (n - 1) + [one]
    if model == "linear":
        return [one] * n
    if model == "shapley":  # by its definition on one journey: over all orders of arrival, who completes the set?
        channels = list(dict.fromkeys(by(t) for t in touches))
        orders = list(permutations(channels))
        completes = {c: Fraction(sum(order[-1] == c for order in orders), len(orders)) for c in channels}
        seen: set[Any] = set()
        weights = []
        for touch in touches:
            weights.append(Fraction(0) if by(touch) in seen else completes[by(touch)])
            seen.add(by(touch))
        return weights
    if model == "decay":
        if any(touch.time_basis == "order" for touch in touches):
            return [one] * n
        return [Fraction(2.0 ** (-(touches[-1].time - touch.time) / half_life)) for touch in touches]
    first, middle, last = map(Fraction, position)
    if n == 1:
        return [one]
    if n == 2:
        return [first, last] if first + last else [one, one]
    return [first, *[middle / (n - 2)] * (n - 2), last]


def divided(
    model: str,
    walks: list[Journey],
    by: Callable[[Event], Any],
    position: tuple[int, int, int],
    half_life: int,
    worth: Callable[[Event], float | None] = lambda goal: 1,
) -> Credits:
    """What each channel is given."""
    found: Credits = {}
    for journey in walks:
        if journey.goal is None or not journey.touches or worth(journey.goal) is None:
            continue
        weights = touch_weights(model, journey.touches, by, position, half_life)
        for touch, weight in zip(journey.touches, weights, strict=True):
            given = Fraction(worth(journey.goal)) * weight / sum(weights)  # type: ignore[arg-type]
            found[by(touch)] = found.get(by(touch), Fraction(0)) + given
    return found


State = tuple[Any, ...]
"""The last touches; () at the start."""


def conversion(walks: list[list[Any]], order: int, removed: Any = None) -> float:
    """The share of journeys that convert on the chain, where whoever comes to a removed channel comes to nothing.

    Args:
        walks: each journey's channels, then True for a goal or False for none.
    """
    steps: dict[State, dict[Any, int]] = {}
    for walk_ in walks:
        state: State = ()
        for channel in walk_[:-1]:
            after = (*state, channel)[-order:]
            steps.setdefault(state, {})[after] = steps.setdefault(state, {}).get(after, 0) + 1
            state = after
        steps.setdefault(state, {})[walk_[-1]] = steps.setdefault(state, {}).get(walk_[-1], 0) + 1
    states = [state for state in steps if removed is None or removed not in state]
    place = {state: i for i, state in enumerate(states)}
    rows = []
    for state in states:
        total = sum(steps[state].values())
        row = [Fraction(0)] * (len(states) + 1)
        row[place[state]] += 1
        for after, times in steps[state].items():
            if after is True:
                row[-1] += Fraction(times, total)
            elif after is not False and after in place:
                row[place[after]] -= Fraction(times, total)
        rows.append(row)
    return float(solve(rows)[place[()]])


def solve(rows: list[list[Fraction]]) -> list[Fraction]:
    """Gauss's elimination of equations (coefficients, then the right side)."""
    rows = [list(row) for row in rows]
    for k in range(len(rows)):
        pivot = next(i for i in range(k, len(rows)) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i, row in enumerate(rows):
            if i != k and row[k]:
                rows[i] = [a - row[k] * b for a, b in zip(row, rows[k], strict=True)]
    return [row[-1] for row in rows]


def chained(walks: list[Journey], by: Callable[[Event], Any], order: int) -> Credits:
    """Removal effects."""
    paths = [[*map(by, journey.touches), journey.goal is not None] for journey in walks if journey.touches]
    channels = dict.fromkeys(channel for path in paths for channel in path[:-1])
    whole = conversion(paths, order) if paths else 0.0
    if not whole:
        return dict.fromkeys(channels, Fraction(0))
    return {c: Fraction(1 - conversion(paths, order, removed=c) / whole) for c in channels}


def shares(credits: Credits) -> dict[Any, float] | None:
    total = sum(credits.values())
    return {channel: float(credit / total) for channel, credit in credits.items()} if total else None


def jackknife(
    walks: list[Journey],
    group: Callable[[str], int],
    estimate: Callable[[list[Journey]], Any],
    t: Callable[[int], float],
) -> dict[Any, tuple[float, float] | None]:
    """Intervals of shares: leave out the customers of one group at a time."""
    whole = estimate(walks)
    groups = sorted({group(j.customer) for j in walks if j.touches})
    rest = [estimate([j for j in walks if group(j.customer) != g]) for g in groups]
    found: dict[Any, tuple[float, float] | None] = {}
    for channel, share in whole.items():
        n = len(groups)
        if n < 2 or any(one is None for one in rest):
            found[channel] = None
            continue
        half = t(n - 1) * sqrt((n - 1) / n * sum((one.get(channel, 0.0) - share) ** 2 for one in rest))
        found[channel] = (max(share - half, 0.0), min(share + half, 1.0)) if half > 1e-9 * max(share, 1e-9) else None
    return found
