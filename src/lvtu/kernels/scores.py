"""Scores: the few rows that have one, and their sums by group, period and value."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel
from lvtu.kernels.periods import pace_of, period_of

LOW_BITS = 18
"""Weights are squared in two parts, the lower one of so many bits, so that the sums of squares stay exact."""

MOST_WEIGHT = 1 << 36
"""Weights from here on (68,719 answers) are left to the caller: below, the sums of 2^27 answers stay exact."""


@inline
def _count(cell: int, column: int, weight: int, counts: Any, sums: Any, squares: Any) -> None:
    """Count an answer: one more in its cell and column, its weight, and that squared, in two parts."""
    counts[cell, column] += 1
    sums[cell, column] += weight
    upper = weight >> LOW_BITS
    lower = weight & ((1 << LOW_BITS) - 1)
    squares[cell, 0] += upper * upper
    squares[cell, 1] += upper * lower
    squares[cell, 2] += lower * lower


@kernel
def rows_given(scores: Any, weights: Any, unit: float, rows: Any) -> int:
    """List the rows whose score counts: it is there (not NaN), and its weight is not, or is above 0 in ``unit`` parts.

    Most events have no score: their weights are not even looked at. ``weights`` may be empty: all count. Returns how
    many.
    """
    found = 0
    for row in range(scores.shape[0]):
        if scores[row] == scores[row] and (weights.shape[0] == 0 or not np.rint(weights[row] * unit) <= 0):
            rows[found] = row
            found += 1
    return found


@kernel
def tally(
    offsets: Any, time: Any, keep: Any, view: Any, groups: Any, boundaries: Any, since: int, until: int, carry: int,
    scores: Any, scales: Any, scale: int, weights: Any, asked: Any, unit: float, low: float, high: float, first: float,
    per: float, seen: Any, present: Any, answered: Any, counts: Any, sums: Any, squares: Any, odd_rows: Any,
    odd_cells: Any, outside: Any,
) -> int:  # fmt: skip
    """Sum the scores on one scale by cell (period, then group) and value, and count the customers in each cell.

    ``groups`` may be empty (one group), ``weights`` (each answer is 1), ``asked`` (any event may hold an answer). With
    ``carry`` a row of no group (0) belongs to its customer's last one before. An answer is a row of the scale with a
    score that counts (see `rows_given`) from ``low`` to ``high``; those beyond are counted in ``outside[0]``.

    Outputs: ``present`` and ``answered``, distinct customers by cell; ``counts`` and ``sums`` (weights in ``unit``
    parts) by cell and value, the value v being in column (v - first) · per; ``squares`` by cell, see `LOW_BITS`: the
    squares of the upper parts, the products of both, the squares of the lower parts. Answers whose value has no column,
    or whose weight is `MOST_WEIGHT` or more, are listed instead, in ``odd_rows`` and ``odd_cells``; returns how many.
    ``seen``, of twice as many cells, is scratch and is -1 before each block.
    """
    odd = 0
    guess = 0
    pace = pace_of(boundaries)
    cells = present.shape[0]
    width = cells // boundaries.shape[0]
    columns = counts.shape[1]
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        last: Any = 0
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            group = np.int64(groups[row]) if groups.shape[0] > 0 else 0
            if carry != 0:
                if group == 0:
                    group = last
                last = group
            t = time[row]
            if t < since or t >= until:
                continue
            guess = period_of(boundaries, pace, t, guess)
            cell = guess * width + group
            if seen[cell] != c:
                seen[cell] = c
                present[cell] += 1
            score = scores[row]
            if score != score or scales[row] != scale or (asked.shape[0] > 0 and asked[row] == 0):
                continue
            exact = unit
            if weights.shape[0] > 0 and weights[row] == weights[row]:
                exact = np.rint(weights[row] * unit)
                if exact <= 0:
                    continue
            if score < low or score > high:
                outside[0] += 1
                continue
            if seen[cells + cell] != c:
                seen[cells + cell] = c
                answered[cell] += 1
            place = (score - first) * per
            if place < 0 or place >= columns or place != np.floor(place) or exact >= MOST_WEIGHT:
                odd_rows[odd] = row
                odd_cells[odd] = cell
                odd += 1
                continue
            _count(cell, np.int64(place), np.int64(exact), counts, sums, squares)
    return odd


@kernel
def add_up(
    cells: Any, seen: Any, scores: Any, scales: Any, scale: int, weights: Any, unit: float, low: float, high: float,
    first: float, per: float, counts: Any, sums: Any, squares: Any, odd: Any,
) -> int:  # fmt: skip
    """Sum answers that count (`rows_given`) on one scale by cell and value, as `tally` does, who is there left aside.

    ``cells`` is the cell of each, below 0 for none; ``seen``, which may be empty, whether it is seen. Outputs:
    ``counts``, ``sums`` and ``squares`` as of `tally`. Answers whose value or weight has no place there are listed in
    ``odd``; returns how many.
    """
    found = 0
    columns = counts.shape[1]
    use_seen = seen.shape[0] > 0
    weighted = weights.shape[0] > 0
    for place in range(cells.shape[0]):
        cell = cells[place]
        if cell < 0 or scales[place] != scale or (use_seen and seen[place] == 0):
            continue
        score = scores[place]
        if score < low or score > high:
            continue
        exact = unit
        if weighted and weights[place] == weights[place]:
            exact = np.rint(weights[place] * unit)
        at = (score - first) * per
        if at < 0 or at >= columns or at != np.floor(at) or exact >= MOST_WEIGHT:
            odd[found] = place
            found += 1
            continue
        _count(cell, np.int64(at), np.int64(exact), counts, sums, squares)
    return found


@kernel
def invited(
    offsets: Any, time: Any, keep: Any, view: Any, groups: Any, boundaries: Any, since: int, until: int, carry: int,
    sent: Any, answers: Any, seen: Any, customers: Any, answered: Any,
) -> None:  # fmt: skip
    """Count the customers to whom something was sent by cell, and those of them who answered later.

    ``sent`` says by row whether it was sent, ``answers`` whether it is an answer; the other arguments are those of
    `tally`. Outputs: ``customers`` and ``answered``, by cell; ``seen``, of twice as many, is -1 before each block.
    """
    guess = 0
    pace = pace_of(boundaries)
    cells = customers.shape[0]
    width = cells // boundaries.shape[0]
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        latest: Any = np.int64(-1)
        for row in range(offsets[c], offsets[c + 1]):
            if answers[row] != 0:
                latest = row
        last: Any = 0
        for row in range(offsets[c], offsets[c + 1]):
            if view.shape[0] > 0 and view[row] == 0:
                continue
            group = np.int64(groups[row]) if groups.shape[0] > 0 else 0
            if carry != 0:
                if group == 0:
                    group = last
                last = group
            if sent[row] == 0 or time[row] < since or time[row] >= until:
                continue
            guess = period_of(boundaries, pace, time[row], guess)
            cell = guess * width + group
            if seen[cell] != c:
                seen[cell] = c
                customers[cell] += 1
            if latest > row and seen[cells + cell] != c:
                seen[cells + cell] = c
                answered[cell] += 1
