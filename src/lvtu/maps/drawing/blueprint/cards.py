"""Cards of a blueprint: what is done, by whom, with what; where it may fail, where somebody waits or decides."""

from __future__ import annotations

from collections.abc import Sequence

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.blueprint.reading import ACTS, Zone
from lvtu.maps.document import Card
from lvtu.maps.document.cards import Mark
from lvtu.maps.document.marked import unmarked
from lvtu.maps.drawing.blueprint.away import AWAY_LINES, AWAY_SIZE, Away
from lvtu.maps.drawing.cards import picture_of
from lvtu.maps.drawing.prose import height_of, written
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.standards import rules

SIZE, SMALL = 12.0, 10.5
PAD = 8.0
_BADGE = 7.5
_LEAST = 42.0
_MOST = 5
_HIGHEST, _PHOTO = 92.0, 60.0
"""How high a picture stands at most, and that of a standard."""


def card(
    sheet: Sheet, zone: Zone, one: Card, x: float, y: float, room: float, standards: Sequence[Card] = (),
    away: Sequence[Away] = (),
) -> tuple[Part, float]:  # fmt: skip
    """A card, its upper left corner at x, y, with what standards demand of it; and how high it is.

    Args:
        sheet: what is drawn.
        zone: where the card lies.
        one: it.
        x, y, room: its upper left corner, and how wide it is.
        standards: what is demanded of it.
        away: its links to cards that are not on this page.
    """
    theme = sheet.palette.theme
    words = sheet.of(one.text) or sheet.of(one.alt)
    assumed = sheet.assumed(one)
    left, across = x + PAD, room - 2 * PAD
    picture = picture_of(sheet, one, left, y + PAD, across, _HIGHEST)
    top = 0.0 if picture is None else picture.height + 6
    aside = beside(one) if picture is None else 0.0
    labels = written(words, left, y + PAD + top - 2, across - aside, SIZE, theme.ink, _MOST)
    high = top + height_of(labels)
    told = who(sheet, one)
    small = text(told, left, y + PAD + high, across, SMALL, theme.faint, most=2)
    high += small.height if small.lines else 0.0
    labelled, down = rules(sheet, one, left, y + PAD + high, across, SMALL)
    demanded: list[Shape] = list(labelled)
    high += down
    for standard in standards:
        some, down = _demanded(sheet, standard, left, y + PAD + high + 3, across)
        demanded.append(Part("card", standard.key, sheet.of(standard.text), tuple(some)))
        high += 3 + down
    for link in away:
        color = theme.worse if link.breaks else theme.soft
        label = text(link.words, left, y + PAD + high + 1, across, AWAY_SIZE, color, most=AWAY_LINES, bold=link.breaks)
        demanded.append(Part("away", link.key, link.words, (label,)))
        high += 1 + label.height
    height = max(high + 2 * PAD - 2, _LEAST)
    fills = {"evidence": sheet.palette.chip, "customer": theme.tints[0]}
    edge = mixed(theme.line, theme.faint, 0.55) if assumed else theme.accent if zone == "customer" else theme.line
    shapes: list[Shape] = [Box(x, y, room, height, fills.get(zone, theme.ground), edge, 6, dashed=assumed)]
    shapes += [picture] if picture is not None else []
    shapes += [*labels, small] if small.lines else labels
    shapes += demanded
    for place, mark in enumerate(reversed(one.marks)):
        shapes += badge(sheet, mark, x + room - _BADGE - 5 - place * (2 * _BADGE + 3), y + _BADGE + 5)
    said = [unmarked(words), told, *(sheet.say(f"marks.{mark}") for mark in one.marks)]
    if assumed:
        said.append(sheet.say("assumption"))
    return Part("card", one.key, " · ".join(part for part in said if part), tuple(shapes)), height


def _demanded(sheet: Sheet, one: Card, x: float, y: float, room: float) -> tuple[list[Shape], float]:
    """What a standard that stands in another lane demands, below a hair line, with its photo; and how high that is."""
    shapes: list[Shape] = [Line(((x, y), (x + room, y)), sheet.palette.theme.line)]
    picture = picture_of(sheet, one, x, y + 5, room, _PHOTO)
    shapes += [picture] if picture is not None else []
    top = 3 + (0.0 if picture is None else picture.height + 5)
    labels, down = rules(sheet, one, x, y + top, room, SMALL, told=False)
    return [*shapes, *labels], top + down


def who(sheet: Sheet, one: Card) -> str:
    """Who or what does it; of what is not done what it is."""
    kind = None if one.kind in ACTS else sheet.say(f"table.kinds.{one.kind}")
    return " · ".join(part for part in (kind, one.owner, one.system) if part)


def beside(one: Card) -> float:
    """How much room its badges take beside its text."""
    return len(one.marks) * (2 * _BADGE + 3)


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
