"""A map as PDF: lines and letters as they are, on one page of any size or on many that are put up on a wall."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Literal, get_args

from lvtu.core.words import Lang, say
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document.marked import Run
from lvtu.maps.drawing.measure import wrapped
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Picture, Scene, Shape
from lvtu.maps.exchange.bounds import Bounds, bounds
from lvtu.maps.exchange.fonts import BOLD, REGULAR, Fonts, fonts_for, held
from lvtu.maps.exchange.formats import Written
from lvtu.maps.exchange.leaning import LEAN
from lvtu.maps.exchange.outlines import Outline, outline
from lvtu.maps.exchange.slides import Slide

Paper = Literal["16:9", "A4", "A3", "A2", "A1", "A0", "tiled"]
"""What it is printed on: a page as a screen, a sheet across, or as many of A4 as letters of 10 to 12 points take."""

_MM = 72 / 25.4
_A0 = (1189.0, 841.0)
_MARGIN, _OVERLAP = 10.0, 10.0
_MARK = 4.0
_MOST_TILES = 120
_SCALES = (1.0, 0.95, 0.9, 0.85)
_SIDE, _TOP, _BELOW = 25.2, 68.4, 30.2
"""Around the drawing of a page that has a title and a footer, in points: as on slides."""

_FACES = {False: "LvtuRegular", True: "LvtuBold"}
_OUTLINED = ""
"""Stands for a face where characters are drawn as lines."""

_DASHES = (4, 3)
_NON_ZERO = 1
"""How forms are filled: as fonts mean them."""


Size = tuple[float, float]


def size_of(paper: Paper) -> Size:
    """Width and height of a page, in points.

    Example:
        >>> [round(side) for side in size_of("A4")], size_of("16:9")
        ([842, 595], (960.0, 540.0))
    """
    if paper == "16:9":
        return 960.0, 540.0
    wide, high = _A0
    for _ in range(4 if paper == "tiled" else int(paper[1])):
        wide, high = float(high), float(wide // 2)
    return max(wide, high) * _MM, min(wide, high) * _MM


def pdf(scene: Scene, language: Lang, paper: str = "16:9") -> Written:
    """A picture on paper.

    Args:
        scene: it.
        language: of its words.
        paper: `Paper`.

    Raises:
        UnknownName: there is no such paper.
        BadInput: it would take more than 120 sheets.
    """
    from reportlab.pdfgen.canvas import Canvas

    size = size_of(_known(paper))
    fonts = fonts_for([scene], embedded=True)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, lang=language, pageCompression=1)
    canvas.setTitle(scene.title)
    canvas.setSubject(scene.description)
    canvas.setCreator("Lvtu")
    pen = _Pen(canvas, fonts, size[1])
    if paper == "tiled":
        _tiles(scene, pen, size, language)
    else:
        _page(scene, pen, size)
    canvas.save()
    return Written(out.getvalue(), fonts.notes)


def paged(title: str, slides: Sequence[Slide], language: Lang) -> Written:
    """Slides as pages as wide as a screen: what `lvtu.maps.exchange.slides.pptx` makes of them, on paper.

    Args:
        title: of the whole.
        slides: they, in order.
        language: of their words.
    """
    from reportlab.pdfgen.canvas import Canvas

    size = size_of("16:9")
    around = [_around(slide, f"{number} / {len(slides)}", size) for number, slide in enumerate(slides, 1)]
    fonts = fonts_for([one for slide, frame in zip(slides, around, strict=True) for one in (slide.scene, frame)],
                      embedded=True)  # fmt: skip
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, lang=language, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("Lvtu")
    pen = _Pen(canvas, fonts, size[1])
    room = size[0] - 2 * _SIDE, size[1] - _TOP - _BELOW
    for slide, frame in zip(slides, around, strict=True):
        scene = slide.scene
        scale = min(room[0] / scene.width, room[1] / scene.height, 1.0)
        pen.ground(scene.ground, size)
        pen.at(0, 0, 1.0, frame.shapes)
        pen.at((size[0] - scene.width * scale) / 2, _TOP, scale, scene.shapes)
        canvas.showPage()
    canvas.save()
    return Written(out.getvalue(), fonts.notes)


def _around(slide: Slide, page: str, size: Size) -> Scene:
    """What stands around the drawing of a page: its title, the footer, its number."""
    foot = size[1] - 14
    shapes: list[Shape] = [
        Label(_SIDE, 48, tuple(wrapped(slide.title, size[0] - 2 * _SIDE, 22, 1, bold=True)), 22, "#1c2430", bold=True),
        Label(_SIDE, foot, (slide.footer,), 9, "#6b7583"),
        Label(size[0] - _SIDE, foot, (page,), 9, "#6b7583", anchor="end"),
    ]
    return Scene(*size, slide.scene.ground, slide.title, "", shapes)


def _known(paper: str) -> Paper:
    papers: tuple[Paper, ...] = get_args(Paper)
    for one in papers:
        if one == paper:
            return one
    raise UnknownName("map_paper", paper, list(papers))


def _page(scene: Scene, pen: _Pen, size: Size) -> None:
    """All of it, as large as it fits."""
    scale = min(size[0] / scene.width, size[1] / scene.height)
    pen.ground(scene.ground, size)
    pen.at((size[0] - scene.width * scale) / 2, (size[1] - scene.height * scale) / 2, scale, scene.shapes)


def _tiles(scene: Scene, pen: _Pen, size: Size, language: Lang) -> None:
    """Sheets beside and below each other. Each repeats a strip of the one before, with marks where to cut.

    A little smaller where that saves a row or a column of sheets that would be nearly empty.
    """
    margin, overlap = _MARGIN * _MM, _OVERLAP * _MM
    room = size[0] - 2 * margin, size[1] - 2 * margin
    step = room[0] - overlap, room[1] - overlap
    tries = [(max(math.ceil((scene.width * scale - overlap) / step[0]), 1),
              max(math.ceil((scene.height * scale - overlap) / step[1]), 1), scale) for scale in _SCALES]  # fmt: skip
    across, down, scale = min(tries, key=lambda one: one[0] * one[1])
    if across * down > _MOST_TILES:
        raise BadInput("too_many_sheets", sheets=across * down, most=_MOST_TILES)
    for row in range(down):
        for column in range(across):
            left, top = column * step[0], row * step[1]
            seen = Bounds(*(edge / scale for edge in (left, top, left + room[0], top + room[1])))
            with pen.clipped(margin, margin, room):
                pen.at(margin - left, margin - top, scale, [one for one in _flat(scene.shapes) if _meets(one, seen)])
            pen.marks(margin, room, _MARK * _MM)
            told = say("maps.sheet_of", language, title=scene.title, row=row + 1, column=column + 1, down=down,
                       across=across)  # fmt: skip
            pen.at(2 * margin, size[1] - margin / 2, 1.0, [Label(0, 3, (told,), 8, "#6b7583")])
            pen.canvas.showPage()


def _flat(shapes: Sequence[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        if isinstance(shape, Part):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _meets(shape: Shape, seen: Bounds) -> bool:
    found = bounds(shape)
    return Bounds(found.left - 3, found.top - 3, found.right + 3, found.bottom + 3).meets(seen)


class _Pen:
    """Draws shapes on a page whose origin is its upper left corner."""

    def __init__(self, canvas: Any, fonts: Fonts, height: float) -> None:
        self.canvas, self.fonts, self.height = canvas, fonts, height
        self.faces = _registered(fonts)
        self._draws: dict[type, Callable[[Any], None]] = {
            Box: self._box,
            Line: self._line,
            Dot: self._dot,
            Label: self._label,
            Picture: self._picture,
        }

    def ground(self, color: str, size: Size) -> None:
        """The colour behind all."""
        self.canvas.setFillColor(color)
        self.canvas.rect(0, 0, *size, stroke=0, fill=1)

    def at(self, x: float, y: float, scale: float, shapes: Sequence[Shape]) -> None:
        """Shapes with their origin at a place of the page, so large."""
        self.canvas.saveState()
        self.canvas.translate(x, self.height - y)
        self.canvas.scale(scale, scale)
        self._draw(shapes)
        self.canvas.restoreState()

    @contextmanager
    def clipped(self, x: float, y: float, room: Size) -> Iterator[None]:
        """Nothing of what is drawn meanwhile beyond a rectangle."""
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(x, self.height - y - room[1], *room)
        self.canvas.clipPath(path, stroke=0, fill=0)
        yield
        self.canvas.restoreState()

    def marks(self, margin: float, room: Size, long: float) -> None:
        """Where to cut: short lines outside the corners of a rectangle."""
        self.canvas.setStrokeColor("#6b7583")
        self.canvas.setLineWidth(0.5)
        for x, out in ((margin, -1), (margin + room[0], 1)):
            for y, up in ((margin, -1), (margin + room[1], 1)):
                self.canvas.line(x + out * 2, y, x + out * (2 + long), y)
                self.canvas.line(x, y + up * 2, x, y + up * (2 + long))

    def _draw(self, shapes: Sequence[Shape]) -> None:
        for shape in shapes:
            if isinstance(shape, Part):
                self._draw(shape.shapes)
            else:
                self._draws[type(shape)](shape)

    def _paint(self, fill: str | None, stroke: str | None, thick: float, dashed: bool = False) -> dict[str, int]:
        if fill:
            self.canvas.setFillColor(fill)
        if stroke:
            self.canvas.setStrokeColor(stroke)
            self.canvas.setLineWidth(thick)
            self.canvas.setDash(*((list(_DASHES),) if dashed else ()))
        return {"fill": int(bool(fill)), "stroke": int(bool(stroke))}

    def _box(self, box: Box) -> None:
        paint = self._paint(box.fill, box.stroke, box.thick, box.dashed)
        place = box.x, -box.y - box.height, box.width, box.height
        if box.radius:
            self.canvas.roundRect(*place, min(box.radius, box.width / 2, box.height / 2), **paint)
        else:
            self.canvas.rect(*place, **paint)

    def _dot(self, dot: Dot) -> None:
        self.canvas.circle(dot.x, -dot.y, dot.radius, **self._paint(dot.fill, dot.stroke, dot.thick))

    def _line(self, line: Line) -> None:
        self.canvas.saveState()
        self.canvas.setLineCap(1)
        self.canvas.setLineJoin(1)
        paint = self._paint(line.fill, line.stroke, line.thick, line.dashed)
        if line.opacity < 1:
            self.canvas.setFillAlpha(line.opacity)
            self.canvas.setStrokeAlpha(line.opacity)
        path = self.canvas.beginPath()
        (x, y), *rest = line.points
        path.moveTo(x, -y)
        for x, y in rest:
            path.lineTo(x, -y)
        if line.fill:
            path.close()
        self.canvas.drawPath(path, **paint)
        self.canvas.restoreState()

    def _picture(self, picture: Picture) -> None:
        from reportlab.lib.utils import ImageReader

        place = picture.x, -picture.y - picture.height, picture.width, picture.height
        self.canvas.drawImage(ImageReader(io.BytesIO(picture.content)), *place, mask="auto")

    def _label(self, label: Label) -> None:
        self.canvas.saveState()
        self.canvas.translate(label.x, -label.y)
        self.canvas.rotate(-label.turn)
        for number, line in enumerate(label.lines):
            parts = label.runs[number] if label.runs else (Run(line),)
            pieces = [
                (face, text, self._wide(face, text, label.size), run.italic)
                for run in parts
                for face, text in self._runs(run.text, label.bold or run.bold)
            ]
            wide = sum(piece[2] for piece in pieces)
            left, down = (
                -{"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor],
                -number * label.size * label.leading,
            )
            if label.halo:
                self.canvas.setStrokeColor(label.halo)
                self.canvas.setLineWidth(3)
                self._set(pieces, left, down, label.size, mode=1)
            self.canvas.setFillColor(label.color)
            self._set(pieces, left, down, label.size)
        self.canvas.restoreState()

    def _set(
        self, pieces: Sequence[tuple[str, str, float, bool]], x: float, y: float, size: float, mode: int = 0
    ) -> None:
        """Pieces of a line one behind the other; what is italic leans."""
        for face, text, room, leans in pieces:
            if face != _OUTLINED:
                self.canvas.setFont(face, size)
            self.canvas.saveState()
            self.canvas.transform(1, 0, LEAN if leans else 0, 1, x, y)
            if face == _OUTLINED:
                self._outlines(text, size, fill=not mode)
            else:
                self.canvas.drawString(0, 0, text, mode=mode)
            self.canvas.restoreState()
            x += room

    def _outlines(self, text: str, size: float, *, fill: bool) -> None:
        """Characters one behind the other as lines, filled or as the halo around them."""
        path, x = self.canvas.beginPath(), 0.0
        draws = {"move": path.moveTo, "line": path.lineTo, "curve": path.curveTo, "close": path.close}
        for found in self._outlined(text):
            for kind, points in found.strokes:
                draws[kind](*(part for across, up in points for part in (x + across * size, up * size)))
            x += found.wide * size
        if not fill:
            self.canvas.setLineJoin(1)
        self.canvas.drawPath(path, stroke=int(not fill), fill=int(fill), fillMode=_NON_ZERO)

    def _outlined(self, text: str) -> list[Outline]:
        found = (outline(self.fonts.drawn[one], one) for one in text)
        return [one for one in found if one is not None]

    def _wide(self, face: str, text: str, size: float) -> float:
        if face == _OUTLINED:
            return sum(one.wide for one in self._outlined(text)) * size
        return float(self.canvas.stringWidth(text, face, size))

    def _runs(self, line: str, bold: bool) -> Iterator[tuple[str, str]]:
        """A line in pieces that one font holds each."""
        for face, some in groupby(self.fonts.spelled(line), lambda one: self._face(one, bold)):
            yield face, "".join(some)

    def _face(self, character: str, bold: bool) -> str:
        if character in self.fonts.drawn:
            return _OUTLINED
        for face, known in self.faces:
            if ord(character) in known:
                return face
        return _FACES[bold]


def _registered(fonts: Fonts) -> list[tuple[str, frozenset[int]]]:
    """The fonts as the writer knows them; returns those of the machine, each with what only it holds here."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    known, faces = set(pdfmetrics.getRegisteredFontNames()), []
    more = {f"Lvtu{path.stem}": path for path in fonts.more}
    for name, path in {_FACES[False]: REGULAR, _FACES[True]: BOLD, **more}.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(path)))
        if name in more:
            faces.append((name, held(path) - held(REGULAR)))
    return faces
