"""What cards say of themselves by their kind: kept by edits, undo, files; refused where it does not fit."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from lvtu.core.words import LANGS, Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.changes import applied, changes, undone
from lvtu.maps.document import Action, Money, Opportunity, Pain, Standard
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.edits import made
from lvtu.maps.exchange.incoming import incoming
from lvtu.maps.exchange.writing import written
from lvtu.maps.history import difference
from lvtu.maps.live.filled import Filled

CARDS: list[dict[str, Any]] = [
    {"key": "need", "kind": "need", "text": "快点付完", "latent": True,
     "details": {"rung": "demand", "persona": "hasty", "importance": 8.2, "satisfaction": 4.1, "item": "speed"}},
    {"key": "pain", "kind": "pain", "text": "付款失败", "details": {
        "status": "in_progress", "severity": 4, "reach": 1200, "frequency": 1.5, "at_risk": "1,234,567.89 cny",
        "where": "event = 'Payment Failed'"}},
    {"key": "gain", "kind": "gain", "text": "送货快",
     "details": {"strength": 5, "worth": "EUR 10", "where": "score > 3"}},
    {"key": "chance", "kind": "opportunity", "text": "换支付通道", "details": {
        "stems_from": ["pain", "need"], "reach": 4000, "impact": 2, "confidence": 0.8, "effort": 3, "value": 7}},
    {"key": "do", "kind": "action", "text": "上线新通道", "owner": "支付组", "details": {
        "stems_from": "chance", "expected": {"zh": "失败少一半", "en": "Half the failures"}, "metrics": "felt",
        "cost": {"value": 0.5, "currency": "USD"}, "due": "2026-12-31"}},
    {"key": "rule", "kind": "standard", "text": "等位有数", "owner": "前厅", "details": {
        "do": {"zh": "每 15 分钟报一次进度", "en": "Tell every 15 minutes"},
        "dont": {"zh": "说“快了”", "en": "Say soon"},
        "version": "2.1", "since": "2026-11-01", "training": "https://learn.example/waiting"}},
]  # fmt: skip


def shop(**more: Any) -> JourneyMap:
    return JourneyMap.load({
        "id": "m", "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
        "lanes": [{"key": "pains", "role": "pains", "label": "痛点"}],
        "cards": [{"lane": "pains", "step": "pay", **card} for card in CARDS],
        "bindings": [{"key": "felt", "analysis": "scores", "title": {"zh": "满意度", "en": "Satisfaction"}}], **more,
    })  # fmt: skip


def test_details_come_back_as_they_were_said() -> None:
    map_ = shop()
    assert JourneyMap.load(map_.to_json()) == map_
    pain, chance = map_.cards[1].details, map_.cards[3].details
    assert isinstance(pain, Pain) and pain.at_risk == Money(value=1234567.89, currency="CNY")
    assert str(pain.at_risk) == "1234567.89 CNY", "no digit is lost"
    assert isinstance(chance, Opportunity) and chance.stems_from == ("pain", "need")
    plain = {card.key: card.details for card in shop(cards=[
        {"key": "old", "lane": "pains", "step": "pay", "kind": "pain"},
        {"key": "empty", "lane": "pains", "step": "pay", "kind": "pain", "details": {"status": "open"}},
    ]).cards}  # fmt: skip
    assert plain == {"old": None, "empty": None}, "nothing said is nothing kept"
    assert "details" not in json.dumps(shop(cards=[{"key": "o", "lane": "pains", "step": "pay"}]).document())


@pytest.mark.parametrize(
    ("kind", "details", "message"),
    [
        ("text", {"importance": 3}, "has no details"),
        ("need", {"severity": 3}, "unknown key 'severity' of a need"),
        ("pain", {"severity": 6}, "less than or equal to 5"),
        ("pain", {"at_risk": "a lot"}, "no amount of money"),
        ("pain", {"at_risk": "12"}, "no amount of money"),
        ("pain", {"where": "event = "}, "event"),
        ("need", {"importance": float("nan")}, "finite"),
        ("opportunity", {"effort": 0}, "greater than 0"),
        ("opportunity", {"stems_from": ["nobody"]}, "unknown card 'nobody'"),
        ("action", {"metrics": ["nothing"]}, "unknown binding 'nothing'"),
        ("opportunity", {"stems_from": ["c"]}, "stem from itself"),
        ("standard", {"must": "smile"}, "a service standard says nothing called 'must'"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, details: dict[str, Any], message: str) -> None:
    with pytest.raises((BadInput, UnknownName), match=message):
        shop(cards=[{"key": "c", "lane": "pains", "step": "pay", "kind": kind, "details": details}])


def test_what_goes_goes_out_of_the_chains_too_and_comes_back() -> None:
    map_ = shop()
    for part, key, left in (("cards", "pain", ("need",)), ("bindings", "felt", ("pain", "need"))):
        after = made(map_, {"edit": "remove", "part": part, "keys": [key]})
        said = {card.key: card.details for card in after.cards}
        assert getattr(said["chance"], "stems_from", None) == left
        assert getattr(said["do"], "metrics", None) == (() if part == "bindings" else ("felt",))
        assert applied(after, undone(changes(map_, after))) == map_
    with pytest.raises(UnknownName, match="unknown card 'gone'"):
        made(
            map_, {"edit": "change", "part": "cards", "key": "chance", "fields": {"details": {"stems_from": ["gone"]}}}
        )


def test_a_card_of_another_kind_loses_its_details() -> None:
    map_ = shop()
    after = made(map_, {"edit": "change", "part": "cards", "key": "pain", "fields": {"kind": "gain"}})
    assert after.cards[1].details is None and applied(after, undone(changes(map_, after))) == map_
    kept = made(map_, {"edit": "change", "part": "cards", "key": "pain", "fields": {"kind": "pain", "text": "?"}})
    assert kept.cards[1].details == map_.cards[1].details
    given = {"kind": "gain", "details": {"strength": 2}}
    other = made(map_, {"edit": "change", "part": "cards", "key": "pain", "fields": given})
    assert getattr(other.cards[1].details, "strength", None) == 2


def test_a_difference_tells_what_was_said_otherwise() -> None:
    map_ = shop()
    after = made(map_, {"edit": "change", "part": "cards", "key": "pain", "fields": {"details": {"severity": 2}}})
    (row,) = difference(map_, after, "en").groups[0].rows
    assert (row.field, row.now) == ("details", "severity: 2") and "1234567.89" in row.was


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("format", "ending"), [("xlsx", "xlsx"), ("cards", "csv")])
def test_tables_keep_them(tmp_path: Path, format: Any, ending: str, lang: Lang) -> None:
    map_, file = shop(), tmp_path / f"map.{ending}"
    file.write_bytes(written(Sheet(map_, Filled(), lang), format, drawn).content)
    found = incoming(file, language=lang)
    said = {card.key: card for card in found.map.cards}
    for card in map_.cards[:4]:
        assert said[card.key].details == card.details, card.key
    do = said["do"].details
    assert isinstance(do, Action) and (do.due, str(do.cost)) == (dt.date(2026, 12, 31), "0.5 USD")
    rule = said["rule"].details
    assert isinstance(rule, Standard) and (rule.version, rule.since) == ("2.1", dt.date(2026, 11, 1))
    assert rule.training == "https://learn.example/waiting"
    assert [one.get(lang) for one in (rule.do, rule.dont) if one is not None] == (
        ["每 15 分钟报一次进度", "说“快了”"] if lang == "zh" else ["Tell every 15 minutes", "Say soon"]
    )
    left = " ".join(one.text(lang) for one in found.report.left)
    assert ("衡量指标" if lang == "zh" else "Metrics") in left, "questions do not come along, and that is told"


def test_a_table_that_says_what_cannot_be_is_told(tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    file.write_text("阶段,步骤,泳道,内容,类型,严重程度,重要性\n购买,付款,痛点,太慢,痛点,很严重,8\n", encoding="utf-8")
    found = incoming(file, language="zh")
    assert found.map.cards[0].details is None
    told = [one.text("zh") for one in found.report.left]
    assert sum("严重程度" in one and "很严重" in one for one in told) == 1, told
    assert sum("重要性" in one for one in told) == 1, "a pain has no importance"
