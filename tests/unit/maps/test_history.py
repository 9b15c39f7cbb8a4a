"""What was done to a map, in words; what is otherwise in another; that nothing bound to a step is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.maps import JourneyMap, Map
from lvtu.maps.changes import applied, changes
from lvtu.maps.history import Names, difference, now_at
from unit.maps.shop import MODEL, events

DRAWN: dict[str, Any] = {
    "title": {"zh": "网购", "en": "Shopping"},
    "stages": [
        {"key": "buy", "name": {"zh": "购买", "en": "Buy"}},
        {"key": "get", "name": {"zh": "收货", "en": "Get"}, "guessed": True},
    ],
    "steps": [
        {"key": "look", "stage": "buy", "name": {"zh": "浏览", "en": "Look"}},
        {"key": "pay", "stage": "buy", "name": {"zh": "付款", "en": "Pay"}},
        {"key": "take", "stage": "get", "name": {"zh": "取货", "en": "Take"}},
    ],
    "lanes": [
        {"key": "said", "role": "thoughts", "label": {"zh": "想法", "en": "Thoughts"}},
        {"key": "score", "role": "feelings", "kind": "curve", "label": {"zh": "满意度", "en": "Satisfaction"}},
    ],
    "cards": [
        {"key": "c1", "lane": "said", "step": "pay", "text": {"zh": "又要排队？", "en": "Another queue?"}},
        {"key": "c2", "lane": "said", "step": "take", "text": "A\nB"},
    ],
    "links": [{"key": "l1", "source": "c1", "target": "c2"}],
    "bindings": [
        {"key": "b1", "lane": "score", "analysis": "scores", "spec": {"metric": "emotion", "scale": "csat5"}},
        {"key": "b2", "lane": "said", "step": "pay", "analysis": "metric", "spec": {"event": "Order Paid"}},
        {"key": "b3", "title": "NPS", "analysis": "scores", "spec": {"metric": "nps"}},
    ],
}


@pytest.fixture
def drawn(tmp_path: Path) -> Map:
    return lvtu.open(tmp_path / "shop").maps.load(DRAWN, by="Ann")


def last(map_: Map, lang: Lang = "en") -> str:
    return map_.told(lang)[0].text


@pytest.mark.parametrize(
    ("edit", "en", "zh"),
    [
        (
            {"edit": "put", "part": "stages", "made": [{"key": "use", "name": "Use"}]},
            "added stage “Use”", "新增阶段“Use”",
        ),
        (
            {"edit": "split_step", "step": "pay", "parts": [
                {"key": "scan", "name": {"zh": "扫码", "en": "Scan"}},
                {"key": "ok", "name": {"zh": "确认", "en": "Confirm"}},
            ]},
            "split the step “Pay” into “Scan”, “Confirm”", "把步骤“付款”拆分为“扫码”、“确认”",
        ),
        (
            {"edit": "merge_steps", "steps": ["look", "pay"], "name": "Order"},
            "merged the steps “Look”, “Pay” into “Order”", "把步骤“浏览”、“付款”合并为“Order”",
        ),
        (
            {"edit": "move_steps", "steps": ["pay"], "behind": "take"},
            "moved step “Pay” to the stage “Get”", "把步骤“付款”移到阶段“收货”",
        ),
        (
            {"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "Fine", "owner": "Tills"}},
            "changed the text, owner of card “Fine”", "修改卡片“Fine”的文字、负责人",
        ),
        (
            {"edit": "change", "part": "steps", "key": "pay", "fields": {"name": "Settle"}},
            "changed step “Pay” to “Settle”", "把步骤“付款”改为“Settle”",
        ),
        (
            {"edit": "remove", "part": "steps", "keys": ["take"]},
            "removed step “Take”; removed card “A” from Thoughts · Take; removed link “Another queue? → A”",
            "删除步骤“取货”；从想法 · 取货删除卡片“A”；删除关联“又要排队？ → A”",
        ),
        ({"edit": "change", "part": "stages", "key": "get", "fields": {"guessed": None}},
         "confirmed the guessed stage “Get”", "确认了推测的阶段“收货”"),
        ({"edit": "change", "part": "stages", "key": "get", "fields": {"name": "Have"}},
         "changed stage “Get” to “Have”", "把阶段“收货”改为“Have”"),
        ({"edit": "describe", "fields": {"owner": "Tills", "goal": "All in an hour"}},
         "changed the map’s goal, owner", "修改了地图的目标、负责人"),
        (
            {"edit": "put", "part": "cards", "made": [
                {"lane": "said", "step": "look", "text": text} for text in ("a", "b", "c", "d", "e")
            ]},
            "added card “a”, “b”, “c” and 2 others", "新增卡片“a”、“b”、“c”和另外 2 项",
        ),
    ],
)  # fmt: skip
def test_edits_are_told_in_both_languages(drawn: Map, edit: dict[str, Any], en: str, zh: str) -> None:
    drawn.edit(**edit, by="Ann")
    assert (last(drawn), last(drawn, "zh")) == (en, zh)
    told = drawn.told("en")[0]
    assert (told.by, told.step, told.what) == ("Ann", 2, edit["edit"])
    assert drawn.undoable("zh", by="Ann") == (zh, None) and drawn.undoable("en", by="Bo") == (None, None)
    drawn.undo(by="Ann")
    assert last(drawn) == f"undid an edit: {en}"
    drawn.edit("describe", fields={"tags": ["new"]}, by="Bo")  # another's edits in between change nothing of it
    assert drawn.undoable("en", by="Ann") == (None, en)
    drawn.redo(by="Ann")
    assert drawn.undoable("en", by="Ann") == (en, None)


def test_a_part_keeps_the_history_of_what_it_was(drawn: Map) -> None:
    drawn.edit("change", part="cards", key="c1", fields={"text": "Still"})
    drawn.edit("split_step", step="pay", parts=[{"key": "scan", "name": "Scan"}, {"key": "ok", "name": "OK"}])
    drawn.edit("change", part="cards", key="c2", fields={"text": "Other"})
    drawn.edit("change", part="cards", key="c1", fields={"step": "ok"})
    drawn.edit("merge_steps", steps=["ok", "scan"])
    steps = {
        about: [one.step for one in drawn.told("en", *about)]
        for about in (("cards", "c1"), ("cells", "said/ok"), ("cells", "said/take"), ("steps", "ok"), ("lanes", "said"))
    }
    assert steps == {
        ("cards", "c1"): [5, 3, 2],
        ("cells", "said/ok"): [6, 5, 3, 2],
        ("cells", "said/take"): [4],
        ("steps", "ok"): [6, 5, 3, 2],
        ("lanes", "said"): [],
    }


def bound(map_: JourneyMap) -> dict[str, tuple[str | None, tuple[str, ...], str]]:
    """What is bound where: the lane, where its step is now, the question."""
    return {
        one.key: (one.lane, () if one.step is None else (one.step,), json.dumps(one.spec, sort_keys=True))
        for one in map_.bindings
    }


def test_bindings_survive_splitting_moving_merging_and_restoring(drawn: Map) -> None:
    before = bound(drawn.document)
    drawn.edit("put", part="scenarios", made=[{"key": "home", "who": "Parents", "goal": "Dinner"}])
    drawn.publish("First")
    drawn.edit("split_step", step="pay", parts=[{"key": "scan", "name": "Scan"}, {"key": "ok", "name": "OK"}])
    assert bound(drawn.document) == before | {"b2": ("said", ("scan",), before["b2"][2])}
    drawn.edit("move_steps", steps=["scan"], stage="get")
    assert bound(drawn.document)["b2"][1] == ("scan",)
    drawn.edit("merge_steps", steps=["take", "scan"])
    assert bound(drawn.document)["b2"][1] == ("take",)
    drawn.edit("remove", part="steps", keys=["take"])
    assert "b2" not in bound(drawn.document)
    drawn.restore(1)
    assert bound(drawn.document) == before
    assert drawn.versions()[0] | {"time": ""} == {
        "number": 1,
        "name": "First",
        "time": "",
        "by": drawn.edited[1],
        "author": None,
        "step": 2,
    }
    assert drawn.told("en")[0].text.startswith("restored a version: ")


def test_a_planned_path_follows_its_steps(drawn: Map) -> None:
    plan = {"key": "plan", "kind": "happy", "name": {"zh": "计划路径", "en": "Planned path"}}
    drawn.edit("put", part="paths", made=[plan | {"steps": ["look", "pay", "take"], "optional": ["pay"]}])
    assert (last(drawn), last(drawn, "zh")) == ("added path “Planned path”", "新增路径“计划路径”")

    def now() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        return [(path.steps, path.optional) for path in drawn.document.paths]

    drawn.edit("split_step", step="pay", parts=[{"key": "scan", "name": "Scan"}, {"key": "ok", "name": "OK"}])
    assert now() == [(("look", "scan", "ok", "take"), ("scan", "ok"))]
    drawn.edit("change", part="paths", key="plan", fields={"steps": ["look", "ok"]})
    assert now() == [(("look", "ok"), ("ok",))], "what is not on it cannot be left out of it"
    (row,) = drawn.difference(JourneyMap.load(drawn.document.document() | {"paths": [
        plan | {"steps": ["look", "ok"]}
    ]}), "en").groups[0].rows  # fmt: skip
    assert (row.field, row.was, row.now) == ("what may be left out", "", "OK")
    with pytest.raises(UnknownName, match="scan"):
        drawn.edit("change", part="paths", key="plan", fields={"optional": ["scan"]})
    drawn.edit("remove", part="steps", keys=["ok"])
    assert now() == [(("look",), ())]
    drawn.edit("remove", part="steps", keys=["look"])
    assert now() == [], "nothing is left of it"
    for _ in range(4):
        drawn.undo()
    assert now() == [(("look", "pay", "take"), ("pay",))]


def test_what_is_counted_is_counted_again_after_a_restore(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        map_ = ws.maps.autodraw()
        before = map_.answers().values["csat5"]
        map_.edit("put", part="scenarios", made=[{"key": "home", "who": "Parents", "goal": "Dinner"}])
        map_.publish("First")
        step = map_.document.steps[0].key
        map_.edit("remove", part="steps", keys=[step])
        map_.edit("remove", part="lanes", keys=["csat5"])
        assert "csat5" not in map_.answers().values
        map_.restore(1)
        assert map_.answers().values["csat5"] == before


def test_a_difference_is_the_changes_told_by_step(drawn: Map) -> None:
    before = drawn.document
    drawn.edit("change", part="cards", key="c1", fields={"text": "No queue", "step": "look"})
    drawn.edit("move", part="lanes", key="score")
    drawn.edit("remove", part="cards", keys=["c2"])
    drawn.edit("describe", fields={"begins": "The fridge is empty"})
    found = drawn.difference(before, "en")
    rows = {
        (group.name, row.kind, row.name, row.field, row.was, row.now) for group in found.groups for row in group.rows
    }
    assert rows == {
        ("", "changed", "Shopping", "beginning", "", "The fridge is empty"),
        ("", "moved", "Satisfaction", "place", "Thoughts", ""),
        ("Look", "changed", "No queue", "text", "Another queue?", "No queue"),
        ("Look", "changed", "No queue", "step", "Pay", "Look"),
        ("Take", "removed", "A", "", "A", ""),
        ("Pay", "removed", "Another queue? → A", "", "Another queue? → A", ""),
    }
    assert found.counts == {"changed": 2, "moved": 1, "removed": 2}
    assert sum(len(group.rows) for group in found.groups) == len(changes(before, drawn.document))
    assert difference(before, before, "zh") == ((), {})


def test_a_difference_tells_departments_and_other_maps_by_their_names(drawn: Map) -> None:
    names = [{"zh": "支付组", "en": "Payments"}]
    before = JourneyMap.load(drawn.document.document() | {"departments": names})
    step = before.steps[0].key
    steps = [one.model_copy(update={"owner": "支付组", "child": "m-9"}) for one in before.steps[:1]]
    after = before.model_copy(update={"steps": (*steps, *before.steps[1:])})
    for lang, owner, title in (("zh", "支付组", "怎么付款"), ("en", "Payments", "How they pay")):
        (group,) = difference(before, after, lang, {"m-9": {"zh": "怎么付款", "en": "How they pay"}}).groups
        assert group.step == step and sorted(row.now for row in group.rows) == sorted((owner, title))
    (group,) = difference(before, after, "en").groups
    assert "m-9" in {row.now for row in group.rows}, "a map that nobody knows any more"


def test_a_to_be_is_the_same_map_under_the_same_keys(drawn: Map) -> None:
    made = drawn.to_be({"zh": "理想网购", "en": "Ideal"}, by="Bob")
    as_is, to_be = drawn.document, made.document
    assert (to_be.pair, to_be.state, to_be.title.zh) == (as_is.id, "to_be", "理想网购")
    same = {"id": as_is.id, "title": DRAWN["title"]}
    again = {key: value for key, value in to_be.document().items() if key not in ("state", "pair")} | same
    assert again == as_is.document()
    assert [one.id for one in made.pairs()] == [drawn.id] and [one.id for one in drawn.pairs()] == [made.id]
    assert JourneyMap.load(made.to_json()) == to_be
    made.edit("change", part="cards", key="c1", fields={"text": "No queue"})
    (own, group) = made.difference(drawn, "en").groups
    assert ([row.field for row in own.rows], [(row.was, row.now) for row in group.rows]) == (
        ["title"], [("Another queue?", "No queue")],
    )  # fmt: skip
    assert applied(as_is, changes(as_is, drawn.document)) == as_is


def test_names_of_what_is_gone_are_known(drawn: Map) -> None:
    map_ = drawn.document
    names = Names.of(map_)
    assert names.called("links", "l1", "zh") == "又要排队？ → A"
    assert names.called("cards", "none", "zh") == "none"
    long = Names.of(JourneyMap.load({**DRAWN, "links": [], "cards": [{**DRAWN["cards"][0], "text": "x" * 99}]}))
    assert len(long.called("cards", "c1", "en")) == 32
    assert [now_at(map_, part, key) for part, key in (("cells", "said/none"), ("cells", "none/pay"), ("map", ""))] == [
        None, None, "",
    ]  # fmt: skip
