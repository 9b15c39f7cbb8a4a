"""k-means: centres that are the means of the vectors nearest to them.

Vectors come twice: as ``rows`` (vectors, features), and as ``tiles`` (tiles * features, LANES), in which 64 of them lie
side by side, feature by feature, so that a loop over lanes is a loop over vectors. So the compiler works on several of
them at a time without changing the order in which anything is added up: three times faster, and the same on every
machine. What fills the last tile up is left out.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

LANES = 64


def tiled(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Vectors as tiles."""
    tiles = -(-len(rows) // LANES)
    whole = np.zeros((tiles * LANES, rows.shape[1]))
    whole[: len(rows)] = rows
    return np.ascontiguousarray(whole.reshape(tiles, LANES, -1).transpose(0, 2, 1)).reshape(-1, LANES)


@kernel
def spread_out(rows: Any, tiles: Any, draws: Any, away: Any, gap: Any, chosen: Any) -> None:
    """Choose vectors to begin with: each with a chance that grows with the square of how far it is from the others.

    ``chosen`` has the first one; of the next ones each is where a draw (0 to 1) falls. ``away`` (vectors)
    and ``gap`` (LANES) are room. Source: k-means++, D. Arthur and S. Vassilvitskii, SODA 2007.
    """
    vectors = rows.shape[0]
    features = rows.shape[1]
    for p in range(away.shape[0]):
        away[p] = np.inf
    for i in range(1, chosen.shape[0]):
        last = np.int64(chosen[i - 1])
        total = 0.0
        for first in range(0, vectors, LANES):
            for lane in range(LANES):
                gap[lane] = 0.0
            for f in range(features):
                here = first // LANES * features + f
                own = rows[last, f]
                for lane in range(LANES):
                    gap[lane] += (tiles[here, lane] - own) * (tiles[here, lane] - own)
            for lane in range(min(LANES, vectors - first)):
                away[first + lane] = min(away[first + lane], gap[lane])
                total += away[first + lane]
        running = 0.0
        for p in range(vectors):
            running += away[p]
            if away[p] > 0:
                chosen[i] = p
                if running >= draws[i - 1] * total:
                    break


@inline
def half_squares(centres: Any, halves: Any) -> None:
    """Half the square of each centre's length."""
    for c in range(centres.shape[0]):
        halves[c] = 0.0
        for f in range(centres.shape[1]):
            halves[c] += centres[c, f] * centres[c, f] / 2


@inline
def _assigned(
    vectors: Any, tiles: Any, centres: Any, halves: Any, near: Any, best: Any, found: Any, groups: Any, spread: Any
) -> Any:
    """Put each vector in the group of its nearest centre (the first of equally near ones); return how many moved.

    Compared is half the square of the distance, less what is the same for all centres. ``spread`` is the sum of that.
    """
    features = centres.shape[1]
    moved = np.int64(0)
    total = 0.0
    half_squares(centres, halves)
    for first in range(0, vectors, LANES):
        for lane in range(LANES):
            best[lane] = np.inf
            found[lane] = 0
        for c in range(centres.shape[0]):
            for lane in range(LANES):
                near[lane] = halves[c]
            for f in range(features):
                here = first // LANES * features + f
                centre = centres[c, f]
                for lane in range(LANES):
                    near[lane] -= tiles[here, lane] * centre
            for lane in range(LANES):
                nearer = near[lane] < best[lane]
                best[lane] = near[lane] if nearer else best[lane]
                found[lane] = c if nearer else found[lane]
        for lane in range(min(LANES, vectors - first)):
            moved += np.int64(found[lane] != groups[first + lane])
            groups[first + lane] = found[lane]
            total += best[lane]
    spread[0] = total
    return moved


@kernel
def settle(
    rows: Any, tiles: Any, centres: Any, steps: int, halves: Any, sizes: Any, near: Any, best: Any, found: Any,
    groups: Any, spread: Any,
) -> int:  # fmt: skip
    """Move centres to the means of their groups until nothing moves, or for some steps.

    Outputs: ``centres`` (centres, features); ``groups``, by vector its nearest centre; ``spread`` (1,), which is the
    smaller the nearer vectors are to their centres. ``halves``, ``sizes`` (centres), ``near``, ``best`` and ``found``
    (LANES) are room.

    Returns how many steps it took, ``steps`` + 1 if something still moves; -1 if a group has lost its last member.
    """
    _assigned(rows.shape[0], tiles, centres, halves, near, best, found, groups, spread)
    for step in range(steps):
        for c in range(centres.shape[0]):
            sizes[c] = 0
            for f in range(centres.shape[1]):
                centres[c, f] = 0.0
        for p in range(rows.shape[0]):
            own = np.int64(groups[p])
            sizes[own] += 1
            for f in range(centres.shape[1]):
                centres[own, f] += rows[p, f]
        for c in range(centres.shape[0]):
            if sizes[c] == 0:
                return -1
            for f in range(centres.shape[1]):
                centres[c, f] /= sizes[c]
        if _assigned(rows.shape[0], tiles, centres, halves, near, best, found, groups, spread) == 0:
            return step + 1
    return steps + 1


@kernel
def add_distances(rows: Any, tile: Any, groups: Any, near: Any, sums: Any) -> None:
    """Add up the distances from the vectors of one tile (features, LANES) to those of each group.

    ``groups`` (partitions, vectors) says in which group of each partition a vector is; no two groups have the same
    number. ``sums`` (groups, LANES) is overwritten; ``near`` (LANES) is room.
    """
    for group in range(sums.shape[0]):
        for lane in range(LANES):
            sums[group, lane] = 0.0
    for p in range(rows.shape[0]):
        for lane in range(LANES):
            near[lane] = 0.0
        for f in range(rows.shape[1]):
            own = rows[p, f]
            for lane in range(LANES):
                near[lane] += (tile[f, lane] - own) * (tile[f, lane] - own)
        for lane in range(LANES):
            near[lane] = sqrt(near[lane])
        for partition in range(groups.shape[0]):
            own_group = np.int64(groups[partition, p])
            for lane in range(LANES):
                sums[own_group, lane] += near[lane]
