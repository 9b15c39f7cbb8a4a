"""Kaplan–Meier curves from integer counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.analyses.intervals import Z95
from lvtu.kernels.durations import middles
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

    def last(self, unseen: int = 0) -> tuple[float | None, float | None, float | None]:
        """The share to which it has happened by the end, with its interval; 0 and no interval where it never did.

        Args:
            unseen: units that the curve leaves out, since their times are not known: where it happened to no other,
                it is not known that it never does.
        """
        if not len(self.bins):
            return None if unseen else 0.0, None, None
        low, high = (None if np.isnan(end[-1]) else float(end[-1]) for end in (self.low, self.high))
        return float(1 - self.survival[-1]), low, high

    def median(self) -> tuple[int | None, int | None, int | None]:
        """The bin by which it has happened to half, with its 95 % interval; None where that is not reached.

        The interval is where the curve's own interval holds one half (R. Brookmeyer & J. Crowley, Biometrics 38 (1982)
        29–41, on the log-log scale).
        """
        half = 0.5 - 1e-12  # a product of fractions that is one half may miss it by its last bit
        reached = (1 - self.survival, self.high, self.low)
        there = [np.flatnonzero(share >= half) for share in reached]
        middle, low, high = (int(self.bins[found[0]]) if len(found) else None for found in there)
        return middle, low, high


class LogRank(NamedTuple):
    """A test of whether curves differ.

    Attributes:
        statistic: chi-squared.
        freedom: its degrees of freedom.
        p_value: the chance of at least that much if all curves are one.
    """

    statistic: float
    freedom: int
    p_value: float


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


NOBODY = kaplan_meier(*np.zeros((2, 1), np.int64))
"""The curve of no units."""


def points(curve: Curve) -> pa.Table:
    """A curve's ``time`` (µs), ``share`` to which it has happened by then, ``low``, ``high``, and ``at_risk``."""
    return pa.table(
        {
            "time": pa.array(np.rint(middles()[curve.bins]).astype(np.int64)),
            "share": pa.array(1 - curve.survival),
            "low": pa.array(curve.low, from_pandas=True),
            "high": pa.array(curve.high, from_pandas=True),
            "at_risk": pa.array(curve.at_risk, pa.int64()),
        }
    )


def log_rank(happened: Array, censored: Array) -> LogRank | None:
    """The log-rank test of several groups, from counts by group and duration; None with less than two groups.

    At each duration where something happened, what happened in a group is compared with its share of those still
    watched; the variance is the hypergeometric one.

    Args:
        happened, censored: units, (groups, bins); groups without any are left out.

    Source: N. Mantel, Cancer Chemotherapy Reports 50 (1966) 163–170; J. D. Kalbfleisch & R. L. Prentice (1980), 1.4.

    Example:
        >>> test = log_rank(np.array([[1, 1, 0, 0], [0, 0, 1, 1]]), np.zeros((2, 4), np.int64))
        >>> round(test.statistic, 3), test.freedom, round(test.p_value, 3)
        (2.882, 1, 0.09)
    """
    gone = happened + censored
    there = gone.sum(1) > 0
    happened, gone = happened[there], gone[there]
    bins = np.flatnonzero(happened.sum(0))
    if len(gone) < 2 or not len(bins):
        return None
    at_risk = (gone.sum(1, keepdims=True) - (np.cumsum(gone, 1) - gone))[:, bins].astype(np.float64)
    d, n = happened[:, bins].sum(0), at_risk.sum(0)
    shares = at_risk / n
    excess = (happened[:, bins] - d * shares).sum(1)
    weights = d * (n - d) / np.maximum(n - 1, 1)
    variance = np.diag((weights * shares).sum(1)) - (weights * shares) @ shares.T
    freedom = len(excess) - 1
    statistic = float(excess[:-1] @ np.linalg.pinv(variance[:-1, :-1]) @ excess[:-1])
    from scipy.special import chdtrc

    return LogRank(statistic, freedom, float(chdtrc(freedom, statistic)))
