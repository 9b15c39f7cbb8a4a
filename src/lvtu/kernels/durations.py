"""Durations as log-linear histograms: 64 bins to every doubling, so a bin's middle is within 0.8 % of its values."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from lvtu.kernels.compiler import inline, kernel

SUB = 64
"""Bins to every doubling; below 64 µs every microsecond has its own."""

BINS = SUB * 48
"""Bins in all: up to 2^53 µs, 285 years; longer durations fall into the last."""

MARK_BITS = 12
"""A mark is ``line << MARK_BITS | bin``: one duration of one line, where lines are too many for a histogram each."""

_FIRST = (1023 + 6) << 6
"""What the bits of 64.0 say."""


@inline
def bin_of(duration: Any) -> Any:
    """The bin of a duration in microseconds (negative counts as 0).

    The exponent and the first six bits of the fraction of ``duration + 64`` as a float64 are the bin: no branches,
    twice as fast as finding the highest bit.
    """
    return min((np.float64(max(duration, 0) + 64).view(np.int64) >> 46) - _FIRST, BINS - 1)


def bins_of(values: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The bins of many numbers; as `bin_of`."""
    bits = (np.maximum(values, 0) + 64).astype(np.float64).view(np.int64) >> 46
    return np.asarray(np.minimum(bits - _FIRST, BINS - 1))


def last_in(places: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The largest whole number of each bin; of the last one, which has no end, the largest there is.

    Example:
        >>> last_in(np.array([0, 63, 64, 65])).tolist()
        [0, 63, 65, 67]
    """
    after = places.astype(np.int64) + 1
    ends = ((SUB + after % SUB) << (after // SUB)) - SUB - 1
    return np.where(places >= BINS - 1, np.iinfo(np.int64).max, ends)


@cache
def middles() -> np.ndarray[Any, np.dtype[np.float64]]:
    """The middle of every bin, in microseconds."""
    bins = np.arange(BINS)
    width = 2.0 ** (bins // SUB)
    return np.asarray((SUB + bins % SUB) * width - SUB + (width - 1) / 2)


def median(counts: np.ndarray[Any, Any]) -> int | None:
    """The median of a histogram of durations, in whole microseconds; None where nothing was counted.

    Of an even number of durations it is the mean of the two in the middle.
    """
    return medians(np.ascontiguousarray(counts).reshape(1, -1))[0]


def medians(counts: np.ndarray[Any, Any]) -> list[int | None]:
    """The median of every line of histograms."""
    places = np.empty((len(counts), 2), np.int64)
    median_bins(counts, places)
    return _between(places)


def medians_of_marks(marks: np.ndarray[Any, Any], counts: np.ndarray[Any, Any], lines: int) -> list[int | None]:
    """The median of every line, from sorted distinct marks and how often each was seen."""
    places = np.full((lines, 2), -1, np.int64)
    median_marks(marks, counts, places)
    return _between(places)


def quantiles(counts: np.ndarray[Any, Any], share: float) -> list[int | None]:
    """A quantile of every line of histograms, in whole microseconds; None for an empty line.

    It is the smallest duration that at least this share of them (above 0) does not exceed: the nearest rank.
    """
    totals = counts.sum(axis=1)
    ranks = np.ceil(totals * share - 1e-9)  # 0.9 × 10 is 9, whatever the last bit says
    places = (counts.cumsum(axis=1) >= ranks[:, None]).argmax(axis=1)
    values = middles()[places]
    return [round(float(value)) if total else None for value, total in zip(values, totals.tolist(), strict=True)]


def quantiles_of_marks(
    marks: np.ndarray[Any, Any], counts: np.ndarray[Any, Any], lines: int, share: float
) -> list[int | None]:
    """A quantile of every line as `quantiles` gives it, from sorted distinct marks and how often each was seen."""
    ends = np.searchsorted(marks, np.arange(1, lines + 1, dtype=np.uint64) << np.uint64(MARK_BITS))
    running = np.concatenate([[0], np.cumsum(counts)])
    before = running[np.concatenate([[0], ends[:-1]])]
    totals = running[ends] - before
    places = np.searchsorted(running[1:], before + np.maximum(np.ceil(totals * share - 1e-9), 1))
    bins = marks[np.minimum(places, max(len(marks) - 1, 0))] & np.uint64((1 << MARK_BITS) - 1) if len(marks) else places
    values = middles()[np.minimum(bins, BINS - 1)]
    return [round(float(value)) if total else None for value, total in zip(values, totals.tolist(), strict=True)]


def _between(places: np.ndarray[Any, Any]) -> list[int | None]:
    values = middles()
    return [None if low < 0 else round(float(values[low] + values[high]) / 2) for low, high in places.tolist()]


@kernel
def median_bins(counts: Any, out: Any) -> None:
    """The bins of each line's two middle values (lines, 2): the same where the number is odd, -1 for an empty line."""
    for line in range(counts.shape[0]):
        total = np.int64(0)
        for place in range(counts.shape[1]):
            total += counts[line, place]
        out[line, 0] = -1
        out[line, 1] = -1
        running = np.int64(0)
        for place in range(counts.shape[1]):
            if counts[line, place] != 0:
                running += counts[line, place]
                if out[line, 0] < 0 and 2 * running >= total:
                    out[line, 0] = place
                if 2 * running > total:
                    out[line, 1] = place
                    break


@kernel
def median_marks(marks: Any, counts: Any, out: Any) -> None:
    """As `median_bins`, of sorted marks with their counts; lines without a mark are left as they are."""
    bins = (1 << MARK_BITS) - 1
    first = 0
    while first < marks.shape[0]:
        line = np.int64(marks[first]) >> MARK_BITS
        end = first
        total = np.int64(0)
        while end < marks.shape[0] and np.int64(marks[end]) >> MARK_BITS == line:
            total += counts[end]
            end += 1
        running = np.int64(0)
        for i in range(first, end):
            running += counts[i]
            if out[line, 0] < 0 and 2 * running >= total:
                out[line, 0] = np.int64(marks[i]) & bins
            if 2 * running > total:
                out[line, 1] = np.int64(marks[i]) & bins
                break
        first = end
