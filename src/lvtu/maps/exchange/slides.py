"""A map as slides: shapes, lines and texts that are edited in PowerPoint, Keynote or LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lvtu.core.words import Lang
from lvtu.core.xml import writable
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.exchange.formats import Written
from lvtu.maps.exchange.shapes import Placed, drawing

_INCH = 914_400
_WIDE, _HIGH = 12_192_000, 6_858_000
_SIDE, _TOP, _BELOW = _INCH * 35 // 100, _INCH * 95 // 100, _INCH * 42 // 100
_LARGEST = 12_700
"""EMU for each pixel of the drawing at most: a pixel is a point."""
ROOM = _WIDE - 2 * _SIDE, _HIGH - _TOP - _BELOW
"""How wide and how high a drawing stands on a slide at most, in EMU."""

LEAST = 8_890
"""EMU for each pixel from which on a drawing is read: its texts of 12 px are 8.4 pt; smaller ones are set in 8 pt."""

_SMALLEST = 800
"""Hundredths of a point: the smallest type on a slide that can be read."""

_LONGEST = 255
"""Characters of a title among the properties of a file at most."""


@dataclass(frozen=True)
class Slide:
    """A slide about to be written.

    Attributes:
        title: what stands above.
        scene: what it shows.
        notes: what is said with it: the speaker's notes.
        footer: what stands below: the period, how many, and that the data are simulated.
    """

    title: str
    scene: Scene
    notes: str = ""
    footer: str = ""


def pptx(title: str, slides: Sequence[Slide], language: Lang) -> Written:
    """Slides as wide as a screen: a title, the drawing as groups of shapes named after their keys, a footer, notes.

    Args:
        title: of the whole.
        slides: they, in order.
        language: of their words.
    """
    from pptx import Presentation
    from pptx.util import Emu

    shown = Presentation()
    shown.slide_width, shown.slide_height = Emu(_WIDE), Emu(_HIGH)
    shown.core_properties.title, shown.core_properties.author = writable(title)[:_LONGEST], "Lvtu"
    shown.core_properties.language = "zh-CN" if language == "zh" else "en-GB"
    layout = next(one for one in shown.slide_layouts if one.name == "Title Only")
    for number, slide in enumerate(slides, 1):
        made = shown.slides.add_slide(layout)
        _titled(made, slide, language)
        _drawn(made, slide, language, f"{number} / {len(slides)}")
        if slide.notes:
            made.notes_slide.notes_text_frame.text = writable(slide.notes)
    out = io.BytesIO()
    shown.save(out)
    return Written(out.getvalue())


def _titled(made: Any, slide: Slide, language: Lang) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    title = made.shapes.title
    title.left, title.top, title.width, title.height = _SIDE, _INCH * 25 // 100, _WIDE - 2 * _SIDE, _INCH * 6 // 10
    title.text_frame.text, title.text_frame.vertical_anchor = writable(slide.title), MSO_ANCHOR.MIDDLE
    title.text_frame.margin_left = 0
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment, paragraph.font.size, paragraph.font.bold = PP_ALIGN.LEFT, Pt(24), True
    for run in paragraph.runs:
        run.font.name = Placed.latin(language)
        face = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": Placed.chinese})
        run._r.rPr.append(face)


def _drawn(made: Any, slide: Slide, language: Lang, page: str) -> None:
    """The drawing in what is left between title and footer, in one go: a shape at a time takes twenty times as long."""
    scale = min(ROOM[0] / slide.scene.width, ROOM[1] / slide.scene.height, _LARGEST)
    left = _SIDE + (ROOM[0] - slide.scene.width * scale) / 2

    def kept(content: bytes) -> str:
        _, name = made.part.get_or_add_image_part(io.BytesIO(content))
        return str(name)

    least = _SMALLEST if scale >= LEAST - 1 else 100
    placed = Placed(left, _TOP, scale, language, kept, first=len(made.shapes) + 10, least=least)
    tree = made.shapes._spTree
    for element in drawing(slide.scene, placed):
        tree.append(element)
    y, wide, high = _HIGH - _BELOW + _INCH * 6 // 100, _WIDE - 2 * _SIDE, _INCH * 28 // 100
    for words, align, name in ((slide.footer, "l", "footer"), (page, "r", "page")):
        tree.append(placed.text_box(name, _SIDE, y, wide, high, [words], 900, "6B7583", align=align))
