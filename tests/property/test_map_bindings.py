"""What is bound to a step stays bound: whatever is moved, split, merged, taken back or restored around it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lvtu.errors import BadInput
from lvtu.maps import JourneyMap
from lvtu.maps.changes import applied, changes, undone
from lvtu.maps.edits import made
from property.test_maps import Edit, edits

KEPT = {"move_steps", "split_step", "merge_steps", "move_stage", "merge_stages", "split_stage", "add_step", "describe"}


def bound_map(steps: int) -> JourneyMap:
    target = {"value": 40.0, "better": "up"}
    return JourneyMap.load({
        "title": "M", "stages": [{"key": "g0", "name": "A"}, {"key": "g1", "name": "B"}],
        "steps": [{"key": f"s{n}", "stage": "g0" if n < steps // 2 else "g1", "name": f"S{n}"} for n in range(steps)],
        "lanes": [{"key": "goals", "role": "goals", "label": "L"}],
        "bindings": [
            *({"key": f"b{n}", "lane": "goals", "step": f"s{n}", "analysis": "scores", "spec": {"metric": "nps"},
               "target": target, "cadence": "30d"} for n in range(steps)),
            {"key": "lane", "lane": "goals", "analysis": "scores"}, {"key": "head", "analysis": "scores"},
        ],
    })  # fmt: skip


@given(st.integers(1, 6), st.lists(edits().filter(lambda edit: edit["edit"] in KEPT), min_size=1, max_size=8))
def test_a_binding_follows_its_step(steps: int, some: list[Edit]) -> None:
    """The oracle follows where each binding stands by hand."""
    map_ = bound_map(steps)
    at = {f"b{n}": f"s{n}" for n in range(steps)}
    history = [map_]
    for edit in some:
        try:
            history.append(made(history[-1], edit))
        except BadInput:
            continue
        if edit["edit"] == "split_step":
            first = edit["parts"][0]["key"]
            at = {key: first if step == edit["step"] else step for key, step in at.items()}
        elif edit["edit"] == "merge_steps":
            at = {key: edit["steps"][0] if step in edit["steps"] else step for key, step in at.items()}
    now = history[-1]
    assert {one.key: one.step for one in now.bindings if one.step is not None} == at
    before = {one.key: one for one in map_.bindings}
    for one in now.bindings:
        assert (one.lane, one.spec, one.target, one.cadence) == (
            before[one.key].lane, before[one.key].spec, before[one.key].target, before[one.key].cadence,
        )  # fmt: skip
    log = [changes(one, other) for one, other in pairwise(history)]
    for made_ in reversed(log):
        now = applied(now, undone(made_))
    assert now.bindings == map_.bindings
    restored = JourneyMap.load(map_.to_json())
    assert applied(history[-1], changes(history[-1], restored)).bindings == map_.bindings


def test_a_cell_has_one_question() -> None:
    map_ = bound_map(2)
    other = made(map_, {"edit": "bind", "binding": {"lane": "goals", "step": "s1", "analysis": "metric"}})
    assert [(one.key, one.analysis) for one in other.bindings if one.step == "s1"] == [("b1", "metric")]
    assert other.bound("goals", "s1") == other.binding("b1")
    several = made(map_, {"edit": "bind", "binding": {"analysis": "metric"}})
    assert sum(one.lane is None for one in several.bindings) == 2, "the head has as many as one likes"
    grown = made(map_, {"edit": "bind", "binding": {"analysis": "scores"}, "lane": {"role": "metrics", "label": "New"}})
    assert [one.lane for one in grown.bindings][-1] == grown.lanes[-1].key
