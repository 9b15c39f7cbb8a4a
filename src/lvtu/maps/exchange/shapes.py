"""Shapes as DrawingML: what PowerPoint, Keynote and LibreOffice draw and let people edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, ClassVar
from xml.sax.saxutils import escape, quoteattr

from lvtu.core.words import Lang
from lvtu.core.xml import writable
from lvtu.maps.document.marked import Run
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Picture, Point, Scene, Shape
from lvtu.maps.exchange.bounds import Bounds, around, bounds, turned, unturned

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ALIGNED = {"start": "l", "middle": "ctr", "end": "r"}
_SLACK = 1.15
"""How much wider a box is than its text was measured: every machine has its own fonts."""


def drawing(scene: Scene, placed: Placed) -> Iterator[Any]:
    """A scene as elements of a slide: its ground, then every shape, parts as groups named after their keys.

    Args:
        scene: it.
        placed: where, how large.
    """
    from pptx.oxml import parse_xml

    inside = "".join(placed.shape(one) for one in scene.shapes)
    yield from list(parse_xml(f"<p:spTree {_SPACES}>{inside}</p:spTree>"))


class Placed:
    """Writes shapes at their places on a slide.

    Args:
        left, top: where the drawing begins, in EMU.
        scale: EMU for each of its pixels.
        language: of its words.
        kept: keeps a picture in the file, and returns by what name the slide shows it.
        first: the number of its first shape.
        least: the smallest type, in hundredths of a point.
    """

    chinese: ClassVar[str] = "Microsoft YaHei"
    """What Chinese is set in: Office has it on every system; others take what they have in its place."""

    def __init__(
        self, left: float, top: float, scale: float, language: Lang, kept: Callable[[bytes], str], first: int = 2,
        least: int = 100,
    ) -> None:  # fmt: skip
        self.left, self.top, self.scale, self.language, self.kept = left, top, scale, language, kept
        self._numbers, self.least = count(first), least

    @classmethod
    def latin(cls, language: Lang) -> str:
        """What Latin is set in: among Chinese, the Latin letters of the same font."""
        return cls.chinese if language == "zh" else "Arial"

    def shape(self, shape: Shape) -> str:
        """A shape."""
        if isinstance(shape, Part):
            return self._part(shape) if shape.shapes else ""
        if isinstance(shape, Label):
            return self._label(shape) if any(shape.lines) else ""
        if isinstance(shape, Line):
            return self._line(shape)
        if isinstance(shape, Dot):
            outline = self._outline(shape.stroke, shape.thick)
            return self._filled(bounds(shape), "ellipse", "dot", shape.fill, outline)
        return self._shown(shape) if isinstance(shape, Picture) else self._box(shape)

    def _shown(self, picture: Picture) -> str:
        number, name = next(self._numbers), quoteattr(self.kept(picture.content))
        told = f" descr={quoteattr(writable(picture.title))}" if picture.title else ""
        place = f"<a:xfrm>{self._place(bounds(picture))}</a:xfrm>"
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="picture {number}"{told}/>'
            '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
            f"<p:blipFill><a:blip r:embed={name}/><a:stretch><a:fillRect/></a:stretch></p:blipFill>"
            f"<p:spPr>{place}{_geometry('rect')}</p:spPr></p:pic>"
        )

    def text_box(
        self, name: str, left: float, top: float, wide: float, high: float, lines: Sequence[str], size: int, color: str,
        *, align: str = "l",
    ) -> Any:  # fmt: skip
        """A text at a place of the slide (EMU), as an element; its size in hundredths of a point."""
        from pptx.oxml import parse_xml

        place = _xfrm("a", left, top, wide, high)
        body = self._body(lines, size, color, bold=False, align=align, leading=None)
        return parse_xml(self._sp(name, place + _geometry("rect") + "<a:noFill/>", body, text_box=True, spaces=_SPACES))

    def _part(self, part: Part) -> str:
        found = around(part.shapes)
        place = self._place(found)
        inside = "".join(self.shape(one) for one in part.shapes)
        child = place.replace("<a:off", "<a:chOff").replace("<a:ext", "<a:chExt")
        name = quoteattr(writable(f"{part.kind} {part.key}".strip()))
        told = f" descr={quoteattr(writable(part.title))}" if part.title else ""
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{next(self._numbers)}" name={name}{told}/><p:cNvGrpSpPr/><p:nvPr/>'
            f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm>{place}{child}</a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
        )

    def _box(self, box: Box) -> str:
        outline = self._outline(box.stroke, box.thick, box.dashed)
        least = min(box.width, box.height)
        if not box.radius or not least:
            return self._filled(bounds(box), "rect", "box", box.fill, outline)
        share = min(round(100_000 * box.radius / least), 50_000)
        return self._filled(
            bounds(box), "roundRect", "box", box.fill, outline, f'<a:gd name="adj" fmla="val {share}"/>'
        )

    def _line(self, line: Line) -> str:
        outline = self._outline(line.stroke, line.thick, line.dashed, line.opacity)
        found = bounds(line)
        if len(line.points) == 2 and not line.fill:
            (x, y), (to_x, to_y) = line.points
            flips = (' flipH="1"' if to_x < x else "") + (' flipV="1"' if to_y < y else "")
            number = next(self._numbers)
            return (
                f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="line {number}"/><p:cNvCxnSpPr/><p:nvPr/>'
                f"</p:nvCxnSpPr><p:spPr><a:xfrm{flips}>{self._place(found)}</a:xfrm>{_geometry('line')}{outline}</p:spPr></p:cxnSp>"
            )
        place = f"<a:xfrm>{self._place(found)}</a:xfrm>"
        way = self._way(line.points, found, closed=bool(line.fill))
        return self._sp("curve", place + way + _fill(line.fill, line.opacity) + outline)

    def _way(self, points: Sequence[Point], found: Bounds, *, closed: bool) -> str:
        told = [
            f'<a:pt x="{round((x - found.left) * self.scale)}" y="{round((y - found.top) * self.scale)}"/>'
            for x, y in points
        ]
        wide, high = (max(round(side * self.scale), 1) for side in (found.right - found.left, found.bottom - found.top))
        steps = f"<a:moveTo>{told[0]}</a:moveTo>" + "".join(f"<a:lnTo>{one}</a:lnTo>" for one in told[1:])
        empty = "" if closed else ' fill="none"'
        return (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{wide}" h="{high}"{empty}>{steps}{"<a:close/>" if closed else ""}</a:path>'
            "</a:pathLst></a:custGeom>"
        )

    def _label(self, label: Label) -> str:
        found = unturned(label)
        wide = (found.right - found.left) * _SLACK
        left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
        high = found.bottom - found.top
        x, y = turned(left + wide / 2, found.top + high / 2, label)
        place = self._place(Bounds(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
        turn = f' rot="{round(60_000 * label.turn)}"' if label.turn else ""
        size = max(round(label.size * self.scale / 127), self.least)
        body = self._body(
            label.runs or label.lines,
            size,
            _hex(label.color),
            bold=label.bold,
            align=_ALIGNED[label.anchor],
            leading=label.leading,
        )
        return self._sp("text", f"<a:xfrm{turn}>{place}</a:xfrm>{_geometry('rect')}<a:noFill/>", body, text_box=True)

    def _body(
        self, lines: Sequence[str | Sequence[Run]], size: int, color: str, *, bold: bool, align: str,
        leading: float | None,
    ) -> str:  # fmt: skip
        """A text in one paragraph, its lines broken as they are drawn: so it is edited as one."""
        spacing = "" if leading is None else f'<a:lnSpc><a:spcPts val="{round(size * leading)}"/></a:lnSpc>'
        told = f"<a:br><a:rPr {self._look(size, color, bold=bold)}</a:rPr></a:br>".join(
            "".join(
                f"<a:r><a:rPr {self._look(size, color, bold=bold or run.bold, italic=run.italic)}</a:rPr>"
                f"<a:t>{escape(writable(run.text))}</a:t></a:r>"
                for run in ((Run(line),) if isinstance(line, str) else line)
            )
            for line in lines
        )
        return (
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f'<a:lstStyle/><a:p><a:pPr algn="{align}">{spacing}</a:pPr>{told}</a:p></p:txBody>'
        )

    def _look(self, size: int, color: str, *, bold: bool, italic: bool = False) -> str:
        """How letters look, up to what closes their element."""
        lang = "zh-CN" if self.language == "zh" else "en-GB"
        marks = (' b="1"' if bold else "") + (' i="1"' if italic else "")
        return (
            f'lang="{lang}" sz="{size}"{marks}>{_fill(color)}'
            f'<a:latin typeface="{self.latin(self.language)}"/><a:ea typeface="{self.chinese}"/>'
        )

    def _filled(self, found: Bounds, form: str, name: str, fill: str | None, outline: str, guide: str = "") -> str:
        place = f"<a:xfrm>{self._place(found)}</a:xfrm>"
        return self._sp(name, place + _geometry(form, guide) + _fill(fill) + outline)

    def _sp(self, name: str, properties: str, body: str = "", *, text_box: bool = False, spaces: str = "") -> str:
        number = next(self._numbers)
        own = '<p:cNvSpPr txBox="1"/>' if text_box else "<p:cNvSpPr/>"
        return (
            f'<p:sp {spaces}><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/>{own}<p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{properties}</p:spPr>{body or _NO_TEXT}</p:sp>"
        )

    def _outline(self, stroke: str | None, thick: float, dashed: bool = False, opacity: float = 1) -> str:
        if stroke is None:
            return "<a:ln><a:noFill/></a:ln>"
        dash = '<a:prstDash val="dash"/>' if dashed else ""
        wide = max(round(thick * self.scale), 1_000)
        return f'<a:ln w="{wide}" cap="rnd">{_fill(stroke, opacity)}{dash}<a:round/></a:ln>'

    def _place(self, found: Bounds) -> str:
        x, y = self.left + found.left * self.scale, self.top + found.top * self.scale
        wide, high = ((found.right - found.left) * self.scale, (found.bottom - found.top) * self.scale)
        return f'<a:off x="{round(x)}" y="{round(y)}"/><a:ext cx="{round(wide)}" cy="{round(high)}"/>'


_NO_TEXT = "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody>"


def _xfrm(space: str, left: float, top: float, wide: float, high: float) -> str:
    return (
        f'<{space}:xfrm><a:off x="{round(left)}" y="{round(top)}"/>'
        f'<a:ext cx="{round(wide)}" cy="{round(high)}"/></{space}:xfrm>'
    )


def _geometry(form: str, guide: str = "") -> str:
    return f'<a:prstGeom prst="{form}"><a:avLst>{guide}</a:avLst></a:prstGeom>'


def _fill(color: str | None, opacity: float = 1) -> str:
    if color is None:
        return "<a:noFill/>"
    alpha = f'<a:alpha val="{round(100_000 * opacity)}"/>' if opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{_hex(color)}">{alpha}</a:srgbClr></a:solidFill>'


def _hex(color: str) -> str:
    digits = color.removeprefix("#")
    return (digits if len(digits) == 6 else "".join(2 * one for one in digits)).upper()
