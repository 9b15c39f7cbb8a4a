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
from lvtu.demo.figures import effective_n, rate, share
from lvtu.errors import BadInput


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(42, 50, 71.49, 91.66), (10, 10, 72.25, 100.0)])
def test_share_vectors(hits: int, of: int, low: float, high: float) -> None:
    for figure in (rate(hits, of), share(np.arange(of) < hits)):
        assert (100 * figure.low, 100 * figure.high) == pytest.approx((low, high), abs=5e-3)


@given(st.integers(1, 500), st.data())
def test_wilson_is_scipys(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    expected = stats.binomtest(hits, of).proportion_ci(method="wilson")
    assert wilson(hits, of) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.1, 4)), min_size=1, max_size=40))
def test_weighted_share_by_hand(rows: list[tuple[bool, float]]) -> None:
    total = sum(w for _, w in rows)
    n = total**2 / sum(w * w for _, w in rows)
    expected = sum(w for hit, w in rows if hit) / total
    figure = share(np.array([hit for hit, _ in rows]), np.array([w for _, w in rows]))
    assert (figure.value, figure.n) == (pytest.approx(expected), len(rows))
    z = NormalDist().inv_cdf(0.975)
    middle = (expected + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(expected * (1 - expected) / n + z * z / (4 * n * n))
    assert (figure.low, figure.high) == pytest.approx((middle - half, middle + half), abs=1e-9)


def test_equal_weights_change_nothing() -> None:
    assert effective_n(np.full(7, 0.7)) == pytest.approx(7)
    assert share(np.arange(7) < 3, np.full(7, 0.7)).low == pytest.approx(rate(3, 7).low)
    with pytest.raises(BadInput):
        share(np.array([], bool))


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
