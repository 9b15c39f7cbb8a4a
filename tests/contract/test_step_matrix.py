"""The step matrix against its twin and against the flow, and what must add up; two segments side by side."""

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
from contract.test_flow import DAY, WALKS, possible, spoken, twins
from lvtu.analyses.compare import holm
from lvtu.analyses.intervals import difference
from lvtu.errors import BadInput, UnknownName
from naive.journeys import Event
from naive.step_matrix import step_matrix
from parts import examples
from property.strategies import CONDITIONS, START

OPTIONS = st.fixed_dictionaries(
    {
        **WALKS,
        "entry": st.sampled_from(("first", "latest")),
        "before": st.integers(0, 3),
        "after": st.integers(0, 3),
    }
).filter(possible)


def agree(case: Case, options: dict[str, Any]) -> None:
    result = case.ws.step_matrix(**spoken(options))
    walks, cells = step_matrix(case.events, **twins(options))
    rows = {(row["step"], row["place"]): row for row in result.table.to_pylist()}
    assert len(rows) == result.table.num_rows
    assert {key: row["customers"] for key, row in rows.items()} == {key: len(there) for key, there in cells.items()}
    assert result.started == len(walks)
    assert all(row["share"] == row["customers"] / len(walks) for row in rows.values())
    assert [row["step"] for row in result.table.to_pylist()] == sorted(step for step, _ in rows)
    assert set(result.places) == {place for _, place in rows}


@settings(max_examples=examples(80))
@given(options=OPTIONS, data=st.data())
def test_any_matrix_is_the_twins(states: list[Case], options: dict[str, Any], data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1))], options)


@settings(max_examples=examples(50))
@given(options=OPTIONS, data=st.data())
def test_every_number_opens_its_customers(states: list[Case], options: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    result, (walks, cells) = case.ws.step_matrix(**spoken(options)), step_matrix(case.events, **twins(options))
    for key in random.Random(0).sample(sorted(cells, key=str), min(len(cells), 8)):
        assert result.customers(*key) == sorted({walk.customer for walk in cells[key]})
    assert result.customers(0) == sorted({walk.customer for walk in walks})


@settings(max_examples=examples(40))
@given(options=OPTIONS, data=st.data())
def test_each_step_has_everybody(states: list[Case], options: dict[str, Any], data: Any) -> None:
    """Each column sums to all that started, and steps on both sides of the anchor are the flow's places."""
    case = states[data.draw(st.integers(0, len(states) - 1))]
    asked = {**spoken(options), "top": 100}
    result, sums = case.ws.step_matrix(**asked), Counter()
    for row in result.table.to_pylist():
        sums[row["step"]] += row["customers"]
    assert all(total == result.started for total in sums.values())
    at = {(row["step"], row["place"]): row["customers"] for row in result.table.to_pylist()}
    before, after = (asked.pop(name) for name in ("before", "after"))
    sides = [("forward", after, "target", 1)] + ([("backward", before, "source", -1)] if options["start"] else [])
    for direction, steps, far, way in sides:
        if not steps:
            continue
        flow = case.ws.flow(**asked, direction=direction, steps=steps)
        assert flow.started == result.started
        there: Counter[Any] = Counter()
        for row in flow.table.to_pylist():
            if row[far] not in ("*left", "*began"):
                there[way * row["step"], row[far]] += row["customers"]
        names = {k: n for k, n in at.items() if k[0] * way > 0 and k[1] not in ("*left", "*not_begun")}
        assert there == names


def test_by_hand(made: Any) -> None:
    lines = ("ABC", "XAB", "BA", "X")
    events = [
        Event(f"{who}{i}", START + i * DAY, f"c{who}", e) for who, line in enumerate(lines) for i, e in enumerate(line)
    ]
    ws = made(events).ws
    result = ws.step_matrix("A", before=1, after=2)
    assert [tuple(row.values()) for row in result.table.to_pylist()] == [
        (-1, "B", 1, 1 / 3), (-1, "X", 1, 1 / 3), (-1, "*not_begun", 1, 1 / 3),
        (0, "A", 3, 1.0),
        (1, "B", 2, 2 / 3), (1, "*left", 1, 1 / 3),
        (2, "C", 1, 1 / 3), (2, "*left", 2, 2 / 3),
    ]  # fmt: skip
    assert result.places == ["A", "B", "C", "X", "*not_begun", "*left"]
    assert result.customers(2, "*left") == ["c1", "c2"] and result.customers(-1, "*not_begun") == ["c0"]
    top = ws.step_matrix("A", before=1, after=1, top=1)
    assert top.places == ["A", "*other", "*not_begun", "*left"]
    assert top.customers(1, "*other") == ["c0", "c1"] == top.customers(1, "B")


def test_through_a_view_and_at_an_earlier_commit(tmp_path: Path) -> None:
    parts = [ugly(33, customers=40), ugly(34, customers=40)]
    with buckets(3), lvtu.open(tmp_path / "w.lvtu") as ws:
        for part in parts:
            ws.ingest([event.record() for event in part])
        agree(Case("at 0", ws.at(0), parts[0]), {"start": "B", "before": 2, "top": 2})
        here = [event for event in parts[0] + parts[1] if event.channel == "web"]
        agree(Case("view", ws.journeys(where="channel = 'web'"), here), {"entry": "first", "unit": "sessions"})


@settings(max_examples=examples(40))
@given(options=OPTIONS, sides=st.permutations(CONDITIONS), data=st.data())
def test_segments_side_by_side(states: list[Case], options: dict[str, Any], sides: Any, data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    result = case.ws.step_matrix(**spoken(options)).compare(sides[0].text, sides[1].text)
    walks, cells = step_matrix(case.events, **twins(options))
    inside = [[walk.unit for walk in walks if side(walk.anchor)] for side in sides[:2]]
    starts = [len(units) for units in inside]
    assert list(result.started) == starts and result.overlap == len(set(inside[0]) & set(inside[1]))
    counts = {
        key: [sum(bool(side(walk.anchor)) for walk in there) for side in sides[:2]] for key, there in cells.items()
    }
    rows = {(row["step"], row["place"]): row for row in result.table.to_pylist()}
    assert rows.keys() == {key for key, both in counts.items() if any(both)}
    tests = {}
    for key, row in rows.items():
        assert [row["customers_a"], row["customers_b"]] == counts[key]
        assert [row["share_a"], row["share_b"]] == [
            n / s if s else None for n, s in zip(counts[key], starts, strict=True)
        ]
        expected = None
        if sum(counts[key]) < sum(starts):
            expected = difference(counts[key][0], starts[0], counts[key][1], starts[1])
        assert (row["difference"], row["low"], row["high"], row["p_value"]) == (expected or (None,) * 4)
        if expected:
            tests[key] = expected[3]
    adjusted = dict(zip(tests, holm(list(tests.values())), strict=True))
    assert {key: row["p_adjusted"] for key, row in rows.items() if key in tests} == adjusted
    said = {note.code for note in result.notes}
    assert ("several_cells" in said) == (len(tests) > 1)
    assert any(code.startswith("empty") for code in said) == (0 in starts)


def test_what_does_not_exist(states: list[Case]) -> None:
    ws = states[0].ws
    with pytest.raises(BadInput, match="no step 6; give a number from -3 to 5"):
        ws.step_matrix("A").customers(6)
    with pytest.raises(BadInput, match="from 0 to 5"):
        ws.step_matrix().customers(-1)
    with pytest.raises(BadInput, match="'latest' needs a start"):
        ws.step_matrix(entry="latest")
    with pytest.raises(BadInput, match="entry 'each'"):
        ws.step_matrix("A", entry="each")
    with pytest.raises(UnknownName, match="'E'"):
        ws.step_matrix("A").customers(1, "E")
    with pytest.raises(BadInput, match="chanel"):
        ws.step_matrix("A").compare("chanel = 'web'", "channel = 'store'")
