"""A report as a document that is read and edited in Word, Pages or LibreOffice."""

from __future__ import annotations

import io
from typing import Any

from lvtu.core.sentences import Note
from lvtu.core.words import Lang, say
from lvtu.maps.drawing.palette import PALETTES
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.exchange.formats import Written
from lvtu.maps.exchange.picture import png
from lvtu.maps.exchange.shapes import Placed
from lvtu.maps.programmes.report.contents import Block, Fact, Listed, Picture, Report, Section, Table

_SCALE = 2.5
_BELOW_HEAD = 0.86
"""How much of a page's height a picture takes at most: its heading stands on the same page."""

_NORMAL = 10.5
_PAPER, _MARGIN = (210, 297), 22
_HEADS = {"Title": 24.0, "Heading 1": 16.0, "Heading 2": 12.0}


def document(report: Report) -> Written:
    """The report: A4, a chapter for every step, large pictures on pages across."""
    made = _Made(report)
    out = io.BytesIO()
    made.file.save(out)
    return Written(out.getvalue(), tuple(dict.fromkeys(made.notes)))


class _Made:
    """A document as it is written."""

    def __init__(self, report: Report) -> None:
        from docx import Document
        from docx.shared import Mm

        self.lang: Lang = report.lang
        self.notes: list[Note] = []
        self.across = False
        self.file = Document()
        self.theme = PALETTES[False].theme
        self._styles()
        page = self.file.sections[0]
        page.page_width, page.page_height = (Mm(side) for side in _PAPER)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
        about = self.file.core_properties
        about.title, about.author, about.language = (
            report.title[:255],
            "Lvtu",
            "zh-CN" if self.lang == "zh" else "en-GB",
        )
        self._text(report.title, "Title")
        for words in (report.begun, report.map):
            self._text(words, color=self.theme.soft)
        self._progress(report)
        if report.footer:
            below = page.footer.paragraphs[0]
            below.text = report.footer
            self._set(below.runs[0], 8.5, self.theme.soft)
        for section in report.sections:
            self._section(section)

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        for name in ("Normal", *_HEADS):
            style = self.file.styles[name]
            style.font.name, style.font.size = Placed.latin(self.lang), Pt(_HEADS.get(name, _NORMAL))
            style.font.color.rgb = RGBColor.from_string(self.theme.ink[1:].upper())
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), Placed.chinese)
            lang = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {})
            lang.set(qn("w:val"), "en-GB")
            lang.set(qn("w:eastAsia"), "zh-CN")
            style.element.rPr.append(lang)
        self.file.styles["Normal"].paragraph_format.space_after = Pt(2)
        title = self.file.styles["Title"].element.get_or_add_pPr()
        for line in title.findall(qn("w:pBdr")):
            title.remove(line)

    def _set(self, run: Any, size: float | None, color: str | None, *, bold: bool = False) -> None:
        from docx.shared import Pt, RGBColor

        run.bold = bold or None
        if size is not None:
            run.font.size = Pt(size)
        if color is not None:
            run.font.color.rgb = RGBColor.from_string(color[1:].upper())

    def _text(self, words: str, style: str = "Normal", *, size: float | None = None, color: str | None = None) -> Any:
        if not words:
            return None
        made = self.file.add_paragraph(style=style)
        self._set(made.add_run(words), size, color, bold=style != "Normal")
        return made

    def _progress(self, report: Report) -> None:
        heads = tuple(say(f"programmes.report.{one}", self.lang) for one in ("of_steps", "state"))
        rows = tuple(
            (f"{one.number}. {one.title}", ("✓ " if one.passed else "") + one.state) for one in report.sections
        )
        self._table(Table("", heads, rows, (0.45, 0.55)))

    def _section(self, section: Section) -> None:
        self._turned(across=False)
        self._text(f"{section.number}. {section.title}", "Heading 1")
        self._text(section.about, color=self.theme.soft)
        self._text(section.state, color=self.theme.better if section.passed else self.theme.soft)
        self._text(say("programmes.report.gates", self.lang), "Heading 2")
        for told, opened in section.gates:
            self._text(f"{'✓' if opened else '○'}  {told}", color=None if opened else self.theme.soft)
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        self._turned(across=isinstance(block, Picture) and block.whole)
        if isinstance(block, Fact):
            made = self.file.add_paragraph()
            self._set(made.add_run(f"{block.label}  "), None, self.theme.soft)
            made.add_run(block.text.strip() or "—")
        elif isinstance(block, Listed):
            self._text(block.title, "Heading 2")
            for item in block.items:
                made = self.file.add_paragraph(style="List Bullet")
                self._set(made.add_run(f"{item.lead}  "), None, None, bold=True)
                made.add_run(item.text)
                if item.aside:
                    self._set(made.add_run(f"  {item.aside}"), None, self.theme.soft)
        elif isinstance(block, Table):
            self._text(block.title, "Heading 2")
            self._table(block)
        else:
            self._picture(block)

    def _picture(self, block: Picture) -> None:
        heading = self._text(block.title, "Heading 2")
        heading.paragraph_format.keep_with_next = True
        room, high = self._room
        wide = min(room, high * _BELOW_HEAD * block.scene.width / block.scene.height)
        made = png(block.scene, self.lang, _scale(block.scene))
        self.notes += made.notes
        self.file.add_picture(io.BytesIO(made.content), width=int(wide))
        told = self.file.paragraphs[-1]._p.xpath(".//wp:docPr")[0]
        told.set("descr", block.scene.description or block.title)

    def _turned(self, across: bool) -> None:
        """Go on across or upright; on a new page where the last one is not."""
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.shared import Mm

        if self.across == across:
            return
        self.across = across
        made = self.file.add_section(WD_SECTION.NEW_PAGE)
        made.page_width, made.page_height = (Mm(side) for side in (_PAPER[::-1] if across else _PAPER))
        made.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT

    @property
    def _room(self) -> tuple[int, int]:
        """Width and height between the margins, in EMU."""
        from docx.shared import Mm

        wide, high = (Mm(side - 2 * _MARGIN) for side in (_PAPER[::-1] if self.across else _PAPER))
        return wide, high

    def _table(self, table: Table) -> None:
        from docx.enum.table import WD_TABLE_ALIGNMENT

        made = self.file.add_table(rows=0, cols=len(table.heads))
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        room, _ = self._room
        for place, share in enumerate(table.shares):
            made.columns[place].width = int(room * share)
        for number, row in enumerate((table.heads, *table.rows)):
            line = made.add_row()
            for place, cell in enumerate(row):
                here = line.cells[place]
                here.width = int(room * table.shares[place])
                run = here.paragraphs[0].add_run(cell)
                self._set(run, 9.5, self.theme.soft if number == 0 else None, bold=number == 0 or place == 0)
                here.paragraphs[0].paragraph_format.keep_with_next = number == 0
                _lined(here, self.theme.line)
            _whole(line, head=number == 0)
        self._text(table.below or " ", size=9.5 if table.below else 4, color=self.theme.soft)


def _scale(scene: Scene) -> float:
    """Pixels for each pixel of the drawing: enough for print, not more than a picture of 5,000 across."""
    return min(_SCALE, 5000 / scene.width)


def _whole(row: Any, *, head: bool) -> None:
    """A row that no page breaks; one of heads stands on every page that its table goes on to."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        properties.append(properties.makeelement(qn(name), {}))


def _lined(cell: Any, color: str) -> None:
    """A hair line below a cell."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{color[1:].upper()}"/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>"))
