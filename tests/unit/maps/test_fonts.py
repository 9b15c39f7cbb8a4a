"""Pictures on machines without Inter: measured with other fonts' own metrics, no text touches another.

DejaVu Sans is what Linux shows instead, and the widest; Arial has the published metrics of Helvetica.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import ImageFont
from reportlab.pdfbase.pdfmetrics import stringWidth

from lvtu.maps.drawing import Style, Type
from lvtu.maps.drawing.measure import width
from parts import examples, require
from unit.maps import test_blueprint_drawing as blueprints
from unit.maps import test_fitting as fitting

FONTS = ("DejaVu Sans", "Arial")
HARD = 1000


@lru_cache
def dejavu(bold: bool) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(f"DejaVuSans{'-Bold' if bold else ''}.ttf", HARD)
    except OSError:
        require("the font DejaVu Sans")
        raise


@cache
def own(font: str, text: str, bold: bool) -> float:
    """How wide a font sets a text, in sizes; what only Chinese fonts hold is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" or one in "★☆≠≤≥→←↑↓▲▼×✓✗" for one in text)
    rest = "".join(one for one in text if unicodedata.east_asian_width(one) not in "WF" and one not in "★☆≠≤≥→←↑↓▲▼×✓✗")
    if font == "DejaVu Sans":
        return wide + dejavu(bold).getlength(rest) / HARD
    latin = "".join(known(one) for one in rest)
    return wide + float(stringWidth(latin, "Helvetica-Bold" if bold else "Helvetica", HARD)) / HARD


def known(character: str) -> str:
    """What stands for a character in the metrics, which have those of Western Europe: one as wide."""
    if character == "−":
        return "+"
    try:
        return character.encode("cp1252").decode("cp1252")
    except UnicodeEncodeError:
        return unicodedata.normalize("NFD", character)[0].encode("cp1252", "ignore").decode("cp1252")


@pytest.fixture(params=FONTS)
def font(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Texts are measured by the font's own metrics where tests look whether they touch."""
    name = str(request.param)

    def measured(text: str, size: float, bold: bool = False) -> float:
        return own(name, text, bold) * size

    monkeypatch.setattr("unit.maps.pictures.width", measured)
    return name


@settings(max_examples=examples(300), deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, categories=("L", "N", "P", "S", "Zs"))),
       st.booleans(), st.sampled_from(FONTS))  # fmt: skip
@example("AAAA", False, "DejaVu Sans")  # kerned apart
@example("TTTT", True, "DejaVu Sans")
@example("ŉ", True, "DejaVu Sans")
def test_no_font_sets_a_text_wider_than_it_is_measured(text: str, bold: bool, name: str) -> None:
    assert own(name, text, bold) <= width(text, 1, bold) * 1.0001 + 1e-9


@pytest.mark.parametrize(("type", "style"), fitting.PICTURES)
def test_no_text_of_a_map_touches_another(font: str, type: Type, style: Style) -> None:
    fitting.test_no_text_covers_another(type, style, "en")
    fitting.test_no_text_leaves_its_card_or_the_picture(type, style, "en")


@pytest.mark.parametrize("name", blueprints.DRAWN)
def test_no_text_of_a_blueprint_touches_another(font: str, name: str) -> None:
    blueprints.test_no_text_of_a_blueprint_covers_another_or_leaves_its_card(name, "en")
