"""Names of steps under what stands in a row, where a column stands for several of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lvtu.maps.drawing.curve import Series
from lvtu.maps.drawing.scene import Label, Shape, text
from lvtu.maps.drawing.sheet import Sheet

_SIZE = 9.5


def shown_of(series: Series) -> set[str]:
    """The steps of which a curve tells something."""
    return {*series.values, *(one.step for one in series.estimates)}


def under(
    sheet: Sheet, steps: Collection[str], slots: Mapping[str, tuple[float, float]], y: float
) -> tuple[list[Shape], float]:
    """The names of some steps in the middle of their slots, from y down; and how high they are.

    Args:
        sheet: what is drawn.
        steps: which.
        slots: x and width of each step.
        y: where they begin.
    """
    color = sheet.palette.theme.faint
    made: list[Shape] = []
    most = 0
    for key, (x, wide) in slots.items():
        if key in steps:
            lines = text(sheet.of(sheet.steps[key].name), 0, 0, wide - 4, _SIZE, color, most=4).lines
            made.append(Label(x + wide / 2, y + 8, lines, _SIZE, color, anchor="middle", leading=1.2))
            most = max(most, len(lines))
    return made, most * _SIZE * 1.2 + 8 if made else 0.0
