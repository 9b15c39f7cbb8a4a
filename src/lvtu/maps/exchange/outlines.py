"""Characters as outlines: those of fonts that the writer of PDFs cannot embed, emoji above all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal["move", "line", "curve", "close"]
Point = tuple[float, float]
Stroke = tuple[Kind, tuple[Point, ...]]

_KINDS: tuple[Kind, ...] = ("move", "line", "curve", "close")
_POINTS = (1, 1, 3, 0)


@dataclass(frozen=True)
class Outline:
    """The form of a character.

    Attributes:
        strokes: what is drawn one after the other; curves are cubic. In sizes of the type, upwards.
        wide: how far the next character begins.
    """

    strokes: tuple[Stroke, ...]
    wide: float


@cache
def outline(path: Path, character: str) -> Outline | None:
    """The form of a character in a font; None where the font has none that is made of lines, but an image, say.

    Example:
        >>> from lvtu.maps.exchange.fonts import REGULAR
        >>> found = outline(REGULAR, "一")
        >>> found.wide, found.strokes[0][0], outline(REGULAR, " ")
        (1.0, 'move', None)
    """
    from fontTools.pens.reportLabPen import ReportLabPen
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            name = (font.getBestCmap() or {}).get(ord(character))
            if name is None or not {"glyf", "CFF ", "CFF2"} & set(font.keys()):
                return None
            size = font["head"].unitsPerEm
            glyphs = font.getGlyphSet()
            strokes = _drawn(glyphs[name], ReportLabPen(glyphs), size)
            return Outline(strokes, font["hmtx"][name][0] / size) if strokes else None
    except (OSError, TTLibError, KeyError):
        return None


def _drawn(glyph: Any, pen: Any, size: int) -> tuple[Stroke, ...]:
    """What a glyph draws, taken from the path of reportlab that its pen fills: numbers of kinds, and all points."""
    glyph.draw(pen)
    points, strokes = iter(pen.path.points), []
    for kind, many in ((_KINDS[operator], _POINTS[operator]) for operator in pen.path.operators):
        strokes.append((kind, tuple((next(points) / size, next(points) / size) for _ in range(many))))
    return tuple(strokes)
