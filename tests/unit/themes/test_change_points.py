"""Change-points against all ways to spread the same total, against simulated noise, and against shifts put there."""

from __future__ import annotations

import random

import numpy as np
import pytest

from lvtu.analyses import change_points
from lvtu.analyses.change_points import Means, Shares, told_changes
from naive import themes as naive


def test_the_chance_of_the_best_split_is_exact() -> None:
    dice = random.Random(4)
    for _ in range(25):
        whole = [dice.randint(1, 5) for _ in range(5)]
        part = [sum(dice.random() < 0.4 for _ in range(n)) for n in whole]
        if 0 < sum(part) < sum(whole):
            bound = naive.best_split(part, whole)
            found = change_points._chance_of_shares(np.array(whole), sum(part), sum(whole), bound)
            assert found == pytest.approx(naive.chance(part, whole), abs=1e-9)


def test_the_chance_for_means_is_that_of_simulated_noise() -> None:
    chance = np.random.default_rng(5)
    counts = np.array([40, 5, 80, 30, 60, 10, 50])
    n, drawn = int(counts.sum()), []
    sizes = np.cumsum(counts)[:-1]
    for _ in range(20_000):
        reached = np.cumsum(chance.standard_normal(len(counts)) * np.sqrt(counts))
        apart = np.abs(reached[:-1] - sizes / n * reached[-1]) / np.sqrt(sizes * (n - sizes) / n)
        drawn.append(apart.max())
    for bound in (1.5, 2.0, 2.5, 3.0):
        share = sum(one >= bound for one in drawn) / len(drawn)
        found = change_points._chance_of_means(sizes / n, bound)
        assert abs(found - share) < 4 * (share * (1 - share) / len(drawn)) ** 0.5 + 0.003


@pytest.mark.parametrize("excess", [0.0, 0.015])
def test_noise_is_rarely_told_as_a_change(excess: float) -> None:
    """Also where periods differ by more than chance makes them."""
    chance, told = np.random.default_rng(6), 0
    for _ in range(300):
        whole = chance.poisson(300, 24)
        level = np.clip(0.06 + chance.normal(0, excess, 24), 0.001, 1)
        change = Shares(chance.binomial(whole, level), whole).change()
        told += change is not None and change.p_value <= 0.05
    assert told <= 27  # 5 % of 300, and three standard deviations


def test_noise_in_feelings_is_rarely_told_as_a_change() -> None:
    chance, told = np.random.default_rng(7), 0
    for _ in range(200):
        counts = chance.poisson(25, 12)
        values = [np.clip(chance.normal(0.3, 1, n), -2, 2) for n in counts]
        sums = ([one.sum() for one in values], [(one * one).sum() for one in values])
        change = Means(np.array(sums[0]), np.array(sums[1]), counts).change()
        told += change is not None and change.p_value <= 0.05
    assert told <= 20


def test_shifts_are_found_with_their_size_and_place() -> None:
    chance, near = np.random.default_rng(8), []
    for _ in range(50):
        whole = chance.poisson(400, 20)
        level = np.where(np.arange(20) < 12, 0.05, 0.11)
        change = Shares(chance.binomial(whole, level), whole).change()
        assert change is not None and change.p_value < 0.001
        near.append(abs(change.at - 12) <= 1)
        assert abs(change.difference - 0.06) < 0.03 and change.low < change.difference < change.high
        assert change.n_before + change.n_after == whole.sum()
    assert sum(near) > 45
    counts = np.full(20, 60)
    values = [chance.normal(0.4 if at < 9 else -0.3, 1, 60) for at in range(20)]
    line = Means(np.array([v.sum() for v in values]), np.array([(v * v).sum() for v in values]), counts)
    moved = line.change()
    assert moved is not None and moved.at == 9 and moved.p_value < 1e-6
    assert moved.before == pytest.approx(np.concatenate(values[:9]).mean())
    assert moved.difference == pytest.approx(np.concatenate(values[9:]).mean() - moved.before)


def test_a_rise_and_a_fall_are_two_changes_and_steady_lines_none() -> None:
    chance = np.random.default_rng(9)
    whole = np.full(30, 500)
    bump = chance.binomial(whole, np.where((np.arange(30) >= 10) & (np.arange(30) < 20), 0.12, 0.04))
    steady = [Shares(chance.binomial(whole, 0.05), whole) for _ in range(30)]
    *rest, found = told_changes([*steady, Shares(bump, whole)])
    assert [(one.at, one.difference > 0) for one in found] == [(10, True), (20, False)]
    assert not any(rest)
    assert all(one.p_value <= one.p_adjusted for one in found)


def test_what_cannot_be_told() -> None:
    assert Shares(np.array([0, 0, 9]), np.array([10, 10, 10])).change() is None  # too few periods
    assert Shares(np.zeros(8), np.full(8, 10)).change() is None
    assert Shares(np.full(8, 10), np.full(8, 10)).change() is None
    assert Means(np.full(8, 10.0), np.full(8, 10.0), np.full(8, 10)).change() is None  # all feel the same
    empty = np.array([10, 0, 10, 0, 10, 0, 10, 10])
    change = Shares(np.array([0, 0, 0, 0, 9, 0, 10, 9]), empty).change()
    assert change is not None and change.at == 4 and change.p_value < 0.001
