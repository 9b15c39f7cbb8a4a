"""A report as pages as wide as a screen: one for the whole, one or more for each step, one for each large picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lvtu.core.words import say
from lvtu.maps.drawing.measure import wrapped
from lvtu.maps.drawing.palette import PALETTES
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape, moved
from lvtu.maps.exchange.slides import Slide
from lvtu.maps.programmes.report.contents import Block, Fact, Listed, Picture, Report, Section, Table

_WIDE, _HIGH = 908.0, 440.0
_SIDE, _GAP = 250.0, 44.0
_SIZE, _SMALL = 16.0, 11.5
_LEADING = 1.35
_MOST = 12
"""Lines of a text at most: what is longer is for a document."""


@dataclass(frozen=True)
class _Piece:
    """Shapes at the origin that stay together.

    Attributes:
        shapes: they.
        height: how high they are.
        below: the room below them.
        joined: whether what comes next stands on the same page.
    """

    shapes: tuple[Shape, ...]
    height: float
    below: float = 8.0
    joined: bool = False


def slides(report: Report) -> list[Slide]:
    """The pages, in order."""
    made = [Slide(report.title, _cover(report), footer=report.footer)]
    for section in report.sections:
        made += _of(section, report)
    return made


def _scene(title: str, shapes: Sequence[Shape]) -> Scene:
    return Scene(_WIDE, _HIGH, PALETTES[False].theme.ground, title, "", list(shapes))


def _cover(report: Report) -> Scene:
    """What the project is, and how far it has come."""
    theme, palette = PALETTES[False].theme, PALETTES[False]
    head = [_text(report.begun, _WIDE, 16, theme.soft), _text(report.map, _WIDE, 16, theme.soft)]
    shapes, y = _stacked(head, 0, 0)
    gap = 16.0
    wide = (_WIDE - gap * (len(report.sections) - 1)) / len(report.sections)
    top, high = max(y + 36, 120.0), 220.0
    for place, section in enumerate(report.sections):
        x = place * (wide + gap)
        inside = [
            _text(section.title, wide - 32, 17, theme.ink, bold=True),
            _text(section.about, wide - 32, 12, theme.soft, most=6),
        ]
        fill, color = (palette.better, theme.better) if section.passed else (palette.chip, theme.soft)
        sign = "✓" if section.passed else str(section.number)
        placed, _ = _stacked(inside, x + 16, top + 62)
        below = wrapped(section.state, wide - 32, _SMALL, 2)
        made: list[Shape] = [
            Box(x, top, wide, high, theme.ground, theme.line, radius=12),
            Dot(x + 32, top + 34, 16, fill),
            Label(x + 32, top + 39.5, (sign,), 15, color, bold=True, anchor="middle"),
            *placed,
            Label(x + 16, top + high - 16 - (len(below) - 1) * _SMALL * _LEADING, tuple(below), _SMALL, color),
        ]
        shapes.append(Part("step", str(section.number), section.title, tuple(made)))
    return _scene(report.title, shapes)


def _of(section: Section, report: Report) -> Iterator[Slide]:
    """What came of a step beside what it needed; what does not fit stands on further pages, large pictures apart."""
    title = f"{section.number}  {section.title}"
    told = [one for one in section.blocks if not (isinstance(one, Picture) and one.whole)]
    left, room = _beside(section, report), _WIDE - _SIDE - _GAP
    pieces = [piece for block in told for piece in _pieces(block, room)]
    used = 0
    while True:
        shapes: list[Shape] = [*left, Line(((_SIDE + 20, 0), (_SIDE + 20, _HIGH)), PALETTES[False].theme.line)]
        taken = _fitting(pieces[used:])
        shapes += _stacked(pieces[used : used + taken], _SIDE + _GAP, 0)[0]
        yield Slide(title, _scene(title, shapes), footer=report.footer)
        used += taken
        if used >= len(pieces):
            break
    for one in section.blocks:
        if isinstance(one, Picture) and one.whole:
            yield Slide(f"{title} · {one.title}", one.scene, footer=report.footer)


def _fitting(pieces: Sequence[_Piece]) -> int:
    """How many stand on one page, one at least; a heading never stands alone at its foot."""
    y, number = 0.0, 0
    for piece in pieces:
        if number and y + piece.height > _HIGH:
            break
        y += piece.height + piece.below
        number += 1
    while 1 < number < len(pieces) and pieces[number - 1].joined:
        number -= 1
    return number


def _beside(section: Section, report: Report) -> list[Shape]:
    """What was to be done, and the gates."""
    theme = PALETTES[False].theme
    color = theme.better if section.passed else theme.soft
    pieces = [
        _text(section.about, _SIDE, 13, theme.soft, most=8),
        _text(section.state, _SIDE, 13, color, bold=section.passed),
        _head(say("programmes.report.gates", report.lang), _SIDE),
        *(_gate(told, opened, _SIDE) for told, opened in section.gates),
    ]
    return _stacked(pieces, 0, 0)[0]


def _stacked(pieces: Sequence[_Piece], x: float, y: float) -> tuple[list[Shape], float]:
    """Pieces below each other, and where they end."""
    shapes: list[Shape] = []
    for piece in pieces:
        shapes += [moved(shape, x, y) for shape in piece.shapes]
        y += piece.height + piece.below
    return shapes, y


def _pieces(block: Block, room: float) -> Iterator[_Piece]:
    theme = PALETTES[False].theme
    if isinstance(block, Fact):
        label = _text(block.label, room, _SMALL, theme.soft, below=2)
        shapes, y = _stacked([label, _text(block.text.strip() or "—", room, _SIZE, theme.ink, most=_MOST)], 0, 0)
        yield _Piece(tuple(shapes), y, 4)
    elif isinstance(block, Listed):
        yield _head(block.title, room)
        for item in block.items:
            lead = _text(
                " · ".join(one for one in (item.lead, item.aside) if one), room - 14, _SMALL, theme.soft, below=1
            )
            shapes, y = _stacked([lead, _text(item.text, room - 14, 13, theme.ink, most=4, below=0)], 14, 0)
            yield _Piece((Box(0, 2, 3, y - 4, theme.accent, radius=1.5), *shapes), y, 8)
    elif isinstance(block, Table):
        if block.title:
            yield _head(block.title, room)
        yield _row(block.heads, block.shares, room, head=True)
        for row in block.rows:
            yield _row(row, block.shares, room)
        yield _text(block.below, room, _SMALL, theme.soft)
    else:
        yield _head(block.title, room)
        share = min(room / block.scene.width, 1.0)
        yield _Piece((Part("picture", "", block.title, tuple(block.scene.shapes)),), block.scene.height * share)


def _text(
    words: str, room: float, size: float, color: str, *, bold: bool = False, most: int = _MOST, below: float = 8
) -> _Piece:
    lines = tuple(wrapped(words, room, size, most, bold))
    if not lines:
        return _Piece((), 0, 0)
    return _Piece((Label(0, size, lines, size, color, bold),), len(lines) * size * _LEADING, below)


def _head(words: str, room: float) -> _Piece:
    found = _text(words, room, 13, PALETTES[False].theme.ink, bold=True)
    return _Piece(tuple(moved(one, 0, 6) for one in found.shapes), found.height + 6, 6, joined=True)


def _gate(told: str, opened: bool, room: float) -> _Piece:
    theme, palette = PALETTES[False].theme, PALETTES[False]
    lines = tuple(wrapped(told, room - 24, 12.5, 3))
    mark: list[Shape] = [Dot(8, 8, 7, palette.better if opened else None, None if opened else theme.faint)]
    if opened:
        mark.append(Line(((4.8, 8.2), (7.2, 10.6), (11.4, 5.6)), theme.better, thick=1.6))
    color = theme.ink if opened else theme.soft
    return _Piece((*mark, Label(24, 12.5, lines, 12.5, color)), len(lines) * 12.5 * _LEADING, 6)


def _row(cells: Sequence[str], shares: Sequence[float], room: float, *, head: bool = False) -> _Piece:
    """A row of a table, a hair line below it."""
    theme = PALETTES[False].theme
    size = _SMALL if head else 12.5
    color = theme.soft if head else theme.ink
    x, labels, high = 0.0, list[Shape](), 0.0
    for place, (cell, part) in enumerate(zip(cells, shares, strict=True)):
        wide = part * room
        bold = head or place == 0
        lines = tuple(wrapped(cell, wide - 12, size, 8, bold))
        labels.append(Label(x, size, lines, size, color, bold))
        high, x = max(high, len(lines) * size * _LEADING), x + wide
    high += 5
    return _Piece((*labels, Line(((0, high), (room, high)), theme.line)), high, 6, joined=head)
