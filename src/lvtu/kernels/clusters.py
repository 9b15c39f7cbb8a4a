"""Clusters: how often each customer is at which place, and the centre that is nearest to that."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.durations import bin_of
from lvtu.kernels.kmeans import LANES, half_squares
from lvtu.kernels.paths import end_row, first_row, is_place


@inline
def _count(
    begin: Any, end: Any, codes: Any, view: Any, fold: Any, feature_of: Any, pair_of: Any, counts: Any, line: Any
) -> Any:
    """Count the features of a path into a line of ``counts``; return how many places it has.

    See `count_features`. Without a view, folding and transitions there is nothing to decide by row: half the time.
    """
    for f in range(counts.shape[1]):
        counts[line, f] = 0
    if view.shape[0] == 0 and fold == 0 and pair_of.shape[0] == 0:
        for row in range(begin, end):
            counts[line, feature_of[codes[row]]] += 1
        return end - begin - np.int64(counts[line, counts.shape[1] - 1])
    size = np.int64(0)
    before = np.int64(-1)
    place = np.int64(pair_of.shape[0] - 1)
    for row in range(begin, end):
        if view.shape[0] > 0 and view[row] == 0:
            continue
        code = np.int64(codes[row])
        if is_place(code, before, fold, 0):
            feature = np.int64(feature_of[code])
            counts[line, feature] += 1
            if pair_of.shape[0] > 0:
                counts[line, pair_of[place, feature]] += 1
                place = feature
            before = code
            size += 1
    return size


@kernel
def count_features(
    offsets: Any, time: Any, firsts: Any, lasts: Any, codes: Any, keep: Any, view: Any, since: int, until: int,
    fold: int, feature_of: Any, pair_of: Any, who: Any, sizes: Any, counts: Any,
) -> int:  # fmt: skip
    """Count the features of the paths that `lvtu.kernels.paths.paths` would list, one a customer; return how many.

    ``feature_of`` (unsigned) is the feature of each code; ``pair_of`` (places + 1, places; or none) that of a place and
    its successor, the last line of a path's first place. Behind all features is one that says nothing, for the missing
    code and for pairs that are not told apart: so no branch depends on what comes after what.

    Outputs: by path the customer's line ``who``, the number of its places and its ``counts`` (paths, features + 1).
    There must be a line for each customer who is kept.
    """
    found: Any = np.int64(0)
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        end = np.int64(offsets[c + 1])
        begin = first_row(time, np.int64(offsets[c]), end, firsts[c], since)
        end = end_row(time, begin, end, lasts[c], until)
        size = _count(begin, end, codes, view, fold, feature_of, pair_of, counts, found)
        who[found] = c
        sizes[found] = size
        found += np.int64(size > 0)
    return found  # type: ignore[no-any-return]


@kernel
def nearest(
    counts: Any, sizes: Any, paths: int, places: int, centres: Any, halves: Any, parts: Any, near: Any, root: Any,
    best: Any, found: Any, out: Any,
) -> None:  # fmt: skip
    """The nearest centre of each path (the first of equally near ones).

    ``counts`` (paths rounded up to a multiple of LANES, features or more): of the first ``places`` features among the
    ``sizes`` of the paths, of the others among their ``sizes`` - 1. A path is the vector of the square roots of these
    shares; ``centres`` are (centres, features). ``halves`` (centres), ``parts`` (2, LANES), ``near`` (centres, LANES),
    ``root``, ``best`` and ``found`` (LANES) are room.

    Compared is half the square of the distance, less what is the same for all centres: one product for each feature
    and centre. With paths side by side the compiler works on several at a time, and still adds up in the same order, so
    that the answer is the same on every machine.
    """
    half_squares(centres, halves)
    for first in range(0, paths, LANES):
        for lane in range(LANES):
            parts[0, lane] = 1.0 / max(sizes[first + lane], 1)
            parts[1, lane] = 1.0 / max(sizes[first + lane] - 1, 1)
        for c in range(centres.shape[0]):
            for lane in range(LANES):
                near[c, lane] = halves[c]
        for f in range(centres.shape[1]):
            part = np.int64(f >= places)
            for lane in range(LANES):
                root[lane] = sqrt(counts[first + lane, f] * parts[part, lane])
            for c in range(centres.shape[0]):
                centre = centres[c, f]
                for lane in range(LANES):
                    near[c, lane] -= root[lane] * centre
        for lane in range(LANES):
            best[lane] = np.inf
            found[lane] = 0
        for c in range(centres.shape[0]):
            for lane in range(LANES):
                nearer = near[c, lane] < best[lane]
                best[lane] = near[c, lane] if nearer else best[lane]
                found[lane] = c if nearer else found[lane]
        for lane in range(min(LANES, paths - first)):
            out[first + lane] = found[lane]


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
        for f in range(sums.shape[1]):
            sums[group, f] += counts[path, f]
            holders[group, f] += np.int64(counts[path, f] > 0)
