"""What the signs of a blueprint mean: only those that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import get_args

from lvtu.maps.blueprint.reading import ZONES, Reading
from lvtu.maps.blueprint.rules import missed, over
from lvtu.maps.document import Link
from lvtu.maps.document.cards import Mark
from lvtu.maps.drawing.blueprint.away import Away
from lvtu.maps.drawing.blueprint.cards import badge
from lvtu.maps.drawing.blueprint.limits import limitless
from lvtu.maps.drawing.blueprint.links import arrow
from lvtu.maps.drawing.blueprint.times import ROW
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Label, Line, Scene, Shape
from lvtu.maps.drawing.sheet import Sheet

_SIZE = 11.0
_HEIGHT = 26.0
Item = tuple[float, Callable[[float, float], list[Shape]], str, str]

_KINDS = get_args(Link.model_fields["kind"].annotation)


def legend(
    sheet: Sheet, reading: Reading, scene: Scene, x: float, y: float, right: float, *, met: bool,
    away: Mapping[str, Sequence[Away]],
) -> float:  # fmt: skip
    """Draw it in lines; returns how high it is.

    Args:
        sheet, reading: what is drawn.
        scene: where.
        x, y: its upper left corner.
        right: where its lines end.
        met: whether lines say that customer and company meet.
        away: the links to cards that are not on this page.
    """
    theme = sheet.palette.theme
    items = list(_items(sheet, reading, met=met, away=[one.key for some in away.values() for one in some]))
    at, middle = x + 8, y + _HEIGHT / 2
    for wide, sign, words, color in items:
        room = wide + width(words, _SIZE) + (6 if wide else 0)
        if at > x + 8 and at + room > right:
            at, middle = x + 8, middle + _HEIGHT - 4
        label = Label(at + (wide + 6 if wide else 0), middle + 4, (words,), _SIZE, color or theme.soft)
        scene.add(*sign(at, middle), label)
        at += room + 20
    return middle + _HEIGHT / 2 + 10 - y if items else 0


def _items(sheet: Sheet, reading: Reading, *, met: bool, away: Sequence[str]) -> Iterator[Item]:
    """How wide a sign is, how it is drawn, what it means, and the colour of the words where it is not theirs."""
    theme = sheet.palette.theme
    there = {card.key for card in sheet.map.cards if sheet.shows(f"lane/{card.lane}")}
    links = [link for link in sheet.map.links if {link.source, link.target} <= there]
    cards = [card for card in reading.cards(*ZONES) if card.key in there]
    marks = {mark for card in cards for mark in card.marks}
    for mark in get_args(Mark):
        if mark in marks:
            yield 15, partial(_badge, sheet, mark), sheet.say(f"marks.{mark}"), ""
    if met:
        yield 28, lambda x, y: [Line(((x, y), (x + 28, y)), theme.faint, thick=0.8)], sheet.say("links.meets"), ""
    kinds = {link.kind for link in links}
    for kind in (kind for kind in _KINDS if kind in kinds):
        yield 28, partial(_arrow, sheet, kind), sheet.say(f"links.{kind}"), ""
    if away:
        yield 0, _nothing, sheet.say("away_legend"), ""
        links = [link for link in (sheet.whole or sheet.map).links if link in links or link.key in away]
    if any(link.sla for link in links):
        yield 0, _nothing, sheet.say("limit_legend"), ""
    if any(limitless(sheet, link) for link in links):
        yield 0, _nothing, sheet.say("no_limit_legend"), ""
    if any(missed(sheet.filled.kept.get(link.key)) for link in links):
        yield 0, _nothing, sheet.say("late_legend"), theme.worse
    if any(sheet.assumed(card) for card in cards):
        box = partial(Box, width=22, height=12, stroke=theme.faint, radius=3, dashed=True)
        yield 22, lambda x, y: [box(x, y - 6)], sheet.say("assumption_legend"), ""
    if sheet.shows(ROW) and any(over(reading, step.key) for step in sheet.map.steps):
        yield 0, _nothing, sheet.say("over_legend"), theme.worse


def _badge(sheet: Sheet, mark: Mark, x: float, y: float) -> list[Shape]:
    return badge(sheet, mark, x + 7.5, y)


def _arrow(sheet: Sheet, kind: str, x: float, y: float) -> list[Shape]:
    return arrow(sheet, kind, ((x, y), (x + 28, y)))


def _nothing(x: float, y: float) -> list[Shape]:
    return []
