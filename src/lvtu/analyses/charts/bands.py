"""The interval of a line as a band behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lvtu.analyses.charts.theme import Sheet


def band(whens: Sequence[str], lows: Sequence[float | None], highs: Sequence[float | None], sheet: Sheet) -> list[Any]:
    """Two series that draw what lies between the ends; nothing where there is no interval."""
    hidden = {"type": "line", "stack": "interval", "symbol": "none", "silent": True, "lineStyle": {"opacity": 0},
              "connectNulls": False, "stackStrategy": "all"}  # fmt: skip
    heights = [None if low is None or high is None else high - low for low, high in zip(lows, highs, strict=True)]
    below = [[when, low] for when, low in zip(whens, lows, strict=True)]
    above = [[when, height] for when, height in zip(whens, heights, strict=True)]
    return [{**hidden, "data": below}, {**hidden, "data": above, "areaStyle": {"color": sheet.theme.band}}]
