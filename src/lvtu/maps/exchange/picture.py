"""A map as PNG: the SVG, set in the fonts that are shipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lvtu.errors import BadInput
from lvtu.maps.drawing.scene import Label, Part, Scene, Shape
from lvtu.maps.drawing.svg import svg
from lvtu.maps.exchange.fonts import BOLD, FAMILY, REGULAR, Fonts, fonts_for
from lvtu.maps.exchange.formats import Written
from lvtu.maps.exchange.leaning import leaned, leaning

MOST_SCALE = 8.0
_PIXELS = 150_000_000
"""What a picture may have at most: 600 MB while it is drawn."""


def png(scene: Scene, language: str, scale: float = 2.0) -> Written:
    """A picture in pixels.

    Args:
        scene: it.
        language: of its words.
        scale: pixels for each pixel of the drawing, up to 8.

    Raises:
        BadInput: the scale is none, or the picture would be too large.
    """
    import resvg_py

    if not 0 < scale <= MOST_SCALE:
        raise BadInput("picture_scale", scale=f"{scale:g}", most=f"{MOST_SCALE:g}")
    if scene.width * scene.height * scale * scale > _PIXELS:
        fits = (_PIXELS / (scene.width * scene.height)) ** 0.5
        raise BadInput("picture_too_large", scale=f"{scale:g}", fits=f"{fits:.1f}")
    fonts = fonts_for([scene])
    set_ = replace(scene, shapes=_spelled(scene.shapes, fonts))
    leans = leaning(set_)
    with TemporaryDirectory() as folder:
        files = [REGULAR, BOLD, *([leaned(leans, Path(folder))] if leans else []), *fonts.more]
        made = resvg_py.svg_to_bytes(
            svg_string=svg(set_, language), skip_system_fonts=True, zoom=scale,
            font_files=[str(path) for path in files], font_family=FAMILY, sans_serif_family=FAMILY,
        )  # fmt: skip
    return Written(bytes(made), fonts.notes)


def _spelled(shapes: Sequence[Shape], fonts: Fonts) -> list[Shape]:
    """Shapes with their texts as they can be set."""
    return [
        replace(one, shapes=tuple(_spelled(one.shapes, fonts))) if isinstance(one, Part)
        else _label(one, fonts) if isinstance(one, Label)
        else one
        for one in shapes
    ]  # fmt: skip


def _label(label: Label, fonts: Fonts) -> Label:
    lines = tuple(fonts.spelled(line) for line in label.lines)
    runs = tuple(tuple(run._replace(text=fonts.spelled(run.text)) for run in line) for line in label.runs)
    return replace(label, lines=lines, runs=runs)
