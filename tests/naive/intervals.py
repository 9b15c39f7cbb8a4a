"""Wilson's interval of a share, as the two shares that the share seen is 1.96 standard errors away from."""

from __future__ import annotations

import math

Z = 1.959963984540054


def wilson(k: float, n: float) -> tuple[float, float]:
    root = Z * math.sqrt(k * (n - k) / n + Z * Z / 4)
    return (k + Z * Z / 2 - root) / (n + Z * Z), (k + Z * Z / 2 + root) / (n + Z * Z)
