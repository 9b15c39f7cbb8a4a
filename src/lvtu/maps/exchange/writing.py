"""A map about to be drawn, written as any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lvtu.maps.document import Frame
from lvtu.maps.drawing.frames import framed, frames_of
from lvtu.maps.drawing.overview import overview
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.svg import svg
from lvtu.maps.exchange.cjml import cjml
from lvtu.maps.exchange.formats import Format, Written
from lvtu.maps.exchange.pages import pdf
from lvtu.maps.exchange.picture import png
from lvtu.maps.exchange.readable import ALIKE, Apart, Draw, pages, readable
from lvtu.maps.exchange.slides import Slide, pptx
from lvtu.maps.exchange.table import chosen, footer
from lvtu.maps.exchange.texts import csv_cards, csv_grid, flowchart, journey, markdown
from lvtu.maps.exchange.workbook import xlsx

_TOLD: Mapping[Format, Callable[[Sheet], Written]] = {
    "xlsx": xlsx, "csv": csv_grid, "cards": csv_cards, "md": markdown, "mermaid": journey, "flowchart": flowchart,
    "cjml": cjml,
}  # fmt: skip
"""Formats that do not depend on how the map is drawn."""


def written(
    sheet: Sheet, format: Format, draw: Draw, scale: float = 2.0, paper: str = "16:9", *, parts: bool = True,
    apart: Apart | None = ALIKE,
) -> Written:  # fmt: skip
    """A map as a file; JSON apart, which needs no answers.

    Args:
        sheet: the map or a frame of it, its answers, the language; slides have titles of their own, and no heading.
        format: what it becomes.
        draw: how it is drawn.
        scale: of a picture in pixels.
        paper: of a PDF.
        parts: whether there are slides for each of its frames; else one.
        apart: how what cannot be read on one slide is shown on several; None: it is as small as it must be.

    Raises:
        UnknownName: there is no such paper.
        BadInput: a picture would be too large, or take too many sheets.
    """
    if format in _TOLD:
        return _TOLD[format](sheet)
    if format == "pptx":
        return slides(sheet, draw, parts=parts, apart=apart)
    scene = draw(sheet)
    if format == "png":
        return png(scene, sheet.lang, scale)
    if format == "pdf":
        return pdf(scene, sheet.lang, paper)
    return Written(svg(scene, sheet.lang).encode())


def _notes(sheet: Sheet, said: str = "") -> str:
    """What stands in the speaker's notes: what is said, then what people chose among the cards that the slide shows."""
    return "\n\n".join(part for part in (said, chosen(sheet)) if part)


def slides(sheet: Sheet, draw: Draw, *, parts: bool = True, apart: Apart | None = ALIKE) -> Written:
    """Slides of the frames of a map, or of all of it as one frame.

    What cannot be read on one slide is told on several (`lvtu.maps.exchange.readable`); of all of a long map there is
    an overview (`lvtu.maps.drawing.overview`).

    Args:
        sheet, draw, parts, apart: as of `written`.
    """
    below = footer(sheet)
    if not parts:
        whole = draw(replace(sheet, headed=False))
        if apart is not None and not sheet.beyond and not readable(whole):
            whole = overview(replace(sheet, headed=False))
        return pptx(sheet.title, [Slide(sheet.title, whole, _notes(sheet), below)], sheet.lang)
    frames = frames_of(sheet.map)
    made = [
        Slide(title, scene, _notes(framed(sheet, frame.key), sheet.of(frame.text)), below)
        for frame in frames
        for title, scene in _shown(sheet, frame, draw, apart, alone=len(frames) == 1)
    ]
    return pptx(sheet.title, made, sheet.lang)


def _shown(
    sheet: Sheet, frame: Frame, draw: Draw, apart: Apart | None, *, alone: bool
) -> Iterator[tuple[str, Scene]]:  # fmt: skip
    """The slides of a frame: titles and drawings. Alone, a long map is shown behind its overview, too."""
    title = sheet.of(frame.title)
    part = framed(sheet, frame.key)
    whole = draw(part)
    if apart is None or readable(whole):
        yield title, whole
        return
    if not frame.steps:
        if apart.first is not None:
            yield title, apart.first(part)
        yield title, whole if apart.overview is None else apart.overview(part)
        if not alone:
            return
    some = pages(sheet, frame, whole, apart.draw or draw, upright=apart.upright)
    for number, scene in enumerate(some, 1):
        yield title if len(some) == 1 else f"{title} · {number}/{len(some)}", scene
