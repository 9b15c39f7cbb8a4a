"""Means of scores of which one weighs nearly everything, and of scales with ends."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from lvtu.analyses.means import Scores
from lvtu.analyses.scores.measures import Measure


@given(st.floats(-5, 10), st.floats(1, 1e6), st.floats(0.001, 1))
def test_scores_that_are_alike_have_no_spread_however_their_weights_differ(
    score: float, much: float, little: float
) -> None:
    """One of them weighs nearly everything: t has hundreds of digits there, and the last bit of a mean shows them."""
    some = Scores()
    some.add(np.array([score, score]), np.array([much, little]))
    found = some.mean()
    assert found.mean == score
    assert found.mean_low in (None, score) and found.mean_high in (None, score)


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0.001, 1000)), min_size=1, max_size=12))
def test_an_interval_stays_on_its_scale_and_is_none_where_one_weighs_nearly_everything(
    answers: list[tuple[int, float]],
) -> None:
    """Against sums over the answers in plain Python, and the t of another library."""
    some = Scores()
    some.add(np.array([score for score, _ in answers], float), np.array([weight for _, weight in answers]))
    weights = [round(weight * 1e6) for _, weight in answers]
    total = sum(weights)
    mean = sum(weight * score for weight, (score, _) in zip(weights, answers, strict=True)) / total
    n = total**2 / sum(weight**2 for weight in weights)
    told = Measure("mean", "csat5").told(some)
    assert math.isclose(told.value or 0, mean, rel_tol=1e-9)
    if n < 1.5 - 1e-9:
        assert told.low is told.high is None
    elif n > 1.5 + 1e-9:
        around = sum(weight * (score - mean) ** 2 for weight, (score, _) in zip(weights, answers, strict=True)) / total
        half = t.ppf(0.975, n - 1) * math.sqrt(around / (n - 1))
        assert told.low is not None and math.isclose(told.low, max(mean - half, 1.0), rel_tol=1e-6, abs_tol=1e-6)
        assert told.high is not None and math.isclose(told.high, min(mean + half, 5.0), rel_tol=1e-6, abs_tol=1e-6)


def test_of_a_scale_that_does_not_tell_its_ends_the_interval_is_students_own() -> None:
    some = Scores()
    some.add(np.array([1.0, 5.0]), np.full(2, np.nan))
    low, high = Measure("mean", "mood").told(some)[1:]
    assert low is not None and high is not None and low < -20 and high > 20
    assert Measure("mean", "csat5").told(some)[1:] == (1.0, 5.0)
