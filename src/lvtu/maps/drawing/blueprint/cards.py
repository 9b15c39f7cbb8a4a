"""Cards of a blueprint: what is done, by whom, with what; where it may fail, where somebody waits or decides."""

from __future__ import annotations

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.blueprint.reading import ACTS, Zone
from lvtu.maps.document import Card
from lvtu.maps.document.cards import Mark
from lvtu.maps.document.marked import unmarked
from lvtu.maps.drawing.cards import picture_of
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.written import height_of, written

_SIZE, _SMALL = 12.0, 10.5
_PAD = 8.0
_BADGE = 7.5
_LEAST = 42.0
_MOST = 5
_HIGHEST = 92.0
"""How high a picture stands at most."""


def card(sheet: Sheet, zone: Zone, one: Card, x: float, y: float, room: float) -> tuple[Part, float]:
    """A card, its upper left corner at x, y; and how high it is."""
    theme = sheet.palette.theme
    words = sheet.of(one.text) or sheet.of(one.alt)
    assumed = sheet.assumed(one)
    marks = len(one.marks) * (2 * _BADGE + 3)
    left, across = x + _PAD, room - 2 * _PAD
    picture = picture_of(sheet, one, left, y + _PAD, across, _HIGHEST)
    top = 0.0 if picture is None else picture.height + 6
    aside = marks if picture is None else 0.0
    labels = written(words, left, y + _PAD + top - 2, across - aside, _SIZE, theme.ink, _MOST)
    high = top + height_of(labels)
    kind = None if one.kind in ACTS else sheet.say(f"table.kinds.{one.kind}")
    who = " · ".join(part for part in (kind, one.owner, one.system) if part)
    small = text(who, left, y + _PAD + high, across, _SMALL, theme.faint, most=2)
    height = max(high + (small.height if small.lines else 0) + 2 * _PAD - 2, _LEAST)
    fills = {"evidence": sheet.palette.chip, "customer": theme.tints[0]}
    edge = mixed(theme.line, theme.faint, 0.55) if assumed else theme.accent if zone == "customer" else theme.line
    shapes: list[Shape] = [Box(x, y, room, height, fills.get(zone, theme.ground), edge, 6, dashed=assumed)]
    shapes += [picture] if picture is not None else []
    shapes += [*labels, small] if small.lines else labels
    for place, mark in enumerate(reversed(one.marks)):
        shapes += badge(sheet, mark, x + room - _BADGE - 5 - place * (2 * _BADGE + 3), y + _BADGE + 5)
    said = [unmarked(words), who, *(sheet.say(f"marks.{mark}") for mark in one.marks)]
    if assumed:
        said.append(sheet.say("assumption"))
    return Part("card", one.key, " · ".join(part for part in said if part), tuple(shapes)), height


def badge(sheet: Sheet, mark: Mark, x: float, y: float) -> list[Shape]:
    """F in a full circle, W in an empty one, D in a diamond: told by letter and shape, not by colour."""
    theme, r = sheet.palette.theme, _BADGE
    ground: Shape = Dot(x, y, r, theme.soft, theme.soft)
    color = theme.ground
    if mark == "wait":
        ground, color = Dot(x, y, r, theme.ground, theme.soft, 1.4), theme.ink
    elif mark == "decision":
        corners = ((x, y - r - 1), (x + r + 1, y), (x, y + r + 1), (x - r - 1, y))
        ground, color = Line(corners, theme.soft, theme.ground, 1.4), theme.ink
    return [ground, Label(x, y + 3.4, (mark[0].upper(),), 9.5, color, bold=True, anchor="middle")]
