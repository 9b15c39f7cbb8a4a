"""The flow against its twin, against the funnel and the graph, and against what must add up."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, buckets, ugly
from lvtu.analyses import flow as module
from lvtu.errors import BadInput, UnknownName
from naive.flow import flow
from naive.journeys import Event, journeys
from parts import examples
from property.strategies import CONDITIONS, START

STARTS = (None, "A", "B", ("A", "C"), "web", ("web", "store"), "p")
"""Anchors; those that `by` does not have are events."""


def possible(options: dict[str, Any]) -> bool:
    """Whether the anchor is anybody's name."""
    start = options["start"]
    names = () if start is None else (start,) if isinstance(start, str) else start
    there = {"event": "ABCD", "channel": ("web", "store"), "plan": ("p", "q")}[options["by"]]
    every = all(name in there for name in names) or all(name in "ABCD" for name in names)
    return every and (start is not None or options["entry"] == "first")


WALKS = {
    "start": st.sampled_from(STARTS),
    "by": st.sampled_from(("event", "event", "channel", "plan")),
    "fold": st.booleans(),
    "top": st.sampled_from((1, 2, 10)),
    "within": st.one_of(st.none(), st.integers(0, 8)),
    "unit": st.sampled_from(("customers", "customers", "sessions")),
    "session_gap": st.one_of(st.none(), st.integers(0, 6)),
    "where": st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
    "since": st.one_of(st.none(), st.none(), st.integers(START, START + 12)),
    "until": st.one_of(st.none(), st.none(), st.integers(START, START + 12)),
}
OPTIONS = st.fixed_dictionaries(
    {
        **WALKS,
        "entry": st.sampled_from(("first", "first", "latest", "each")),
        "steps": st.integers(1, 4),
        "direction": st.sampled_from(("forward", "backward")),
    }
).filter(possible)


def spoken(options: dict[str, Any]) -> dict[str, Any]:
    return {**options, "where": options.get("where") and options["where"].text}


def twins(options: dict[str, Any]) -> dict[str, Any]:
    """The same with the gap that sessions have where none is given: 30 minutes, longer than everything here."""
    gap = options.get("session_gap")
    return {**options, "session_gap": 30 * 60 * 10**6 if gap is None and options.get("unit") == "sessions" else gap}


def agree(case: Case, options: dict[str, Any]) -> Any:
    result, expected = case.ws.flow(**spoken(options)), flow(case.events, **twins(options))
    rows = {(row["step"], row["source"], row["target"]): row for row in result.table.to_pylist()}
    assert len(rows) == result.table.num_rows
    assert {key: row["customers"] for key, row in rows.items()} == {k: len(set(v)) for k, v in expected.went.items()}
    assert result.started == len(expected.started)
    for key, row in rows.items():
        assert row["share"] == row["customers"] / result.started
        assert row.get("times", row["customers"]) == len(expected.went[key])
    order = [(row["step"], -row["customers"]) for row in result.table.to_pylist()]
    assert order == sorted(order)
    return result


@settings(max_examples=examples(100))
@given(options=OPTIONS, data=st.data())
def test_any_flow_is_the_twins(states: list[Case], options: dict[str, Any], data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1))], options)


@settings(max_examples=examples(60))
@given(options=OPTIONS, data=st.data())
def test_every_number_opens_its_customers(states: list[Case], options: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    result, expected = case.ws.flow(**spoken(options)), flow(case.events, **twins(options))
    for key in random.Random(0).sample(sorted(expected.went, key=str), min(len(expected.went), 8)):
        assert result.customers(*key) == sorted({customer for customer, _ in expected.went[key]})
    assert result.customers(1) == sorted({customer for customer, _ in expected.started})
    assert result.customers(1, limit=2, offset=1) == result.customers(1)[1:3]


@settings(max_examples=examples(60))
@given(options=OPTIONS.filter(lambda options: options["entry"] != "each"), data=st.data())
def test_what_comes_in_goes_out_or_ends(states: list[Case], options: dict[str, Any], data: Any) -> None:
    result = states[data.draw(st.integers(0, len(states) - 1))].ws.flow(**spoken(options))
    near, far = ("source", "target") if options["direction"] == "forward" else ("target", "source")
    into: Counter[Any] = Counter()
    for step in range(1, options["steps"] + 1):
        rows = [row for row in result.table.to_pylist() if row["step"] == step]
        out = Counter()
        for row in rows:
            out[row[near]] += row["customers"]
        assert out == into or step == 1
        assert step > 1 or sum(out.values()) == result.started
        into = Counter()
        for row in rows:
            if row[far] not in ("*left", "*began"):
                into[row[far]] += row["customers"]


@pytest.mark.parametrize("start", ["A", ("B", "D")])
def test_the_start_is_a_funnels_first_step(states: list[Case], start: Any) -> None:
    for case in states:
        for options in ({}, {"where": "channel = 'web'"}, {"since": START + 3, "until": START + 9}):
            first = case.ws.funnel([start], **options).steps[0]
            for by in ("event", "channel", "plan"):
                for direction in ("forward", "backward"):
                    assert case.ws.flow(start=start, by=by, direction=direction, **options).started == first


def test_each_place_as_a_start_makes_the_graph(states: list[Case]) -> None:
    """Step 1 of every occurrence of every name are the graph's transitions, and its customers the graph's."""
    for case in states:
        names = tuple(sorted({event.event for event in case.events}))
        flowed = case.ws.flow(start=names, entry="each", steps=1, top=100).table.to_pylist()
        graph = {
            (r["source"], r["target"]): (r["transitions"], r["customers"]) for r in case.ws.graph().table.to_pylist()
        }
        for row in flowed:
            if row["target"] != "*left" and "*other" not in (row["source"], row["target"]):
                assert (row["times"], row["customers"]) == graph[row["source"], row["target"]]
        ends = {row["name"]: row["customers"] for row in case.ws.graph().ends.to_pylist()}
        assert all(r["customers"] == ends[r["source"]] for r in flowed
                   if r["target"] == "*left" and r["source"] != "*other")  # fmt: skip
        assert sum(row["times"] for row in flowed) == sum(map(len, journeys(case.events).values()))


def test_the_first_step_is_the_graph_of_first_occurrences(states: list[Case], made: Any) -> None:
    """Of lines that are cut to the first A and what comes right after it, the graph has the flow's first step."""
    for case in states[:3]:
        cut = []
        for line in journeys(case.events).values():
            first = next((i for i, event in enumerate(line) if event.event == "A"), None)
            cut += [] if first is None else line[first : first + 2]
        rows = made(cut).ws.graph().table.to_pylist()
        flowed = case.ws.flow(start="A", steps=1, top=100).table.to_pylist()
        assert {r["target"]: r["customers"] for r in flowed if r["target"] != "*left"} == {
            r["target"]: r["transitions"] for r in rows
        }


DAY = 86_400_000_000


def story(*lines: str) -> list[Event]:
    """A customer per line, an event a day per letter."""
    return [
        Event(f"{who}{i}", START + i * DAY, f"c{who}", letter)
        for who, line in enumerate(lines) for i, letter in enumerate(line)
    ]  # fmt: skip


def rows_of(result: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values())[:4] for row in result.table.to_pylist()]


def test_by_hand(made: Any) -> None:
    ws = made(story("ABC", "ABBA", "XA", "BAC", "X")).ws
    assert rows_of(ws.flow(start="A", steps=2)) == [
        (1, "A", "B", 2), (1, "A", "*left", 1), (1, "A", "C", 1),
        (2, "B", "B", 1), (2, "B", "C", 1), (2, "C", "*left", 1),
    ]  # fmt: skip
    assert rows_of(ws.flow(start="A", steps=2, fold=True))[3:] == [
        (2, "B", "A", 1), (2, "B", "C", 1), (2, "C", "*left", 1),
    ]  # fmt: skip
    assert rows_of(ws.flow(start="A", steps=1, direction="backward", entry="latest")) == [
        (1, "B", "A", 2), (1, "*began", "A", 1), (1, "X", "A", 1),
    ]  # fmt: skip
    assert rows_of(ws.flow(start="A", steps=1, top=1)) == [
        (1, "A", "B", 2),
        (1, "A", "*left", 1),
        (1, "A", "*other", 1),
    ]
    assert rows_of(ws.flow(steps=1, top=2)) == [
        (1, "A", "B", 2), (1, "*other", "A", 1), (1, "X", "*left", 1), (1, "X", "A", 1),
    ]  # fmt: skip
    assert ws.flow(start="A").customers(1, "A", "*left") == ["c2"]
    assert rows_of(ws.flow(start="A", steps=9, within="1d"))[3:] == [(2, "B", "*left", 2), (2, "C", "*left", 1)]


@pytest.mark.parametrize("options", [{"start": "A"}, {"by": "channel", "direction": "backward"}, {"unit": "sessions"}])
def test_one_round_or_two_give_the_same(states: list[Case], options: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for case in states:
        tables = []
        for few in (0, 1 << 40):
            monkeypatch.setattr(module, "_FEW", few)
            tables.append(case.ws.flow(**options, top=2, steps=3).table)
        assert tables[0].equals(tables[1]) and tables[0].num_rows > 10


def test_a_customer_is_one_whatever_the_others_are(made: Any) -> None:
    """Two places of a customer that are both among the others are one customer there."""
    result = made(story("ABACADAE", "AF")).ws.flow(start="A", entry="each", steps=1, top=1)
    assert [tuple(row.values()) for row in result.table.to_pylist()] == [
        (1, "A", "*other", 2, 1.0, 4), (1, "A", "B", 1, 0.5, 1),
    ]  # fmt: skip
    assert result.started == 2 and result.customers(1, "A", "*other") == ["c0", "c1"]


@pytest.mark.parametrize("late", [False, True])
def test_a_rare_anchor(made: Any, late: bool) -> None:
    """Found by its postings where they are shorter than the rows: with the same answer."""
    rare = [
        Event(f"rare{i}", START + 1 + 5 * (i % 3), f"c{i % 25}", "Rare", channel=("web", None)[i % 2])
        for i in range(40)
    ]
    case = made(ugly(41), rare) if late else made([*ugly(41), *rare])
    for entry in ("first", "latest", "each"):
        for options in ({}, {"by": "channel"}, {"fold": True, "within": 3}, {"direction": "backward"}):
            agree(case, {"start": "Rare", "entry": entry, "steps": 3, **options})
    assert case.ws.flow(start="Rare").started == 25 == len(case.ws.flow(start="Rare").customers(1))


def test_a_name_that_looks_like_a_mark(made: Any) -> None:
    events = [Event(f"{i}", START + i, f"c{i // 2}", name) for i, name in enumerate(["A", "*left", "A", "*other", "A"])]
    result = made(events).ws.flow(start="A", steps=1, top=1)
    assert rows_of(result) == [(1, "A", "**left", 1), (1, "A", "**other", 1), (1, "A", "*left", 1)]
    assert [result.customers(1, "A", name) for name in ("*left", "**left", "**other")] == [["c0"], ["c2"], ["c1"]]
    assert result.customers(1, "A", "*other") == ["c1"], "a name that is not told apart may be asked for"
    assert result.marks == {"**other": "other", "**left": "left"}


def test_an_anchor_without_a_place(made: Any) -> None:
    events = [
        Event("1", START, "ann", "A"), Event("2", START + 1, "ann", "B", channel="web"),
        Event("3", START, "bo", "A", channel="web"), Event("4", START + 1, "bo", "B"),
    ]  # fmt: skip
    result = made(events).ws.flow(start="A", by="channel", steps=1)
    assert rows_of(result) == [(1, None, "web", 1), (1, "web", "*left", 1)]
    assert result.customers(1, None, "web") == ["ann"] and result.customers(1, "web") == ["bo"]


def test_through_a_view_and_at_an_earlier_commit(tmp_path: Path) -> None:
    parts = [ugly(31, customers=40), ugly(32, customers=40)]
    with buckets(3), lvtu.open(tmp_path / "w.lvtu") as ws:
        for part in parts:
            ws.ingest([event.record() for event in part])
        options: dict[str, Any] = {"start": "B", "steps": 3, "top": 2, "fold": True}
        agree(Case("at 0", ws.at(0), parts[0]), options)
        both = parts[0] + parts[1]
        agree(Case("now", ws, both), options)
        here = [event for event in both if event.channel == "web"]
        agree(Case("view", ws.journeys(where="channel = 'web'"), here), {**options, "direction": "backward"})


def test_what_does_not_exist(states: list[Case]) -> None:
    ws = states[0].ws
    with pytest.raises(UnknownName, match="unknown event 'E'"):
        ws.flow(start="E")
    with pytest.raises(UnknownName, match="value of channel 'shop'"):
        ws.flow(start=["web", "shop"], by="channel")
    with pytest.raises(BadInput, match="'web' is a value of channel, 'A' is an event"):
        ws.flow(start=["web", "A"], by="channel")
    with pytest.raises(BadInput, match="value holds a number"):
        ws.flow(by="value")
    with pytest.raises(BadInput, match="'each' needs a start"):
        ws.flow(entry="each")
    with pytest.raises(BadInput, match="no step 6"):
        ws.flow(start="A").customers(6)
    with pytest.raises(UnknownName, match="'E'"):
        ws.flow(start="A").customers(1, "E")
    with pytest.raises(BadInput, match="steps"):
        ws.flow(steps=0)
