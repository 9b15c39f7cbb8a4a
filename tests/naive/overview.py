"""An overview in plain Python: the stages of two periods, feelings, totals, and which differences are real."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median

from scipy.stats import norm, t

from naive.intervals import Z, wilson
from naive.journeys import Event, What, in_range, journeys, matches, once
from naive.rollup import Journey, rollup
from naive.stages import Stage, entered, stages


@dataclass
class StageFacts:
    customers: set[str]
    went_on: set[str]  # of those in the stage before
    stays: dict[str, list[int]]  # by customer
    scores: dict[str | None, list[tuple[float, float]]] = field(default_factory=dict)  # by scale: (score, weight)

    def median(self, without: set[str] = frozenset()) -> float | None:  # type: ignore[assignment]
        told = [stay for customer, some in self.stays.items() if customer not in without for stay in some]
        return median(told) if told else None


def strip(
    events: Iterable[Event], model: Sequence[tuple[str, Stage]], since: int, until: int, where: What = None
) -> list[StageFacts]:
    """The stages in one period: who entered the first one in it, and what they had reached when it ended."""
    events = [event for event in events if event.time < until]
    names, rules = [key for key, _ in model], [stage for _, stage in model]
    rows = stages(events, rules, since=since, until=until, where=where)
    told = rollup(
        events, Journey("top", [(key, stage, None) for key, stage in model]), since=since, until=until, where=where
    )
    found = []
    for place, row in enumerate(rows):
        one = StageFacts(row.customers, row.customers & rows[place - 1].customers if place else set(), {})
        for event in told[f"top/{names[place]}"].given:
            weight = 1.0 if event.weight is None else event.weight
            one.scores.setdefault(event.scale, []).append((event.score or 0.0, weight))
        found.append(one)
    for customer, line in journeys(events, where).items():
        entries = entered(line, rules, "ordered", since, until)
        for place, row in enumerate(found):
            stays = stages(line, rules, since=since, until=until, where=where)[place].stays if entries else []
            if stays:
                row.stays[customer] = stays
    return found


@dataclass
class Totals:
    customers: dict[str, int]  # events by customer
    orders: dict[str, int]
    money: dict[tuple[str, str | None], float]  # by customer and currency
    scores: dict[str | None, list[tuple[float, float]]]


def totals(events: Iterable[Event], orders: What, since: int, until: int, where: What = None) -> Totals:
    found = Totals({}, {}, {}, {})
    for event in once(events):
        if not in_range(event, since, until) or not matches(where, event):
            continue
        found.customers[event.customer] = found.customers.get(event.customer, 0) + 1
        if matches(orders, event):
            found.orders[event.customer] = found.orders.get(event.customer, 0) + 1
            if event.value is not None:
                key = event.customer, event.properties.get("currency")
                found.money[key] = found.money.get(key, 0.0) + event.value
        if event.score is not None and event.weight != 0:
            weight = 1.0 if event.weight is None else event.weight
            found.scores.setdefault(event.scale, []).append((event.score, weight))
    return found


# Statistics.


def newcombe(now: tuple[float, float], before: tuple[float, float]) -> tuple[float, float, float, float]:
    (k, n), (j, m) = now, before
    (l1, u1), (l2, u2) = wilson(k, n), wilson(j, m)
    apart = k / n - j / m
    share = (k + j) / (n + m)
    error = math.sqrt(share * (1 - share) * (1 / n + 1 / m))
    p = 2 * norm.sf(abs(apart) / error) if error else 1.0
    return apart, apart - math.hypot(k / n - l1, u2 - j / m), apart + math.hypot(u1 - k / n, j / m - l2), p


def moments(scores: Sequence[tuple[float, float]]) -> tuple[float, float | None, float]:
    exact = [
        (Fraction(score), Fraction(weight)) for score, weight in scores
    ]  # a spread of 0 is 0, however few they are
    total = sum(weight for _, weight in exact)
    mean = sum(score * weight for score, weight in exact) / total
    effective = total**2 / sum(weight**2 for _, weight in exact)
    if effective < 1.5:
        return float(mean), None, float(effective)
    spread = sum(weight * (score - mean) ** 2 for score, weight in exact) / total
    return float(mean), float(spread / (effective - 1)), float(effective)


def mean(
    scores: Sequence[tuple[float, float]], ends: tuple[float, float] = (-math.inf, math.inf)
) -> tuple[float, float | None, float | None]:
    value, error, n = moments(scores)
    if error is None:
        return value, None, None
    half = t.ppf(0.975, n - 1) * math.sqrt(error)
    return value, max(value - half, ends[0]), min(value + half, ends[1])


def welch(
    now: Sequence[tuple[float, float]], before: Sequence[tuple[float, float]]
) -> tuple[float, float, float, float] | None:
    (m1, e1, n1), (m2, e2, n2) = moments(now), moments(before)
    if e1 is None or e2 is None:
        return None
    error = math.sqrt(e1 + e2)
    if not error:
        return m1 - m2, m1 - m2, m1 - m2, float(m1 == m2)
    freedom = (e1 + e2) ** 2 / (e1**2 / (n1 - 1) + e2**2 / (n2 - 1))
    half = t.ppf(0.975, freedom) * error
    return m1 - m2, m1 - m2 - half, m1 - m2 + half, 2 * t.sf(abs(m1 - m2) / error, freedom)


def jackknife(whole: float, without: Sequence[float]) -> tuple[float, float, float] | None:
    """The interval of a difference and its p-value, from the same without each group."""
    n = len(without)
    error = math.sqrt((n - 1) / n * sum((one - whole) ** 2 for one in without))
    if not error:
        return None
    half = t.ppf(0.975, n - 1) * error
    return whole - half, whole + half, 2 * t.sf(abs(whole) / error, n - 1)


def discoveries(p: Sequence[float]) -> list[float]:
    """Benjamini & Hochberg: of each, the smallest rate at which it is among the discoveries."""
    m = len(p)
    return [min(1.0, min(other * m / sum(one <= other for one in p) for other in p if other >= own)) for own in p]


def nps(scores: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    total = sum(weight for _, weight in scores)
    n = total**2 / sum(weight**2 for _, weight in scores)
    up = sum(weight for score, weight in scores if score >= 9) / total
    down = sum(weight for score, weight in scores if score <= 6) / total
    p, d = (up * n + 0.75) / (n + 3), (down * n + 0.75) / (n + 3)
    half = Z * math.sqrt((p + d - (p - d) ** 2) / (n + 3))
    variance = (up + down - (up - down) ** 2) / n * 1e4
    return 100 * (up - down), max(100 * (p - d - half), -100), min(100 * (p - d + half), 100), variance
