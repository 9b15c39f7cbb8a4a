"""Scores: the few rows that have one."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import kernel


@kernel
def rows_given(scores: Any, weights: Any, unit: float, rows: Any) -> int:
    """List the rows whose score counts: it is there (not NaN), and its weight is not, or is above 0 in ``unit`` parts.

    Most events have no score: their weights are not even looked at. Returns how many.
    """
    found = 0
    for row in range(scores.shape[0]):
        if scores[row] == scores[row] and not np.rint(weights[row] * unit) <= 0:
            rows[found] = row
            found += 1
    return found
