"""Everybody's part in graphs, channels, first touches and behaviours, explained, is the answer."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, micros
from contract.explaining import SPAN, by_id, cases, explained, rows
from contract.models import models
from contract.test_graph import OPTIONS as GRAPHS
from naive.first_touch import mean
from naive.graph import graph
from naive.journeys import Event, in_range, journeys
from naive.model import Model
from parts import examples


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases(tmp_path_factory.mktemp("explained"))


def spoken(options: dict[str, Any]) -> dict[str, Any]:
    return {**options, "where": options["where"] and options["where"].text}


def numbers(told: Any, *codes: str) -> list[int]:
    """How many events an explanation says are left out, by reason."""
    said = {one.code: one.values["events"] for one in told.said if "events" in one.values}
    return [int(said.get(code, 0)) for code in codes]


def left_out(case: Case, who: str, told: Any, options: dict[str, Any]) -> list[Event]:
    """The events that exist for the question; the others are said to be left out, and why."""
    whole, fitting = (journeys(case.events, where).get(who, []) for where in (None, options["where"]))
    shown = [event for event in fitting if in_range(event, options["since"], options["until"])]
    if case.name != "view":  # there the view's condition leaves out more than the options say
        assert numbers(told, "ruled_out", "outside") == [len(whole) - len(fitting), len(fitting) - len(shown)]
    return shown


def same_transitions(case: Case, found: dict[str, Any], table: list[dict[str, Any]], by: str) -> None:
    every, events = rows(found), by_id(case)
    pairs = Counter((row["source"], row["target"]) for row in every)
    assert pairs == {(row["source"], row["target"]): row["transitions"] for row in table}
    walkers = Counter(key[:2] for key in {(row["source"], row["target"], row["who"]) for row in every})
    assert walkers == {(row["source"], row["target"]): row["customers"] for row in table}
    for row in every:
        source, target = (events[row[f"{side}_message_id"]] for side in ("source", "target"))
        assert (source.customer, target.customer) == (row["who"], row["who"])
        assert (row["source"], row["target"]) == (source.get(by), target.get(by))
        assert (micros(row["began"]), micros(row["ended"])) == (source.time, target.time)
        assert row["time"] == target.time - source.time


@settings(max_examples=examples(25))
@given(options=GRAPHS, which=st.integers(0, 2))
def test_all_transitions_are_the_graph(few: list[Case], options: dict[str, Any], which: int) -> None:
    case = few[which]
    result = case.ws.graph(**spoken(options))
    found = explained(case, result)
    same_transitions(case, found, result.table.to_pylist(), options["by"])
    gaps: dict[Any, list[int]] = {}
    for row in rows(found):
        gaps.setdefault((row["source"], row["target"]), []).append(row["time"])
    twin = graph(case.events, **options)
    assert {pair: sorted(times) for pair, times in gaps.items()} == {pair: told[2] for pair, told in twin.items()}
    ends = Counter(), Counter()
    for who, told in found.items():
        shown = left_out(case, who, told, options)
        assert (told.said[0].code == "graph") == bool(shown)
        apart, [repeated] = sum(one.code == "too_far_apart" for one in told.said), numbers(told, "repeated")
        assert told.table.num_rows == max(len(shown) - 1, 0) - apart - repeated
        for side, counter in zip(("start", "end"), ends, strict=True):
            counter.update([str(told.said[0].values[side])] if shown else [])
    called = {None: "(none)", **result.naming.names(options["by"], "en")}
    for table, counter in zip((result.starts, result.ends), ends, strict=True):
        assert {called.get(row["name"], row["name"]): row["customers"] for row in table.to_pylist()} == counter


@settings(max_examples=examples(25))
@given(
    goal=st.sampled_from(((), ("A",), ("B", "C"))), within=st.one_of(st.none(), st.integers(0, 8)),
    by=st.sampled_from(("channel", "channel", "plan")), which=st.integers(0, 2), options=st.fixed_dictionaries(SPAN),
)  # fmt: skip
def test_all_parts_are_the_channels(
    few: list[Case], goal: Any, within: Any, by: str, which: int, options: dict[str, Any]
) -> None:
    case = few[which]
    result = case.ws.channels(list(goal) or None, by=by, within=within, **spoken(options))
    found, events = explained(case, result), by_id(case)
    same_transitions(case, found, result.table.to_pylist(), by)
    measured: dict[Any, list[dict[str, Any]]] = {}
    for who, told in found.items():
        shown = left_out(case, who, told, options)
        for row in told.measures.to_pylist():
            measured.setdefault((row["measure"], row["scale"], row["channel"]), []).append(row)
            if row["message_id"]:
                event = events[row["message_id"]]
                assert event in shown and (row["event"], micros(row["time"])) == (event.event, event.time)
                assert event.event in goal if row["measure"] == "conversion" else event.get(by) == row["channel"]
        used = {row["message_id"] for row in told.measures.to_pylist() if row["measure"] == "conversion"}
        lacking = [event for event in shown if event.get(by) is None and event.message_id not in used]
        assert numbers(told, "without_value") == [len(lacking)]
        assert len(told.to_json()["measures"]) == told.measures.num_rows
    table = {(row["measure"], row["scale"], row["channel"]): row for row in result.measures.to_pylist()}
    assert measured.keys() == table.keys()
    for key, row in table.items():
        scores = [(one["value"], 1.0 if one["weight"] is None else one["weight"]) for one in measured[key]]
        assert (row["n"], row["value"]) == (len(scores), pytest.approx(mean(scores)[0]))


@settings(max_examples=examples(25))
@given(by=st.sampled_from(("event", "channel", "plan")), which=st.integers(0, 2), options=st.fixed_dictionaries(SPAN))
def test_all_beginnings_are_the_first_touches(few: list[Case], by: str, which: int, options: dict[str, Any]) -> None:
    case = few[which]
    result = case.ws.first_touch(by, **spoken(options))
    found, events = explained(case, result), by_id(case)
    every = rows(found)
    table = result.table.to_pylist()
    assert Counter(row[by] for row in every) == {row[by]: row["customers"] for row in table}
    scores: dict[Any, list[tuple[float, float]]] = {}
    for row in every:
        if row["score"] is not None:
            weight = 1.0 if row["weight"] is None else row["weight"]
            scores.setdefault((row[by], row["scale"]), []).append((row["score"], weight))
    assert {key: (len(some), pytest.approx(mean(some)[0])) for key, some in scores.items()} == {
        (row[by], row["scale"]): (row["responses"], row["mean"]) for row in table if row["responses"]
    }
    for who, told in found.items():
        shown = left_out(case, who, told, options)
        assert [row["message_id"] for row in told.table.to_pylist()] == [event.message_id for event in shown[:1]]
        for row in told.table.to_pylist():
            event = events[row["message_id"]]
            assert (row["event"], micros(row["time"]), row[by]) == (event.event, event.time, event.get(by))


@settings(max_examples=examples(25))
@given(model=models(), which=st.integers(0, 2), options=st.fixed_dictionaries(SPAN))
def test_all_flags_are_the_behaviours(few: list[Case], model: Model, which: int, options: dict[str, Any]) -> None:
    few[0].ws.save_model(model.document(), default=True)  # type: ignore[attr-defined]
    case = few[which]
    result = case.ws.behaviours(**spoken(options))
    found = explained(case, result)
    every = rows(found)
    shown_by = {key: model._test(rules) for key, rules in model.behaviours}
    for row in result.table.to_pylist():
        mine = [one for one in every if one["behaviour"] == row["behaviour"]]
        assert (len(mine), sum(one["shown"] for one in mine)) == (result.everyone, row["customers"])
        events = [one["events"] for one in mine]
        assert events == [None] * len(mine) if row["events"] is None else sum(events) == row["events"]
    for who, told in found.items():
        shown = left_out(case, who, told, options)
        assert bool(told.table.num_rows) == bool(shown)
        times = {key: [event.time for event in shown if test(event)] for key, test in shown_by.items()}
        for row in told.table.to_pylist():
            key = row["behaviour"]
            if key == "repurchased":
                key = max(("ordered", "paid"), key=lambda one: len(times[one]))
            mine = [shown[-1].time] if key == "churned" else times[key]
            ends = [row[name] and micros(row[name]) for name in ("first", "last")]
            assert ends == ([min(mine), max(mine)] if mine else [None, None])
