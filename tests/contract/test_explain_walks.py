"""Everybody's steps, explained, are the flow and the step matrix, and lead from event to event as the twin goes."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, micros
from contract.explaining import by_id, cases, explained, rows
from contract.test_flow import OPTIONS as FLOWS
from contract.test_flow import spoken, twins
from contract.test_step_matrix import OPTIONS as MATRICES
from naive.journeys import Event, in_range, journeys
from naive.walks import walks
from parts import examples

SIDES = ("source", "target")
FLOW_ONLY = ("steps", "direction", "top")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases(tmp_path_factory.mktemp("walks"))


def lines(case: Case, options: dict[str, Any]) -> dict[str, list[Event]]:
    return {
        who: [event for event in line if in_range(event, options["since"], options["until"])]
        for who, line in journeys(case.events, options["where"]).items()
    }


def follows(line: list[Event], near: Event, far: Event, way: int, options: dict[str, Any]) -> None:
    """Between two neighbouring steps nothing lies that could have been one."""
    there = line.index(near), line.index(far)
    assert (there[1] - there[0]) * way > 0
    between = {event.get(options["by"]) for event in line[min(there) + 1 : max(there)]}
    assert between <= ({None, near.get(options["by"])} if options["fold"] else {None})


def accounted(told: Any, used: set[str], line: list[Event], by: str) -> None:
    """Every event that exists for the question is at a step, or is said not to be."""
    said = {one.code: one.values["events"] for one in told.said if one.code in ("off_path", "without_value")}
    lacking = sum(event.get(by) is None and event.message_id not in used for event in line)
    assert said.get("without_value", 0) == lacking
    if told.table.num_rows:
        assert said.get("off_path", 0) == len(line) - len(used) - lacking


@settings(max_examples=examples(30))
@given(options=FLOWS, which=st.integers(0, 2))
def test_all_steps_are_the_flow(few: list[Case], options: dict[str, Any], which: int) -> None:
    case = few[which]
    result = case.ws.flow(**spoken(options))
    found = explained(case, result)
    every, events, own = rows(found), by_id(case), lines(case, options)
    counted: Counter[Any] = Counter()
    times: Counter[Any] = Counter()
    for key in {(r["step"], r["source"], r["target"], r["who"], r.get("session")) for r in every}:
        counted[key[:3]] += 1
    for row in every:
        times[row["step"], row["source"], row["target"]] += 1
    table = {(r["step"], r["source"], r["target"]): r for r in result.table.to_pylist()}
    assert counted == {key: row["customers"] for key, row in table.items()}
    assert times == {key: row.get("times", row["customers"]) for key, row in table.items()}
    assert len({(row["who"], row.get("session")) for row in every}) == result.started
    way = 1 if options["direction"] == "forward" else -1
    twin = walks(case.events, last=way < 0, **twins({k: v for k, v in options.items() if k not in FLOW_ONLY}))
    anchors: dict[str, list[str]] = {}
    for walk in twin:
        anchors.setdefault(walk.customer, []).append(walk.anchor.message_id)
    for who, told in found.items():
        mine = told.table.to_pylist()
        near, far = (f"{side}_message_id" for side in ("source", "target")[::way])
        assert [row[near] for row in mine if row["step"] == 1] == anchors.get(who, [])
        for row in mine:
            ends = [events[row[f"{side}_message_id"]] if row[f"{side}_message_id"] else None for side in SIDES]
            assert [row["began"] and micros(row["began"]), row["ended"] and micros(row["ended"])] == [
                end and end.time for end in ends
            ]
            if all(ends):
                assert row["time"] == ends[1].time - ends[0].time
                follows(own[who], events[row[near]], events[row[far]], way, options)
        used = {row[name] for row in mine for name in (near, far)} - {None}
        accounted(told, used, own.get(who, []), options["by"])


@settings(max_examples=examples(30))
@given(options=MATRICES, which=st.integers(0, 2))
def test_all_steps_are_the_matrix(few: list[Case], options: dict[str, Any], which: int) -> None:
    case = few[which]
    result = case.ws.step_matrix(**spoken(options))
    found = explained(case, result)
    counted = Counter((row["step"], row["place"]) for row in rows(found))
    assert counted == {(row["step"], row["place"]): row["customers"] for row in result.table.to_pylist()}
    events, own = by_id(case), lines(case, options)
    for who, told in found.items():
        mine = told.table.to_pylist()
        there = [(row, events[row["message_id"]]) for row in mine if row["message_id"]]
        for row, event in there:
            assert (row["event"], micros(row["time"])) == (event.event, event.time)
            assert row["place"] in (event.get(options["by"]), "*other")
        for (row, event), (later, next_) in pairwise(there):
            if row["walk"] == later["walk"]:
                assert later["step"] == row["step"] + 1
                ends = (event, next_, 1) if later["step"] > 0 else (next_, event, -1)
                follows(own[who], *ends, options)
        accounted(told, {event.message_id for _, event in there}, own.get(who, []), options["by"])
