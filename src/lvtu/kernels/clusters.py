"""Clusters: how often each customer is at which place, and the centre that is nearest to that."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.durations import bin_of


@kernel
def count_features(starts: Any, places: Any, chosen: Any, feature_of: Any, pair_of: Any, out: Any) -> int:
    """Count features of some paths; return how many paths.

    ``chosen`` says by path whether it counts (empty: all). ``feature_of`` is the feature of each code; ``pair_of``
    (features, features; or none) the feature of a place and its successor, -1 for none. ``out`` (paths, features), in
    which the chosen paths follow one another, is overwritten.
    """
    found = 0
    for path in range(starts.shape[0] - 1):
        if chosen.shape[0] > 0 and chosen[path] == 0:
            continue
        for f in range(out.shape[1]):
            out[found, f] = 0
        before = np.int64(-1)
        for place in range(np.int64(starts[path]), np.int64(starts[path + 1])):
            feature = np.int64(feature_of[places[place]])
            out[found, feature] += 1
            if pair_of.shape[0] > 0:
                if before >= 0 and pair_of[before, feature] >= 0:
                    out[found, pair_of[before, feature]] += 1
                before = feature
        found += 1
    return found


@inline
def _roots(counts: Any, path: Any, first: Any, end: Any, total: Any, roots: Any) -> None:
    """The square roots of the shares that some features of a path have; zeros where there is nothing to share."""
    for f in range(first, end):
        roots[f] = sqrt(counts[path, f] / total) if total > 0 else 0.0


@kernel
def nearest(counts: Any, sizes: Any, places: int, centres: Any, roots: Any, out: Any) -> None:
    """The nearest centre of each path (the first of equally near ones).

    ``counts`` (paths, features): of the first ``places`` features among the ``sizes`` of the paths, of the others
    among their ``sizes`` - 1. A path is the vector of the square roots of these shares; ``centres`` are (centres,
    features). Sums are always made in the same order, so that the answer is the same on every machine. ``roots``
    (features) is room: a path's roots are drawn once, not once for each centre.
    """
    for path in range(counts.shape[0]):
        _roots(counts, path, 0, places, sizes[path], roots)
        _roots(counts, path, places, centres.shape[1], sizes[path] - 1, roots)
        best = 0.0
        for centre in range(centres.shape[0]):
            distance = 0.0
            for f in range(centres.shape[1]):
                gap = roots[f] - centres[centre, f]
                distance += gap * gap
            if centre == 0 or distance < best:
                best = distance
                out[path] = centre


@kernel
def tally_groups(groups: Any, counts: Any, sizes: Any, customers: Any, sums: Any, holders: Any, bins: Any) -> None:
    """Add paths to their groups.

    By group: its ``customers``; by feature their ``sums`` of counts and how many have it at all, ``holders``;
    ``bins`` (groups, BINS) counts their sizes (see `lvtu.kernels.durations`).
    """
    for path in range(groups.shape[0]):
        group = np.int64(groups[path])
        customers[group] += 1
        bins[group, bin_of(np.int64(sizes[path]))] += 1
        for f in range(counts.shape[1]):
            sums[group, f] += counts[path, f]
            if counts[path, f] > 0:
                holders[group, f] += 1
