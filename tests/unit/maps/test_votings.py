"""What people chose at a workshop goes with the map: into its workbook, and not into maps that are made of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from lvtu.maps import JourneyMap
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.incoming import incoming
from lvtu.maps.exchange.workbook import xlsx
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
