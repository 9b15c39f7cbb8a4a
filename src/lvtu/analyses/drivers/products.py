"""From answers to covariances, of all customers and of resamples of them, in one pass over the rows."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from lvtu.store.journeys.columns import Array

RESAMPLES = 300
"""How often customers are drawn again."""

GROUPS = 1000
"""Customers are drawn in so many groups at most; where they are fewer, one by one."""


class Moments(NamedTuple):
    """Covariances of columns and outcome, the latter last, in units of their standard deviations.

    Attributes:
        matrices: (1 + resamples, columns + 1, columns + 1); the first is of all customers, and has ones on its
            diagonal, zeros where a column is always the same.
        means: (columns + 1,), of all customers.
        spreads: (columns + 1,), their standard deviations.
        mended: whether the pairs contradicted each other, and were put right.
    """

    matrices: Array
    means: Array
    spreads: Array
    mended: bool


def moments(values: Array, weights: Array, resamples: int = RESAMPLES) -> Moments:
    """Weighted covariances, of all rows and of rows that are drawn again with replacement (the bootstrap).

    Rows are summed in groups first, so that a resample costs no pass over the rows: it takes each group as often as it
    was drawn. Rows in the order of their customers' hashes are in groups by chance.

    Args:
        values: (rows, columns + 1); NaN where there is no answer, and then each covariance is of the rows that have
            both of its answers.
        weights: (rows,).
        resamples: how many.
    """
    there = ~np.isnan(values)
    means = (np.where(there, values, 0) * weights[:, None]).sum(axis=0) / (there * weights[:, None]).sum(axis=0)
    about = np.where(there, values - means, 0)  # about their means, so that little is lost in differences of squares
    sums = _sums(about, there, weights)
    dice, groups = np.random.default_rng(0), len(sums)
    drawn = dice.multinomial(groups, np.full(groups, 1 / groups), size=resamples)
    times = np.concatenate([np.ones((1, groups)), drawn])
    found = _covariances((times @ sums.reshape(groups, -1)).reshape(-1, *sums.shape[1:]), bool(there.all()))
    spreads = np.sqrt(np.maximum(np.diag(found[0]), 0))
    scale = np.where(spreads > 1e-9 * np.maximum(np.abs(means), 1e-300), spreads, np.inf)
    found = found / scale[:, None] / scale[None, :]
    mended = not there.all()
    if mended:
        lowest = np.linalg.eigvalsh(found)[:, 0]
        mended = bool(lowest[0] < -1e-9)
        found[lowest < 0] = _mended(found[lowest < 0])
    return Moments(found, means, np.where(np.isinf(scale), 0, spreads), mended)


def _sums(about: Array, there: Array, weights: Array) -> Array:
    """Products of all columns by group of rows: (groups, 3·columns, 3·columns) of presence, value and square where
    answers are missing, (groups, 1 + columns, 1 + columns) of one and the values where none are.
    """  # fmt: skip
    rows = len(about)
    parts = [np.ones((rows, 1)), about] if there.all() else [there, about, about**2]
    table = np.concatenate(parts, axis=1)
    heavy = table * weights[:, None]
    cuts = np.arange(min(rows, GROUPS) + 1) * rows // min(rows, GROUPS)
    return np.array([table[a:b].T @ heavy[a:b] for a, b in pairwise(cuts.tolist())])


def _covariances(sums: Array, complete: bool) -> Array:
    if complete:
        total, first = sums[:, 0, 0], sums[:, 0, 1:] / sums[:, :1, 0]
        found: Array = sums[:, 1:, 1:] / total[:, None, None] - first[:, :, None] * first[:, None, :]
        return found
    q = sums.shape[1] // 3
    both = np.maximum(sums[:, :q, :q], 1e-300)
    cross, mean = sums[:, q : 2 * q, q : 2 * q] / both, sums[:, q : 2 * q, :q] / both  # of the first, where both are
    square = sums[:, 2 * q :, :q] / both
    spread = np.sqrt(np.maximum(square - mean**2, 0))
    product = spread * spread.transpose(0, 2, 1)
    correlation = np.where(product > 0, (cross - mean * mean.transpose(0, 2, 1)) / np.where(product > 0, product, 1), 0)
    own = np.sqrt(np.maximum(np.diagonal(square - mean**2, axis1=1, axis2=2), 0))
    return correlation * own[:, :, None] * own[:, None, :]


def _mended(matrices: Array) -> Array:
    """The nearest matrices that covariances can be: without what is negative along their axes, as wide as before."""
    values, vectors = np.linalg.eigh(matrices)
    found = (vectors * np.maximum(values, 0)[:, None, :]) @ vectors.transpose(0, 2, 1)
    before, after = (np.sqrt(np.maximum(np.diagonal(one, axis1=1, axis2=2), 0)) for one in (matrices, found))
    scale = np.where(after > 0, before / np.where(after > 0, after, 1), 0)
    mended: Array = found * scale[:, :, None] * scale[:, None, :]
    return mended
