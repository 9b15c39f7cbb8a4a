"""Some customers beside others, by hand: plain loops over lists of events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from math import erfc, exp, log, sqrt
from statistics import fmean, variance
from typing import Any

from scipy import stats

Row = Mapping[str, Any]


def lines(rows: Iterable[Row], step: Callable[[Row], str | None]) -> dict[str, list[str]]:
    """The steps of each customer in order; a run of the same one is one."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one["time"], one["message_id"])):
        here = step(row)
        if here is not None and found[row["user_id"]][-1:] != [here]:
            found[row["user_id"]].append(here)
    return found


def ways(rows: Iterable[Row], step: Callable[[Row], str | None]) -> dict[tuple[str, str], tuple[float, int]]:
    """From step to step: the share of those who went on, and of how many."""
    pairs: Counter[tuple[str, str]] = Counter()
    for some in lines(rows, step).values():
        pairs.update(pairwise(some))
    left: Counter[str] = Counter()
    for (source, _), number in pairs.items():
        left[source] += number
    return {pair: (number / left[pair[0]], left[pair[0]]) for pair, number in pairs.items()}


def starts(rows: Iterable[Row], step: Callable[[Row], str | None]) -> dict[str, tuple[float, int]]:
    """Of all customers, the share whose way begins at each step."""
    firsts = Counter(some[0] for some in lines(rows, step).values())
    return {key: (number / firsts.total(), firsts.total()) for key, number in firsts.items()}


def ends(rows: Iterable[Row], step: Callable[[Row], str | None]) -> dict[str, tuple[float, int]]:
    """Of all times somebody was at a step, the share that was their last."""
    found = lines(rows, step).values()
    lasts, there = Counter(some[-1] for some in found), Counter(step for some in found for step in some)
    return {key: (number / there[key], there[key]) for key, number in lasts.items()}


def lift(here: int, n: int, there: int, m: int) -> tuple[float, float, float] | None:
    """The ratio of two shares with Katz's interval."""
    if not here or not there:
        return None
    ratio = (here / n) / (there / m)
    error = sqrt((1 - here / n) / here + (1 - there / m) / there)
    return ratio, exp(log(ratio) - 1.959963984540054 * error), exp(log(ratio) + 1.959963984540054 * error)


def p_of_shares(here: int, n: int, there: int, m: int) -> float:
    """The pooled z test of two shares, two-sided."""
    pooled = (here + there) / (n + m)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return erfc(abs(here / n - there / m) / error / sqrt(2)) if error else 1.0


def p_of_means(one: list[float], other: list[float]) -> float:
    """Welch's test, two-sided."""
    return float(stats.ttest_ind(one, other, equal_var=False).pvalue)


def p_of_spending(one: list[float], other: list[float]) -> float:
    """The normal test of two means."""
    error = sqrt(variance(one) / len(one) + variance(other) / len(other))
    return erfc(abs(fmean(one) - fmean(other)) / error / sqrt(2)) if error else 1.0


def adjusted(p: list[float]) -> list[float]:
    """Benjamini and Hochberg, step by step."""
    order = sorted(range(len(p)), key=lambda place: p[place])
    found = [0.0] * len(p)
    least = 1.0
    for rank in range(len(p), 0, -1):
        place = order[rank - 1]
        least = min(least, p[place] * len(p) / rank)
        found[place] = least
    return found
