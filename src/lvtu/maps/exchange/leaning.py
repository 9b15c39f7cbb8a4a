"""Italic letters, made of the upright ones that are shipped: what draws pixels leans none by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lvtu.maps.drawing.scene import Label, Part, Scene, Shape
from lvtu.maps.exchange.fonts import REGULAR

LEAN = 0.2
"""How far italic letters lean to the right, in their height."""

_ITALIC, _REGULAR = 1 << 0, 1 << 6


def leaning(scene: Scene) -> str:
    """The characters of those texts of a picture in which some are italic, each once, in order.

    Where a font lacks one character of a line, what draws it sets all of the line in another.

    Example:
        >>> from lvtu.maps.drawing.prose import written
        >>> leaning(Scene(9, 9, "#ffffff", "", "", [*written("so *slow*", 0, 0, 90, 12, "#000000", 2)]))
        ' losw'
    """
    return "".join(sorted(set("".join(_italic(scene.shapes)))))


def _italic(shapes: Sequence[Shape]) -> Iterator[str]:
    for shape in shapes:
        if isinstance(shape, Part):
            yield from _italic(shape.shapes)
        elif isinstance(shape, Label) and any(run.italic for line in shape.runs for run in line):
            yield from (f"{run.text} " for line in shape.runs for run in line)


def leaned(characters: str, folder: Path) -> Path:
    """A font of some characters that lean, as a file in a folder; it bears the name of the shipped one."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(REGULAR)
    subsetter = Subsetter(Options(layout_features=[], name_IDs=["*"], notdef_outline=True))
    subsetter.populate(text=characters)
    subsetter.subset(font)
    outlines, advances = font["glyf"], font["hmtx"]
    for name in font.getGlyphOrder():
        drawn = outlines[name]
        if drawn.isComposite():
            for one in drawn.components:
                one.x += round(LEAN * one.y)
        elif drawn.numberOfContours > 0:
            drawn.coordinates.transform(((1, 0), (LEAN, 1)))
            drawn.coordinates.toInt()
        else:
            continue
        drawn.recalcBounds(outlines)
        advances[name] = (advances[name][0], drawn.xMin)
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection | _ITALIC) & ~_REGULAR
    font["head"].macStyle |= 2
    font["post"].italicAngle = -11.3
    made = folder / "leaned.ttf"
    font.save(made)
    return made
