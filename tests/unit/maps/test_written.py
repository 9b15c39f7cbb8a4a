"""What maps become, read back by programs that did not write it."""

from __future__ import annotations

import csv
import io
import itertools
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import lxml.etree
import pptx
import pypdf
import pytest
from fontTools.ttLib import TTFont
from openpyxl import load_workbook
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE

from lvtu.errors import BadInput, UnknownName
from lvtu.maps.drawing import Style, Type, drawn
from lvtu.maps.drawing.frames import framed, frames_of
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene
from lvtu.maps.drawing.svg import svg
from lvtu.maps.exchange import fonts
from lvtu.maps.exchange.fonts import BOLD, LACKING, REGULAR, Fonts, fonts_for
from lvtu.maps.exchange.formats import FORMATS, MEDIA, Format
from lvtu.maps.exchange.pages import pdf
from lvtu.maps.exchange.picture import png
from lvtu.maps.exchange.table import footer
from lvtu.maps.exchange.writing import written
from lvtu.maps.images import Shown
from lvtu.maps.live.filled import Filled, Value
from parts import require
from unit.maps.exchanged import ANSWERS, coffee, sheet

INK = "#1c2430"


def made(format: Format, lang: Any = "zh", paper: str = "16:9", **more: object) -> bytes:
    return written(sheet(lang, **more), format, drawn, 2.0, paper).content


def slide(content: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(content))


def page_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


# Pictures.


def test_a_png_shows_the_words_in_ink_where_they_stand() -> None:
    scene = drawn(sheet(), "linear", "timeline")
    picture = Image.open(io.BytesIO(png(scene, "zh", 2).content)).convert("L")
    assert picture.size == pytest.approx((scene.width * 2, scene.height * 2), abs=1)
    label = next(one for one in flat(scene.shapes) if isinstance(one, Label) and one.lines == ("进门",))
    x, y, size = label.x * 2, label.y * 2, label.size * 2
    word = picture.crop((round(x), round(y - size), round(x + 2 * size), round(y + size * 0.2)))
    dark = sum(pixel < 110 for pixel in word.tobytes()) / (word.width * word.height)
    assert 0.08 < dark < 0.5, "two characters of ink"
    beside = picture.crop((round(x + 3 * size), round(y - size), round(x + 4 * size), round(y)))
    assert min(beside.tobytes()) > 200, "and nothing beside them"


def test_a_bold_word_has_more_ink() -> None:
    def ink(bold: bool) -> int:
        scene = Scene(200, 60, "#ffffff", "", "", [Label(10, 40, ("旅程地图",), 30, INK, bold)])
        return sum(pixel < 128 for pixel in Image.open(io.BytesIO(png(scene, "zh", 1).content)).convert("L").tobytes())

    assert ink(True) > 1.15 * ink(False) > 0


def test_a_picture_that_is_too_large_is_refused() -> None:
    scene = Scene(20_000, 9_000, "#ffffff", "", "")
    for scale in (2.0, 0.0, 9.0):
        with pytest.raises(BadInput):
            png(scene, "zh", scale)
    with pytest.raises(BadInput, match=r"0\.9 or less"):
        png(scene, "zh", 1.0)


def test_the_shipped_fonts_are_small_and_hold_what_they_say() -> None:
    both = [TTFont(path) for path in (REGULAR, BOLD)]
    first, second = (set(font.getBestCmap()) for font in both)
    assert first == second and [font["OS/2"].usWeightClass for font in both] == [400, 600]
    common = {bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFA)
              if (high, low) < (0xD7, 0xFA)}  # fmt: skip
    assert {one for one in common if ord(one) not in first} == set()
    assert all(path.stat().st_size < 3_000_000 for path in (REGULAR, BOLD))
    assert "SIL Open Font License" in REGULAR.with_name("OFL.txt").read_text(encoding="utf-8")


def test_texts_are_no_wider_than_they_were_measured() -> None:
    """With the advances of the shipped fonts, read by another library: what was fitted into a box fits."""
    faces = {}
    for bold, path in ((False, REGULAR), (True, BOLD)):
        font = TTFont(path)
        faces[bold] = font.getBestCmap(), font["hmtx"]
    said = "订位时选“热闹”或“安静”，≤2 天 · 付款 ★", "the survey’s “order” · 12–13% ≠ 14…", "网站 · App · ≤10分"
    texts = [(text, bold) for text in said for bold in (False, True)]
    for lang, type in itertools.product(("zh", "en"), ("linear", "cyclic", "role")):
        scene = drawn(sheet(lang), type, "timeline")
        texts += [(line, one.bold) for one in flat(scene.shapes) if isinstance(one, Label) for line in one.lines]
    for text, bold in texts:
        known, advances = faces[bold]
        set_ = sum(advances[known[ord(one)]][0] for one in Fonts().spelled(text)) / 1000
        assert set_ <= width(text, 1, bold) + 0.12, text


def test_no_character_vanishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_others", lambda: ())
    scene = Scene(300, 60, "#ffffff", "", "", [Label(10, 40, ("𠮷野\u200d家\ufe0f",), 30, INK)])
    found = fonts_for([scene])
    assert found.lacking == "𠮷" and [note.code for note in found.notes] == ["characters_lacking"]
    picture = png(scene, "zh", 1)
    assert picture.notes == found.notes
    first = Image.open(io.BytesIO(picture.content)).convert("L").crop((10, 10, 40, 45))
    assert min(first.tobytes()) < 128, "a sign stands where the character lacks"
    page = pdf(scene, "zh")
    assert LACKING + "野" in page_text(page.content) and "𠮷" in page.notes[0].text("zh")


def test_a_font_of_the_machine_helps_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        fonts, "held", lambda path, embedded=False: frozenset(map(ord, "a" if path == REGULAR else "b"))
    )
    monkeypatch.setattr(fonts, "_others", lambda: (tmp_path / "one.ttf", tmp_path / "two.ttf"))
    scene = Scene(9, 9, "#ffffff", "", "", [Part("card", "k", "", (Label(0, 9, ("abc",), 9, INK),))])
    assert (fonts_for([scene]).more, fonts_for([scene]).lacking) == ((tmp_path / "one.ttf",), "c")


def test_what_no_font_can_be_embedded_for_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A face beyond the first plane, of a font of the machine: its outline stands in the page, filled over its halo."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for number, corner in enumerate(((100, 0), (100, 800), (900, 800), (900, 0))):
        (pen.lineTo if number else pen.moveTo)(corner)
    pen.closePath()
    made = FontBuilder(1000)
    made.setupGlyphOrder([".notdef", "face"])
    made.setupCharacterMap({0x1F621: "face"})
    made.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "face": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (1000, 0), "face": (1000, 100)})
    made.setupHorizontalHeader()
    made.setupPost()
    made.save(tmp_path / "emoji.ttf")
    monkeypatch.setattr(fonts, "_others", lambda: (tmp_path / "emoji.ttf",))
    scene = Scene(90, 60, "#ffffff", "", "", [Label(10, 40, ("😡a👍",), 30, INK, halo="#ffffff")])
    found = fonts_for([scene], embedded=True)
    assert (dict(found.drawn), found.lacking) == ({"😡": tmp_path / "emoji.ttf"}, "👍")
    page = pdf(scene, "zh")
    assert [note.values["characters"] for note in page.notes] == ["👍"]
    steps = pypdf.PdfReader(io.BytesIO(page.content)).pages[0].get_contents().operations
    corners = [[float(part) for part in operands] for operands, operator in steps if operator in (b"m", b"l")]
    square = [[3, 0], [3, 24], [27, 24], [27, 0]]
    assert corners == [*square, *square] and {b"S", b"f"} <= {operator for _, operator in steps}
    assert f"a{LACKING}" in page_text(page.content), "what is not drawn is set as before"


# Pages.


@pytest.mark.parametrize(("paper", "millimetres"), [
    ("16:9", (338.7, 190.5)), ("A4", (297, 210)), ("A3", (420, 297)), ("A2", (594, 420)), ("A1", (841, 594)),
    ("A0", (1189, 841)),
])  # fmt: skip
def test_a_pdf_is_one_page_of_its_paper_with_real_text(paper: str, millimetres: tuple[float, float]) -> None:
    read = pypdf.PdfReader(io.BytesIO(made("pdf", paper=paper)))
    (page,) = read.pages
    assert (float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4) == pytest.approx(
        millimetres, abs=0.2
    )
    text = page.extract_text()
    for words in ("到店喝咖啡", "进门", "=排队|太<久>", "终于轮到我了", "−1.60", "n 41", "模拟"):
        assert words in text, words
    assert read.metadata is not None and read.metadata.title == "到店喝咖啡"
    fonts_in = [font["/FontDescriptor"]["/FontFile2"] for font in page["/Resources"]["/Font"].values()
                if "/FontDescriptor" in font]  # fmt: skip
    assert fonts_in, "the letters are inside"


def test_a_wall_of_sheets_shows_all_of_it_once_and_its_strips_twice() -> None:
    many = [{"key": f"s{n}", "stage": "come", "name": f"第{n}步"} for n in range(30)]
    content = made("pdf", paper="tiled", steps=many, stages=[{"key": "come", "name": "到店"}], cards=[], links=[],
                   curve=[], bindings=[])  # fmt: skip
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    scene = drawn(sheet("zh", steps=many, stages=[{"key": "come", "name": "到店"}], cards=[], links=[], curve=[],
                        bindings=[]), "linear", "timeline")  # fmt: skip
    sheets = [
        -(-(scene.width * scale - 28.35) // (841.89 - 3 * 28.35)) * -(-(scene.height * scale - 28.35) // (595 - 85))
        for scale in (1.0, 0.95, 0.9, 0.85)
    ]
    assert len(pages) == min(sheets) < sheets[0], "no row or column of them is nearly empty"
    for number in range(30):
        assert any(f"第{number}步" in page for page in pages)
    assert "第 1/" in pages[0] and "列" in pages[0]
    with pytest.raises(BadInput, match="sheets of A4"):
        pdf(Scene(40_000, 9_000, "#ffffff", "", ""), "zh", "tiled")
    with pytest.raises(UnknownName, match="A5"):
        pdf(Scene(10, 10, "#ffffff", "", ""), "zh", "A5")


def test_what_is_faint_stays_faint_in_a_pdf() -> None:
    scene = Scene(100, 100, "#ffffff", "", "", [Line(((0, 0), (50, 0), (50, 50)), fill="#2f5bd7", opacity=0.13)])
    (page,) = pypdf.PdfReader(io.BytesIO(pdf(scene, "en").content)).pages
    states = [one.get_object().get("/ca") for one in page["/Resources"]["/ExtGState"].values()]
    assert 0.13 in [float(one) for one in states if one is not None]


# Slides.


def test_slides_are_groups_of_native_shapes_named_after_their_keys() -> None:
    shown = slide(made("pptx"))
    assert (shown.slide_width, shown.slide_height) == (12_192_000, 6_858_000)
    whole, *stages = shown.slides
    assert [one.shapes.title.text_frame.text for one in shown.slides] == ["到店喝咖啡", "到店", "点单"]
    groups = {one.name: one for one in everything(whole.shapes) if one.shape_type == 6}
    assert {"step door", "step pay", "card c3", "stage come", "point feel/pay", "curve feel"} <= set(groups)
    texts = {one.text_frame.text for one in everything(whole.shapes) if one.has_text_frame}
    assert {"进门", "付款 ★", "−1.60", "n 41"} <= texts
    assert any("=排队|太<久>" in text for text in texts) and any("还没人管" in text for text in texts)
    assert stages[0].notes_slide.notes_text_frame.text == "找到位置"
    assert not any("付款" in one.text_frame.text for one in everything(stages[0].shapes) if one.has_text_frame)
    descriptions = [one._element.xpath(".//p:cNvPr/@descr") for one in groups.values()]
    assert any("付款 · 感受" in " ".join(some) for some in descriptions), "who cannot see it reads it"
    numbers = [one.shape_id for one in everything(whole.shapes)]
    assert len(numbers) == len(set(numbers))


def test_the_slide_of_a_stage_tells_of_no_way_back() -> None:
    """From a stage to itself nobody was followed: there is nothing to be known."""
    one = sheet("en")
    whole, part = (drawn(framed(one, frame.key), "cyclic", "timeline") for frame in frames_of(one.map)[:2])
    told = [" ".join(shape.lines) for shape in flat(whole.shapes) if isinstance(shape, Label)]
    assert any("come back" in words for words in told)
    assert not any("come back" in " ".join(shape.lines) for shape in flat(part.shapes) if isinstance(shape, Label))


def test_the_photo_of_a_card_is_a_picture_on_slides() -> None:
    """In its place and its proportions, told to who cannot see it, and kept once in the file."""
    out = io.BytesIO()
    Image.new("RGB", (320, 200), "#c03020").save(out, "PNG")
    photo = {
        "key": "p",
        "lane": "odd",
        "step": "pay",
        "kind": "image",
        "image": "i-1",
        "alt": {"zh": "吧台", "en": "Bar"},
    }
    one = sheet(cards=[*coffee().document()["cards"], photo])
    one = replace(one, pictures={"i-1": Shown(320, 200, "image/png", out.getvalue())})
    content = written(one, "pptx", drawn).content
    whole, _, last = slide(content).slides
    for shown in (whole, last):
        (picture,) = (shape for shape in everything(shown.shapes) if shape.shape_type == MSO_SHAPE_TYPE.PICTURE)
        assert picture.image.blob == out.getvalue() and picture.width / picture.height == pytest.approx(1.6, abs=0.01)
        assert picture._element.xpath(".//p:cNvPr/@descr") == ["吧台"]
        (card,) = (shape for shape in everything(shown.shapes) if shape.name == "card p")
        assert card.left < picture.left and picture.left + picture.width < card.left + card.width
        assert card.top < picture.top and picture.top + picture.height < card.top + card.height
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert sum(name.startswith("ppt/media/") for name in packed.namelist()) == 1


def test_every_slide_says_that_the_data_are_simulated_and_how_many() -> None:
    for one in slide(made("pptx")).slides:
        footer = next(shape for shape in one.shapes if shape.name.startswith("footer"))
        assert footer.text_frame.text == "模拟数据 · 2026-01-01 至 2026-01-31 · 130 位客户"


def test_the_period_is_told_in_the_days_of_the_workspace() -> None:
    assert footer(replace(sheet(), zone="Asia/Shanghai")).split(" · ")[1] == "2026-01-01 至 2026-02-01"
    assert footer(replace(sheet(), zone="America/New_York")).split(" · ")[1] == "2025-12-31 至 2026-01-31"


def test_chinese_on_slides_has_a_chinese_font() -> None:
    whole = slide(made("pptx")).slides[0]
    runs = whole.shapes._spTree.xpath(".//a:r[a:t]")
    chinese = [run for run in runs if any("\u4e00" <= one <= "\u9fff" for one in run.findtext("{*}t"))]
    assert len(chinese) > 10
    assert {run.xpath("string(a:rPr/a:ea/@typeface)") for run in chinese} == {"Microsoft YaHei"}
    assert {run.xpath("string(a:rPr/@lang)") for run in chinese[1:]} == {"zh-CN"}


def test_a_slide_keeps_the_places_of_the_drawing() -> None:
    made_ = sheet()
    scene = drawn(framed(made_, frames_of(made_.map)[0].key), "linear", "timeline")
    whole = slide(made("pptx")).slides[0]
    boxes = [one for one in everything(whole.shapes) if one.name.startswith("box")]
    drawn_boxes = [one for one in flat(scene.shapes) if isinstance(one, Box)]
    assert len(boxes) == len(drawn_boxes)
    scale = boxes[0].width / drawn_boxes[0].width
    for one, other in zip(boxes, drawn_boxes, strict=True):
        assert (one.left - boxes[0].left, one.top - boxes[0].top) == pytest.approx(
            ((other.x - drawn_boxes[0].x) * scale, (other.y - drawn_boxes[0].y) * scale), abs=3
        )
    lines = [one for one in everything(whole.shapes) if one._element.tag.endswith("cxnSp")]
    assert len(lines) == sum(
        isinstance(one, Line) and len(one.points) == 2 and not one.fill for one in flat(scene.shapes)
    )
    dots = whole.shapes._spTree.xpath('.//p:sp[.//a:prstGeom/@prst="ellipse"]')
    assert len(dots) == sum(isinstance(one, Dot) for one in flat(scene.shapes))


def test_libreoffice_shows_the_slides(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    require("LibreOffice (tools/setup.sh libreoffice)", office)
    (tmp_path / "map.pptx").write_bytes(made("pptx"))
    subprocess.run(
        [str(office), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "map.pptx")], check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "map.pdf").pages]
    assert len(pages) == 3
    for words in ("到店喝咖啡", "进门", "付款", "−1.60", "模拟数据"):
        assert words in pages[0].replace(" ", ""), words
    assert "付款" not in pages[1] and "付款" in pages[2]


# Workbooks and texts.


def test_a_workbook_is_the_grid_as_people_see_it() -> None:
    book = load_workbook(io.BytesIO(made("xlsx")))
    assert book.sheetnames == ["旅程地图", "数字", "卡片", "说明"] and book.properties.title == "到店喝咖啡"
    shown = book["旅程地图"]
    assert shown.freeze_panes == "B3"
    assert {str(one) for one in shown.merged_cells.ranges} == {"B1:C1", "B7:C7"}, "a stage, and a card over two steps"
    assert [cell.value for cell in shown[2]] == ["步骤", "进门", "找座", "付款"]
    assert shown["B3"].value == "门口\n招牌"
    assert shown["B4"].value == "1.24（1.10–1.40），n 88；此前 +1.00" and shown["C4"].value == "-1"
    assert "终于轮到我了" in shown["D5"].value


def test_numbers_in_a_workbook_are_numbers() -> None:
    rows = list(load_workbook(io.BytesIO(made("xlsx", "en")))["Numbers"].values)
    assert rows[0] == ("Lane", "Step", "Value", "Low (95%)", "High (95%)", "n", "Before", "Unit", "Change")
    assert ("Feelings", "Pay", -1.6, -1.9, -1.3, 41, -1.1, "feeling, −2 to +2", "worse") in rows
    assert ("Customers", "Come in", 120, None, None, 120, None, "count", None) in rows
    heads, *cards = load_workbook(io.BytesIO(made("xlsx", "en")))["Cards"].values
    told = dict(zip(heads, next(one for one in cards if one[0] == "c3"), strict=True))
    assert (
        told["Evidence"] == "interview · 顾客 7 · “排了十分钟”"
        and told["Owner"] == "门店"
        and told["Assumption"] is None
    )
    assert dict(zip(heads, cards[0], strict=True))["Assumption"] == "yes"


def test_no_text_becomes_a_formula() -> None:
    book = load_workbook(io.BytesIO(made("xlsx")))
    cell = book["旅程地图"]["D6"]
    assert cell.value.startswith("=排队") and cell.data_type == "s" and cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(made("xlsx"))) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "sheet" in name)
    rows = list(csv.reader(io.StringIO(made("csv").decode("utf-8-sig"), newline="")))
    assert rows[5][3].startswith("'=排队") and not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)


def test_a_csv_opens_as_utf_8_and_holds_the_grid() -> None:
    content = made("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["阶段", "到店", "", "点单"] and rows[1] == ["步骤", "进门", "找座", "付款"]
    assert [row[0] for row in rows[2:]] == ["接触点", "感受", "客户原话", "痛点", "天气"]
    assert next(csv.reader(io.StringIO(made("cards").decode("utf-8-sig"))))[:4] == ["编号", "阶段", "步骤", "到步骤"]


def test_markdown_is_a_report_by_stage_and_step() -> None:
    text = made("md", "en").decode()
    assert text.startswith("# Coffee in the shop\n") and "\n- Data: simulated\n" in text
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == ["# Coffee in the shop", "## Arrive", "### Come in", "### Find a seat", "## Order", "### Pay ★"]
    assert "| Pains | =queue\\|too &lt;long><br>nobody helps |" in text
    assert "| Feelings | −1.60 (−1.90 … −1.30), n 41; before −1.10 |" in text


def test_a_journey_diagram_scores_what_is_known_and_says_what_is_not() -> None:
    lines = made("mermaid", "en", curve=[]).decode().splitlines()
    assert lines[0] == "journey" and lines[1].strip() == "title Coffee in the shop"
    assert "      Come in: 4: Guest" in lines and "      Pay: 1: Guest" in lines
    assert "      Find a seat (?): 3: Guest" in lines and lines[2].strip().startswith("%% (?)")
    odd = made("mermaid", "en", title="A: b; #c").decode().splitlines()[1]
    assert odd.strip() == "title A： b； ＃c"


def test_a_flowchart_shows_the_ways_that_were_taken() -> None:
    text = made("flowchart", "en").decode()
    assert 's0["Come in<br/>120 customers"]' in text and "  s0 -->|75.0%| s2" in text
    assert "s0 -->|3.0%| s1" not in text, "a way that few take is left out"
    assert "  s0 --> s1" in written(sheet("en", ANSWERS.__class__()), "flowchart", drawn).content.decode()


def test_every_format_has_a_kind_and_is_written_in_both_languages() -> None:
    assert set(MEDIA) == set(FORMATS)
    for format in (one for one in FORMATS if one != "json"):
        for lang in ("zh", "en"):
            assert made(format, lang)


def test_empty_maps_are_written_too() -> None:
    empty = {
        "stages": [],
        "steps": [],
        "lanes": [],
        "cards": [],
        "links": [],
        "curve": [],
        "bindings": [],
        "actors": [],
    }
    for format in (one for one in FORMATS if one != "json"):
        assert written(sheet("zh", ANSWERS.__class__(), **empty), format, drawn).content


def test_odd_characters_and_long_names_are_written_too() -> None:
    """What XML cannot hold is left out, and a title longer than properties of files take is cut there alone."""
    odd = "\x01\x0b\ufffe<b>&\U0001f600\u202e"
    names = {"zh": odd + "长" * 300, "en": odd + "W" * 300}
    step = {"key": "pay", "stage": "buy", "name": names, "channels": [odd]}
    lanes = [{"key": "f", "role": "feelings", "kind": "curve", "label": names}]
    given = {"title": names, "stages": [{"key": "buy", "name": names}], "steps": [step], "lanes": lanes, "cards": [],
             "links": [], "curve": [], "bindings": [], "actors": []}  # fmt: skip
    for format in (one for one in FORMATS if one != "json"):
        content = written(sheet("en", ANSWERS.__class__(), **given), format, drawn).content
        if format in ("svg", "cjml"):
            assert "<b>&😀" in "".join(lxml.etree.fromstring(content).itertext())
    for type, style in itertools.product(get_args(Type), get_args(Style)):
        lxml.etree.fromstring(svg(drawn(sheet("en", **given), type, style), "en"))


def test_frames_are_those_of_the_map_or_of_its_stages() -> None:
    own = coffee(frames=[{"key": "f", "title": "One", "steps": ["pay"], "lanes": ["pain"]}])
    assert [one.key for one in frames_of(own)] == ["f"]
    shown = framed(sheet(frames=[{"key": "f", "title": "One", "steps": ["seat"], "lanes": ["odd"]}]), "f").map
    assert [step.key for step in shown.steps] == ["seat"] and [lane.key for lane in shown.lanes] == ["odd"]
    assert [(card.key, card.step, card.until) for card in shown.cards] == [("c4", "seat", None)], "cut to what is shown"
    stage = framed(sheet(), "order").map
    assert [lane.key for lane in stage.lanes] == ["feel", "said", "pain"], (
        "lanes with nothing at its steps are left out"
    )
    told = framed(sheet(), "order").filled
    assert list(told.volume) == ["pay"] and list(told.values["feel"]) == ["pay"] and told.ways == {}
    assert told.customers == 130, "what is about the whole journey stays"
    with pytest.raises(UnknownName, match="come"):
        framed(sheet(), "nowhere")


def everything(shapes: Any) -> list[Any]:
    found = []
    for one in shapes:
        found.append(one)
        if one.shape_type == 6:
            found += everything(one.shapes)
    return found


def flat(shapes: Any) -> list[Any]:
    return [inner for one in shapes for inner in (flat(one.shapes) if isinstance(one, Part) else [one])]


def test_e25_cjml_has_a_touchpoint_for_each_step_in_the_elements_of_version_2() -> None:
    found = written(sheet("en"), "cjml", drawn)
    root = lxml.etree.fromstring(found.content)
    assert (root.tag, root.get("version")) == ("CJML", "2.0")
    journey = root.find("actualJourney")
    assert journey.findtext("journeyTitle") == "Coffee in the shop"
    assert [one.findtext("phaseName") for one in journey.iter("journeyPhase")] == ["Arrive", "Order"]
    assert [one.findtext("actorName") for one in journey.iter("endUser")] == ["Guest"]
    points = list(journey.find("touchpoints"))
    assert [(one.tag, one.findtext("initiator/initiatorLabel")) for one in points] == [
        ("actualCommunicationPoint", "Come in"), ("actualAction", "Find a seat"), ("actualAction", "Pay"),
    ]  # fmt: skip
    known = {one.get("actorID") for one in journey.find("actors")}
    assert {one.get("actorIDref") for one in journey.iter("refersTo")} <= known
    assert {one.get("phaseIDref") for one in journey.iter("belongsTo")} == {"come", "order"}
    ratings = [one.findtext("touchpointExperience/experienceRating") for one in points]
    assert ratings == ["1.24", "-1", "-1.6"]
    assert points[0].findtext("channel/channelName") == "Door"
    assert points[2].findtext("comment").endswith("\nPains: =queue|too <long> nobody helps")
    assert [one.code for one in found.notes] == ["cjml_of_all", "cjml_left"]
    assert dict(found.notes[1].values) == {"links": 1, "evidence": 1, "bindings": 1, "frames": 0}
    planned = lxml.etree.fromstring(made("cjml", "zh", state="to_be", title="a\x0bb"))
    assert [one.tag for one in planned.find("plannedJourney/touchpoints")][1] == "plannedAction"
    assert not list(planned.iter("touchpointExperience")) and planned.findtext("plannedJourney/journeyTitle") == "ab"


def test_b6_an_estimate_beyond_the_data_stands_at_its_own_height() -> None:
    """The axis reaches down to it: a diamond at the edge would say another number than the one beside it."""
    values = {"feel": {"door": Value(0.9, "feeling", 90, 0.8, 1.0), "pay": Value(1.0, "feeling", 90, 0.9, 1.1)}}
    levels = [
        written(sheet("en", Filled(values=values, customers=90), curve=curve), "svg", drawn).content.decode()
        for curve in ([], [{"key": "g", "step": "seat", "value": -2, "by": "Li", "reason": "seen"}])
    ]
    found = [len(re.findall(r">−2 ?<", one)) for one in levels]
    assert found == [0, 2], "on the axis, and beside the diamond"
