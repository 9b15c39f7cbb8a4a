"""The interval of a mean on a scale with ends holds the true mean as often as it says, even of few answers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from lvtu.analyses.means import bounded

ENDS = (-2.0, 2.0)
LINES = {
    "two camps": [-1.5] * 30 + [1.5] * 70, "one in twenty is bad": [1.8] * 95 + [-1.8] * 5,
    "one in fifty is": [1.9] * 98 + [-1.9] * 2, "mostly nothing": [-1.2] * 20 + [0.0] * 50 + [1.2] * 30,
    "around the middle": np.clip(np.random.default_rng(0).normal(0.3, 0.8, 1000), *ENDS).tolist(),
}  # fmt: skip
DRAWS = 600


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("n", [2, 3, 5, 8, 15, 40])
def test_it_covers_the_mean(line: str, n: int) -> None:
    answers, dice = np.array(LINES[line]), np.random.default_rng(n)
    drawn = dice.choice(answers, (DRAWS, n))
    found = [bounded(float(one.mean()), float(one.var()), n, ENDS) for one in drawn]
    assert all(ENDS[0] <= low < high <= ENDS[1] for low, high in found)
    assert all(low <= one.mean() <= high for (low, high), one in zip(found, drawn, strict=True))
    held = sum(low <= answers.mean() <= high for low, high in found) / DRAWS
    assert held >= 0.95 - 3 * (0.95 * 0.05 / DRAWS) ** 0.5


def test_students_alone_would_not() -> None:
    answers = np.array(LINES["one in twenty is bad"])
    drawn = np.random.default_rng(5).choice(answers, (DRAWS, 5))
    half = stats.t.ppf(0.975, 4) * drawn.std(axis=1, ddof=1) / 5**0.5
    assert (np.abs(drawn.mean(axis=1) - answers.mean()) <= half).mean() < 0.4


def test_of_many_answers_it_is_students() -> None:
    answers = np.random.default_rng(1).choice(LINES["around the middle"], 5000)
    low, high = stats.t.interval(0.95, 4999, loc=answers.mean(), scale=stats.sem(answers))
    assert bounded(float(answers.mean()), float(answers.var()), 5000, ENDS) == pytest.approx((low, high), abs=1e-3)


def test_on_another_scale_it_is_the_same_elsewhere() -> None:
    mean, spread, n = 0.4, 0.9, 6
    stretched = bounded(1 + (mean + 2) * 1.5, spread * 1.5**2, n, (1.0, 7.0))
    assert [1 + (end + 2) * 1.5 for end in bounded(mean, spread, n, ENDS)] == pytest.approx(stretched)
