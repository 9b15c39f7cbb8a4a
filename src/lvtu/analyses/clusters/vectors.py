"""Vectors in the two shapes in which kernels read them, and what is asked of them: centres, and all distances."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from lvtu.kernels import kmeans
from lvtu.kernels.kmeans import LANES
from lvtu.store.journeys.columns import Array


@dataclass
class Fit:
    """Centres that have been moved.

    Attributes:
        centres: (groups, features).
        groups: the nearest centre of each vector.
        spread: the smaller, the nearer vectors are to their centres.
        over: whether nothing moves any more.
    """

    centres: Array
    groups: Array
    spread: float
    over: bool


class Vectors:
    """Vectors, by row and in tiles.

    Args:
        rows: (vectors, features).
    """

    def __init__(self, rows: Array) -> None:
        self.rows = np.ascontiguousarray(rows, float)
        self.tiles = kmeans.tiled(self.rows)

    def spread_out(self, many: int, seed: int) -> Array:
        """The numbers of vectors to begin with; who needs fewer takes the first of these."""
        chance = np.random.default_rng(seed)
        chosen = np.zeros(many, np.int64)
        chosen[0] = chance.integers(len(self.rows))
        away, gap = np.empty(len(self.rows)), np.empty(LANES)
        kmeans.spread_out(self.rows, self.tiles, chance.uniform(size=many - 1), away, gap, chosen)
        return chosen

    def settled(self, start: Array, steps: int) -> Fit | None:
        """Centres after some steps of k-means; None if a group has lost its last member."""
        centres, groups, spread = start.copy(), np.full(len(self.rows), -1, np.int64), np.empty(1)
        near, best, found = np.empty(LANES), np.empty(LANES), np.empty(LANES, np.int64)
        halves, sizes = np.empty(len(centres)), np.empty(len(centres), np.int64)
        room = halves, sizes, near, best, found
        took = kmeans.settle(self.rows, self.tiles, centres, steps, *room, groups, spread)
        return None if took < 0 else Fit(centres, groups, round(float(spread[0]), 9), took <= steps)

    def distances(self, partitions: Sequence[Array], pool: ThreadPoolExecutor) -> list[Array]:
        """Of each partition, given as the group of each vector: by group, each vector's distances to its members.

        Returns:
            The sums of distances, (groups, vectors) for each partition.
        """
        many = [int(groups.max()) + 1 for groups in partitions]
        ends = np.cumsum(many)
        numbered = np.stack(partitions) + (ends - many)[:, None]
        tiles = self.tiles.reshape(-1, self.rows.shape[1], LANES)
        sums = np.empty((len(tiles), int(ends[-1]), LANES))

        def add(tile: int) -> None:
            kmeans.add_distances(self.rows, tiles[tile], numbered, np.empty(LANES), sums[tile])

        list(pool.map(add, range(len(tiles))))
        by_group = sums.transpose(1, 0, 2).reshape(int(ends[-1]), -1)[:, : len(self.rows)]
        return np.split(by_group, ends[:-1])
