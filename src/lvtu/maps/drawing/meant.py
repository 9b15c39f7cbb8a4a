"""Where a lane is meant to be, over how it is: the curve of the to-be map."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from lvtu.core.words import say
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.scene import Label, Line, Part, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Unit
from lvtu.maps.live.meant import Meant

if TYPE_CHECKING:
    from lvtu.maps.drawing.curve import Series

BELOW = 38.0
"""The room below a curve over which another is meant: for its numbers."""


def meant_of(sheet: Sheet, lane: str, steps: Iterable[str]) -> dict[str, Meant]:
    """Where a lane is meant to be; nothing where it is compared with other customers: two curves are enough."""
    some = {} if sheet.filled.beside is not None else sheet.to_be.get(lane, {})
    return {step: some[step] for step in steps if step in some}


def mark(sheet: Sheet, x: float, y: float) -> Line:
    """The mark of what is meant: a triangle that points up."""
    theme = sheet.palette.theme
    points = ((x, y - 5.5), (x + 5, y + 3.5), (x - 5, y + 3.5))
    return Line((*points, points[0]), theme.better, theme.ground, thick=1.6)


def over(
    sheet: Sheet, series: Series, unit: Unit, columns: Mapping[str, tuple[float, float]], at: Callable[[float], float],
    reach: Mapping[str, tuple[float, float]],
) -> list[Shape]:  # fmt: skip
    """A curve as it is meant to be, dashed and with triangles; of two numbers at a step the larger stands above.

    Args:
        sheet, series: what is drawn.
        unit: of its numbers.
        columns: x and width of each step's column, in order.
        at: the height of a value.
        reach: how far up and how far down anything is at a step.
    """
    theme = sheet.palette.theme
    values, color = meant_of(sheet, series.key, columns), theme.better
    middle = {key: columns[key][0] + columns[key][1] / 2 for key in values}
    shapes: list[Shape] = []
    for one, other in itertools.pairwise(columns):
        if one in values and other in values:
            ends = (middle[one], at(values[one].value)), (middle[other], at(values[other].value))
            shapes.append(Line(ends, color, thick=1.8, dashed=True))
    for key, value in values.items():
        now, (top, low) = series.values.get(key), reach[key]
        level = low + 16 if now is not None and now.value >= value.value else top - 9
        words = number(value.value, unit, sheet.lang)
        label = Label(middle[key], level, (words,), 11, color, bold=True, anchor="middle", halo=theme.ground)
        shown = (mark(sheet, middle[key], at(value.value)), label)
        shapes.append(Part("meant", f"{series.key}/{key}", told(sheet, key, value, unit), shown))
    return shapes


def told(sheet: Sheet, key: str, value: Meant, unit: Unit) -> str:
    """What is meant as it is read aloud: the step, the number, who says so and why."""
    text = sheet.say("meant", step=sheet.of(sheet.steps[key].name), value=number(value.value, unit, sheet.lang))
    return say("maps.said_by", sheet.lang, text=text, by=value.by, reason=value.reason) if value.by else text
