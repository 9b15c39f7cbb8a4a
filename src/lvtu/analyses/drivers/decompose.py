"""How much of what is explained each driver is given: Shapley's shares of R², and Johnson's relative weights.

All of it works on correlation matrices: the columns of the drivers in their order, the outcome last. A driver may have
several columns (a score, and whether there is one), which come in and go out together.

Sources: R. H. Lindeman, P. F. Merenda, R. Z. Gold, Introduction to Bivariate and Multivariate Analysis, 1980 (LMG);
U. Grömping, The American Statistician 61 (2007) 139–147; J. W. Johnson, Multivariate Behavioral Research 35 (2000)
1–19.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lvtu.store.journeys.columns import Array

EXACT = 12
"""So many drivers at most have all their subsets tried; of more, orders are drawn."""

ORDERS = 2000
"""Orders of the drivers that are drawn, half of them the others backwards; as many as keep the error small."""

FEW_ORDERS = 64
"""Of them, those that each resample is tried with."""

_NOTHING = 1e-9
"""A column of which less is left than this, as a share of its variance, is made of the others."""

_ROOM = 1 << 22
"""Numbers at a time."""


class Shares(NamedTuple):
    """What each driver is given.

    Attributes:
        parts: (matrices, drivers); they add up to R².
        r2: (matrices,).
        errors: (drivers,), standard errors of the parts in the first matrix where orders were drawn; zero where all
            subsets were tried.
    """

    parts: Array
    r2: Array
    errors: Array


def shapley(matrices: Array, sizes: Sequence[int]) -> Shares:
    """The Shapley value of each driver in the game whose worth is R² (LMG).

    A driver's part is what it adds to R², averaged over all orders in which drivers may come in. Equal drivers get
    equal parts, and the parts add up.

    Args:
        matrices: (matrices, columns + 1, columns + 1), covariances in any units close to 1, the outcome last.
        sizes: how many columns each driver has, in their order.

    Example:
        >>> one = np.array([[[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]]])
        >>> shapley(one, [1, 1]).parts.round(2).tolist()
        [[0.36, 0.09]]
    """
    if len(sizes) <= EXACT:
        worth = 1 << len(sizes)
        most = max(_ROOM // (worth * 4 + matrices[0].size), 1)
        parts = [_exact(matrices[at : at + most], sizes) for at in range(0, len(matrices), most)]
        found = np.concatenate(parts)
        return Shares(found, found.sum(axis=1), np.zeros(len(sizes)))
    return _sampled(matrices, sizes)


def _exact(matrices: Array, sizes: Sequence[int]) -> Array:
    worth, p = explained(matrices, sizes), len(sizes)
    members = np.array([mask.bit_count() for mask in range(1 << p)])
    weight = np.array([1 / (p * math.comb(p - 1, size)) for size in range(p)])
    parts = np.empty((len(matrices), p))
    for driver in range(p):
        halves = worth.reshape(len(matrices), -1, 2, 1 << driver)
        without = members.reshape(-1, 2, 1 << driver)[:, 0]
        parts[:, driver] = ((halves[:, :, 1] - halves[:, :, 0]) * weight[without]).sum(axis=(1, 2))
    return parts


def explained(matrices: Array, sizes: Sequence[int]) -> Array:
    """R² of every subset of the drivers.

    Drivers are taken one after the other; each doubles the matrices, one that leaves it out and one that has swept it
    out of all that is left, so that later drivers cost a matrix that is the smaller the more of them there are.

    Args:
        matrices, sizes: as `shapley` has them.

    Returns:
        (matrices, 2^drivers): place with bit d has driver d in it.

    Example:
        >>> one = np.array([[[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]]])
        >>> explained(one, [1, 1]).round(2).tolist()
        [[0.0, 0.36, 0.09, 0.45]]
    """
    left = np.array(matrices, float)[:, None]
    for size in sizes:
        swept = left
        for _ in range(size):
            swept = _sweep(swept)
        left = np.concatenate([left[..., size:, size:], swept], axis=1)
    total = matrices[:, -1, -1]
    found: Array = 1 - left[..., 0, 0] / np.where(total > 0, total, 1)[:, None]
    return found


def _sweep(left: Array) -> Array:
    """What is left of all columns once the first one explains what it can; nothing is swept by a column of nothing."""
    pivot, along = left[..., 0, 0], left[..., 0, 1:]
    by = np.where(pivot > _NOTHING, 1 / np.where(pivot > _NOTHING, pivot, 1), 0)
    rest: Array = left[..., 1:, 1:] - along[..., :, None] * along[..., None, :] * by[..., None, None]
    return rest


def _sampled(matrices: Array, sizes: Sequence[int]) -> Shares:
    """Parts from orders that are drawn, each with its reverse; resamples are tried with few of them, all the same ones.

    What those few make of the first matrix differs from what all make of it; every resample is put right by that.
    """
    dice, p = np.random.default_rng(0), len(sizes)
    forward = np.array([dice.permutation(p) for _ in range(ORDERS // 2)])
    orders = np.stack([forward, forward[:, ::-1]], axis=1).reshape(-1, p)
    columns = np.split(np.arange(sum(sizes)), np.cumsum(sizes)[:-1])
    places = np.array([[*np.concatenate([columns[one] for one in order]), sum(sizes)] for order in orders.tolist()])
    gains = _by_orders(matrices[0], sizes, places)
    first = gains.mean(axis=0)
    pairs = gains.reshape(-1, 2, p).mean(axis=1)
    errors = pairs.std(axis=0, ddof=1) / math.sqrt(len(pairs))
    few = places[:FEW_ORDERS]
    offset = first - gains[:FEW_ORDERS].mean(axis=0)
    parts = np.array([first, *(_by_orders(one, sizes, few).mean(axis=0) + offset for one in matrices[1:])])
    return Shares(parts, parts.sum(axis=1), errors)


def _by_orders(matrix: Array, sizes: Sequence[int], places: Array) -> Array:
    """What each driver adds to R² in each order: the squares of the last line of Cholesky's triangle, by driver.

    Args:
        matrix: covariances, the outcome last.
        sizes: how many columns each driver has.
        places: (orders, columns + 1), the columns in each order, the outcome last.
    """
    steady = matrix / (float(matrix[-1, -1]) or 1.0)
    steady = steady + np.diag([_NOTHING] * len(matrix))  # so that columns made of others have a root
    first, found = np.cumsum([0, *sizes[:-1]]), np.empty((len(places), len(sizes)))
    most = max(_ROOM // matrix.size, 1)
    for at in range(0, len(places), most):
        some = places[at : at + most]
        root = np.linalg.cholesky(steady[some[:, :, None], some[:, None, :]])
        gains = np.empty((len(some), len(matrix) - 1))
        np.put_along_axis(gains, some[:, :-1], root[:, -1, :-1] ** 2, axis=1)
        found[at : at + most] = np.add.reduceat(gains, first, axis=1)
    return found


def johnson(matrix: Array, sizes: Sequence[int]) -> Array:
    """Johnson's relative weights of the drivers, which add up to R².

    The columns are turned into the nearest ones that have nothing to do with each other; what those explain is handed
    back to the columns by how much of each is in them.

    Args:
        matrix: correlations, the outcome last.
        sizes: how many columns each driver has.

    Example:
        >>> one = np.array([[1, 0.5, 0.6], [0.5, 1, 0.3], [0.6, 0.3, 1]])
        >>> johnson(one, [1, 1]).round(4).tolist()
        [0.315, 0.045]
    """
    values, vectors = np.linalg.eigh(matrix[:-1, :-1])
    there = values > _NOTHING * len(values)
    values, vectors = values[there], vectors[:, there]
    root = vectors * np.sqrt(values) @ vectors.T
    beta = vectors / np.sqrt(values) @ vectors.T @ matrix[:-1, -1]
    weights = root**2 @ beta**2 / matrix[-1, -1]
    found: Array = np.add.reduceat(weights, np.cumsum([0, *sizes[:-1]]))
    return found


def inflation(matrix: Array) -> Array:
    """The variance inflation factor of each column; infinite where it is made of the others.

    Args:
        matrix: correlations, the outcome last.

    Example:
        >>> one = np.array([[1, 0.5, 0.6], [0.5, 1, 0.3], [0.6, 0.3, 1]])
        >>> inflation(one).round(3).tolist()
        [1.333, 1.333]
    """
    q = len(matrix) - 1
    found = np.empty(q)
    for column in range(q):
        order = [*(other for other in range(q) if other != column), column]
        left = matrix[np.ix_(order, order)][None]
        for _ in range(q - 1):
            left = _sweep(left)
        rest = left[0, 0, 0] / matrix[column, column]
        found[column] = 1 / rest if rest > _NOTHING * 10 else np.inf
    return found


def slopes(matrices: Array) -> Array:
    """The coefficients of all columns together, in the units of the matrices; shared out among columns that are one.

    Example:
        >>> one = np.array([[[1, 0.5, 0.6], [0.5, 1, 0.3], [0.6, 0.3, 1]]])
        >>> slopes(one).round(3).tolist()
        [[0.6, 0.0]]
    """
    inverse = np.linalg.pinv(matrices[:, :-1, :-1], rcond=_NOTHING * 100, hermitian=True)
    found: Array = (inverse @ matrices[:, :-1, -1:])[..., 0]
    return found
