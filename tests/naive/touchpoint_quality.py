"""Touchpoint quality the slow way: lists of points of every customer, and a customer's group left out at a time."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scipy import stats

from naive.journeys import Event, What, in_range, journeys
from naive.response_times import waits

ENDS = {"csat5": (1, 5), "nps": (0, 10), "ces7": (1, 7), "effort7": (7, 1), "emotion": (-2, 2), "servqual7": (1, 7)}
PART = {"ces7": "effort", "effort7": "effort", "emotion": "emotion"}
PARTS = ("perception", "emotion", "effort", "reliability", "punctuality")

Feel = Callable[[str], float | None]


class Thing(NamedTuple):
    customer: str
    group: Any
    part: str
    points: float
    weight: float


Figure = Callable[[Sequence[Thing]], float | None]


def told(
    events: Iterable[Event], by: str | None, feel: Feel, where: What = None, since: int | None = None,
    until: int | None = None, weighted: bool = True,
) -> list[Thing]:  # fmt: skip
    """Every answer and every text in points."""
    found = []
    for customer, line in journeys(events, where).items():
        for event in line:
            weight = 1.0 if event.weight is None or not weighted else event.weight
            if not in_range(event, since, until) or weight <= 0:
                continue
            group = event.get(by) if by else None
            if event.score is not None and event.scale in ENDS:
                worst, best = ENDS[event.scale]
                points = 100 * (event.score - worst) / (best - worst)
                side = event.properties.get("side")
                if 0 <= points <= 100 and side not in ("expectation", "importance"):
                    found.append(Thing(customer, group, PART.get(event.scale, "perception"), points, weight))
            felt = None if event.text is None else feel(event.text)
            if felt is not None:
                found.append(Thing(customer, group, "emotion", 25 * (felt + 2), weight))
    return found


def passes(
    events: Iterable[Event], by: str | None, failure: Callable[[Event], bool], gap: int, where: What = None,
    since: int | None = None, until: int | None = None,
) -> list[Thing]:  # fmt: skip
    """Every pass, 100 points where nothing failed in it."""
    found = []
    for customer, line in journeys(events, where).items():
        places: defaultdict[Any, list[Event]] = defaultdict(list)
        for event in line:
            if in_range(event, since, until):
                places[event.get(by) if by else None].append(event)
        for group, own in places.items():
            runs: list[list[Event]] = []
            for event in own:
                if not runs or event.time - runs[-1][-1].time > gap:
                    runs.append([])
                runs[-1].append(event)
            found += [Thing(customer, group, "reliability", 0.0 if any(map(failure, run)) else 100.0, 1.0)
                      for run in runs]  # fmt: skip
    return found


def in_time(
    events: Iterable[Event], by: str | None, start: str, end: str, within: int, horizon: int, **asked: Any
) -> list[Thing]:  # fmt: skip
    """Every settled wait, 100 points where it ended in time."""
    return [
        Thing(wait.customer, wait.start.get(by) if by else None, "punctuality", 100.0 * (wait.fate == "met"), 1.0)
        for wait in waits(events, {start}, {end}, within, horizon, **asked) if wait.fate in ("met", "missed")
    ]  # fmt: skip


def mean(things: Sequence[Thing]) -> float | None:
    total = sum(one.weight for one in things)
    return sum(one.weight * one.points for one in things) / total if total else None


def mean_of(part: str, things: Sequence[Thing]) -> float | None:
    return mean([one for one in things if one.part == part])


def weights(points: Sequence[float], known: Mapping[str, bool]) -> dict[str, float]:
    """The share of each part that is known; what operations have goes to what is known of them."""
    given = {name: value for name, value in zip(PARTS, points, strict=False) if known[name] and name in PARTS[:3]}
    operated = [name for name in PARTS[3:] if known[name]]
    given |= {name: points[3] / len(operated) for name in operated}
    total = sum(given.values())
    return {name: value / total for name, value in given.items()} if total else {}


def index(things: Sequence[Thing], shares: Mapping[str, float]) -> float | None:
    values = {part: mean_of(part, things) for part in shares}
    if not any(shares.get(part) for part in PARTS[:3]) or any(value is None for value in values.values()):
        return None
    return sum(shares[part] * (value or 0.0) for part, value in values.items())


def interval(things: Sequence[Thing], figure: Figure, hashed: Mapping[str, int]) -> tuple[float, float] | None:
    """The jackknife's interval, cut at 0 and 100; None where no group makes a difference, or one makes all of it."""
    whole, used = figure(things), sorted({hashed[one.customer] for one in things})
    rest = [figure([one for one in things if hashed[one.customer] != group]) for group in used]
    if whole is None or len(used) < 2 or any(one is None for one in rest):
        return None
    squares = sum(((one or 0.0) - whole) ** 2 for one in rest)
    half = float(stats.t.ppf(0.975, len(used) - 1)) * math.sqrt((len(used) - 1) / len(used) * squares)
    return (max(whole - half, 0.0), min(whole + half, 100.0)) if half > 1e-6 else None
