"""What people chose at a workshop goes with the map: into its files, and not into maps that are made of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from pptx import Presentation

from lvtu.core.words import LANGS
from lvtu.maps import JourneyMap
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.incoming import incoming
from lvtu.maps.exchange.texts import csv_cards, markdown
from lvtu.maps.exchange.workbook import xlsx
from lvtu.maps.exchange.writing import slides
from lvtu.maps.live.filled import Filled
from lvtu.maps.templates.reading import of_map

_TALLY = [{"card": "phone", "dots": 4, "voters": 2}, {"card": "gone", "dots": 2, "voters": 2}, {
    "card": "again", "dots": 2, "voters": 1,
}]  # fmt: skip


def shop(**more: Any) -> JourneyMap:
    return JourneyMap.load({
        "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        "steps": [{"key": "pay", "stage": "buy", "name": {"zh": "付款", "en": "Pay"}}],
        "lanes": [{"key": "ideas", "role": "opportunities", "label": {"zh": "机会点", "en": "Ideas"}}],
        "cards": [{"key": key, "lane": "ideas", "step": "pay", "text": key} for key in ("again", "phone")],
        "votings": [{"key": "v", "title": "What first?", "dots": 3, "voters": 3, "on": "2026-11-27", "tally": _TALLY}],
        **more,
    })  # fmt: skip


def test_a_workbook_has_the_ranking(tmp_path: Path) -> None:
    written = xlsx(Sheet(shop(), Filled(), "en"))
    book = load_workbook(io.BytesIO(written.content))
    assert book.sheetnames == ["Map", "Numbers", "Cards", "Votings", "About"]
    assert [[cell.value for cell in row] for row in book["Votings"].iter_rows(min_row=2)] == [
        ["What first?", "2026-11-27", 1, 4, 2, "phone", "Ideas", "Pay", "phone"],
        ["What first?", "2026-11-27", 2, 2, 2, None, None, None, "gone"],
        ["What first?", "2026-11-27", 2, 2, 1, "again", "Ideas", "Pay", "again"],
    ]
    (tmp_path / "shop.xlsx").write_bytes(written.content)
    back = incoming(tmp_path / "shop.xlsx", language="en")
    assert sorted(card.text.en for card in back.map.cards if card.text) == ["again", "phone"], "it makes no cards"
    assert [note.values["name"] for note in back.report.left if note.code == "import_sheet"] == [
        "Numbers", "Votings", "About",
    ]  # fmt: skip


def test_a_map_made_of_it_begins_without() -> None:
    assert of_map(shop()).map(lang="en").votings == ()
    assert "Votings" not in load_workbook(io.BytesIO(xlsx(Sheet(shop(votings=[]), Filled(), "en")).content)).sheetnames


def test_markdown_has_the_ranking() -> None:
    text = markdown(Sheet(shop(), Filled(), "en")).content.decode()
    _, section = text.split("## Votings\n")
    assert section.strip().splitlines() == [
        "### What first? (3 people voted)",
        "",
        "| Rank | Text | Step | Dots | People |",
        "| --- | --- | --- | --- | --- |",
        "| 1 | phone | Pay | 4 | 2 |",
        "| 2 | a card that has been removed since | — | 2 | 2 |",
        "| 2 | again | Pay | 2 | 1 |",
    ]
    assert "投票" not in markdown(Sheet(shop(votings=[]), Filled(), "zh")).content.decode()


def test_a_table_of_cards_has_the_dots_and_loses_nothing_when_it_comes_back(tmp_path: Path) -> None:
    for lang in LANGS:
        head = {"en": "Dots: What first?", "zh": "点数：What first?"}[lang]
        written = csv_cards(Sheet(shop(), Filled(), lang)).content
        heads, *rows = csv.reader(io.StringIO(written.decode("utf-8-sig")))
        assert heads[-1] == head and {row[0]: row[-1] for row in rows} == {"again": "2", "phone": "4"}
        plain = csv_cards(Sheet(shop(votings=[]), Filled(), lang)).content
        (tmp_path / "with.csv").write_bytes(written)
        (tmp_path / "without.csv").write_bytes(plain)
        back, before = (incoming(tmp_path / f"{one}.csv", language="en") for one in ("with", "without"))
        assert [one.model_dump() for one in back.map.cards] == [one.model_dump() for one in before.map.cards]
        assert sorted(one.text.en for one in back.map.cards if one.text) == ["again", "phone"]
        told = [note for note in back.report.left if note.code == "import_column_unknown"]
        assert [note.values["name"] for note in told] == [head], "the report says that dots are left out"


def test_slides_tell_it_in_their_notes() -> None:
    def notes(map_: JourneyMap) -> list[str]:
        made = slides(Sheet(map_, Filled(), "en"), lambda one: drawn(one, "linear", "timeline", None))
        every = Presentation(io.BytesIO(made.content)).slides
        return [one.notes_slide.notes_text_frame.text if one.has_notes_slide else "" for one in every]

    two = [{"key": "pay", "stage": "buy", "name": "Pay"}, {"key": "go", "stage": "leave", "name": "Go"}]
    stages = [{"key": "buy", "name": "Buy"}, {"key": "leave", "name": "Leave"}]
    whole, buy, leave = notes(shop(stages=stages, steps=two))
    assert whole == buy == "What first? (3 people voted)\n1. phone (Pay): 4 dots\n2. again (Pay): 2 dots"
    assert leave == "" and set(notes(shop(votings=[]))) == {""}
