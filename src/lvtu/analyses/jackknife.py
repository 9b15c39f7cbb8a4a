"""Intervals without formulas: leave out one group of customers at a time and see how much the figure moves."""

from __future__ import annotations

import math
from collections.abc import Sequence


def interval(whole: float, without: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a figure by the delete-a-group jackknife.

    θ ± t₀.₉₇₅(G−1) · √((G−1)/G · Σ(θ₍g₎ − θ)²), with θ₍g₎ the figure without group g of G.

    Source: P. S. Kott, "The Delete-a-Group Jackknife", Journal of Official Statistics 17 (2001) 521–526.

    Args:
        whole: the figure of everybody.
        without: the figure without each of two or more random groups of customers.

    Example:
        >>> [round(end, 4) for end in interval(2.5, [3.0, 2.6667, 2.3333, 2.0])]
        [0.4457, 4.5543]
    """
    from scipy.special import stdtrit

    groups = len(without)
    spread = (groups - 1) / groups * math.fsum((one - whole) ** 2 for one in without)
    half = float(stdtrit(groups - 1, 0.975)) * math.sqrt(spread)
    return whole - half, whole + half
