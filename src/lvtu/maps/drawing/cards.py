"""Cards: what people wrote, as it stands in cells."""

from __future__ import annotations

from lvtu.maps.document.cards import Card
from lvtu.maps.document.marked import paragraphs, unmarked
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Quote

_SIZE = 12.0
_SMALL = 10.5
_PAD = 7.0
_MOST = 8

_TONES = {"pain": "worse", "gain": "better", "insight": "band", "opportunity": "band", "idea": "band", "action": "band"}


def card(sheet: Sheet, one: Card, x: float, y: float, room: float) -> tuple[Part, float]:
    """A card, its upper left corner at x, y; and how high it is."""
    palette, theme = sheet.palette, sheet.palette.theme
    assumed = sheet.assumed(one)
    words, color = sheet.of(one.text), theme.faint if assumed else theme.ink
    marks = " ".join(mark[0].upper() for mark in one.marks)
    labels, high = _written(sheet, one, words, x + _PAD + 2, y + _PAD - 2, room - 2 * _PAD - 2, color)
    below: list[str] = [part for part in (one.owner, one.system) if part]
    if assumed:
        below.append(sheet.say("assumption"))
    elif one.evidence:
        below.append(sheet.say("evidence", n=len(one.evidence)))
    small = text(" · ".join(below), x + _PAD + 2, y + _PAD + high, room - 2 * _PAD, _SMALL, theme.faint, most=1)
    height = high + (small.height if small.lines else 0) + 2 * _PAD - 2
    tone = _TONES.get(one.kind)
    grounds = {"worse": palette.worse, "better": palette.better, "band": palette.head}
    edges = {"worse": theme.worse, "better": theme.better, "band": theme.accent}
    shapes: list[Shape] = []
    if tone and not assumed:
        shapes += [
            Box(x, y, room, height, grounds[tone], radius=6),
            Box(x, y, 3, height, edges[tone], radius=1.5),
        ]
    else:
        shapes.append(Box(x, y, room, height, None, theme.line, 6, dashed=assumed))
    shapes += [*labels, small] if small.lines else labels
    if marks:
        shapes.append(Label(x + room - 6, y + 13, (marks,), _SMALL, theme.accent, bold=True, anchor="end"))
    return Part("card", one.key, unmarked(words), tuple(shapes)), height


def _written(
    sheet: Sheet, one: Card, words: str, x: float, y: float, room: float, color: str
) -> tuple[list[Label], float]:
    """What a card says, line by line, then what its picture shows; and how high that is."""
    lines = [(part.text, part.bold, color) for part in paragraphs(words)] if words else []
    if one.image is not None:
        lines.append((sheet.say("picture", text=sheet.of(one.alt) or "—"), False, sheet.palette.theme.soft))
    labels: list[Label] = []
    left, high = _MOST, 0.0
    for words, bold, ink in lines:
        if left <= 0:
            break
        label = text(words, x, y + high, room, _SIZE, ink, most=left, bold=bold)
        labels.append(label)
        left -= max(1, len(label.lines))
        high += max(label.height, _SIZE)
    return labels, high


def quote(sheet: Sheet, one: Quote, x: float, y: float, room: float) -> tuple[Part, float]:
    """Something a customer said, with who and when; and how high it is."""
    theme = sheet.palette.theme
    said = text(sheet.say("quoted", text=one.text), x + 9, y + 2, room - 10, _SIZE - 0.5, theme.soft, most=5)
    who = " · ".join(part for part in (one.speaker, one.date) if part)
    small = text(who, x + 9, y + 2 + said.height, room - 10, _SMALL, theme.faint, most=1)
    height = said.height + small.height + 4
    edge = theme.line if one.feeling is None else sheet.palette.feeling(one.feeling)
    bar = Line(((x + 2, y + 3), (x + 2, y + height - 3)), edge, thick=2)
    return Part("quote", one.source, f"{one.text} — {who}", (bar, said, small)), height
