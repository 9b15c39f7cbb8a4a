"""The maps of a workspace: kept at once, undone, published, restored; two people at once."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.catalog.ids import uuid7
from lvtu.errors import BadInput, UnknownName
from lvtu.maps import JourneyMap, Map
from lvtu.maps.changes import changes
from lvtu.maps.document.published import schema
from lvtu.maps.edits import made

ROOT = Path(__file__).parents[3]
SHOP: dict[str, Any] = {
    "id": "m-1",
    "title": {"zh": "网购", "en": "Shopping"},
    "stages": [{"key": "buy", "name": "Buy"}],
    "steps": [{"key": "look", "stage": "buy", "name": "Look"}, {"key": "pay", "stage": "buy", "name": "Pay"}],
    "lanes": [{"key": "said", "role": "thoughts", "label": "Thoughts"}],
    "scenarios": [{"key": "home", "who": "Parents", "trigger": "No food", "goal": "Dinner"}],
}


@pytest.fixture
def map_(tmp_path: Path) -> Map:
    return lvtu.open(tmp_path / "w").maps.load(SHOP, by="ann")


def test_a_map_is_there_for_everybody_who_opens_the_workspace(map_: Map, tmp_path: Path) -> None:
    map_.edit("put", part="cards", made=[{"key": "c", "lane": "said", "step": "pay", "text": "?"}], by="ann")
    again = lvtu.open(tmp_path / "w").maps
    assert len(again) == 1 and again["网购"].to_json() == again["m-1"].to_json() == map_.to_json()
    assert again.load(map_.to_json()).history() == map_.history(), "the same map again is no edit"
    with pytest.raises(UnknownName, match=r"unknown map 'Shoping'.*Shopping"):
        again["Shoping"]
    again.load({**SHOP, "id": "m-2"})
    with pytest.raises(BadInput, match="several maps are called 'Shopping'"):
        again["Shopping"]


def test_edits_in_the_same_moment_are_both_kept(map_: Map, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else edits after an edit has read the map and before it is kept."""
    others, make = ["bob"], made

    def slow(now: JourneyMap, edit: dict[str, Any]) -> JourneyMap:
        found = make(now, edit)
        if others:
            map_.edit("describe", fields={"owner": "Sales"}, by=others.pop())
        return found

    monkeypatch.setattr("lvtu.maps.map.made", slow)
    map_.edit("describe", fields={"goal": "Done"}, by="ann")
    assert (map_.document.owner, map_.document.goal and map_.document.goal.en) == ("Sales", "Done")
    assert [[change.field for change in one["changes"]] for one in map_.history(1)] == [["owner"], ["goal"]]


def test_an_edit_that_comes_again_is_made_once(map_: Map) -> None:
    card = {"lane": "said", "step": "pay", "text": "?"}
    for _ in range(2):
        map_.edit("put", part="cards", made=[card], by="ann", once="first")
    assert len(map_.document.cards) == 1
    for _ in range(2):
        map_.undo(by="ann", once="second")
    assert map_.step == 3 and not map_.document.cards
    map_.remove()
    assert not map_._ws._ledger.maps.came(map_.id, "first"), "it goes with the map"


def test_undo_takes_back_ones_own_edits_one_by_one(map_: Map) -> None:
    before = map_.to_json()
    map_.edit("describe", fields={"goal": "Done"}, by="ann")
    map_.edit("describe", fields={"owner": "Sales"}, by="bob")
    map_.edit("remove", part="steps", keys=["look"], by="ann")
    map_.undo(by="ann")
    map_.undo(by="ann")
    assert json.loads(map_.to_json()) == {**json.loads(before), "owner": "Sales"}
    with pytest.raises(BadInput, match="can be undone"):
        map_.undo(by="ann")
    map_.undo(by="bob")
    assert map_.to_json() == before
    assert [one["what"] for one in map_.history()] == ["loaded", "describe", "describe", "remove", *["undone"] * 3]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(map_: Map) -> None:
    mine = map_.document
    wanted = changes(mine, JourneyMap.load({**SHOP, "goal": {"zh": "买到", "en": "Have it"}}))
    map_.edit("describe", fields={"owner": "Sales"}, by="bob")
    map_.apply(list(wanted), by="ann")
    assert map_.document.goal and map_.document.owner == "Sales"
    with pytest.raises(BadInput, match="'goal' of map has been changed by somebody else meanwhile"):
        map_.apply(list(wanted), by="ann")


def test_versions_stay_and_come_back(map_: Map) -> None:
    assert map_.publish("First", by="ann") == 1
    map_.edit("merge_steps", steps=["look", "pay"], by="ann")
    assert map_.publish("Second", by="ann") == 2
    assert [one["name"] for one in map_.versions()] == ["First", "Second"]
    assert [change.part for change in map_.diff(1)] == ["map", "steps"]
    map_.restore(1, by="ann")
    assert map_.document == map_.version(1) == JourneyMap.load(SHOP)
    with pytest.raises(UnknownName, match="there is no version 3"):
        map_.restore(3)
    map_.edit("remove", part="scenarios", keys=["home"])
    with pytest.raises(BadInput, match="has no scenario"):
        map_.publish("Third")
    assert len(map_.versions()) == 2
    map_.remove()
    with pytest.raises(UnknownName):
        _ = map_.document


BAD = [
    ({"stages": [{"key": "buy", "name": "Buy"}] * 2}, "stage 'buy' is there twice"),
    ({"steps": [{"key": "pay", "stage": "bye", "name": "Pay"}]}, "unknown stage 'bye'"),
    ({"cards": [{"key": "c", "lane": "side", "step": "pay"}]}, "unknown lane 'side'"),
    ({"cards": [{"key": "c", "lane": "said", "step": "pay", "until": "look"}]}, "does not come after it"),
    ({"cards": [{"key": "c", "lane": "said", "step": "pay", "colour": "red"}]}, "unknown key 'colour' of a card"),
    ({"links": [{"key": "l", "source": "c", "target": "c"}]}, "unknown card 'c'"),
    ({"bindings": [{"key": "b", "step": "pay", "analysis": "scores"}]}, "names a step but no lane"),
    ({"curve": [{"key": "p", "step": "pay", "value": 3, "by": "A", "reason": "x"}]}, r"curve\.0\.value"),
    ({"where": "channel ="}, "channel ="),
    (
        {
            "stages": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}],
            "steps": [{"key": "x", "stage": "b", "name": "X"}, {"key": "y", "stage": "a", "name": "Y"}],
        },
        "step 'y' of stage 'a' comes after 'x'",
    ),
]


@pytest.mark.parametrize(("wrong", "said"), BAD, ids=[said for _, said in BAD])
def test_a_map_that_is_not_whole_is_refused_with_the_place(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        JourneyMap.load({**SHOP, **wrong})


def test_b1_state_and_status_are_read_as_people_write_them() -> None:
    read = JourneyMap.load({**SHOP, "state": "to-be", "status": "in-research"})
    assert (read.state, read.status) == ("to_be", "in_research")


@pytest.mark.parametrize(("wrong", "said"), [({"title": " "}, "has no title"), ({"id": "../x"}, "cannot be the id")])
def test_a_map_that_nobody_could_find_is_not_kept(map_: Map, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        map_._ws.maps.load({**SHOP, "id": "m-9", **wrong})
    with pytest.raises(BadInput, match="has no title"):
        map_.edit("describe", fields={"title": {"zh": "", "en": ""}})
    assert len(map_._ws.maps) == 1


def test_another_workspace_draws_a_map_without_what_it_names(tmp_path: Path) -> None:
    """A map of a model, touchpoints, personas and maps that are not there works as one without data."""
    step = {"key": "pay", "stage": "buy", "name": "Pay", "touchpoints": ["till"], "child": "m-8"}
    given = {**SHOP, "steps": [step], "model": "shop@3", "personas": ["hasty"], "pair": "m-7",
             "parent": {"map": "m-6", "step": "x"}}  # fmt: skip
    map_ = lvtu.open(tmp_path / "w").maps.load(given)
    assert "Pay" in map_.svg(style="persona", language="en") and "Pay" in map_.blueprint("en")
    assert map_._ws.maps.load(map_.to_json()).document.model == "shop@3"


def test_a_language_that_is_not_spoken_is_refused_with_those_that_are(map_: Map, tmp_path: Path) -> None:
    lang: Any = "fr"
    for ask in (map_.svg, map_.blueprint, partial(map_.pptx, tmp_path / "x.pptx"), partial(map_.written, "md")):
        with pytest.raises(UnknownName, match=r"unknown language 'fr'\. Known: zh, en"):
            ask(language=lang)
    assert not (tmp_path / "x.pptx").exists()


def test_the_schema_is_published() -> None:
    published = json.loads((ROOT / "src/lvtu/maps/map.schema.json").read_text(encoding="utf-8"))
    assert published == schema(), "run `lvtu map schema > src/lvtu/maps/map.schema.json`"
    assert re.search(published["properties"]["id"]["pattern"], uuid7()), "ids stand in addresses"
    assert not re.search(published["properties"]["id"]["pattern"], "../etc")


def test_who_is_forgotten_is_in_no_map_any_more(tmp_path: Path) -> None:
    """As it is, as it was between, as it was kept under a name: no byte is left in the books."""
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([{"message_id": "1", "user_id": "ann@example.com", "event": "Paid", "time": "2026-01-01"}])
        map_ = ws.maps.load({**SHOP, "where": "user_id = 'ann@example.com'", "owner": "Ask ann@example.com"}, by="bob")
        map_.publish("For ann@example.com", by="bob")
        map_.edit("describe", fields={"goal": "What ann@example.com wants"}, by="bob")
        map_.edit("describe", fields={"goal": None}, by="bob")
        ws.forget("ann@example.com")
        assert map_.document.owner == "Ask (erased)" and map_.document.where == "user_id = '(erased)'"
        assert map_.versions()[0]["name"] == "For (erased)" and map_.version(1).owner == "Ask (erased)"
    for file in (tmp_path / "w").glob("catalog.sqlite*"):
        assert b"ann@example.com" not in file.read_bytes()


def test_a_picture_shows_the_lanes_that_are_asked_for(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        lanes = [{"key": key, "role": "thoughts", "label": f"Lane {key}"} for key in ("one", "two")]
        map_ = ws.maps.load({**SHOP, "lanes": [*SHOP["lanes"], *lanes]})
        assert "Lane one" in map_.svg() and "Lane two" not in map_.svg(lanes=["said", "one"])
        assert heights(map_.svg(folded=["one"])) < heights(map_.svg())
        assert "Shop" in map_.svg() and 'font-size="19"' not in map_.svg(headed=False)
        with pytest.raises(UnknownName, match="unknown lane 'three'"):
            map_.svg(lanes=["three"])
        assert map_.document.lanes[1].collapsed is False, "a way of looking is not kept"


def heights(svg: str) -> float:
    """How high a picture is."""
    found = re.search(r'<svg[^>]* height="([\d.]+)"', svg)
    assert found
    return float(found[1])
