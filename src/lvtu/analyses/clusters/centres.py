"""Centres of groups: k-means, from the same seed every time, and how well it separates."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from scipy.cluster.vq import ClusterError, kmeans2
from scipy.spatial.distance import cdist

from lvtu.store.journeys.columns import Array

FEWEST, MOST = 2, 8
"""Among so many groups is chosen where no number is given."""

_STARTS, _STEPS, _ROUNDS = 4, 10, 20
_JUDGED = 2000
"""Vectors by which the separation is judged: all pairs of them are compared."""


def centres_of(vectors: Array, clusters: int | None) -> tuple[Array, dict[int, float]]:
    """The centres of groups of vectors, and the mean silhouette of each number of groups that was tried.

    Args:
        vectors: (n, features), in an order that says nothing.
        clusters: how many groups; None for the best separated number of them. There are never more than distinct
            vectors.

    Returns:
        Centres (groups, features); silhouettes by number of groups, empty where there was nothing to separate.
    """
    distinct = len(np.unique(vectors, axis=0))
    if distinct < FEWEST or clusters == 1:
        return vectors.mean(axis=0, keepdims=True), {}
    tried = [min(clusters, distinct)] if clusters else range(FEWEST, min(MOST, distinct) + 1)
    best: Any = None
    silhouettes = {}
    with ThreadPoolExecutor(1) as beside:  # all pairs take as long as the centres, and leave the interpreter free
        near = beside.submit(cdist, vectors[:_JUDGED], vectors[:_JUDGED])
        for number in tried:
            centres = _fitted(vectors, number)
            judged = silhouette(near.result(), cdist(vectors[:_JUDGED], centres, "sqeuclidean").argmin(axis=1))
            silhouettes[len(centres)] = judged
            if best is None or judged > silhouettes[len(best)] + 1e-12:
                best = centres
    return best, silhouettes


def _fitted(vectors: Array, number: int) -> Array:
    """The best of several starts (k-means++), moved until nothing moves any more."""
    starts = [_moved(vectors, number, rng=start, minit="++") for start in range(_STARTS)]
    found = [centres for centres in starts if centres is not None]
    if not found:
        return _fitted(vectors, number - 1)
    spreads = [round(float(cdist(vectors, centres, "sqeuclidean").min(axis=1).sum()), 9) for centres in found]
    best = found[spreads.index(min(spreads))]
    for _ in range(_ROUNDS):
        further = _moved(vectors, best, minit="matrix")
        if further is None or np.array_equal(further, best):
            break
        best = further
    return best


def _moved(vectors: Array, start: Any, **how: Any) -> Array | None:
    """The centres after some steps of k-means; None if a group has lost its last member."""
    try:
        centres: Array = kmeans2(vectors, start, iter=_STEPS, missing="raise", **how)[0]
    except ClusterError:
        return None
    return centres


def silhouette(near: Array, groups: Array) -> float:
    """The mean silhouette: how much nearer the vectors are to their own group than to the next one, from -1 to 1.

    That of a vector alone in its group is 0. Source: P. J. Rousseeuw, J. Comput. Appl. Math. 20 (1987) 53–65.

    Args:
        near: distances, (n, n).
        groups: the group of each, (n,).

    Example:
        >>> points = np.array([[0.0], [0.0], [3.0], [3.0]])
        >>> silhouette(cdist(points, points), np.array([0, 0, 1, 1]))
        1.0
    """
    members = (groups[:, None] == np.unique(groups)).astype(float)
    sizes, sums = members.sum(axis=0), near @ members
    own = members.astype(bool)
    if len(sizes) < FEWEST:
        return 0.0
    inner = sums[own] / np.maximum(sizes - 1, 1)[own.argmax(axis=1)]
    outer = np.where(own, np.inf, sums / sizes).min(axis=1)
    most = np.maximum(inner, outer)
    alone = (sizes == 1)[own.argmax(axis=1)]
    found = np.where(alone | (most == 0), 0.0, (outer - inner) / np.where(most == 0, 1.0, most))
    return float(found.mean())
