"""Journeys within journeys, and models beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lvtu
from lvtu.core.model import JourneyModel
from lvtu.core.model.crosswalk import crosswalk
from lvtu.core.model.lifecycle import LIFECYCLE
from lvtu.core.model.nesting import tree
from lvtu.core.model.presets import PRESETS, preset
from lvtu.errors import BadInput, UnknownName


def model(key: str, *children: str | None, **more: Any) -> dict[str, Any]:
    stages = [
        {"key": f"{key}{place}", "name": f"{key.upper()} {place}", "entry": f"{key} {place}", "child": child}
        for place, child in enumerate(children)
    ]
    return {"key": key, "title": {"zh": f"旅程 {key}", "en": f"Journey {key}"}, "stages": stages} | more


def test_a_tree_with_levels_and_breadcrumbs() -> None:
    models = {one["key"]: JourneyModel.load(one) for one in (model("b", None, "c"), model("c", None))}
    nodes = tree(JourneyModel.load(model("a", "b", None, "c")), models.__getitem__)
    assert [(node.level, ".".join(node.keys)) for node in nodes] == [
        (0, "a"),
        (1, "a.a0"), (2, "a.a0.b"), (3, "a.a0.b.b0"), (3, "a.a0.b.b1"), (4, "a.a0.b.b1.c"), (5, "a.a0.b.b1.c.c0"),
        (1, "a.a1"),
        (1, "a.a2"), (2, "a.a2.c"), (3, "a.a2.c.c0"),
    ]  # fmt: skip
    assert nodes[6].breadcrumbs("en") == "Journey a › A 0 › Journey b › B 1 › Journey c › C 0"
    assert nodes[6].breadcrumbs("zh") == "旅程 a › A 0 › 旅程 b › B 1 › 旅程 c › C 0"
    assert nodes[2].stage is None and nodes[6].stage is not None and nodes[6].model.key == "c"


def test_cycles_are_refused_at_save_with_their_chain(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        with pytest.raises(BadInput, match="journey 'a' would contain itself: a → a; take the child out"):
            ws.save_model(model("a", None, "a"))
        with pytest.raises(UnknownName, match="unknown model 'b'"):
            ws.save_model(model("a", "b"))
        assert ws.models() == []
        ws.save_model(model("c", None))
        ws.save_model(model("b", None, "c"))
        ws.save_model(model("a", "b", "b"))  # twice is no cycle
        with pytest.raises(BadInput) as refused:
            ws.save_model(model("c", "a"))
        assert refused.value.values == {"model": "c", "chain": "c → a → b → c"}
        with pytest.raises(BadInput, match="c → a → b → c"):
            ws.save_model(model("c", "a@1"))
        assert ws.model("c").version == 1, "nothing was saved"
        with pytest.raises(BadInput, match="'b' has no version 7"):
            ws.save_model(model("a", "b@7"))
        with pytest.raises(BadInput, match="names no version"):
            ws.save_model(model("a", "b@new"))
        ws.save_model(model("b", None))
        assert ws.save_model(model("c", "a")).version == 2, "b leads nowhere any more"
        assert [node.keys[-1] for node in ws.hierarchy("c")] == ["c", "c0", "a", "a0", "b", "b0", "a1", "b", "b0"]


def test_a_child_may_be_of_a_version_and_a_preset_is_kept(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.save_model(model("b", None))
        ws.save_model(model("b", None, None))
        ws.save_model(model("a", "b@1", "b", "ecommerce-order"))
        assert [(one["key"], one["version"]) for one in ws.models()] == [("a", 1), ("b", 2), ("ecommerce-order", 1)]
        assert len(ws.hierarchy("a")) == 1 + 3 + 1 + 1 + 1 + 2 + 1 + 4
        ws.save_model(model("a", "ecommerce-order"))
        assert ws.model("ecommerce-order").version == 1, "kept once"


def test_a_crosswalk_has_every_stage_once() -> None:
    walk = crosswalk(*(preset(key) for key in PRESETS))
    rows = walk.rows()
    assert [row["lifecycle"] for row in rows] == list(LIFECYCLE)
    for key in PRESETS:
        found = [stage for row in rows for stage in row[key]]
        assert found == [stage.key for stage in preset(key).stages]
    assert {key: rows[3][key] for key in PRESETS} == {
        "five-stage": ("purchase",), "six-stage": ("purchase",), "after-sale": ("purchase",), "aida": ("action",),
        "linear-4": ("purchase",), "ecommerce-order": ("order", "pay"),
    }  # fmt: skip
    said = crosswalk(preset("aida"), preset("ecommerce-order")).named_rows("zh")
    assert said[3:] == [
        {"lifecycle": "购买", "aida": "行动", "ecommerce-order": "下单、支付"},
        {"lifecycle": "使用", "aida": None, "ecommerce-order": "收货"},
    ]


def test_by_hand_what_one_model_holds_of_another() -> None:
    own = JourneyModel.load({"key": "own", "title": "Own", "stages": [
        {"key": "late", "name": "L", "entry": "L", "lifecycle": "use"},
        {"key": "odd", "name": "O", "entry": "O"},
        {"key": "early", "name": "E", "entry": "E", "lifecycle": "consideration"},
    ]})  # fmt: skip
    walk = crosswalk(preset("six-stage"), own)
    seen = {stage.key: walk.seen_as(stage.key, "six-stage", "own") for stage in preset("six-stage").stages}
    assert seen == {
        "awareness": "late",  # nothing is as early: the first that names a place
        "consideration": "early", "decision": "early", "purchase": "early", "use": "late", "loyalty": "late",
    }  # fmt: skip
    assert walk.seen_as("odd", "own", "six-stage") is walk.seen_as(None, "own", "six-stage") is None
    assert walk.rows()[-1] == {"lifecycle": None, "six-stage": (), "own": ("odd",)}
    assert walk.regroup({"late": 2, "odd": 3, "early": 4, None: 1}, "own")[None] == 4
    with pytest.raises(UnknownName, match="unknown model 'aida'"):
        walk.seen_as("late", "own", "aida")
    with pytest.raises(UnknownName, match="unknown stage 'x'"):
        walk.seen_as("x", "own", "six-stage")
    for some in ((), (own,), (own, own)):
        with pytest.raises(BadInput, match="a cross-walk takes two different models"):
            crosswalk(*some)


@given(
    source=st.sampled_from(PRESETS),
    target=st.sampled_from((*PRESETS, None)),
    counts=st.lists(st.integers(0, 1000), min_size=7, max_size=7),
)
def test_regrouping_moves_and_loses_nothing(source: str, target: str | None, counts: list[int]) -> None:
    if source == target:
        return
    walk = crosswalk(*(preset(key) for key in PRESETS))
    given_ = dict(zip([None, *(stage.key for stage in preset(source).stages)], counts, strict=False))
    grouped = walk.regroup(given_, source, target)
    assert sum(grouped.values()) == sum(given_.values()) and grouped[None] == given_[None]
    if target is not None:  # an order of stages stays one
        order = [stage.key for stage in preset(target).stages]
        places = [order.index(str(walk.seen_as(one.key, source, target))) for one in preset(source).stages]
        assert places == sorted(places)
