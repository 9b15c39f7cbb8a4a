"""The twin of Kaplan–Meier against the textbook's patients."""

from __future__ import annotations

import numpy as np
import pytest

from lvtu.analyses.survival import kaplan_meier
from naive import survival as naive

RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
LEFT = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
KNOWN = [
    (6, 21, 0.857, 0.620, 0.952), (7, 17, 0.807, 0.563, 0.923), (10, 15, 0.753, 0.503, 0.889),
    (13, 12, 0.690, 0.432, 0.849), (16, 11, 0.627, 0.368, 0.805), (22, 7, 0.538, 0.268, 0.747),
    (23, 6, 0.448, 0.188, 0.680),
]  # fmt: skip
"""Weeks in remission under 6-MP (Freireich et al., Blood 21 (1963) 699–716) with the intervals of the log-log scale."""


def test_the_patients_of_freireich() -> None:
    lives = [(week, True) for week in RELAPSED] + [(week, False) for week in LEFT]
    twin = naive.kaplan_meier(lives)
    assert [(m.time, m.at_risk, round(m.survival, 3), round(m.low, 3), round(m.high, 3)) for m in twin] == KNOWN  # type: ignore[arg-type]
    counts = [np.bincount(weeks, minlength=40) for weeks in (RELAPSED, LEFT)]
    curve = kaplan_meier(*counts)
    assert curve.bins.tolist() == [m.time for m in twin] and curve.at_risk.tolist() == [m.at_risk for m in twin]
    assert curve.survival.tolist() == pytest.approx([m.survival for m in twin])
    assert (1 - curve.high).tolist() == pytest.approx([m.low for m in twin])
    assert (1 - curve.low).tolist() == pytest.approx([m.high for m in twin])


def test_coarse_keeps_the_order_and_a_hundredth() -> None:
    values = [0, 1, 63, 64, 65, 1000, 12_345_678, 86_400_000_000, 86_400_000_001]
    assert [naive.coarse(v) for v in values] == sorted(naive.coarse(v) for v in values)
    assert all(0 <= v - naive.coarse(v) <= max(v / 64, 0) for v in values)
