"""Centres of groups: k-means, from the same seed every time, and how well it separates."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from lvtu.analyses.clusters.vectors import Fit, Vectors
from lvtu.store.journeys.columns import Array

FEWEST, MOST = 2, 8
"""Among so many groups is chosen where no number is given."""

_STARTS, _STEPS, _FURTHER = 4, 10, 200
_JUDGED = 2000
"""Vectors by which the separation is judged: all pairs of them are compared."""


def centres_of(rows: Array, clusters: int | None) -> tuple[Array, dict[int, float]]:
    """The centres of groups of vectors, and the mean silhouette of each number of groups that was tried.

    Args:
        rows: the vectors, (n, features), in an order that says nothing.
        clusters: how many groups; None for the best separated number of them. There are never more than distinct
            vectors.

    Returns:
        Centres (groups, features); silhouettes by number of groups, empty where there was nothing to separate.
    """
    most = _distinct(rows, clusters or MOST)
    if most < FEWEST:
        return rows.mean(axis=0, keepdims=True), {}
    vectors = Vectors(rows)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        fits = _fitted(vectors, [most] if clusters else range(FEWEST, most + 1), pool)
        judged = [fit.groups[:_JUDGED] for fit in fits]
        away = Vectors(rows[:_JUDGED]).distances(judged, pool)
    found = [silhouette(sums, groups) for sums, groups in zip(away, judged, strict=True)]
    best = 0
    for place, value in enumerate(found):
        if value > found[best] + 1e-12:
            best = place
    return fits[best].centres, {len(fit.centres): value for fit, value in zip(fits, found, strict=True)}


def _distinct(rows: Array, most: int) -> int:
    """How many different vectors there are, up to some number of them."""
    seen: set[bytes] = set()
    for row in rows:
        seen.add(row.tobytes())
        if len(seen) == most:
            break
    return len(seen)


def _fitted(vectors: Vectors, numbers: Iterable[int], pool: ThreadPoolExecutor) -> list[Fit]:
    """Of each number of groups the best of several starts (k-means++), moved until nothing moves any more.

    Where each start loses a group there is one group less.
    """
    numbers = list(numbers)
    begun = list(pool.map(lambda seed: vectors.spread_out(max(numbers), seed), range(_STARTS)))

    def start(number: int, chosen: Array) -> Fit | None:
        return vectors.settled(vectors.rows[chosen[:number]], _STEPS)

    def further(number: int, started: list[Fit | None]) -> Fit:
        fits = [fit for fit in started if fit is not None]
        if not fits:
            return further(number - 1, [start(number - 1, chosen) for chosen in begun])
        best = min(fits, key=lambda fit: fit.spread)
        return best if best.over else vectors.settled(best.centres, _FURTHER) or best

    tasks = [(number, chosen) for number in reversed(numbers) for chosen in begun]  # those that take longest first
    started = list(pool.map(start, *zip(*tasks, strict=True)))
    of_number = [started[place : place + _STARTS] for place in range(0, len(tasks), _STARTS)]
    return list(pool.map(further, reversed(numbers), of_number))[::-1]


def silhouette(away: Array, groups: Array) -> float:
    """The mean silhouette: how much nearer the vectors are to their own group than to the next one, from -1 to 1.

    That of a vector alone in its group is 0. Source: P. J. Rousseeuw, J. Comput. Appl. Math. 20 (1987) 53–65.

    Args:
        away: by group the sum of each vector's distances to its members, (groups, n).
        groups: the group of each, (n,).

    Example:
        >>> away = np.array([[0.0, 0.0, 6.0, 6.0], [6.0, 6.0, 0.0, 0.0]])  # of 0, 0, 3 and 3
        >>> silhouette(away, np.array([0, 0, 1, 1]))
        1.0
    """
    sizes = np.bincount(groups, minlength=len(away))
    if np.count_nonzero(sizes) < FEWEST:
        return 0.0
    own = groups == np.arange(len(away))[:, None]
    size = sizes[groups]
    inner = away[groups, np.arange(len(groups))] / np.maximum(size - 1, 1)
    means = np.where(own | (sizes == 0)[:, None], np.inf, away / np.maximum(sizes, 1)[:, None])
    outer = means.min(axis=0)
    most = np.maximum(inner, outer)
    found = np.where((size == 1) | (most == 0), 0.0, (outer - inner) / np.where(most == 0, 1.0, most))
    return float(found.mean())
