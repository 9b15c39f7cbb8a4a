"""Intervals of whatever is worked out from sums: leave out a group of customers at a time, and see what changes.

A customer's group is in the first bits of the hash of the key, so that it is the same in every bucket, in the tail and
on every engine, and says nothing about the customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

GROUPS = 64
"""How many groups customers are in."""

_SHIFT = np.uint64(64 - 6)


class Ends(NamedTuple):
    """The ends of 95 % intervals; NaN where the groups leave no way to tell.

    Attributes:
        low, high: float64, as many as there are estimates.
    """

    low: Array
    high: Array


def groups_of(block: Block) -> Array:
    """The group of each customer of a block, 0 … `GROUPS` - 1, by line."""
    groups: Array = (block.column("hi") >> _SHIFT).astype(np.uint8)
    return groups


def without_each(sums: Array, used: Array) -> Array:
    """The sums without each group that is used.

    Args:
        sums: (`GROUPS`, …), a group's part of each sum.
        used: the numbers of the groups in which anybody is.

    Returns:
        (used, …): the whole without one of the groups in turn.
    """
    rest: Array = sums.sum(axis=0) - sums[used]
    return rest


def ends(whole: Array, rest: Array, least: float = -np.inf, most: float = np.inf) -> Ends:
    """The delete-a-group jackknife's interval around estimates.

    With G groups the variance is (G − 1)/G · Σ (estimate without a group − estimate of all)², and the interval reaches
    as far as Student's t on G − 1 degrees of freedom says. Where no group makes any difference (everything in one
    group, or the same everywhere) there is no interval: the groups cannot tell how sure the estimate is.

    Args:
        whole: (estimates,), from all groups.
        rest: (groups, estimates), the same without each group that is used; a NaN is an estimate that could not be
            made, and leaves no interval.
        least, most: between which every estimate lies; intervals are cut there.

    Source: P. S. Kott, Journal of Official Statistics 17 (2001) 521–526, The delete-a-group jackknife.

    Example:
        >>> from lvtu.analyses.jackknife import ends, without_each
        >>> sums = np.array([[1.0], [2.0], [3.0], [6.0]])
        >>> low, high = ends(np.array([3.0]), without_each(sums, np.arange(4)) / 3)
        >>> [round(float(end[0]), 2) for end in (low, high)]
        [-0.44, 6.44]
    """
    if len(rest) < 2:
        nothing = np.full(len(whole), np.nan)
        return Ends(nothing, nothing)
    half = _half(whole, rest)
    half = np.where(half > _SAME * np.maximum(np.abs(whole), 1e-300), half, np.nan)
    return Ends(np.maximum(whole - half, least), np.minimum(whole + half, most))


_SAME = 1e-9
"""Differences so small, relative to the estimate, are rounding."""


def interval(whole: float, without: Sequence[float]) -> tuple[float, float]:
    """The same interval of one estimate; of no width where no group makes any difference.

    Args:
        whole: the figure of everybody.
        without: the figure without each of two or more groups of customers.

    Example:
        >>> [round(end, 4) for end in interval(2.5, [3.0, 2.6667, 2.3333, 2.0])]
        [0.4457, 4.5543]
    """
    half = float(_half(np.array([whole]), np.array(without)[:, None])[0])
    return whole - half, whole + half


def p_value(whole: float, without: Sequence[float]) -> float | None:
    """How likely an estimate would be at least so far from 0 by chance, two-sided; None where no group tells.

    Args:
        whole: the estimate of everybody, a difference say.
        without: the same without each of some groups of customers.

    Example:
        >>> round(p_value(2.5, [3.0, 2.6667, 2.3333, 2.0]), 3)
        0.03
    """
    from scipy.special import stdtr

    groups = len(without)
    if groups < 2:
        return None
    error = float(np.sqrt((groups - 1) / groups * ((np.array(without) - whole) ** 2).sum()))
    return float(2 * stdtr(groups - 1, -abs(whole) / error)) if error else None


def _half(whole: Array, rest: Array) -> Array:
    """Half the width of the intervals around estimates."""
    from scipy.special import stdtrit

    groups = len(rest)
    half: Array = stdtrit(groups - 1, 0.975) * np.sqrt((groups - 1) / groups * ((rest - whole) ** 2).sum(axis=0))
    return half
