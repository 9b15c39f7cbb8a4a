"""Edits of stages: what each does, and what none of them may break."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.core.model import JourneyModel
from lvtu.core.model.presets import PRESETS, preset
from lvtu.errors import BadInput, LvtuError, UnknownName
from parts import examples


def stage(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": key.upper(), "entry": f"{key} happens"} | more


MODEL = JourneyModel.load({
    "key": "m", "title": "M",
    "touchpoints": [{"id": "till", "name": "Till", "events": "Paid"}],
    "stages": [
        stage("a", needs=["one"], kpis=["x"], exit="left"),
        stage("b", goal="Be", needs=["one", "two"], owner="shop", lifecycle="decision"),
        stage("c", entry={"touchpoints": "till"}, child="aida", owner="till"),
        stage("d", exit=["left", "gone"]),
    ],
})  # fmt: skip


def keys(model: JourneyModel) -> str:
    return "".join(one.key for one in model.stages)


def test_add_rename_and_move() -> None:
    assert keys(MODEL.add(stage("e"))) == "abcde" and keys(MODEL.add(stage("e"), after="b")) == "abecd"
    named = MODEL.rename("b", {"zh": "乙", "en": "Bee"}).stage("b")
    assert (named.name.zh, named.name.en, named.goal.en, named.owner) == ("乙", "Bee", "Be", "shop")  # type: ignore[union-attr]
    assert MODEL.rename("b", "Bee").stage("b").name.zh == "Bee"
    assert [keys(MODEL.move(one, after)) for one, after in (("d", None), ("a", "c"), ("c", "a"), ("b", "a"))] == [
        "dabc", "bcad", "acbd", "abcd",
    ]  # fmt: skip
    assert keys(MODEL) == "abcd", "the model itself never changes"
    assert MODEL.model_copy(update={"version": 3}).move("b").version is None, "it has not been saved"


def test_merge() -> None:
    merged = MODEL.merge("b", "a", name={"zh": "甲乙", "en": "AB"})
    assert keys(merged) == "bcd"
    one = merged.stage("b")
    assert (one.name.en, one.goal.en, one.owner, one.lifecycle) == ("AB", "Be", "shop", "decision")  # type: ignore[union-attr]
    assert [rule.events for rule in one.entry] == [("b happens",), ("a happens",)]
    assert [rule.events for rule in one.exit] == [("left",)]
    assert [need.en for need in one.needs] == ["one", "two"] and [kpi.en for kpi in one.kpis] == ["x"]
    assert one.formerly == ("a",) and merged.lineage("a") == ("b",) == merged.lineage("b")
    far = MODEL.merge("a", "d", "c", key="all")
    assert keys(far) == "allb" and far.stage("all").formerly == ("a", "d", "c")
    assert (far.stage("all").child, far.stage("all").owner, far.stage("all").name.en) == ("aida", "till", "A")


def test_split_and_lineage_over_several_edits() -> None:
    halves = MODEL.split("b", stage("b"), stage("b2"))
    assert keys(halves) == "abb2cd" and halves.lineage("b") == ("b", "b2")
    assert halves.stage("b").formerly == () and halves.stage("b2").formerly == ("b",)
    again = halves.merge("b2", "c", key="z").split("z", stage("y"), stage("x"))
    assert again.lineage("b") == ("b", "y", "x") and again.lineage("c") == again.lineage("z") == ("y", "x")
    made = MODEL.stage("a").model_copy(update={"key": "a1"})
    assert keys(MODEL.split("a", made, stage("a2"))) == "a1a2bcd"


REFUSED: list[tuple[Any, str]] = [
    (lambda: MODEL.add(stage("a")), "stage 'a' is there twice"),
    (lambda: MODEL.add(stage("e"), after="x"), "unknown stage 'x'"),
    (lambda: MODEL.add(stage("e", entry={"touchpoints": "door"})), "there is no touchpoint 'door'"),
    (lambda: MODEL.add({"key": "e", "name": "E"}), "stages.4.entry is missing"),
    (lambda: MODEL.rename("x", "X"), "unknown stage 'x'"),
    (lambda: MODEL.rename("a", {"zh": "只有中文"}), "stages.0.name"),
    (lambda: MODEL.move("a", "a"), "cannot follow itself"),
    (lambda: MODEL.move("a", "x"), "unknown stage 'x'"),
    (lambda: MODEL.merge("a"), "a merge takes two different ones"),
    (lambda: MODEL.merge("a", "a"), "a merge takes two different ones"),
    (lambda: MODEL.merge("a", "b", key="d"), "stage 'd' is there twice"),
    (lambda: MODEL.split("a", stage("a1")), "splitting 'a' takes two or more"),
    (lambda: MODEL.split("a", stage("a1"), stage("b")), "stage 'b' is there twice"),
    (lambda: MODEL.split("a", stage("a1"), {"name": "no key", "entry": "A"}), "stages.1.key is missing"),
]


@pytest.mark.parametrize(("edit", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_is_refused(edit: Any, said: str) -> None:
    with pytest.raises(LvtuError, match=said):
        edit()


EDITS = st.tuples(
    st.sampled_from(("add", "rename", "move", "merge", "split")), st.integers(0, 99), st.integers(0, 99), st.booleans()
)


def edited(model: JourneyModel, kind: str, one: int, two: int, flag: bool, fresh: int) -> JourneyModel:
    names = [stage.key for stage in model.stages]
    first, second = names[one % len(names)], names[two % len(names)]
    if kind == "add":
        return model.add(stage(f"n{fresh}"), first if flag else None)
    if kind == "rename":
        return model.rename(first, f"Name {fresh}")
    if kind == "move":
        return model.move(first, None if flag else second) if flag or first != second else model
    if kind == "merge":
        return model if first == second else model.merge(first, second, key=f"m{fresh}" if flag else None)
    return model.split(first, stage(first if flag else f"l{fresh}"), stage(f"r{fresh}"))


@settings(max_examples=examples(150))
@given(key=st.sampled_from(PRESETS), edits=st.lists(EDITS, max_size=12))
def test_no_edit_breaks_a_model(key: str, edits: list[tuple[str, int, int, bool]]) -> None:
    """Keys stay unique, nothing that ever was a stage is lost, other stages stay as they are, and YAML keeps it all."""
    model, ever = preset(key), {one.key for one in preset(key).stages}
    for fresh, (kind, one, two, flag) in enumerate(edits):
        before = model
        model = edited(before, kind, one, two, flag, fresh)
        names = [stage.key for stage in model.stages]
        ever |= set(names)
        assert len(set(names)) == len(names) and model.version is None
        assert all(stage.key not in stage.formerly for stage in model.stages)
        assert all(model.lineage(name) for name in ever)
        touched = {kind == "rename" and name for name in names} - {False}
        same = [one for one in before.stages if one in model.stages and one.key not in touched]
        assert [one.key for one in before.stages if one.key in {s.key for s in same}] == [one.key for one in same]
        lost = len(before.stages) - len(same)
        assert lost <= {"add": 0, "rename": len(names), "move": 0, "merge": 2, "split": 1}[kind]
        assert len(names) - len(before.stages) == {"add": 1, "split": 1, "merge": -1}.get(kind, 0) or model is before
        rules = {str(rule) for stage in model.stages for rule in stage.entry}
        if kind in ("rename", "move", "merge"):
            assert rules == {str(rule) for stage in before.stages for rule in stage.entry}
    assert JourneyModel.load(model.to_yaml()) == model


def test_errors_name_what_there_is() -> None:
    with pytest.raises(UnknownName) as refused:
        MODEL.move("bb", "a")
    assert refused.value.known == ("a", "b", "c", "d")
    with pytest.raises(BadInput):
        MODEL.split("a")
