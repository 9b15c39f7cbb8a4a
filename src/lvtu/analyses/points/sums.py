"""Sums of points by cell and by group of customers: whole numbers, which merge in any order, with their intervals."""

from __future__ import annotations

import numpy as np

from lvtu.analyses.jackknife import GROUPS, ends, without_each
from lvtu.store.journeys.columns import Array

N, WEIGHT, POINTS = range(3)
"""What is summed: how many, their weights in millionths, and weights times points in thousandths."""

FINE = 1000
"""Points are kept as whole thousandths."""


def empty(cells: int, parts: int) -> Array:
    """No sums: (cells, groups of customers, parts, 3), int64."""
    return np.zeros((cells, GROUPS, parts, 3), np.int64)


def add(sums: Array, cells: Array, groups: Array, parts: Array, points: Array, weights: Array) -> None:
    """Add some points, in place.

    Args:
        sums: see `empty`.
        cells, groups, parts: where each belongs.
        points: 0 to 100.
        weights: in millionths.
    """
    flat, at = sums.reshape(-1, 3), (cells * GROUPS + groups) * sums.shape[2] + parts
    np.add.at(flat[:, N], at, 1)
    np.add.at(flat[:, WEIGHT], at, weights)
    np.add.at(flat[:, POINTS], at, weights * np.rint(points * FINE).astype(np.int64))


def means(sums: Array) -> Array:
    """The mean points of sums (…, 3), NaN of nothing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = sums[..., POINTS] / sums[..., WEIGHT] / FINE
    return found


def means_without(sums: Array, used: Array) -> Array:
    """The mean points (used, parts) of a cell without each of some groups of customers.

    Args:
        sums: (groups of customers, parts, 3).
        used: the numbers of the groups.
    """
    return means(without_each(sums, used))


def mean_ends(sums: Array) -> tuple[float | None, float | None]:
    """The 95 % interval of the mean points of a part of a cell (groups, 3): the jackknife of the customers' groups.

    None where the groups leave no way to tell: one customer, or everybody alike.
    """
    used = np.flatnonzero(sums[:, N])
    low, high = ends(means(sums.sum(axis=0))[None], means_without(sums[:, None], used), 0.0, 100.0)
    return or_none(float(low[0])), or_none(float(high[0]))


def or_none(value: float) -> float | None:
    """A number; None for none."""
    return None if np.isnan(value) else value
