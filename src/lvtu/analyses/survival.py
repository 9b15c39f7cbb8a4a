"""Kaplan–Meier curves from integer counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.analyses.intervals import Z95
from lvtu.store.journeys.columns import Array


@dataclass(frozen=True)
class Curve:
    """A survival curve at the bins where something happened.

    Attributes:
        bins: where, ascending.
        at_risk: units still watched just before each.
        survival: the share to which it has not happened by the end of each bin.
        low, high: 95 % interval of the share to which it *has* happened, NaN where the variance is unknown.
    """

    bins: Array
    at_risk: Array
    survival: Array
    low: Array
    high: Array

    def last(self) -> tuple[float, float | None, float | None]:
        """The share to which it has happened by the end, with its interval; 0 and no interval where it never did."""
        if not len(self.bins):
            return 0.0, None, None
        low, high = (None if np.isnan(end[-1]) else float(end[-1]) for end in (self.low, self.high))
        return float(1 - self.survival[-1]), low, high


def kaplan_meier(happened: Array, censored: Array) -> Curve:
    """The product-limit estimate from counts by duration; within a bin, what happened comes before who was lost.

    S(t) = ∏ (1 − dᵢ / nᵢ); its variance by Greenwood's formula, the interval on the log(−log S) scale, which stays
    between 0 and 1.

    Args:
        happened, censored: units by duration, (bins,).

    Source: E. L. Kaplan & P. Meier, JASA 53 (1958) 457–481; J. D. Kalbfleisch & R. L. Prentice, The Statistical
    Analysis of Failure Time Data (1980), section 1.3.

    Example:
        >>> curve = kaplan_meier(np.array([0, 1, 0, 1]), np.array([0, 1, 1, 0]))
        >>> curve.at_risk.tolist(), [round(s, 3) for s in curve.survival.tolist()]
        ([4, 1], [0.75, 0.0])
    """
    gone = happened + censored
    at_risk = gone.sum() - (np.cumsum(gone) - gone)
    bins = np.flatnonzero(happened)
    d, n = happened[bins], at_risk[bins]
    survival = np.cumprod(1 - d / np.maximum(n, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(d / (n * (n - d)))
        log = np.log(survival)
        spread = Z95 * np.sqrt(greenwood) / log  # negative, since the logarithm is
        ends = [1 - survival ** np.exp(sign * spread) for sign in (1, -1)]
    known = (survival > 0) & (survival < 1)
    low, high = (np.where(known, end, np.nan) for end in (np.minimum(*ends), np.maximum(*ends)))
    return Curve(bins, n, survival, low, high)
