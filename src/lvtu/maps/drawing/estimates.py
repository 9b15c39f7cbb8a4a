"""What somebody estimates, beside what the data say: a diamond with its number."""

from __future__ import annotations

from lvtu.maps.document import CurvePoint
from lvtu.maps.drawing.numbers import level, number
from lvtu.maps.drawing.scene import Label, Line, Part, Point
from lvtu.maps.drawing.sheet import Sheet


def estimate(sheet: Sheet, guess: CurvePoint, x: float, y: float, aside: Point = (20.0, 0.0)) -> Part:
    """What somebody estimates, at a place, its number so far from it."""
    theme = sheet.palette.theme
    words = level(guess.value, "feeling", sheet.lang)
    beside = Label(x + aside[0], y + aside[1] + 3.5, (words,), 10, theme.soft, anchor="middle", halo=theme.ground)
    step, value = sheet.of(sheet.steps[guess.step].name), number(guess.value, "feeling", sheet.lang)
    said = sheet.say("said_by", text=sheet.say("guessed", step=step, value=value), by=guess.by, reason=guess.reason)
    return Part("estimate", guess.key, said, (diamond(sheet, x, y), beside))


def diamond(sheet: Sheet, x: float, y: float) -> Line:
    """The mark of what somebody estimates."""
    theme = sheet.palette.theme
    points = ((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y))
    return Line((*points, points[0]), theme.soft, theme.ground)
