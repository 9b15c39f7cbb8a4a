"""Intervals and tests of proportions."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from lvtu.store.journeys.columns import Array

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: two-sided 95 %."""

Z90 = 1.6448536269514722
"""The 95 % point: two-sided 90 %, the interval of two one-sided tests at 5 % each."""


def wilson(k: float, n: float, z: float = Z95) -> tuple[float, float] | None:
    """Wilson's score interval of a proportion; None without observations (effective numbers need not be whole).

    Source: E. B. Wilson, JASA 22 (1927) 209–212.

    Example:
        >>> [round(100 * end, 2) for end in wilson(42, 50)]
        [71.49, 91.66]
    """
    if n == 0:
        return None
    p, zz = k / n, z * z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = z / (1 + zz / n) * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    # the ends are exact at 0 and 1, where rounding would miss them by an ulp
    return (max(middle - half, 0.0) if k > 0 else 0.0), (min(middle + half, 1.0) if k < n else 1.0)


def wilsons(part: Array, whole: Array, unknown: Array | None = None) -> tuple[pa.Array, pa.Array]:
    """The two ends of `wilson`'s 95 % intervals of many proportions, null of nothing.

    Args:
        part, whole: counts.
        unknown: where there is none either.

    Example:
        >>> low, high = wilsons(np.array([42, 0]), np.array([50, 0]))
        >>> low.to_pylist()[1], [round(100 * end[0].as_py(), 2) for end in (low, high)]
        (None, [71.49, 91.66])
    """
    n, zz = np.maximum(whole, 1), Z95 * Z95
    p = part / n
    middle, half = p + zz / (2 * n), Z95 * np.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    nothing = whole == 0 if unknown is None else (whole == 0) | unknown
    ends = np.maximum(middle - half, 0.0), np.minimum(middle + half, 1 + zz / n)
    low, high = (pa.array(end / (1 + zz / n), pa.float64(), mask=nothing) for end in ends)
    return low, high


def difference(k1: float, n1: float, k2: float, n2: float, z: float = Z95) -> tuple[float, float, float, float] | None:
    """Difference of two proportions p1 − p2 with Newcombe's interval and the pooled z test's p-value.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.

    Returns:
        (difference, low, high, p-value); None when a group is empty.

    Example:
        >>> [round(x, 4) for x in difference(56, 70, 48, 80)]
        [0.2, 0.0524, 0.3339, 0.008]
    """
    one, two = wilson(k1, n1, z), wilson(k2, n2, z)
    if one is None or two is None:
        return None
    p1, p2 = k1 / n1, k2 / n2
    low = p1 - p2 - math.hypot(p1 - one[0], two[1] - p2)
    high = p1 - p2 + math.hypot(one[1] - p1, p2 - two[0])
    pooled = (k1 + k2) / (n1 + n2)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    p_value = math.erfc(abs(p1 - p2) / error / math.sqrt(2)) if error else 1.0
    return p1 - p2, low, high, p_value


def promoters(up: float, down: float, n: float) -> tuple[float, float, float, float]:
    """The net promoter score of the shares of promoters and detractors among ``n`` (effective) answers.

    The interval is the adjusted Wald of Sauro & Lewis (n' = n + 3, ¾ of an answer added to promoters and to
    detractors), within ±100.

    Returns:
        (score, low, high, variance), the last for tests of a difference.

    Example:
        >>> [round(x, 3) for x in promoters(20 / 40, 8 / 40, 40)[:3]]
        [30.0, 4.598, 51.216]
    """
    middle, around = adjusted_promoters(up, down, n)
    half = Z95 * math.sqrt(around)
    variance = 1e4 * (up + down - (up - down) ** 2) / n
    return 100 * (up - down), max(middle - half, -100.0), min(middle + half, 100.0), variance


def adjusted_promoters(up: float, down: float, n: float) -> tuple[float, float]:
    """The net promoter score that the interval of `promoters` is around, and its variance.

    Tests that go by them hold their level with few answers: of 5 to 20 answers against 200 they find a difference where
    there is none in 4 to 6 cases of 100, those by the plain variance in 8 to 35 (simulated), since that is zero where
    all answers are alike.
    """
    p, d = (up * n + 0.75) / (n + 3), (down * n + 0.75) / (n + 3)
    return 100 * (p - d), 1e4 * (p + d - (p - d) ** 2) / (n + 3)


def normal(difference: float, variance: float) -> tuple[float, float, float]:
    """The 95 % interval of a difference and its two-sided p-value, by its variance (normal distribution).

    Example:
        >>> [round(x, 3) for x in normal(8.0, 3.475**2)]
        [1.189, 14.811, 0.021]
    """
    error = math.sqrt(variance)
    p_value = math.erfc(abs(difference) / error / math.sqrt(2)) if error else (1.0 if difference == 0 else 0.0)
    return difference - Z95 * error, difference + Z95 * error, p_value


def ratios(part: Array, whole: Array) -> pa.Array:
    """Quotients of counts, null of nothing.

    Example:
        >>> ratios(np.array([1, 0]), np.array([2, 0])).to_pylist()
        [0.5, None]
    """
    return pa.array(part / np.maximum(whole, 1), pa.float64(), mask=whole == 0)


def discoveries(p: Sequence[float]) -> list[float]:
    """Benjamini & Hochberg's adjusted p-values (1995): at ≤ 0.05 the false-discovery rate is ≤ 5 %.

    Example:
        >>> [round(q, 3) for q in discoveries([0.01, 0.02, 0.03, 0.5])]
        [0.04, 0.04, 0.04, 0.5]
    """
    values = np.asarray(p, float)
    order = np.argsort(values)[::-1]
    ranks = np.arange(len(values), 0, -1)
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum.accumulate(np.minimum(values[order] * len(values) / ranks, 1.0))
    return [float(q) for q in adjusted]
