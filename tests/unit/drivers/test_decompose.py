"""The decompositions of R² against least squares of every subset, and against what is known of simulated answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from lvtu.analyses.drivers import decompose
from lvtu.analyses.drivers.decompose import explained, inflation, johnson, shapley, slopes
from lvtu.analyses.drivers.linkage import bands_of, edges_of
from lvtu.analyses.drivers.logistic import logistic
from lvtu.analyses.drivers.model import Model, usable, worked_out
from lvtu.analyses.drivers.products import moments
from naive import drivers as naive


def answered(seed: int, n: int, p: int, skips: float = 0.0) -> tuple[Any, Any, Any]:
    """Scores from 1 to 5 that have to do with each other, an outcome, weights."""
    dice = np.random.default_rng(seed)
    common = dice.normal(size=(n, 1))
    scores = np.clip(np.rint(3 + common + dice.normal(size=(n, p))), 1, 5)
    outcome = scores @ np.linspace(1, -0.2, p) + dice.normal(size=n)
    scores[dice.random((n, p)) < skips] = np.nan
    return scores, outcome, dice.choice([0.5, 1.0, 2.5], n)


def told(scores: Any, outcome: Any, weights: Any, skipped: Any = "indicator", binary: bool = False) -> Model:
    model = worked_out(scores, outcome, weights, skipped, range(scores.shape[1]), binary)
    assert model is not None
    return model


@pytest.mark.parametrize("skips", [0.0, 0.3])
def test_parts_are_those_of_all_subsets(skips: float) -> None:
    scores, outcome, weights = answered(1, 150, 5, skips)
    some = usable(scores, outcome, "indicator").rows
    scores, outcome, weights = scores[some], outcome[some], weights[some]
    groups = naive.design(scores.tolist(), weights.tolist(), "indicator")
    assert sum(map(len, groups)) == (5 if not skips else 10)

    def worth(subset: tuple[int, ...]) -> float:
        return naive.r_squared([column for one in subset for column in groups[one]], outcome, weights)

    model = told(scores, outcome, weights)
    assert [part.part for part in model.parts.values()] == pytest.approx(naive.lmg(5, worth), abs=1e-9)
    assert model.r2 == pytest.approx(worth(tuple(range(5))), abs=1e-9)
    columns = [column for one in groups for column in one]
    every = naive.matrix([*columns, outcome.tolist()], weights.tolist())
    sizes = [len(one) for one in groups]
    assert [part.johnson for part in model.parts.values()] == pytest.approx(
        naive.relative_weights(every, sizes), abs=1e-9
    )
    assert sum(part.johnson for part in model.parts.values()) == pytest.approx(model.r2, abs=1e-6)
    firsts = [sum(sizes[:at]) for at in range(5)]
    fitted = naive.coefficients(columns, outcome, weights)
    assert [part.slope for part in model.parts.values()] == pytest.approx([fitted[at] for at in firsts], abs=1e-8)
    others = [naive.r_squared(columns[:at] + columns[at + 1 :], columns[at], weights) for at in firsts]
    assert [part.inflation for part in model.parts.values()] == pytest.approx([1 / (1 - one) for one in others])
    for at, part in enumerate(model.parts.values()):
        assert part.correlation == pytest.approx(naive.correlation(scores[:, at], outcome, weights))


def test_pairwise_parts_are_those_of_the_correlations_of_pairs() -> None:
    scores, outcome, weights = answered(2, 200, 4, 0.2)
    every = naive.matrix([*scores.T.tolist(), outcome.tolist()], weights.tolist())

    def worth(subset: tuple[int, ...]) -> float:
        here = list(subset)
        return float(every[here, -1] @ np.linalg.solve(every[np.ix_(here, here)], every[here, -1])) if here else 0.0

    model = told(scores, outcome, weights, "pairwise")
    assert not model.mended
    assert [part.part for part in model.parts.values()] == pytest.approx(naive.lmg(4, worth), abs=1e-9)


def test_pairs_that_contradict_each_other_are_mended() -> None:
    n = 60
    scores = np.full((3 * n, 3), np.nan)
    up = np.tile([1.0, 5.0], n // 2)
    for at, (one, other, sign) in enumerate([(0, 1, 1), (1, 2, 1), (0, 2, -1)]):  # a = b = c = −a
        scores[at * n : (at + 1) * n, one] = up
        scores[at * n : (at + 1) * n, other] = up if sign > 0 else 6 - up
    outcome = np.random.default_rng(3).normal(size=3 * n)
    model = told(scores, outcome, np.ones(3 * n), "pairwise")
    assert model.mended and 0 <= model.r2 <= 1
    assert sum(part.part for part in model.parts.values()) == pytest.approx(model.r2, abs=1e-6)


@pytest.mark.parametrize("drivers", [1, 3, 12, 15])
def test_everything_adds_up_to_r2(drivers: int) -> None:
    scores, outcome, weights = answered(drivers, 400, drivers, 0.2)
    scores, outcome, weights = (one[usable(scores, outcome, "indicator").rows] for one in (scores, outcome, weights))
    model = told(scores, outcome, weights)
    columns = [c for one in naive.design(scores.tolist(), weights.tolist(), "indicator") for c in one]
    assert model.r2 == pytest.approx(naive.r_squared(columns, outcome, weights), abs=1e-6)
    for name in ("part", "johnson"):
        assert sum(getattr(part, name) for part in model.parts.values()) == pytest.approx(model.r2, abs=1e-6)
    assert sum(part.share for part in model.parts.values()) == pytest.approx(1)
    assert (model.error > 0) == (drivers > 12)


def test_drawn_orders_come_near_to_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    scores, outcome, weights = answered(4, 300, 9, 0.2)
    exact = told(scores, outcome, weights)
    monkeypatch.setattr(decompose, "EXACT", 8)
    drawn = told(scores, outcome, weights)
    assert drawn.r2 == pytest.approx(exact.r2, abs=1e-6) and drawn.error > 0
    for one, other in zip(exact.parts.values(), drawn.parts.values(), strict=True):
        assert other.part == pytest.approx(one.part, abs=5 * drawn.error)
        assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=0.02)


def test_weights_are_repetitions() -> None:
    scores, outcome, _ = answered(5, 120, 4)
    times = np.random.default_rng(5).integers(1, 4, 120)
    one = told(scores, outcome, times.astype(float))
    other = told(np.repeat(scores, times, axis=0), np.repeat(outcome, times), np.ones(int(times.sum())))
    assert one.r2 == pytest.approx(other.r2)
    for a, b in zip(one.parts.values(), other.parts.values(), strict=True):
        assert (a.part, a.johnson, a.slope, a.correlation) == pytest.approx((b.part, b.johnson, b.slope, b.correlation))
    assert one.effective < other.effective


def test_the_order_of_drivers_changes_nothing() -> None:
    scores, outcome, weights = answered(6, 150, 5, 0.3)
    order = [3, 0, 4, 2, 1]
    one, other = told(scores, outcome, weights), told(scores[:, order], outcome, weights)
    for at, driver in enumerate(order):
        a, b = one.parts[driver], other.parts[at]
        assert (a.part, a.low, a.high, a.johnson, a.slope) == pytest.approx(
            (b.part, b.low, b.high, b.johnson, b.slope), abs=1e-9
        )


def test_two_that_are_the_same_share_evenly() -> None:
    scores, outcome, weights = answered(7, 200, 3)
    twin = np.column_stack([scores, scores[:, 0]])
    model, alone = told(twin, outcome, weights), told(scores, outcome, weights)
    assert model.parts[0].part == pytest.approx(model.parts[3].part, abs=1e-9)
    assert model.parts[0].johnson == pytest.approx(model.parts[3].johnson, abs=1e-9)
    assert model.r2 == pytest.approx(alone.r2, abs=1e-9)
    assert np.isinf(model.parts[0].inflation) and np.isfinite(model.parts[1].inflation)
    assert model.parts[0].slope == pytest.approx(alone.parts[0].slope / 2), "the effect is shared out, too"


def test_a_skip_is_no_zero() -> None:
    dice = np.random.default_rng(8)
    scores = dice.integers(1, 6, (400, 2)).astype(float)
    outcome = 2 * scores[:, 0] + dice.normal(size=400)
    scores[dice.random(400) < 0.5, 1] = np.nan  # by chance, and the score itself says nothing
    model = told(scores, outcome, np.ones(400))
    assert model.parts[0].share > 0.97 and model.parts[0].slope == pytest.approx(2, abs=0.1)
    zeros = told(np.nan_to_num(scores), outcome, np.ones(400), "complete")
    assert abs(model.parts[1].slope) < 0.15 and zeros.parts[1].slope != pytest.approx(model.parts[1].slope)


def test_having_used_it_counts_for_the_driver() -> None:
    dice = np.random.default_rng(9)
    scores = dice.integers(1, 6, (500, 2)).astype(float)
    used = dice.random(500) < 0.5
    scores[~used, 1] = np.nan
    outcome = 3.0 * used + dice.normal(size=500)
    model = told(scores, outcome, np.ones(500))
    assert model.parts[1].share > 0.95 and abs(model.parts[1].slope) < 0.2


def test_known_coefficients_are_found_within_their_intervals() -> None:
    dice, held, parts = np.random.default_rng(10), 0, 0
    for _ in range(30):
        scores = dice.normal(size=(250, 3))
        outcome = scores @ [1.0, 0.5, 0.0] + dice.normal(size=250)
        model = told(scores, outcome, np.ones(250))
        for part, slope, share in zip(model.parts.values(), (1, 0.5, 0), (0.8, 0.2, 0), strict=True):
            held += part.slope_low <= slope <= part.slope_high
            parts += part.low - 0.02 <= share <= part.high
    assert 78 <= held <= 90 and parts >= 78, "of 90, 95 % intervals hold most"


def test_stability_says_how_sure_the_order_is() -> None:
    dice = np.random.default_rng(11)
    scores = dice.normal(size=(300, 3))
    outcome = scores @ [1.0, 0.3, 0.3] + dice.normal(size=300)
    model = told(scores, outcome, np.ones(300))
    ordered = sorted(model.parts.values(), key=lambda part: -part.part)
    assert ordered[0].stays > 0.99 > ordered[1].stays > 0.2 and np.isnan(ordered[2].stays)


def test_a_logistic_regression_is_the_most_likely_one() -> None:
    from scipy.optimize import minimize

    scores, _, weights = answered(12, 300, 3)
    dice = np.random.default_rng(12)
    outcome = (dice.random(300) < 1 / (1 + np.exp(-(scores[:, 0] - 3)))).astype(float)
    fit = logistic(scores, outcome, weights)
    assert fit is not None
    effective = weights * weights.sum() / (weights**2).sum()

    def unlikely(beta: Any) -> float:
        line = beta[0] + scores @ beta[1:]
        return float((effective * (np.logaddexp(0, line) - outcome * line)).sum())

    best = minimize(unlikely, np.zeros(4), method="BFGS", options={"gtol": 1e-8})
    assert fit.slopes == pytest.approx(best.x[1:], abs=1e-5)
    step = 1e-3
    hessian = np.array([[
        (unlikely(best.x + step * (a + b)) - unlikely(best.x + step * (a - b))
         - unlikely(best.x - step * (a - b)) + unlikely(best.x - step * (a + b))) / (4 * step * step)
        for b in np.eye(4)] for a in np.eye(4)])  # fmt: skip
    assert fit.errors == pytest.approx(np.sqrt(np.diag(np.linalg.inv(hessian)))[1:], rel=1e-3)
    share = np.average(outcome, weights=weights)
    alone = (effective * (outcome * np.log(share) + (1 - outcome) * np.log(1 - share))).sum()
    assert fit.mcfadden == pytest.approx(1 + best.fun / alone, abs=1e-6)


def test_r2_of_a_yes_or_no_is_tjurs() -> None:
    scores, _, _ = answered(13, 300, 3)
    outcome = (scores[:, 0] + np.random.default_rng(13).normal(size=300) > 3).astype(float)
    model = told(scores, outcome, np.ones(300), binary=True)
    table = np.column_stack([np.ones(300), scores])
    chance = table @ np.linalg.lstsq(table, outcome, rcond=None)[0]
    assert model.r2 == pytest.approx(chance[outcome > 0].mean() - chance[outcome < 1].mean())
    assert model.fitted is not None and model.parts[0].odds == pytest.approx(np.exp(model.fitted.slopes[0]))
    half = stats.norm.ppf(0.975) * model.fitted.errors[0]
    assert np.log(model.parts[0].odds_high) - np.log(model.parts[0].odds) == pytest.approx(half)


def test_what_is_told_apart_without_error_has_no_odds() -> None:
    scores, _, _ = answered(14, 100, 2)
    outcome = (scores[:, 0] > 3).astype(float)
    model = told(scores, outcome, np.ones(100), binary=True)
    assert model.fitted is None and np.isnan(model.parts[0].odds)


def test_too_few_tell_nothing() -> None:
    scores, outcome, weights = answered(15, 29, 2)
    assert worked_out(scores, outcome, np.ones(29), "complete", [0, 1], False) is None
    scores, outcome, weights = answered(15, 60, 2)
    heavy = np.where(np.arange(60) < 5, 100.0, 0.01)
    assert worked_out(scores, outcome, heavy, "complete", [0, 1], False) is None, "effectively five"
    assert worked_out(scores, np.ones(60), weights, "complete", [0, 1], False) is None
    assert told(*answered(15, 60, 7), "complete").thin and not told(*answered(15, 200, 7), "complete").thin


def test_columns_in_and_out_together() -> None:
    table = np.random.default_rng(16).normal(size=(50, 5))
    told = moments(table, np.ones(50), 3)
    assert told.matrices.shape == (4, 5, 5)
    worth = explained(told.matrices, [1, 2, 1])
    assert worth.shape == (4, 8) and worth[0, 0b010] == pytest.approx(
        naive.r_squared([table[:, 1], table[:, 2]], table[:, 4], np.ones(50))
    )
    assert shapley(told.matrices, [1, 2, 1]).r2 == pytest.approx(worth[:, -1])
    assert johnson(told.matrices[0], [1, 2, 1]).sum() == pytest.approx(worth[0, -1])
    assert len(inflation(told.matrices[0])) == slopes(told.matrices).shape[1] == 4


def test_bands_lie_around_the_middle_of_a_scale() -> None:
    def bands(*scores: float, scale: str | None) -> list[int]:
        found: list[int] = bands_of(np.array(scores), edges_of(np.array(scores), scale)).tolist()
        return found

    assert bands(0, 6, 7, 8, 9, 10, scale="nps") == [0, 0, 1, 1, 2, 2]
    assert bands(1, 2, 3, 4, 5, scale="stars5") == [0, 0, 1, 2, 2]
    assert bands(1, 2, 3, 4, scale="csat4") == [0, 1, 1, 2], "two are in the middle of four"
    assert bands(1, 3, 4, 5, 7, scale="ease7") == [0, 0, 1, 2, 2]
    assert bands(-2, 0, 2, scale="emotion") == bands(10, 20, 30, scale=None) == [0, 1, 2]
