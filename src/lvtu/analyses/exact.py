"""Which times are exact: the only ones that durations are taken between."""

from __future__ import annotations

import numpy as np

from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array


def exact_rows(block: Block) -> Array:
    """Which rows have exact times, one byte each; empty when all have (a missing basis means exact).

    Args:
        block: ``time_basis`` must have been prepared.
    """
    codes, names = block.codes("time_basis")
    exact = np.array([name in ("", "exact") for name in names], np.uint8)
    return NOTHING if exact.all() else exact[codes]
