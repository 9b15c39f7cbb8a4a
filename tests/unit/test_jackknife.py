"""Intervals by leaving out groups, against plain Python; parts that add up."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from statistics import stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lvtu.analyses.attribution.apportion import amounts, apportion, shares
from lvtu.analyses.attribution.markov import joint_effects, removal_effects
from lvtu.analyses.jackknife import ends, without_each
from parts import examples


def test_of_a_mean_it_is_the_t_interval() -> None:
    """Of n groups of one value each the jackknife of the mean is s/√n, exactly."""
    dice = random.Random(5)
    values = [dice.gauss(3, 2) for _ in range(64)]
    sums = np.array([[value, 1.0] for value in values])
    rest = without_each(sums, np.arange(64))
    found = ends(np.array([sum(values) / 64]), rest[:, :1] / rest[:, 1:])
    half = float(stats.t.ppf(0.975, 63)) * stdev(values) / 8
    assert [float(end[0]) for end in found] == pytest.approx([sum(values) / 64 - half, sum(values) / 64 + half])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 20)), max_size=12), st.sets(st.integers(0, 11)))
def test_of_a_ratio_it_is_the_plain_one(groups: list[tuple[int, int]], hidden: set[int]) -> None:
    used = [place for place in range(len(groups)) if place not in hidden]
    sums = np.zeros((64, 2), np.int64)
    for place in used:
        sums[place] = groups[place]
    total = [sum(groups[place][k] for place in used) for k in (0, 1)]
    if not used:
        return
    whole = total[0] / total[1]
    rest = without_each(sums, np.array(used))
    with np.errstate(invalid="ignore"):
        low, high = ends(np.array([whole]), rest[:, :1] / rest[:, 1:], 0.0)
    if len(used) < 2:
        assert math.isnan(low[0]) and math.isnan(high[0])
        return
    left_out = [Fraction(total[0] - groups[g][0], total[1] - groups[g][1]) for g in used]
    n = len(used)
    variance = Fraction(n - 1, n) * sum((one - Fraction(total[0], total[1])) ** 2 for one in left_out)
    if not variance:
        assert math.isnan(low[0]) and math.isnan(high[0])
        return
    half = float(stats.t.ppf(0.975, n - 1)) * math.sqrt(variance)
    assert (low[0], high[0]) == (pytest.approx(max(whole - half, 0)), pytest.approx(whole + half))


@given(st.lists(st.integers(0, 1 << 40), min_size=1), st.integers(0, 1 << 50))
def test_parts_add_up(weights: list[int], whole: int) -> None:
    parts, total = apportion(weights, whole), sum(weights)
    assert sum(parts) == (whole if total else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(weight * whole, total or 1)) < 1 or not total
    dealt = random.Random(1).sample(amounts(weights, whole), len(weights))
    assert sum(dealt) == (whole if total else 0)
    assert not total or sum(random.Random(2).sample(shares(weights) or [], len(weights))) == 1


@settings(max_examples=examples(40))
@given(st.integers(2, 5), st.randoms(use_true_random=False))
def test_removing_states(size: int, dice: random.Random) -> None:
    """Both closed forms, and what is left when the state's steps lead to nothing instead."""
    counts = np.array([[dice.choice((0, 1, 3, 9)) for _ in range(size + 1)] for _ in range(size)], float)
    counts[:, 0] += 1  # every state leads to an end
    counts[0, 1] += 1
    counts[0, size] = 0  # without a touch nothing is counted
    counts[1, size] += 1
    single = removal_effects(counts[None])[0]
    assert joint_effects(counts, [np.array([k]) for k in range(1, size)]) == pytest.approx(single)
    for state in range(1, size):
        without = counts.copy()
        without[state] = 0
        without[state, 0] = 1
        assert 1 - converted(without) / converted(counts) == pytest.approx(single[state - 1])
    some = list(range(1, size))[: size - 2] or [1]
    without = counts.copy()
    without[some] = 0
    without[some, 0] = 1
    assert joint_effects(counts, [np.array(some)]) == pytest.approx([1 - converted(without) / converted(counts)])


def converted(counts: np.ndarray) -> float:  # type: ignore[type-arg]
    """The share that converts, by walking on until nobody is on the way."""
    chance = counts / counts.sum(axis=1, keepdims=True)
    here, done = np.eye(len(counts))[0], 0.0
    for _ in range(600):
        done += float(here @ chance[:, -1])
        here = here @ chance[:, :-1]
        here[0] = 0  # column 0 is nothing
    return done
