"""How a yes or no follows from how satisfied customers were: its rate by band of their scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.drivers.answers import Driver
from lvtu.analyses.intervals import wilson
from lvtu.analyses.means import effective_of
from lvtu.store.journeys.columns import Array

BANDS = ("low", "middle", "high")
"""Of NPS detractors, passives and promoters; of other scales below their middle, at it, above it."""

_SCHEMA = pa.schema(
    {"driver": pa.string(), "scale": pa.string(), "band": pa.string(), "customers": pa.int64(), "yes": pa.int64()}
    | dict.fromkeys(("rate", "low", "high", "lift"), pa.float64())
)  # fmt: skip


def edges_of(scores: Array, scale: str | None) -> tuple[float, float]:
    """From which score on the middle band goes, and up to which.

    The ends of a scale come from its name (csat5 goes from 1 to 5); where it tells none, from the scores themselves.

    Example:
        >>> edges_of(np.array([]), "nps"), edges_of(np.array([]), "csat5"), edges_of(np.array([1.0, 9.0]), "mood")
        ((6.5, 8.5), (2.5, 3.5), (4.5, 5.5))
    """
    if scale == "nps":
        return 6.5, 8.5
    named = re.search(r"\D([2-9]|1[01])$", scale or "")
    given = scores[~np.isnan(scores)]
    ends = (1.0, float(named[1])) if named else (float(given.min()), float(given.max())) if len(given) else (0.0, 0.0)
    return sum(ends) / 2 - 0.5, sum(ends) / 2 + 0.5


def bands_of(scores: Array, edges: tuple[float, float]) -> Array:
    """The number of the band of each score, −1 for none given.

    Example:
        >>> bands_of(np.array([6, 7, 9, np.nan]), (6.5, 8.5)).tolist()
        [0, 1, 2, -1]
    """
    below, above = edges
    found: Array = np.where(np.isnan(scores), -1, (scores >= below).astype(int) + (scores > above))
    return found


def linkage(drivers: Sequence[Driver], scores: Array, outcome: Array, weights: Array) -> pa.Table:
    """The rate of a yes in each band of each driver, with Wilson's interval, and how many times that of all it is.

    Args:
        drivers: in the order of the columns.
        scores: (customers, drivers), NaN where skipped.
        outcome: (customers,), 1 or 0.
        weights: (customers,); intervals go by the effective number of customers.
    """
    rows: list[dict[str, Any]] = []
    whole = float(np.average(outcome, weights=weights)) if len(outcome) else 0.0
    for at, driver in enumerate(drivers):
        bands = bands_of(scores[:, at], edges_of(scores[:, at], driver.scale))
        for number, band in enumerate(BANDS):
            here = bands == number
            if not here.any():
                continue
            rate, effective = float(np.average(outcome[here], weights=weights[here])), effective_of(weights[here])
            ends = wilson(rate * effective, effective) or (None, None)
            rows.append({
                "driver": driver.name, "scale": driver.scale, "band": band, "customers": int(here.sum()),
                "yes": int(outcome[here].sum()), "rate": rate, "low": ends[0], "high": ends[1],
                "lift": rate / whole if whole else None,
            })  # fmt: skip
    return pa.Table.from_pylist(rows, _SCHEMA)
