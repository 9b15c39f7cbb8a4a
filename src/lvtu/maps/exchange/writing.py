"""A map about to be drawn, written as any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.frames import framed, frames_of
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.svg import svg
from lvtu.maps.exchange.pages import pdf
from lvtu.maps.exchange.picture import png
from lvtu.maps.exchange.slides import Slide, pptx
from lvtu.maps.exchange.table import footer
from lvtu.maps.exchange.texts import csv_cards, csv_grid, flowchart, journey, markdown
from lvtu.maps.exchange.workbook import xlsx
from lvtu.maps.exchange.written import Format, Written

_TOLD: Mapping[Format, Callable[[Sheet], Written]] = {
    "xlsx": xlsx, "csv": csv_grid, "cards": csv_cards, "md": markdown, "mermaid": journey, "flowchart": flowchart,
}  # fmt: skip
"""Formats that do not depend on how the map is drawn."""


def written(sheet: Sheet, format: Format, type: str, style: str, scale: float, paper: str) -> Written:
    """A map as a file; JSON apart, which needs no answers.

    Args:
        sheet: the map, its answers, the language.
        format: what it becomes.
        type, style: how it is drawn.
        scale: of a picture in pixels.
        paper: of a PDF.

    Raises:
        UnknownName: there is no such type, style or paper.
        BadInput: a picture would be too large, or take too many sheets.
    """
    if format in _TOLD:
        return _TOLD[format](sheet)
    if format == "pptx":
        return slides(sheet, type, style)
    scene = drawn(sheet, type, style)
    if format == "png":
        return png(scene, sheet.lang, scale)
    if format == "pdf":
        return pdf(scene, sheet.lang, paper)
    return Written(svg(scene, sheet.lang).encode(), "svg")


def slides(sheet: Sheet, type: str, style: str) -> Written:
    """A slide for each frame of a map; one for all of a part of it that is shown by itself."""
    below = footer(sheet)
    if sheet.bare:
        return pptx(sheet.title, [Slide(sheet.title, drawn(sheet, type, style), footer=below)], sheet.lang)
    made = [
        Slide(sheet.of(frame.title), drawn(framed(sheet, frame.key), type, style), sheet.of(frame.text), below)
        for frame in frames_of(sheet.map)
    ]
    return pptx(sheet.title, made, sheet.lang)
