"""A map about to be drawn, written as any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lvtu.maps.drawing.frames import framed, frames_of
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.svg import svg
from lvtu.maps.exchange.cjml import cjml
from lvtu.maps.exchange.pages import pdf
from lvtu.maps.exchange.picture import png
from lvtu.maps.exchange.slides import Slide, pptx
from lvtu.maps.exchange.table import chosen, footer
from lvtu.maps.exchange.texts import csv_cards, csv_grid, flowchart, journey, markdown
from lvtu.maps.exchange.workbook import xlsx
from lvtu.maps.exchange.written import Format, Written

Draw = Callable[[Sheet], Scene]
"""How a map is drawn."""

_TOLD: Mapping[Format, Callable[[Sheet], Written]] = {
    "xlsx": xlsx, "csv": csv_grid, "cards": csv_cards, "md": markdown, "mermaid": journey, "flowchart": flowchart,
    "cjml": cjml,
}  # fmt: skip
"""Formats that do not depend on how the map is drawn."""


def written(
    sheet: Sheet, format: Format, draw: Draw, scale: float = 2.0, paper: str = "16:9", *, parts: bool = True
) -> Written:
    """A map as a file; JSON apart, which needs no answers.

    Args:
        sheet: the map or a frame of it, its answers, the language; slides have titles of their own, and no heading.
        format: what it becomes.
        draw: how it is drawn.
        scale: of a picture in pixels.
        paper: of a PDF.
        parts: whether there is a slide for each of its frames; else one.

    Raises:
        UnknownName: there is no such paper.
        BadInput: a picture would be too large, or take too many sheets.
    """
    if format in _TOLD:
        return _TOLD[format](sheet)
    if format == "pptx":
        return slides(sheet, draw, parts=parts)
    scene = draw(sheet)
    if format == "png":
        return png(scene, sheet.lang, scale)
    if format == "pdf":
        return pdf(scene, sheet.lang, paper)
    return Written(svg(scene, sheet.lang).encode())


def _notes(sheet: Sheet, said: str = "") -> str:
    """What stands in the speaker's notes: what is said, then what people chose among the cards that the slide shows."""
    return "\n\n".join(part for part in (said, chosen(sheet)) if part)


def slides(sheet: Sheet, draw: Draw, *, parts: bool = True) -> Written:
    """A slide for each frame of a map, or one for all of it."""
    below = footer(sheet)
    if not parts:
        whole = draw(replace(sheet, headed=False))
        return pptx(sheet.title, [Slide(sheet.title, whole, _notes(sheet), below)], sheet.lang)
    made = [
        Slide(sheet.of(frame.title), draw(shown), _notes(shown, sheet.of(frame.text)), below)
        for frame in frames_of(sheet.map)
        for shown in [framed(sheet, frame.key)]
    ]
    return pptx(sheet.title, made, sheet.lang)
