"""What people read of answers: names by what they are called, and a dash for what is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import lvtu
from service.inprocess import Client, served

_MODEL = {
    "key": "shop", "title": {"zh": "购物", "en": "Shopping"},
    "touchpoints": [
        {"id": "look", "name": {"zh": "浏览商品", "en": "Looking"}, "events": "Looked"},
        {"id": "pay", "name": {"zh": "付款", "en": "Paying"}, "events": "Order Completed"},
    ],
    "stages": [{"key": "buy", "name": {"zh": "购买", "en": "Buying"}, "entry": {"touchpoints": ["look", "pay"]}}],
}  # fmt: skip


def _event(who: int, name: str, minute: int, **more: Any) -> dict[str, Any]:
    return {"user_id": f"c{who}", "event": name, "time": f"2026-01-{who + 1:02}T08:{minute:02}:00Z", **more}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        lookers = [_event(who, "Looked", minute) for who in range(9) for minute in range(4)]
        ws.ingest(lookers + [_event(who, "Order Completed", minute) for who in range(9, 18) for minute in range(3)])
        ws.save_model(_MODEL)
    with served(home, "shop") as client:
        yield client


def _asked(shop: Client, analysis: str, lang: str = "zh", /, **spec: Any) -> dict[str, Any]:
    found: dict[str, Any] = shop.post(f"/api/w/shop/analyses/{analysis}", params={"lang": lang}, json=spec).json()
    return found


def test_of_what_no_event_shows_nothing_is_said(shop: Client) -> None:
    answer = _asked(shop, "behaviours", "en")
    shown = {row["behaviour"]: row for row in answer["shown"]}
    assert shown["Ordered"]["customers"] == "9" and shown["Ordered"]["share"] == "50.0%"
    for unseen in ("Complained", "Refunded"):
        assert {shown[unseen][column] for column in ("customers", "share", "events")} == {"—"}
    assert shown["Repurchased"]["customers"] == "9", "who ordered thrice ordered again"
    assert str(answer["chart"]["yAxis"]).count("{c0|—}{c1|—}{c2|—}") == 5, "five that no event shows"


def test_groups_are_told_in_words(shop: Client) -> None:
    answer = _asked(shop, "clusters", by="touchpoint", clusters=2)
    assert {row["name"] for row in answer["shown"]} == {"更多浏览商品", "更多付款"}
    for row in answer["shown"]:
        place = row["name"].removeprefix("更多")
        assert f"{place} 100.0%（其余 0.0%）" in row["apart"].splitlines()


@pytest.mark.parametrize(("lang", "said"), [("zh", "“新客户”"), ("en", "“New”")])
def test_standing_segments_are_called_by_their_titles(shop: Client, lang: str, said: str) -> None:
    for name, spec in (
        ("segment", {"condition": "lifecycle:new"}),
        ("drift", {"segment": "lifecycle:new"}),
        ("overlap", {"segments": ["lifecycle:new", "did Looked"]}),
        ("trend", {"where": "in segment 'lifecycle:new'"}),
    ):
        sentence = _asked(shop, name, lang, **spec)["sentence"]
        assert said in sentence and "lifecycle" not in sentence, (name, sentence)


def test_a_picture_remarks_what_the_notes_say(shop: Client) -> None:
    """Else the same remark stands twice above it, once with keys."""
    for name, spec in (("behaviours", {}), ("metric", {"name": "conversion"})):
        answer = _asked(shop, name, **spec)
        remarks = answer["chart"]["title"]["subtext"].splitlines()
        assert {note["text"] for note in answer["notes"]} >= set(remarks), remarks
        assert "浏览" in answer["notes"][0]["text"] or "转化率" in answer["notes"][0]["text"]
