"""Scenes as SVG: for pages, and for who cannot see them."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape as _escaped

from lvtu.analyses.charts.theme import FONTS
from lvtu.core.xml import UNWRITABLE, writable
from lvtu.maps.document.marked import Run
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Picture, Scene, Shape

_DASHES = "4 3"
_BOLD, _ITALIC = ' font-weight="600"', ' font-style="italic"'
_SPECIAL = re.compile(f"[&<>\"'{UNWRITABLE}]")


def escape(text: str) -> str:
    """A text as it stands in XML: without what XML cannot write; most have nothing that must be told otherwise."""
    return _escaped(writable(text)) if _SPECIAL.search(text) else text


def svg(scene: Scene, language: str) -> str:
    """A scene as a document of its own.

    Args:
        scene: it.
        language: of its words, ``zh`` or ``en``.
    """
    inside = "".join(_shapes(scene.shapes))
    heads = "" if scene.heads is None else f' data-heads="{" ".join(_n(edge) for edge in scene.heads)}"'
    size = f'width="{_n(scene.width)}" height="{_n(scene.height)}" viewBox="0 0 {_n(scene.width)} {_n(scene.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" xml:lang="{language}" lang="{language}"{heads}'
        f' aria-labelledby="map-title map-description" font-family="{escape(FONTS)}"'
        ' style="font-variant-numeric:tabular-nums">'
        f'<title id="map-title">{escape(scene.title)}</title>'
        f'<desc id="map-description">{escape(scene.description)}</desc>'
        f'<rect width="{_n(scene.width)}" height="{_n(scene.height)}" fill="{scene.ground}"/>{inside}</svg>'
    )


def _shapes(shapes: Sequence[Shape]) -> list[str]:
    return [_shape(shape) for shape in shapes]


def _shape(shape: Shape) -> str:
    if isinstance(shape, Part):
        title = f"<title>{escape(shape.title)}</title>" if shape.title else ""
        inside = "".join(_shapes(shape.shapes))
        return f'<g data-kind="{shape.kind}" data-key="{escape(shape.key)}">{title}{inside}</g>'
    if isinstance(shape, Box):
        return _box(shape)
    if isinstance(shape, Dot):
        paint = _paint(shape.fill, shape.stroke, shape.thick)
        return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"{paint}/>'
    if isinstance(shape, Label):
        return _label(shape)
    return _picture(shape) if isinstance(shape, Picture) else _line(shape)


def _picture(picture: Picture) -> str:
    place = f'x="{_n(picture.x)}" y="{_n(picture.y)}" width="{_n(picture.width)}" height="{_n(picture.height)}"'
    content = b64encode(picture.content).decode()
    told = f"<title>{escape(picture.title)}</title>" if picture.title else ""
    return f'<image {place} href="data:{picture.type};base64,{content}" role="img">{told}</image>'


def _box(box: Box) -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    round_ = f' rx="{_n(box.radius)}"' if box.radius else ""
    return f"<rect {place}{round_}{_paint(box.fill, box.stroke, box.thick, box.dashed)}/>"


def _line(line: Line) -> str:
    way = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in line.points) + ("Z" if line.fill else "")
    dim = f' opacity="{_n(line.opacity)}"' if line.opacity < 1 else ""
    paint = _paint(line.fill, line.stroke, line.thick, line.dashed)
    return f'<path d="{way}"{paint}{dim} stroke-linejoin="round" stroke-linecap="round"/>'


def _label(label: Label) -> str:
    bold = ' font-weight="600"' if label.bold else ""
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    turn = f' transform="rotate({_n(label.turn)} {_n(label.x)} {_n(label.y)})"' if label.turn else ""
    halo = f' stroke="{label.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if label.halo else ""
    place = f'x="{_n(label.x)}" y="{_n(label.y)}"'
    head = f'<text {place} font-size="{_n(label.size)}" fill="{label.color}"{bold}{anchor}{turn}{halo}>'
    lines = [_runs(runs) for runs in label.runs] if label.runs else [escape(line) for line in label.lines]
    if len(lines) == 1:
        return f"{head}{lines[0]} </text>"  # a blank that is not drawn: who hears it needs it
    down = f' dy="{_n(label.size * label.leading)}"'
    blank = " " if label.anchor == "start" else '<tspan font-size="0"> </tspan>'  # one with a width would move the line
    told = "".join(
        f'<tspan x="{_n(label.x)}"{down if number else ""}>{line}{blank}</tspan>' for number, line in enumerate(lines)
    )
    return f"{head}{told}</text>"


def _runs(runs: Sequence[Run]) -> str:
    return "".join(
        f"<tspan{_BOLD if run.bold else ''}{_ITALIC if run.italic else ''}>{escape(run.text)}</tspan>"
        if run.bold or run.italic
        else escape(run.text)
        for run in runs
    )


def _paint(fill: str | None, stroke: str | None, thick: float, dashed: bool = False) -> str:
    edge = f' stroke="{stroke}"' + (f' stroke-width="{_n(thick)}"' if thick != 1 else "") if stroke else ""
    return f' fill="{fill or "none"}"{edge}' + (f' stroke-dasharray="{_DASHES}"' if dashed and stroke else "")


def _n(value: float) -> str:
    """A number as short as it can be: a tenth of a pixel is enough."""
    return f"{value:.1f}".removesuffix(".0")
