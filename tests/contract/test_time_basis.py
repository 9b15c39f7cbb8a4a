"""Where only the day or the order of an event is known, nothing says how long anything took: "—", never "0ms"."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import test_funnel, test_graph, test_time_to_convert
from contract.cases import Case, buckets, funnel_options, ugly, workspace
from contract.test_graph import OPTIONS
from naive import funnel as naive
from naive.graph import graph
from naive.journeys import Event
from parts import examples
from property.strategies import funnels

BASES = (None, "exact", None, "day", "order")
MINUTE = 60_000_000


def based(seed: int, **how: Any) -> list[Event]:
    """Ugly journeys of which two events in five have no exact time; repeats say the same as what they repeat."""
    dice, known = random.Random(seed), {}
    return [replace(e, time_basis=known.setdefault(e.message_id, dice.choice(BASES))) for e in ugly(seed, **how)]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """In one bucket; in several with a tail that brings the first times that are not exact; with none that is."""
    folder = tmp_path_factory.mktemp("bases")
    plain, late, other = based(61), based(63, customers=60), ugly(62)
    never = [replace(event, time_basis="order") for event in ugly(64, customers=40)]
    with buckets(4):
        tail = workspace(folder / "tail", other, late)
    return [
        Case("plain", workspace(folder / "plain", plain), plain),
        Case("tail", tail, other + late),
        Case("never", workspace(folder / "never", never), never),
    ]


def one_of(mixed: list[Case], data: Any) -> Case:
    return mixed[data.draw(st.integers(0, len(mixed) - 1), label="state")]


@settings(max_examples=examples(100))
@given(arguments=funnels(), by=st.sampled_from((None, "plan", "event")), data=st.data())
def test_any_funnel_times_what_is_exact(
    mixed: list[Case], arguments: dict[str, Any], by: str | None, data: Any
) -> None:
    case = one_of(mixed, data)
    test_funnel.agree(case, arguments, by)
    result = case.ws.funnel(**funnel_options(arguments))
    rows = naive.funnel(case.events, **arguments).rows
    untimed = sum(row.customers - len(row.durations) for row in rows[1:])
    assert [n.values["times"] for n in result.notes if n.code == "untimed_times"] == [untimed] * bool(untimed)


@pytest.mark.parametrize("many", [False, True])
def test_many_groups_are_timed_alike(mixed: list[Case], many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of groups durations are listed instead of binned."""
    if many:
        monkeypatch.setattr("lvtu.analyses.durations.MOST_DENSE", 0)
    for case in mixed:
        test_funnel.agree(case, {"steps": ["A", "B", "C"]}, "plan")


@settings(max_examples=examples(60))
@given(arguments=funnels(), data=st.data())
def test_times_to_convert_are_of_what_is_exact(mixed: list[Case], arguments: dict[str, Any], data: Any) -> None:
    test_time_to_convert.agree(one_of(mixed, data), arguments)


@settings(max_examples=examples(60))
@given(options=OPTIONS, data=st.data())
def test_any_graph_times_what_is_exact(mixed: list[Case], options: dict[str, Any], data: Any) -> None:
    case = one_of(mixed, data)
    test_graph.agree(case, options)
    result = case.ws.graph(**{**options, "where": options["where"] and options["where"].text})
    untimed = sum(count - len(gaps) for count, _, gaps in graph(case.events, **options).values())
    assert [n.values["times"] for n in result.notes] == [untimed] * bool(untimed)


def test_an_order_is_not_told_as_no_time_at_all(mixed: list[Case]) -> None:
    case = next(case for case in mixed if case.name == "never")
    graph, funnel = case.ws.graph(), case.ws.funnel(["A", "B"])
    (row,) = funnel.time_to_convert().table.to_pylist()
    assert graph.table["median_time"].null_count == graph.table.num_rows > 1
    assert funnel.table["median_time"].null_count == 2 and row["customers"] == funnel.steps[1] > 0
    assert [row[n] for n in ("median_time", "p90_time", "kaplan_meier", "low", "high")] == [None] * 5
    for answer in (graph, funnel, funnel.time_to_convert(), case.ws.timing(start="A", end="B")):
        assert "—" in str(answer) and "0ms" not in str(answer)
        assert answer is graph or " 0.0%" not in str(answer)


def test_who_came_at_a_time_that_is_not_known_has_not_stayed_away(tmp_path: Path) -> None:
    """Of those whose start is exact nobody's end is: that is no estimate of 0 %, and no time."""
    events = [Event(f"a{n}", n * MINUTE, f"c{n}", "View") for n in range(6)]
    events += [Event(f"b{n}", 9 * MINUTE, f"c{n}", "Pay", time_basis="day") for n in range(3)]
    ws = workspace(tmp_path / "shop", events)
    (row,) = ws.funnel(["View", "Pay"]).time_to_convert().table.to_pylist()
    assert (row["from_start"], row["kaplan_meier"], row["median_time"]) == (0.5, None, None)
    (row,) = ws.timing(start="View", end="Pay").table.to_pylist()
    assert (row["starts"], row["happened"], row["waiting"], row["kaplan_meier"]) == (6, 0, 3, None)


def test_how_much_too_late_is_told_of_exact_times_only(tmp_path: Path) -> None:
    events = [Event("a", 0, "ann", "View", time_basis="day"), Event("b", 30 * MINUTE, "ann", "Pay")]
    events += [replace(event, message_id=f"{event.message_id}2", customer="bo", time_basis=None) for event in events]
    ws = workspace(tmp_path / "shop", events)
    told = {who: ws.funnel(["View", "Pay"], within="10m").explain(who) for who in ("ann", "bo")}
    assert [one.steps[1].late for one in told.values()] == [None, 20 * MINUTE]
    assert str(told["ann"]).splitlines()[2] == "  2. Pay: too late: Pay at 1970-01-01 00:30:00"
    assert told["ann"].text("zh").splitlines()[2] == "  2. Pay：超时：1970-01-01 00:30:00（Pay）"
    timed = {who: ws.timing(start="View", end="Pay").explain(who) for who in ("ann", "bo")}
    assert [one.table["time"].to_pylist() for one in timed.values()] == [[None], [30 * MINUTE]]
