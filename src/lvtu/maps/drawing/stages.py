"""The colours of stages: tints of one hue, the later the stronger, the same in every arrangement."""

from __future__ import annotations

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.drawing.sheet import Sheet


def tint_of(sheet: Sheet, stage: str) -> str:
    """The tint of a stage."""
    low, high = sheet.palette.theme.tints
    keys = list(sheet.stages)
    return mixed(low, high, 0.15 + 0.6 * keys.index(stage) / max(len(keys) - 1, 1))
