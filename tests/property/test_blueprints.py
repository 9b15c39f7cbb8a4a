"""Findings hold on to their places: a waiver hides one, other edits leave the ids as they are."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lvtu.maps import JourneyMap
from lvtu.maps.blueprint import Finding, Reading, findings
from lvtu.maps.edits import made
from unit.maps.restaurant import restaurant

LANES = [lane["key"] for lane in restaurant()["lanes"]]
STEPS = [step["key"] for step in restaurant()["steps"]]


@st.composite
def spoilt(draw: st.DrawFn) -> JourneyMap:
    """The restaurant without some of its cards, links, owners and standards."""
    document: dict[str, Any] = restaurant()
    gone = draw(st.sets(st.sampled_from([card["key"] for card in document["cards"]]), max_size=8))
    document["cards"] = [card for card in document["cards"] if card["key"] not in gone]
    lost = draw(st.sets(st.sampled_from([link["key"] for link in document["links"]]), max_size=8))
    document["links"] = [
        link for link in document["links"]
        if link["key"] not in lost and not gone & {link["source"], link["target"]}
    ]  # fmt: skip
    for card in document["cards"]:
        if draw(st.booleans()):
            card.pop("owner", None)
    return JourneyMap.load(document)


def found(map_: JourneyMap) -> dict[str, Finding]:
    some = findings(Reading(map_))
    assert len({one.id for one in some}) == len(some), "no id stands twice"
    return {one.id: one for one in some}


@given(map_=spoilt(), data=st.data())
def test_a_waiver_hides_one_finding_and_taking_it_away_brings_it_back(map_: JourneyMap, data: st.DataObject) -> None:
    before = found(map_)
    if not before:
        return
    id = data.draw(st.sampled_from(sorted(before)))
    waiver = {"key": id, "reason": "So agreed", "by": "Ann", "on": "2026-03-01"}
    waived = made(map_, {"edit": "put", "part": "waivers", "made": [waiver]})
    assert {key for key, one in found(waived).items() if one.waiver is not None} == {id}
    assert found(waived).keys() == before.keys()
    back = made(waived, {"edit": "remove", "part": "waivers", "keys": [id]})
    assert found(back) == before


@given(map_=spoilt(), data=st.data())
def test_ids_hold_whatever_else_is_edited(map_: JourneyMap, data: st.DataObject) -> None:
    before = found(map_).keys()
    lane, step = data.draw(st.sampled_from(LANES)), data.draw(st.sampled_from(STEPS))
    edits = {
        "rename": {"edit": "change", "part": "lanes", "key": lane, "fields": {"label": "Renamed"}},
        "reorder": {"edit": "move", "part": "lanes", "key": lane, "behind": None},
        "reword": {"edit": "change", "part": "steps", "key": step, "fields": {"name": "Pay once more"}},
        "describe": {"edit": "describe", "fields": {"title": "Another", "owner": "Ann"}},
        "more": {"edit": "put", "part": "lanes", "made": [{"key": "new", "role": "thoughts", "label": "Thoughts"}]},
        "gain": {"edit": "put", "part": "cards",
                 "made": [{"key": "g", "lane": lane, "step": step, "kind": "gain", "text": "Good"}]},
    }  # fmt: skip
    edited = map_
    for name in data.draw(st.lists(st.sampled_from(sorted(edits)), unique=True)):
        if not (name == "gain" and lane == "seen"):  # any card shows something that can be seen
            edited = made(edited, edits[name])
    assert found(edited).keys() == before
