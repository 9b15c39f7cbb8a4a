"""Durations as log-linear histograms: 64 bins to every doubling, so a bin's middle is within 0.8 % of its values."""

from __future__ import annotations

from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline

SUB = 64
"""Bins to every doubling; below 64 µs every microsecond has its own."""

BINS = SUB * 48
"""Bins in all: up to 2^53 µs, 285 years; longer durations fall into the last."""


@inline
def bin_of(duration: Any) -> Any:
    """The bin of a duration in microseconds (negative counts as 0)."""
    if duration < 64:
        return max(duration, 0)
    power = 0
    rest = duration
    if rest >= 1 << 32:
        power += 32
        rest >>= 32
    if rest >= 1 << 16:
        power += 16
        rest >>= 16
    if rest >= 1 << 8:
        power += 8
        rest >>= 8
    if rest >= 1 << 4:
        power += 4
        rest >>= 4
    if rest >= 1 << 2:
        power += 2
        rest >>= 2
    if rest >= 2:
        power += 1
    return min(((power - 5) << 6) | ((duration >> (power - 6)) & 63), 3071)


def middles() -> np.ndarray[Any, np.dtype[np.float64]]:
    """The middle of every bin, in microseconds."""
    bins = np.arange(BINS)
    shift = np.maximum(bins // SUB - 1, 0)
    low = np.where(bins < SUB, bins, (SUB + bins % SUB) * 2.0**shift)
    return np.asarray(np.where(bins < SUB, low, low + (2.0**shift - 1) / 2))


def median(counts: np.ndarray[Any, Any]) -> int | None:
    """The median of a histogram of durations, in whole microseconds; None where nothing was counted.

    The lower median: the smallest duration that at least half of the durations do not exceed.
    """
    running = np.cumsum(counts, dtype=np.int64)
    total = int(running[-1]) if len(running) else 0
    if total == 0:
        return None
    place = int(np.searchsorted(running, (total + 1) // 2))
    return round(float(middles()[place]))
