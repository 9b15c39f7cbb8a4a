"""What people make of a map is drawn: where it is to be, bold words and lists, pictures on cards."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
import pypdf
import pytest
from PIL import Image

import lvtu
from lvtu.maps import Map
from lvtu.maps.document.marked import paragraphs
from lvtu.maps.drawing.prose import written
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.exchange.picture import png
from lvtu.maps.images import WIDEST, shown
from unit.maps.test_history import DRAWN


def below(shapes: Any) -> Iterator[Any]:
    """All shapes of a slide that are no groups."""
    for shape in shapes:
        yield from below(shape.shapes) if hasattr(shape, "shapes") else (shape,)


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[Map]:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        yield ws.maps.load(DRAWN)


def estimate(key: str, step: str, value: float, by: str = "Ann") -> dict[str, object]:
    return {"key": key, "step": step, "value": value, "by": by, "reason": "Three interviews"}


def test_the_to_be_curve_lies_over_both_maps_and_can_be_left_out(drawn: Map) -> None:
    drawn.edit("put", part="curve", made=[estimate("e1", "look", 0.5), estimate("e2", "pay", -1.0)])
    assert 'data-kind="meant"' not in drawn.svg(language="en"), "there is no to-be map"
    to_be = drawn.to_be()
    assert 'data-kind="meant"' not in drawn.svg(language="en"), "what was copied is not meant to be"
    to_be.edit("change", part="curve", key="e2", fields={"value": 1.25, "by": "Bo", "reason": "One click"})
    to_be.edit("put", part="curve", made=[estimate("e3", "take", 1.5)])
    for type in ("linear", "stage", "cyclic"):
        for one in (drawn, to_be):
            picture = one.svg(type=type, language="en")
            told = re.findall(r'data-kind="meant" data-key="score/(\w+)"><title>([^<]*)', picture)
            assert told == [("pay", "To be · Pay: +1.25; Bo: One click"),
                            ("take", "To be · Take: +1.50; Ann: Three interviews")]  # fmt: skip
            assert re.search(r">to be </text>", picture), "the legend says so"
    assert 'data-kind="meant"' not in drawn.svg(language="en", to_be=False)
    to_be.remove()
    assert 'data-kind="meant"' not in drawn.svg(language="en")


def test_targets_of_the_to_be_map_count_where_nobody_estimates(drawn: Map) -> None:
    to_be = drawn.to_be()
    to_be.edit("change", part="bindings", key="b1", fields={"target": {"value": 1.0}})
    to_be.edit("put", part="curve", made=[estimate("e3", "take", 1.5)])
    told = dict(re.findall(r'data-key="score/(\w+)"><title>To be · \w+: ([^<;]*)', drawn.svg(language="en")))
    assert told == {"look": "+1.00", "pay": "+1.00", "take": "+1.50"}


def test_an_estimate_says_whose_it_is_and_why(drawn: Map) -> None:
    drawn.edit("put", part="curve", made=[estimate("e1", "pay", -1.25)])
    for type in ("linear", "stage", "cyclic", "role"):
        picture = drawn.svg(type=type, language="zh")
        assert "<title>人工估计 · 付款：−1.25；Ann：Three interviews</title>" in picture, type


def test_bold_and_lists_on_cards_are_drawn(drawn: Map) -> None:
    said = "找车位要*很久*：\n- 指示牌**看不清**，转了三圈才找到入口\n1. 先停"
    drawn.edit("change", part="cards", key="c1", fields={"text": {"zh": said, "en": said}})
    picture = drawn.svg(language="zh")
    (card,) = re.findall(r'<g data-kind="card" data-key="c1">.*?</g>', picture, re.DOTALL)
    assert re.findall(r'<tspan font-style="italic">([^<]*)', card) == ["很久"]
    assert "".join(re.findall(r'<tspan font-weight="600">([^<]*)', card)) == "看不清"
    item, bullet = (float(re.findall(rf'<text x="([\d.]+)"[^>]*>(?:<tspan[^>]*>)?{word}', card)[0])
                    for word in ("指示", "•"))  # fmt: skip
    assert item - bullet == pytest.approx(10.9, abs=0.2), "lines of an item hang"
    page = pypdf.PdfReader(io.BytesIO(drawn.written("pdf", language="zh").content)).pages[0].extract_text()
    assert "看不清" in page.replace("\n", "") and "**" not in page
    slide = pptx.Presentation(io.BytesIO(drawn.written("pptx", language="zh").content)).slides[0]
    found = [run for shape in below(slide.shapes) if shape.has_text_frame
             for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]  # fmt: skip
    assert [run.text for run in found if run.font.italic] == ["很久"]
    assert "看不清" in "".join(run.text for run in found if run.font.bold)


def test_italic_leans_in_pixels_and_the_rest_stands() -> None:
    def ink(marked: str) -> list[float]:
        """Of each row of a tall letter's pixels, where its ink begins."""
        drawing = Scene(60, 60, "#ffffff", "", "", [*written(marked, 10, 0, 50, 40, "#000000", 1)])
        picture = Image.open(io.BytesIO(png(drawing, "en", 1.0).content)).convert("L")
        pixels = picture.tobytes()
        rows = ([x for x in range(60) if pixels[60 * y + x] < 100] for y in range(60))
        return [row[0] for row in rows if row]

    plain, leans = ink("I"), ink("*I*")
    assert plain[0] == plain[-1], "upright"
    assert leans[0] - leans[-1] == pytest.approx(0.2 * len(leans), abs=1.5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a **b** c", [("a ", ""), ("b", "b"), (" c", "")]),
        ("**all of it**", []),
        ("2*3*4 and snake_*case*", []),
        ("*lean*", [("lean", "i")]),
        ("付款*很慢*吗", [("付款", ""), ("很慢", "i"), ("吗", "")]),
        ("[here](https://a.example) now", []),
    ],
)
def test_runs_are_as_the_page_reads_them(text: str, told: list[tuple[str, str]]) -> None:
    (only,) = paragraphs(text)
    assert [(run.text, "b" * run.bold + "i" * run.italic) for run in only.runs] == told
    assert "".join(run.text for run in only.runs) in ("", only.text)


def test_the_picture_of_a_card_is_drawn_reduced_upright_and_with_what_it_shows(drawn: Map) -> None:
    big = io.BytesIO()
    turned = Image.Exif()
    turned[274] = 6
    Image.linear_gradient("L").resize((1800, 900)).convert("RGB").save(big, "JPEG", exif=turned)
    image = drawn.add_image(big.getvalue())
    drawn.edit("change", part="cards", key="c1",
               fields={"image": image, "alt": {"zh": "收银台", "en": "The till"}})  # fmt: skip
    picture = drawn.svg(language="en")
    found = re.search(
        r'<image x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)" href="data:(image/\w+);base64,([^"]+)"'
        r' role="img"><title>The till</title></image>', picture,
    )  # fmt: skip
    assert found is not None
    pixels = Image.open(io.BytesIO(base64.b64decode(found[4])))
    assert max(pixels.size) == WIDEST and pixels.height == 2 * pixels.width, "turned as the camera was held"
    assert float(found[2]) / float(found[1]) == pytest.approx(2, abs=0.02)
    assert float(found[2]) <= 132, "a tall one does not make a row of a page"
    (page,) = pypdf.PdfReader(io.BytesIO(drawn.written("pdf", language="en").content)).pages
    assert [tuple(one.image.size) for one in page.images if one.image] == [pixels.size]
    dots = Image.open(io.BytesIO(drawn.written("png", language="en", scale=1.0).content)).convert("RGB")
    assert dots.size[0] > 300


def test_a_picture_that_cannot_be_read_is_told_in_words(drawn: Map) -> None:
    image = drawn.add_image(b"\x89PNG\r\n\x1a\n torn")
    drawn.edit("change", part="cards", key="c1", fields={"image": image, "alt": {"zh": "收银台", "en": "The till"}})
    picture = drawn.svg(language="en")
    assert "<image" not in picture and "Picture: The till" in picture
    clear = io.BytesIO()
    Image.new("RGBA", (8, 4), (255, 0, 0, 40)).save(clear, "PNG")
    small = shown(clear.getvalue())
    assert small is not None and (small.width, small.height, small.type) == (8, 4, "image/png")
