"""Cards: what people wrote, as it stands in cells."""

from __future__ import annotations

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.document.cards import Card
from lvtu.maps.document.marked import unmarked
from lvtu.maps.drawing.prose import height_of, written
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Picture, Shape, joined, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.standards import rules
from lvtu.maps.live.filled import Quote

_SIZE = 12.0
_SMALL = 10.5
_PAD = 7.0
_MOST = 14
_HIGHEST = 132.0
"""How high a picture stands at most."""

_TONES = {"pain": "worse", "gain": "better", "insight": "band", "opportunity": "band", "idea": "band", "action": "band"}


def card(sheet: Sheet, one: Card, x: float, y: float, room: float) -> tuple[Part, float]:
    """A card, its upper left corner at x, y; and how high it is."""
    theme, assumed = sheet.palette.theme, sheet.assumed(one)
    words, color = sheet.of(one.text), theme.faint if assumed else theme.ink
    marks = " ".join(mark[0].upper() for mark in one.marks)
    left, across = x + _PAD + 2, room - 2 * _PAD - 2
    picture = picture_of(sheet, one, left, y + _PAD, across)
    top = y + _PAD + (0.0 if picture is None else picture.height + 6)
    aside = 12.0 * len(one.marks) if marks and picture is None else 0.0
    labels = written(words, left, top - 2, across - aside, _SIZE, color, _MOST) if words else []
    high = top - y - _PAD + height_of(labels)
    if one.image is not None and picture is None:
        told = text(sheet.say("picture", text=sheet.of(one.alt) or "—"), left, y + _PAD + high - 2, across, _SIZE,
                    theme.soft, most=3)  # fmt: skip
        labels.append(told)
        high += told.height
    demanded, down = rules(sheet, one, left, y + _PAD + high, across, _SMALL + 0.5)
    labels += demanded
    high += down
    below: list[str] = [part for part in (one.owner, one.system) if part]
    if assumed:
        below.append(sheet.say("registers.hypothesis" if one.latent else "assumption"))
    elif one.evidence:
        below.append(sheet.say("evidence", n=len(one.evidence)))
    small = text("\n".join(joined(below, across, _SMALL)), left, y + _PAD + high, across, _SMALL, theme.faint, most=3)
    height = high + (small.height if small.lines else 0) + 2 * _PAD - 2
    shapes = _ground(sheet, one, x, y, room, height)
    shapes += [picture] if picture is not None else []
    shapes += [*labels, small] if small.lines else labels
    if marks:
        shapes.append(Label(x + room - 6, y + 13, (marks,), _SMALL, theme.accent, bold=True, anchor="end"))
    return Part("card", one.key, unmarked(words), tuple(shapes)), height


def _ground(sheet: Sheet, one: Card, x: float, y: float, room: float, height: float) -> list[Shape]:
    """What a card stands on: by what it is, and dashed where nothing supports it."""
    palette, theme = sheet.palette, sheet.palette.theme
    tone = _TONES.get(one.kind)
    if not tone or sheet.assumed(one):
        return [Box(x, y, room, height, theme.ground, theme.line, 6, dashed=sheet.assumed(one))]
    grounds = {"worse": palette.worse, "better": palette.better, "band": mixed(theme.ground, theme.accent, 0.09)}
    edges = {"worse": theme.worse, "better": theme.better, "band": theme.accent}
    return [Box(x, y, room, height, grounds[tone], radius=6), Box(x, y, 3, height, edges[tone], radius=1.5)]


def picture_of(
    sheet: Sheet, one: Card, x: float, y: float, room: float, highest: float = _HIGHEST
) -> Picture | None:  # fmt: skip
    """The picture of a card as wide as the card, or as high as one may be; None where it has none that is at hand."""
    found = None if one.image is None else sheet.pictures.get(one.image)
    if found is None:
        return None
    scale = min(room / found.width, highest / found.height)
    wide, high = found.width * scale, found.height * scale
    return Picture(x + (room - wide) / 2, y, wide, high, found.type, found.content, sheet.of(one.alt))


def quote(sheet: Sheet, one: Quote, x: float, y: float, room: float) -> tuple[Part, float]:
    """Something a customer said, with who and when; and how high it is."""
    theme = sheet.palette.theme
    said = text(sheet.say("quoted", text=one.text), x + 9, y + 2, room - 10, _SIZE - 0.5, theme.soft, most=5)
    who = joined((one.speaker, one.date), room - 10, _SMALL)
    small = text("\n".join(who), x + 9, y + 2 + said.height, room - 10, _SMALL, theme.faint, most=2)
    height = said.height + small.height + 4
    edge = theme.line if one.feeling is None else sheet.palette.feeling(one.feeling)
    bar = Line(((x + 2, y + 3), (x + 2, y + height - 3)), edge, thick=2)
    told = " · ".join(part for part in (one.speaker, one.date) if part)
    return Part("quote", one.source, f"{one.text} — {told}", (bar, said, small)), height
