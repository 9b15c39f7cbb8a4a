"""What the signs of a blueprint mean: only those that it has."""

from __future__ import annotations

from typing import get_args

from lvtu.maps.blueprint.reading import ZONES, Reading
from lvtu.maps.blueprint.rules import over
from lvtu.maps.document import Link
from lvtu.maps.document.cards import Mark
from lvtu.maps.drawing.blueprint.cards import badge
from lvtu.maps.drawing.blueprint.links import arrow
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Label, Line, Scene, Shape
from lvtu.maps.drawing.sheet import Sheet

_SIZE = 11.0
_HEIGHT = 26.0
_KINDS = get_args(Link.model_fields["kind"].annotation)


def legend(sheet: Sheet, reading: Reading, scene: Scene, x: float, y: float, *, met: bool) -> float:
    """Draw it in a line; returns how high it is.

    Args:
        sheet, reading: what is drawn.
        scene: where.
        x, y: its upper left corner.
        met: whether lines say that customer and company meet.
    """
    theme, middle = sheet.palette.theme, y + _HEIGHT / 2
    items: list[tuple[list[Shape], float, str]] = []
    cards = reading.cards(*ZONES)
    marks = {mark for card in cards for mark in card.marks}
    x_now = x + 8

    def put(wide: float, words: str, color: str = "") -> float:
        nonlocal x_now
        at = x_now
        label = Label(at + wide + 6, middle + 4, (words,), _SIZE, color or theme.soft)
        items.append(([label], at, words))
        x_now += wide + 6 + width(words, _SIZE) + 20
        return at

    shapes: list[Shape] = []
    for mark in get_args(Mark):
        if mark in marks:
            shapes += badge(sheet, mark, put(15, sheet.say(f"marks.{mark}")) + 7.5, middle)
    if met:
        at = put(28, sheet.say("links.meets"))
        shapes.append(Line(((at, middle), (at + 28, middle)), theme.faint, thick=0.8))
    kinds = {link.kind for link in sheet.map.links}
    for kind in _KINDS:
        if kind in kinds:
            at = put(28, sheet.say(f"links.{kind}"))
            shapes += arrow(sheet, kind, ((at, middle), (at + 28, middle)))
    if any(link.sla for link in sheet.map.links):
        put(0, sheet.say("limit_legend"))
    if any(sheet.assumed(card) for card in cards):
        at = put(22, sheet.say("assumption_legend"))
        shapes.append(Box(at, middle - 6, 22, 12, None, theme.faint, 3, dashed=True))
    if any(over(reading, step.key) for step in sheet.map.steps):
        put(0, sheet.say("over_legend"), theme.worse)
    scene.add(*shapes, *(shape for some, _, _ in items for shape in some))
    return _HEIGHT + 10 if items else 0
