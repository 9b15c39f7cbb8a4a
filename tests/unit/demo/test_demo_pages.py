"""The pages: self-contained, translated, accessible, and true to their values."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from lvtu.demo import build as building
from lvtu.demo.document import CurveLane, Page, Point
from lvtu.demo.files import NAMES, read
from lvtu.demo.map_svg import curve, height_of
from lvtu.demo.map_table import table
from lvtu.demo.model import LANGS, Lang, Text
from lvtu.demo.page import render

CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
VOID = {"meta", "link", "col", "line", "circle", "polygon"}
CASES = [(name, lang) for name in NAMES for lang in LANGS]


class Reader(HTMLParser):
    """Balanced tags, table shapes, links, and text by the language it is marked with."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict]] = []
        self.links: list[str] = []
        self.texts: list[tuple[str, str, str]] = []
        self.tables: list[list[int]] = []
        self.headless = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        found = dict(attrs)
        self.links += [value for name, value in attrs if name in ("href", "src", "srcset", "action", "data")]
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append(0)
        if tag in ("td", "th"):
            self.tables[-1][-1] += int(found.get("colspan", 1))
            self.headless += tag == "th" and "scope" not in found
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] != "style":
            lang = next(found["lang"] for _, found in reversed(self.open) if "lang" in found)
            self.texts.append((lang, self.open[-1][0], data.strip()))


def parsed(pages: dict[str, Page], name: str, lang: Lang) -> Reader:
    reader = Reader()
    reader.feed(render(pages[name], lang))
    assert reader.open == []
    return reader


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_nothing_is_fetched(pages: dict[str, Page], name: str, lang: Lang) -> None:
    text = render(pages[name], lang)
    allowed = {f"{other}.{code}.html" for other, code in CASES} | {"data:,"}
    assert set(parsed(pages, name, lang).links) <= allowed
    assert not re.search(r"https?:|//[a-z]|@import|url\(|<script", text)
    assert len(text.encode()) < 200_000


@pytest.mark.parametrize("name", NAMES)
def test_the_english_page_is_english(pages: dict[str, Page], name: str) -> None:
    strange = [text for lang, _, text in parsed(pages, name, "en").texts if lang == "en" and CJK.search(text)]
    assert strange == []


@pytest.mark.parametrize("name", NAMES)
def test_the_chinese_page_is_chinese(pages: dict[str, Page], name: str) -> None:
    """Any text with three lower-case English words in a row is untranslated; quotations are marked as English."""
    texts = [text for lang, _, text in parsed(pages, name, "zh").texts if lang == "zh-CN"]
    assert [text for text in texts if re.search(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b", text)] == []
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\(", text)] == []
    assert sum(bool(CJK.search(text)) for text in texts) > 50


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_tables_are_rectangular_and_headed(pages: dict[str, Page], name: str, lang: Lang) -> None:
    reader = parsed(pages, name, lang)
    assert reader.tables
    for rows in reader.tables:
        assert len(set(rows)) == 1, rows
    assert reader.headless == 0


@pytest.mark.parametrize("name", NAMES)
def test_lanes_have_a_cell_per_step(pages: dict[str, Page], name: str) -> None:
    steps = len(pages[name].model.steps)
    for lane in pages[name].lanes:
        assert len(lane.points if isinstance(lane, CurveLane) else lane.cells) in (1, steps), lane.label.en


@pytest.mark.parametrize("name", NAMES)
def test_findings_say_the_same_in_both_languages(pages: dict[str, Page], name: str) -> None:
    """Every figure of the Chinese sentence stands in the English one."""
    assert len(pages[name].findings) >= 4
    for finding in pages[name].findings:
        zh, en = (re.findall(r"[+−£]?\d+(?:,\d{3})*(?:\.\d+)?%?", text) for text in (finding.text.zh, finding.text.en))
        assert set(zh) <= set(en), (finding.key, set(zh) - set(en))
        assert finding.workspace == name


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_is_observed(pages: dict[str, Page], name: str) -> None:
    for lang in LANGS:
        assert render(pages[name], lang).count(pages[name].model.order.get(lang)) >= 2


def test_only_worse_ratings_are_red(pages: dict[str, Page]) -> None:
    lanes = [lane for lane in pages["airport"].lanes if isinstance(lane, CurveLane)]
    assert [lane.label.en for lane in lanes] == ["Satisfaction", "Ease", "Cleanliness"]
    red = [point.shown for lane in lanes for point in lane.points if point and point.tone == "worse"]
    assert red == ["+1.15", "+1.04", "+1.32"]
    assert table(pages["airport"], "en").count("point worse") == 3


def test_airport_gaps_are_not_asked(pages: dict[str, Page]) -> None:
    ease = next(lane for lane in pages["airport"].lanes if lane.label.en == "Ease")
    asked = [step.key for step, point in zip(pages["airport"].model.steps, ease.points, strict=True) if point]
    assert asked == ["trip", "signs", "security"]
    assert 'class="value"' not in curve(ease)


def lane(*values: float | None, joined: bool = True) -> CurveLane:
    nothing = Text("", "")
    points = tuple(None if v is None else Point(v, v - 0.1, v + 0.1, 9, str(v), nothing, before=v) for v in values)
    return CurveLane(nothing, nothing, points, 0.0, 1.0, ((0.5, "½"),), joined)


def test_a_curve_never_crosses_a_gap() -> None:
    drawing = curve(lane(0.2, 0.4, None, 0.6, 0.8, 0.9))
    ends = re.findall(r'class="value" x1="([\d.]+)%" x2="([\d.]+)%"', drawing)
    assert ends == [("8.333", "25.000"), ("58.333", "75.000"), ("75.000", "91.667")]
    assert len(re.findall(r'class="point"', drawing)) == 5
    assert len(re.findall(r'class="band"', drawing)) == 2


def test_unlike_quantities_are_not_joined() -> None:
    drawing = curve(lane(0.2, 0.4, 0.6, joined=False))
    assert 'class="value"' not in drawing
    assert 'class="before" x1' not in drawing
    assert len(re.findall(r'class="point"', drawing)) == 3


def test_higher_values_are_drawn_higher() -> None:
    heights = [height_of(lane(), value) for value in (-5, 0, 0.25, 0.5, 1, 7)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == heights[1]
    assert heights[-1] == heights[-2]


def test_quotations_are_real_and_where_they_say(pages: dict[str, Page]) -> None:
    rows = read("airport").to_pandas().set_index(["year", "respnum"])
    cards = [*pages["airport"].cards, *(card for section in pages["airport"].sections for card in section.cards)]
    said = [quote for card in cards for quote in card.quotes]
    assert len(said) >= 8
    for quote in said:
        assert quote.source is not None
        year, number, start, end = (int(one) for one in re.findall(r"\d+", quote.source.en))
        whole = rows.loc[(year, number)]
        assert whole.q15a[start:end] == quote.text and whole.q15problem == 1
        assert {"English": "en", "Spanish": "es"}[quote.source.en.split(", ")[1]] == ("en", "es")[int(whole.lang == 2)]
        assert not quote.translation or CJK.search(quote.translation)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * char for char in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("ink", ("bg", "card", "head", "bad-soft", "good-soft")),
        ("ink2", ("bg", "card", "head", "fill")),
        ("ink3", ("bg", "card", "head")),
        ("accent", ("card", "soft")),
        ("bad", ("bg", "card")),
        ("good-ink", ("bg", "card")),
    ],
)
def test_text_is_legible(theme: int, text: str, grounds: tuple[str, ...]) -> None:
    css = (files("lvtu.demo") / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root\{(.*?)\}", css, flags=re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+):(#[0-9a-f]+)", blocks[theme]))
    for ground in grounds:
        assert contrast(colours[text], colours[ground]) >= 4.5, ground


def test_build_writes_every_page_and_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "NAMES", ("complaints",))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    told: list[str] = []
    found = building.build(tmp_path / "out", say=told.append)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "complaints",
        "complaints.en.html",
        "complaints.zh.html",
        "simulated",
    ]
    assert [finding.workspace for finding in found] == ["complaints"] * len(found)
    assert len(told) == 2 and "模拟" in told[1]
    flat = re.sub(r"\s", "", told[0])
    assert all(re.sub(r"\s", "", finding.text.zh) in flat for finding in found)


def test_console_paragraphs_are_narrow(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for lang in LANGS:
            for line in building.report(page, lang).splitlines():
                wide = sum(2 if CJK.match(char) else 1 for char in line)
                assert wide <= 104, line
                assert not re.match(r"\s*[，。；：、）”]", line)


HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>"
WRITTEN = {"text", "translation", "shown", "value", "big"}


def hostile(value: Any, under: str = "") -> Any:
    """A page on which every text that comes from data or people is markup, too."""
    if isinstance(value, Text):
        return Text(value.zh + HOSTILE, value.en + HOSTILE) if value.en or value.zh else value
    if isinstance(value, str):
        return value + HOSTILE if under in WRITTEN and value else value
    if isinstance(value, tuple):
        return tuple(hostile(each, under) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {one.name: hostile(getattr(value, one.name), one.name) for one in dataclasses.fields(value) if one.init}
        return dataclasses.replace(value, **found)
    return value


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_no_text_becomes_markup(pages: dict[str, Page], name: str, lang: Lang) -> None:
    written = render(hostile(pages[name]), lang)
    assert written.count("onerror=alert(1)&gt;") > 50, "the texts are there"
    reader, elements, attributes = Reader(), set[str](), set[str]()
    plain = reader.handle_starttag

    def seen(tag: str, attrs: list) -> None:
        elements.add(tag)
        attributes.update(name for name, _ in attrs)
        plain(tag, attrs)

    reader.handle_starttag = seen  # type: ignore[method-assign]
    reader.feed(written)
    assert reader.open == []
    assert not elements & {"img", "script"}
    assert not [name for name in attributes if name.startswith("on")]
