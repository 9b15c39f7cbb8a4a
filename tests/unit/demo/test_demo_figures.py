"""Figures against published vectors, scipy and plain Python."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lvtu.analyses.intervals import difference, discoveries, wilson
from lvtu.demo.figures import change, effective_n, mean, nps, rate, share
from lvtu.errors import BadInput


def answers(promoters: int, passives: int, detractors: int) -> np.ndarray:
    return np.repeat([10.0, 8.0, 3.0], [promoters, passives, detractors])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 12, 8), (30.0, 4.598, 51.216)),
        ((500, 300, 200), (30.0, 25.077, 34.744)),
        ((5, 0, 0), (100.0, 17.49, 100.0)),
    ],
)
def test_nps_vectors(counts: tuple[int, int, int], expected: tuple[float, float, float]) -> None:
    figure = nps(answers(*counts))
    assert (figure.value, figure.low, figure.high) == pytest.approx(expected, abs=5e-3)


def test_difference_of_nps_vector() -> None:
    result = change(nps(answers(500, 300, 200)), nps(answers(560, 260, 180)))
    assert result.delta == pytest.approx(8.0)
    assert (result.high - result.low) / 2 == pytest.approx(6.81, abs=5e-3)


def test_nps_cuts_at_six_seven_and_nine() -> None:
    assert nps(np.array([6.0, 7.0, 8.0, 9.0])).value == 0
    assert nps(np.array([6.0, 7.0])).value == -50
    assert nps(np.array([8.0, 9.0])).value == 50


@pytest.mark.parametrize("bad", [[], [11.0], [-1.0, 5.0]])
def test_nps_refuses_blanks(bad: list[float]) -> None:
    with pytest.raises(BadInput):
        nps(np.array(bad))


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(42, 50, 71.49, 91.66), (10, 10, 72.25, 100.0)])
def test_share_vectors(hits: int, of: int, low: float, high: float) -> None:
    for figure in (rate(hits, of), share(np.arange(of) < hits)):
        assert (100 * figure.low, 100 * figure.high) == pytest.approx((low, high), abs=5e-3)


@given(st.integers(1, 500), st.data())
def test_wilson_is_scipys(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    expected = stats.binomtest(hits, of).proportion_ci(method="wilson")
    assert wilson(hits, of) == pytest.approx((expected.low, expected.high), abs=1e-9)


WEIGHTED = st.lists(st.tuples(st.integers(1, 5), st.floats(0.1, 4)), min_size=3, max_size=40)


@given(WEIGHTED)
def test_weighted_mean_by_hand(rows: list[tuple[int, float]]) -> None:
    total = sum(w for _, w in rows)
    expected = sum(x * w for x, w in rows) / total
    n = total**2 / sum(w * w for _, w in rows)
    spread = sum(w * (x - expected) ** 2 for x, w in rows) / total
    half = NormalDist().inv_cdf(0.975) * math.sqrt(spread / (n - 1))
    figure = mean(np.array([float(x) for x, _ in rows]), np.array([w for _, w in rows]))
    assert figure.value == pytest.approx(expected)
    assert figure.effective == pytest.approx(n)
    assert figure.high - figure.value == pytest.approx(half)
    assert figure.n == len(rows)


@given(WEIGHTED)
def test_equal_weights_change_nothing(rows: list[tuple[int, float]]) -> None:
    scores = np.array([float(x) for x, _ in rows])
    assert effective_n(np.full(len(rows), 0.7)) == pytest.approx(len(rows))
    assert mean(scores, np.full(len(rows), 0.7)).variance == pytest.approx(np.var(scores, ddof=1) / len(rows))


def test_a_mean_stays_on_its_scale() -> None:
    figure = mean(np.array([2.0, 2.0, 2.0, -2.0]), np.ones(4), bounds=(-2, 2))
    assert figure.high == 2


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_discoveries_are_scipys(p: list[float]) -> None:
    assert discoveries(p) == pytest.approx(list(stats.false_discovery_control(p)))


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_proportions_are_the_chi_square_test(of: int, other: int, data: st.DataObject) -> None:
    hits, more = data.draw(st.integers(0, of)), data.draw(st.integers(0, other))
    if 0 < hits + more < of + other:
        table = [[hits, of - hits], [more, other - more]]
        expected = stats.chi2_contingency(table, correction=False).pvalue
    else:
        expected = 1
    told = difference(hits, of, more, other)
    assert told is not None and told[3] == pytest.approx(expected)
