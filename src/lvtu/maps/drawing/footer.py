"""What stands below a map: what its marks mean, and the legend of its overlay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lvtu.maps.drawing.clocks import kind_of, stamp
from lvtu.maps.drawing.estimates import diamond
from lvtu.maps.drawing.marks import clock
from lvtu.maps.drawing.meant import mark as triangle
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.overlay import LEGEND, legend
from lvtu.maps.drawing.planned import SIGNS, signs
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value

_SIZE = 10.5
_LINE = 20.0


def footer(sheet: Sheet, scene: Scene, x: float, y: float, room: float, *, plan: bool = False) -> float:
    """Draw it; returns how far down it reaches, whatever is tinted.

    Args:
        sheet, scene: of what, and where.
        x, y, room: its upper left corner, and how wide it may be.
        plan: whether the picture has a row of what went as planned, where that is known.
    """
    left, theme = x, sheet.palette.theme
    shapes: list[Shape] = []
    for mark, words in _marks(sheet, dict.fromkeys(_seen(scene.shapes)), plan):
        wide = 18 + width(words, _SIZE) + 18
        if x > left and x + wide > left + room:
            x, y = left, y + _LINE
        shapes += [*_shapes(sheet, mark, x, y + 11), Label(x + 18, y + 15, (words,), _SIZE, theme.faint)]
        x += wide
    scene.add(Part("legend", "marks", "", tuple(shapes)))
    y += _LINE if shapes else 0.0
    legend(sheet, scene, left, y, room)
    return y + LEGEND


def _seen(shapes: Iterable[Shape]) -> Iterator[tuple[str, str]]:
    """Kind and key of all that a picture has."""
    for shape in shapes:
        if isinstance(shape, Part):
            yield shape.kind, shape.key
            yield from _seen(shape.shapes)


def _marks(sheet: Sheet, seen: Iterable[tuple[str, str]], plan: bool) -> Iterator[tuple[str, str]]:
    """The marks that this picture has, or the signs themselves, and what they mean."""
    keys: dict[str, list[str]] = {}
    for kind, key in seen:
        keys.setdefault(kind, []).append(key)
    plan = plan and "plan" in keys
    points = [value for key in keys.get("point", ()) if (value := _value(sheet, key)) is not None]
    values = points + [value for key in keys.get("cell", ()) if (value := _value(sheet, key)) is not None]
    if points:
        yield "value", sheet.say("marks.value")
        yield "gap", sheet.say("marks.gap")
    if any(value.before is not None for value in points):
        yield "before", sheet.say("marks.before")
    if any(value.worse for value in values):
        yield "worse", sheet.say("marks.worse")
    if "between" in keys:
        yield "clock", sheet.say("marks.between")
    if any(stamp(sheet, key) for key in sheet.steps):
        yield "clock", sheet.say(f"marks.{kind_of(sheet)}")
    if "estimate" in keys:
        yield "estimate", sheet.say("marks.estimate")
    if "meant" in keys:
        yield "meant", sheet.say("marks.meant")
    cards = set(keys.get("card", ()))
    if any(card.key in cards and sheet.assumed(card) for card in sheet.map.cards):
        yield "assumed", sheet.say("marks.assumed")
    if any(stage.guessed for stage in sheet.map.stages):
        yield "assumed", sheet.say("marks.guessed")
    if any(step.moment != "none" for step in sheet.map.steps):
        yield "★", sheet.say("marks.moment")
    if plan:
        yield from ((SIGNS[name], sheet.say(f"marks.{name}")) for name in signs(sheet))


def _value(sheet: Sheet, key: str) -> Value | None:
    """The value of a point or a cell: of a lane, or of an actor."""
    row, _, step = key.partition("/")
    return sheet.value(row, step) or sheet.filled.roles.get(row, {}).get(step) or sheet.felt("feeling")[1].get(step)


def _shapes(sheet: Sheet, mark: str, x: float, y: float) -> list[Shape]:
    theme = sheet.palette.theme
    middle = x + 7
    if mark == "value":
        return [Line(((middle, y - 7), (middle, y + 7)), theme.accent, thick=5, opacity=0.22),
                Dot(middle, y, 4, theme.accent)]  # fmt: skip
    if mark == "gap":
        return [Dot(at, y, 2.5, theme.accent) for at in (x + 1, x + 10)]
    if mark == "clock":
        return [*clock(middle, y, theme)]
    if mark == "before":
        return [Dot(middle, y, 3, theme.ground, theme.faint, 1.3)]
    if mark == "worse":
        return [Dot(middle, y, 4, theme.worse)]
    if mark == "estimate":
        return [diamond(sheet, middle, y)]
    if mark == "meant":
        return [Line(((x - 1, y), (x + 15, y)), theme.better, thick=1.8, dashed=True), triangle(sheet, middle, y)]
    if mark == "assumed":
        return [Box(x + 1, y - 5, 12, 10, None, theme.faint, 2, dashed=True)]
    return [Label(middle, y + 4, (mark,), 11, theme.soft, anchor="middle")]
