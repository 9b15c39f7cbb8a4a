"""Strengths, weaknesses, opportunities and threats as slides: all four on one, then those with more than it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lvtu.core.words import Lang, say
from lvtu.maps.drawing.measure import wrapped
from lvtu.maps.drawing.palette import PALETTES
from lvtu.maps.drawing.scene import Box, Label, Part, Scene, Shape, moved
from lvtu.maps.exchange.slides import Slide, pptx
from lvtu.maps.registers.swot import SwotName

_WIDE, _HIGH, _GAP = 908.0, 440.0, 16.0
_PAD, _HEAD = 18.0, 44.0
_SIZE, _SMALL, _LEADING = 13.0, 10.0, 1.35
_BETWEEN = 9.0
_MOST = 4
"""Lines of a text at most."""

_MORE = 18.0
"""The room for what says how many stand on pages that follow."""

_COLUMN = (_WIDE - _GAP) / 2
_FIELD = (_HIGH - _GAP) / 2 - _HEAD - _PAD
"""The room for entries in one of the four fields."""

Told = tuple[str, str]
"""What is said, and where."""

Entry = tuple[tuple[Shape, ...], float]
"""Shapes at the origin, and how high they are."""


def slides(fields: Mapping[SwotName, Sequence[Told]], lang: Lang, footer: str) -> bytes:
    """A presentation of them, whose texts can be edited.

    Args:
        fields: the four fields.
        lang: of its words.
        footer: what stands below every slide.
    """
    title = say("maps.registers.swot.name", lang)
    shown = [Slide(title, _scene(title, [_field(name, fields[name], lang) for name in fields]), footer=footer)]
    for name, entries in ((name, _entries(some)) for name, some in fields.items()):
        if _fitting(entries, _FIELD) < len(entries):
            called = f"{title} · {say(f'maps.registers.swot.{name}', lang)}"
            shown += [Slide(called, _scene(called, page), footer=footer) for page in _pages(entries, _HIGH)]
    return pptx(title, shown, lang).content


def _scene(title: str, shapes: Sequence[Shape]) -> Scene:
    return Scene(_WIDE, _HIGH, PALETTES[False].theme.ground, title, "", list(shapes))


_PLACES: Mapping[SwotName, tuple[int, int]] = {
    "strengths": (0, 0), "weaknesses": (1, 0), "opportunities": (0, 1), "threats": (1, 1),
}  # fmt: skip


def _field(name: SwotName, some: Sequence[Told], lang: Lang) -> Part:
    """A field of the overview: its head with how many there are, and as many as it has room for."""
    palette = PALETTES[False]
    theme = palette.theme
    colors = {"strengths": theme.better, "weaknesses": theme.worse, "opportunities": theme.accent}
    color, high = colors.get(name, theme.soft), (_HIGH - _GAP) / 2
    called = say(f"maps.registers.swot.{name}", lang)
    shapes: list[Shape] = [
        Box(0, 0, _COLUMN, high, theme.ground, theme.line, radius=10),
        Box(0, 0, 5, high, color, radius=2.5),
        Label(_PAD, 28, (called,), 16, theme.ink, bold=True),
        Label(_COLUMN - _PAD, 28, (f"{len(some)}",), 16, color, bold=True, anchor="end"),
    ]
    entries = _entries(some)
    fits = _fitting(entries, _FIELD)
    fits = fits if fits == len(entries) else _fitting(entries, _FIELD - _MORE)
    y = _HEAD
    for placed, down in entries[:fits]:
        shapes += [moved(one, _PAD, y) for one in placed]
        y += down
    if not some:
        shapes.append(Label(_PAD, _HEAD + _SIZE, (say("maps.registers.swot.nothing", lang),), _SIZE, theme.faint))
    elif fits < len(some):
        more = say("maps.registers.swot.more", lang, n=len(some) - fits)
        shapes.append(Label(_PAD, high - 14, (more,), _SMALL, theme.soft))
    column, row = _PLACES[name]
    x, top = column * (_COLUMN + _GAP), row * (high + _GAP)
    return Part("field", name, called, tuple(moved(one, x, top) for one in shapes))


def _entries(some: Sequence[Told]) -> list[Entry]:
    return [_entry(text, place) for text, place in some]


def _entry(text: str, place: str) -> Entry:
    theme, room = PALETTES[False].theme, _COLUMN - 2 * _PAD
    lines, below = wrapped(text, room, _SIZE, _MOST), wrapped(place, room, _SMALL, 1)
    top = len(lines) * _SIZE * _LEADING
    shapes = (Label(0, _SIZE, lines, _SIZE, theme.ink), Label(0, top + _SMALL, below, _SMALL, theme.faint))
    return shapes, top + _SMALL * _LEADING + _BETWEEN


def _fitting(entries: Sequence[Entry], room: float) -> int:
    """How many stand below each other in a room."""
    used = 0.0
    for number, (_, down) in enumerate(entries):
        used += down
        if used - _BETWEEN > room:
            return number
    return len(entries)


def _pages(entries: Sequence[Entry], room: float) -> Iterator[list[Shape]]:
    """All of them in two columns a page."""
    columns: list[list[Entry]] = []
    left = list(entries)
    while left:
        fits = max(_fitting(left, room), 1)
        columns.append(left[:fits])
        left = left[fits:]
    for first in range(0, len(columns), 2):
        shapes: list[Shape] = []
        for place, column in enumerate(columns[first : first + 2]):
            y = 0.0
            for placed, down in column:
                shapes += [moved(one, place * (_COLUMN + _GAP), y) for one in placed]
                y += down
        yield shapes
