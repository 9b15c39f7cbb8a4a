from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naive.compare import compare, wilson


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_published_intervals(counts, low, high):
    found = compare(*counts)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_published_wilson_interval():
    # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998)
    # 857–872, method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=6e-5)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=6e-5)


def test_published_p_value():
    found = compare(189, 11034, 104, 11037)
    assert found.z**2 == pytest.approx(25.01, abs=6e-3)
    assert found.p_value == pytest.approx(5.7e-7, rel=0.01)


def test_nothing_to_compare():
    assert compare(0, 0, 1, 2) is None
    assert compare(0, 5, 0, 9).p_value == 1.0
    assert compare(5, 5, 9, 9).p_value == 1.0


@given(st.data(), st.integers(1, 500), st.integers(1, 500))
def test_laws(data, n1, n2):
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    one, two = compare(k1, n1, k2, n2), compare(k2, n2, k1, n1)
    assert one.low <= one.difference <= one.high
    assert (one.low, one.high) == pytest.approx((-two.high, -two.low))
    assert one.p_value == pytest.approx(two.p_value) and 0 <= one.p_value <= 1
