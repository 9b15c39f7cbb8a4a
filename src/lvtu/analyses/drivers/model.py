"""From scores and outcomes to what each driver is given: the design of columns, and all that is worked out of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np

from lvtu.analyses.drivers.decompose import inflation, johnson, shapley, slopes
from lvtu.analyses.drivers.logistic import Fitted, logistic
from lvtu.analyses.drivers.products import moments
from lvtu.analyses.intervals import Z95
from lvtu.analyses.means import effective_of
from lvtu.store.journeys.columns import Array

FEWEST = 30
"""Customers, effectively: below that nothing is worked out."""

PER_COLUMN = 10
"""Customers, effectively, that each column needs; of a yes or no, of the rarer side."""

LEAST = 10
"""Customers who must have scored a driver."""

_HUGE = 50.0

Skipped = Literal["indicator", "complete", "pairwise"]


@dataclass(frozen=True)
class Part:
    """What one driver is given.

    Attributes:
        part: of R²; low and high of its share, in `share`.
        share, low, high: of all that is explained, with a 95 % interval of resamples.
        johnson: its relative weight, of R² too.
        slope, slope_low, slope_high: of the outcome per point of score, with all other drivers as they are.
        odds, odds_low, odds_high: of a yes, per point of score; NaN without.
        correlation: of score and outcome among those who scored it.
        inflation: its score's variance inflation factor.
        stays: in how many resamples, as a share, it is ahead of the next one; NaN of the last.
    """

    part: float
    share: float
    low: float
    high: float
    johnson: float
    slope: float
    slope_low: float
    slope_high: float
    odds: float
    odds_low: float
    odds_high: float
    correlation: float
    inflation: float
    stays: float


@dataclass(frozen=True)
class Model:
    """All that is worked out.

    Attributes:
        parts: by the driver's number.
        r2, r2_low, r2_high: the share of the outcome's variance that all drivers explain together.
        columns: how many there are.
        effective: customers of equal weight that would tell as much.
        thin: whether there are too few of them for so many columns.
        error: the greatest standard error of a part where orders were drawn, else zero.
        mended: whether pairs contradicted each other.
        fitted: the logistic regression of a yes or no.
    """

    parts: dict[int, Part]
    r2: float
    r2_low: float
    r2_high: float
    columns: int
    effective: float
    thin: bool
    error: float
    mended: bool
    fitted: Fitted | None


@dataclass(frozen=True)
class Used:
    """What can be worked with.

    Attributes:
        rows: which customers count.
        drivers: the numbers of the drivers that can be told about.
        few: those that too few customers scored.
        constant: those whose scores are all alike.
        implied: those that nobody scored but customers of one and the same outcome: having scored it is the outcome
            said again, or the other way round.
    """

    rows: Array = field(compare=False)
    drivers: list[int]
    few: list[int]
    constant: list[int]
    implied: list[int]


def usable(scores: Array, outcome: Array, skipped: Skipped) -> Used:
    """Which drivers can be told about, and which customers count."""
    given = ~np.isnan(scores)
    few = np.flatnonzero(given.sum(axis=0) < LEAST).tolist()
    rest = [driver for driver in range(scores.shape[1]) if driver not in few]
    rows: Array = np.zeros(len(scores), bool)
    if rest:
        there = given[:, rest].sum(axis=1)
        rows = there == len(rest) if skipped == "complete" else there > 0
    alike = [one for one in rest if len(np.unique(scores[rows & given[:, one], one])) < 2]
    told = [one for one in rest if one not in alike]
    same = [one for one in told if len(np.unique(outcome[rows & given[:, one]])) < 2]
    implied = same if len(np.unique(outcome[rows])) > 1 else []
    return Used(rows, [one for one in told if one not in implied], few, alike, implied)


def worked_out(
    scores: Array, outcome: Array, weights: Array, skipped: Skipped, drivers: Sequence[int], binary: bool
) -> Model | None:
    """Decompose what some drivers explain.

    Args:
        scores: (customers, drivers), NaN where skipped.
        outcome, weights: (customers,).
        skipped: what becomes of what was skipped.
        drivers: the numbers of those that are used.
        binary: whether the outcome is a yes or no: R² is then that of the linear probability model, which is Tjur's
            coefficient of discrimination, and odds come from a logistic regression beside it.

    Returns:
        None where there is too little to tell anything: fewer than `FEWEST` customers, an outcome that is always the
        same, no driver.
    """
    effective = effective_of(weights)
    if effective < FEWEST or not drivers or len(np.unique(outcome)) < 2:
        return None
    columns, sizes = _design(scores[:, list(drivers)], weights, skipped)
    told = moments(np.column_stack([columns, outcome]), weights)
    shares = shapley(told.matrices, sizes)
    total = np.maximum(shares.r2, 1e-12)[:, None]
    given = shares.parts / total
    ends = np.percentile(given[1:], [2.5, 97.5], axis=0)
    ends = np.array([np.minimum(ends[0], given[0]), np.maximum(ends[1], given[0])])
    first = np.cumsum([0, *sizes[:-1]])
    slope = slopes(told.matrices)[:, first] * told.spreads[-1] / told.spreads[first]
    slope_ends = np.percentile(slope[1:], [2.5, 97.5], axis=0)
    weight = johnson(told.matrices[0], sizes)
    factors = inflation(told.matrices[0])[first]
    fitted = logistic(columns, outcome, weights) if binary and skipped != "pairwise" else None
    odds = _odds(fitted, first)
    order = sorted(range(len(drivers)), key=lambda one: (-shares.parts[0, one], one))
    stays = np.full(len(drivers), np.nan)
    for here, after in pairwise(order):
        stays[here] = float((shares.parts[1:, here] > shares.parts[1:, after]).mean())
    rarer = effective * min(np.average(outcome, weights=weights), 1 - np.average(outcome, weights=weights)) \
        if binary else effective  # fmt: skip
    parts = {
        driver: Part(
            float(shares.parts[0, at]), float(given[0, at]), float(ends[0][at]),
            float(ends[1][at]), float(weight[at]), float(slope[0, at]), float(slope_ends[0, at]),
            float(slope_ends[1, at]), *odds[at], _correlation(scores[:, driver], outcome, weights),
            float(factors[at]), float(stays[at]),
        )
        for at, driver in enumerate(drivers)
    }  # fmt: skip
    low, high = _corrected(float(shares.r2[0]), shares.r2[1:])
    return Model(
        parts, float(shares.r2[0]), low, high, sum(sizes), effective, rarer < PER_COLUMN * sum(sizes),
        float(shares.errors.max()), told.mended, fitted,
    )  # fmt: skip


def _corrected(estimate: float, draws: Array) -> tuple[float, float]:
    """The ends of the bias-corrected interval of resamples: R² of a resample is too high on average.

    Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 14.
    """
    from scipy.special import ndtr, ndtri

    least = 0.5 / len(draws)
    off = ndtri(np.clip((draws < estimate).mean(), least, 1 - least))
    low, high = np.percentile(draws, [100 * float(ndtr(2 * off + z)) for z in (-Z95, Z95)]).tolist()
    return min(low, estimate), max(high, estimate)


def _design(scores: Array, weights: Array, skipped: Skipped) -> tuple[Array, list[int]]:
    """The columns of the drivers, and how many each has.

    With indicators, a score that was skipped stands at the mean of those who gave one, and a column says who did: so
    the skip says something of its own, and nothing about the score. Where nobody skipped there is no such column.
    """
    given = ~np.isnan(scores)
    if skipped != "indicator" or given.all():
        return scores, [1] * scores.shape[1]
    heavy = given * weights[:, None]
    means = np.where(given, scores, 0).T @ weights / heavy.sum(axis=0)
    parts, sizes = [], []
    for driver in range(scores.shape[1]):
        parts.append(np.where(given[:, driver], scores[:, driver] - means[driver], 0.0))
        some = not given[:, driver].all()
        parts += [given[:, driver].astype(float)] if some else []
        sizes.append(1 + some)
    return np.column_stack(parts), sizes


def _odds(fitted: Fitted | None, first: Array) -> list[tuple[float, float, float]]:
    if fitted is None:
        return [(math.nan, math.nan, math.nan)] * len(first)
    told = []
    for slope, error in zip(fitted.slopes[first].tolist(), fitted.errors[first].tolist(), strict=True):
        told.append((_exp(slope), _exp(slope - Z95 * error), _exp(slope + Z95 * error)))
    return told


def _exp(value: float) -> float:
    """Odds; NaN beyond what anybody can be told."""
    return math.exp(value) if value < _HUGE else math.nan


def _correlation(score: Array, outcome: Array, weights: Array) -> float:
    given = ~np.isnan(score)
    x, y, w = score[given], outcome[given], weights[given]
    x, y = x - np.average(x, weights=w), y - np.average(y, weights=w)
    spread = math.sqrt(float((w * x * x).sum()) * float((w * y * y).sum()))
    return float((w * x * y).sum()) / spread if spread else math.nan
