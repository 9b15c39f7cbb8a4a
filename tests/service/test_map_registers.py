"""Registers over HTTP: what stands on all maps, targets of key moments, files; two entries made one by an edit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from lvtu import Workspace
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess
from service.shopping import shopping
from unit.maps.shop import events

MAPS = "/api/w/shop/maps"
LANES = [
    {"key": "felt", "role": "feelings", "kind": "curve", "label": "感受"},
    {"key": "pains", "role": "pains", "label": "痛点"},
]
CARDS: list[dict[str, Any]] = [
    {"key": "fast", "lane": "pains", "step": "pay", "kind": "need", "text": "快", "latent": True,
     "details": {"importance": 8.2, "satisfaction": 4.1, "rung": "demand", "persona": "hasty"}},
    {"key": "slow", "lane": "pains", "step": "pay", "kind": "pain", "text": "付款**排队**太久",
     "details": {"severity": 4, "where": "event = 'Checkout Rated' and score <= 2"}},
    {"key": "idea", "lane": "pains", "step": "pay", "kind": "opportunity", "text": "换通道",
     "details": {"stems_from": ["slow", "fast"], "reach": 4000, "impact": 2, "confidence": 0.8, "effort": 3}},
]  # fmt: skip


def shop(id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id, "title": {"zh": "网购", "en": "Shopping"}, "stages": [{"key": "buy", "name": "Buy"}],
        "steps": [{"key": "pay", "stage": "buy", "name": "Pay", "moment": "service", "entry": ["Checkout *"]}],
        "lanes": LANES, "bindings": [
            {"key": "feel", "lane": "felt", "analysis": "scores", "spec": {"metric": "emotion", "scale": "csat5"}}
        ], **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    def with_maps(ws: Workspace) -> None:
        ws.maps.load(shop("m", cards=CARDS))
        ws.maps.load(shop("n", title="Other", cards=[CARDS[1] | {"text": "付款排队太久了", "details": None}]))

    yield from shopping(tmp_path_factory, then=with_maps)


def test_a_register_tells_numbers_with_where_they_are_known_from(ann: Client, app: InProcess) -> None:
    ideas, none = (ann.get(f"{MAPS}/registers/opportunity?lang=en{most}").json() for most in ("", "&effort=2"))
    assert ideas["efforts"] == [{"key": "3", "name": "Up to 3 person-months"}] == none["efforts"]
    assert ideas["entries"] and not none["entries"]
    need = ann.get(f"{MAPS}/registers/need?lang=zh&rung=demand").json()
    (fast,) = need["entries"]
    numbers = {one["name"]: one for one in fast["numbers"]}
    assert (numbers["opportunity"]["shown"], numbers["opportunity"]["formula"]) == ("12.3", "8.2 + max(8.2 − 4.1, 0)")
    assert numbers["importance"]["estimated"] and numbers["importance"]["source"] == "人工估计"
    assert (fast["hypothesis"], fast["rung"], fast["persona"]) == (True, "需求", "hasty")
    assert [one["text"] for one in fast["leads_to"]] == ["换通道"] and need["columns"][0]["title"] == "机会值（ODI）"
    (idea,) = ann.get(f"{MAPS}/registers/opportunity?lang=en").json()["entries"]
    numbers = {one["name"]: one for one in idea["numbers"]}
    assert (numbers["rice"]["shown"], numbers["rice"]["formula"]) == ("2,133", "4,000 × 2 × 80.0% ÷ 3")
    assert {one["kind"] for one in idea["stems_from"]} == {"pain", "need"}
    reader = app.person("vic@example.com", shop=Role.viewer).get(f"{MAPS}/registers/pain?map=m&lang=en").json()
    slow = reader["entries"][0]
    met = {one["user_id"] for one in events() if one["event"] == "Checkout Rated" and one["score"] <= 2}
    reach = next(one for one in slow["numbers"] if one["name"] == "reach")
    assert (reach["value"], reach["source"], slow["at"]["text"]) == (len(met), "counted from events", "付款排队太久")
    assert not reader["edits"] and reader["statuses"][0] == {"key": "open", "name": "open"}


def test_what_is_not_there_is_refused(ann: Client) -> None:
    assert ann.get(f"{MAPS}/registers/hope").status_code == 422
    assert ann.get(f"{MAPS}/registers/pain?map=none").status_code == 404
    assert ann.get(f"{MAPS}/registers/pain?status=lost").status_code == 422


def test_two_entries_become_one_by_an_edit(ann: Client) -> None:
    (pair,) = ann.get(f"{MAPS}/registers/pain?lang=en").json()["alike"]
    assert (pair["one"]["id"], pair["other"]["id"]) == ("m/slow", "n/slow")
    edit = {"edit": "change", "part": "cards", "key": "slow", "fields": {"refers": pair["one"]["id"]}}
    step = ann.get(f"{MAPS}/n").json()["step"]
    made = ann.post(f"{MAPS}/n/edits", json={**edit, "seen": step})
    assert made.status_code == 200, made.text
    found = ann.get(f"{MAPS}/registers/pain?lang=en").json()
    (slow,) = found["entries"]
    assert [(one["title"], one["step_title"]) for one in slow["places"]] == [("Other", "Pay")] and not found["alike"]


def test_a_key_moment_takes_a_target_and_tells_when_it_is_missed(ann: Client) -> None:
    def moment() -> dict[str, Any]:
        told = ann.get(f"{MAPS}/registers/moments?lang=en").json()["moments"]
        found: dict[str, Any] = next(one for one in told if one["map"] == "m")
        return found

    one = moment()
    scores = [event["score"] - 3 for event in events() if event["event"] == "Checkout Rated"]
    assert (one["state"], one["n"], one["shown"]) == (
        "no_target",
        len(scores),
        f"{sum(scores) / len(scores):.2f}".replace("-", "−"),
    )
    for target, state in ((1.5, "missed"), (-2, "met")):
        edit = {"edit": "bind", "binding": {**moment()["binding"], "target": {"value": target}}}
        step = ann.get(f"{MAPS}/m").json()["step"]
        assert ann.post(f"{MAPS}/m/edits", json={**edit, "seen": step}).status_code == 200
        assert (moment()["state"], moment()["aimed"]) == (state, target)
    bindings = ann.get(f"{MAPS}/m").json()["document"]["bindings"]
    assert [(one.get("step"), "target" in one) for one in bindings] == [(None, False), ("pay", True)]


def test_files_and_the_four_fields(ann: Client) -> None:
    book = ann.get(f"{MAPS}/registers/export?format=xlsx&lang=zh")
    assert book.status_code == 200, book.text
    assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames[:2] == ["需求", "痛点"]
    assert "%E9%9C%80%E6%B1%82" in book.headers["content-disposition"]
    told = ann.get(f"{MAPS}/registers/export?format=csv&kind=need&lang=en").content.decode("utf-8-sig")
    assert told.splitlines()[0].startswith("Text,Map,") and "12.3" in told
    swot = ann.get(f"{MAPS}/registers/swot?lang=en").json()["fields"]
    assert [(one["name"], len(one["entries"])) for one in swot] == [
        ("strengths", 0), ("weaknesses", 1), ("opportunities", 1), ("threats", 0),
    ]  # fmt: skip
    assert ann.get(f"{MAPS}/registers/export?format=md&lang=en").text.startswith("# SWOT")


def test_a_team_rates_itself_in_a_workbook(ann: Client, app: InProcess) -> None:
    at = f"{MAPS}/m/assessment"
    book = openpyxl.load_workbook(io.BytesIO(ann.get(f"{at}/workbook?lang=en").content))
    book.worksheets[0]["G2"] = 4.5
    out = io.BytesIO()
    book.save(out)
    reader = app.person("rea@example.com", shop=Role.viewer)
    file = {"file": ("own.xlsx", out.getvalue())}
    assert reader.post(at, files=file).status_code == 403
    read = ann.post(f"{at}?lang=en", files=file)
    assert read.status_code == 200, read.text
    (step,) = read.json()["steps"]
    scores = [event["score"] for event in events() if event["event"] == "Checkout Rated"]
    mean = sum(scores) / len(scores)
    assert (step["own"], step["n"], step["customers"]) == (4.5, len(scores), f"{mean:.2f}") and step["below"]
    assert step["gap"] == f"{mean - 4.5:.2f}".replace("-", "−") and read.json()["read"] == ["1 step took another score"]
    assert reader.get(f"{at}?lang=zh").json()["steps"][0]["by"] == step["by"]
    assert ann.post(f"{at}?lang=en", files={"file": ("own.xlsx", b"no")}).status_code == 400
    assert ann.get(f"{MAPS}/none/assessment").status_code == 404
