"""Parts that add up: whole numbers in proportion to others, with nothing lost to rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

EXACT = 52
"""Bits of a float's fraction: whole numbers up to 2 to this power, and sums of them, are exact."""

SHARE = 40
"""Shares are whole parts of 1 in 2 to this power, so that their sum is 1 as a float too, in any order."""


def apportion(weights: Sequence[float], whole: int) -> list[int]:
    """Whole numbers in proportion to weights that add up to a whole (largest remainders; of equal ones the first).

    Args:
        weights: zero or more each; all zero: nobody gets anything.
        whole: what is shared out; may be negative.

    Example:
        >>> apportion([1, 1, 1], 100), apportion([0, 0], 5)
        ([34, 33, 33], [0, 0])
    """
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if not total:
        return [0] * len(exact)
    quotas = [weight * whole / total for weight in exact]
    parts = [quota.__floor__() for quota in quotas]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
    for i in by_rest[: whole - sum(parts)]:
        parts[i] += 1
    return parts


def shares(weights: Sequence[float]) -> list[float] | None:
    """The shares of weights, whose sum is exactly 1; None where there is nothing to share.

    Example:
        >>> sum(shares([1, 1, 1])), [round(share, 6) for share in shares([1, 1, 1])]
        (1.0, [0.333333, 0.333333, 0.333333])
    """
    if not sum(weights):
        return None
    return [part / (1 << SHARE) for part in apportion(weights, 1 << SHARE)]


def amounts(weights: Sequence[float], whole: int) -> list[float]:
    """A number of things in proportion to weights, as floats whose sum is exactly that number.

    Example:
        >>> sum(amounts([2, 1], 10)), [round(amount, 6) for amount in amounts([2, 1], 10)]
        (10.0, [6.666667, 3.333333])
    """
    bits = max(0, min(30, EXACT - whole.bit_length()))
    return [part / (1 << bits) for part in apportion(weights, whole << bits)]
