"""The scale of a curve: which stretch of its values is drawn, where its lines stand, which points a line joins."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from lvtu.maps.live.filled import Value

_FULL = {"feeling": (-2.0, 2.0), "share": (0.0, 1.0), "points": (-100.0, 100.0)}
_STEPS = {"feeling": 0.5, "share": 0.1, "points": 20.0}


def domain(values: Sequence[Value], more: Sequence[float] = ()) -> tuple[float, float, float]:
    """The stretch that is drawn: as much as there is, in whole steps of its unit, and not less than two of them."""
    unit = values[0].unit
    ends = [end for one in values for end in (one.value, one.before, one.target, *ends_of(one)) if end is not None]
    ends += more
    low, high = min(ends), max(ends)
    step = _STEPS.get(unit) or 10 ** math.floor(math.log10(max(high - low, abs(high) / 10, 1e-9)))
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    while high - low < 2 * step:
        low, high = low - step / 2, high + step / 2
    least, most = _FULL.get(unit, (-math.inf, math.inf))
    return max(low, least), min(high, most), step


def ends_of(value: Value) -> tuple[float | None, float | None]:
    """The interval of a value; of too few answers it says nothing that could be drawn."""
    return (None, None) if value.few else (value.low, value.high)


def ticks(low: float, high: float, step: float) -> list[float]:
    """Where lines stand behind a curve: five at most."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    every = max(1, math.ceil((last - first) / 4))
    return [place * step for place in range(first, last + 1) if place % every == 0]


def runs(order: Sequence[str], values: Collection[str]) -> list[list[str]]:
    """Steps beside each other that all have a value: a gap is never bridged."""
    runs: list[list[str]] = [[]]
    for key in order:
        if key in values:
            runs[-1].append(key)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]
