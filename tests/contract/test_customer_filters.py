"""Conditions on customers wherever a filter is: the same answers as the twins', asked with the same customers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, micros
from contract.test_funnel import agree as funnel_agrees
from contract.test_graph import OPTIONS
from contract.test_graph import agree as graph_agrees
from naive.segment import Where
from naive.trend import trend
from parts import examples
from property.customer_conditions import conditions
from property.strategies import CONDITIONS, funnels

EVENT = st.one_of(st.none(), st.sampled_from(CONDITIONS))


def chosen(states: list[Case], data: Any) -> tuple[Case, Where]:
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    return case, Where(data.draw(conditions(), label="condition"), case.events, data.draw(EVENT, label="event"))


@settings(max_examples=examples(50))
@given(arguments=funnels(), step=st.integers(0, 3), data=st.data())
def test_any_funnel(states: list[Case], arguments: dict[str, Any], step: int, data: Any) -> None:
    """Of the whole question, and of one step."""
    case, where = chosen(states, data)
    if step < len(arguments["steps"]):
        one = arguments["steps"][step]
        steps = [*arguments["steps"]]
        steps[step] = type(one)(one.events, where, one.within, one.optional)
        funnel_agrees(case, {**arguments, "steps": steps})
    funnel_agrees(case, {**arguments, "where": where})


@settings(max_examples=examples(40))
@given(options=OPTIONS, data=st.data())
def test_any_graph(states: list[Case], options: dict[str, Any], data: Any) -> None:
    case, where = chosen(states, data)
    graph_agrees(case, {**options, "where": where})


@settings(max_examples=examples(40))
@given(data=st.data(), by=st.sampled_from((None, "channel", "plan")))
def test_any_trend(states: list[Case], data: Any, by: str | None) -> None:
    case, where = chosen(states, data)
    rows = case.ws.journeys(where=where.text).trend(period="day", by=by).table.to_pylist()
    expected = trend(case.events, "day", by=by, where=where)
    rows = [row for row in rows if row["events"]]
    found = {(micros(row["period"]), by and row[by]): (row["events"], row["customers"]) for row in rows}
    assert found == {cell: counts[:2] for cell, counts in expected.items()}


@settings(max_examples=examples(40))
@given(data=st.data())
def test_a_segment_is_whom_a_filter_leaves(states: list[Case], data: Any) -> None:
    """The segment's size, its list, and any question of its customers reconcile."""
    case, where = chosen(states, data)
    segment = case.ws.segment(where.text)
    view = case.ws.journeys(where=where.text)
    first = view.funnel([None])
    assert segment.size == len(segment.customers()) == first.steps[0]
    assert segment.customers() == first.customers(1)
    assert sum(view.graph().starts["customers"].to_pylist()) == segment.size
    assert sum(view.first_touch(by="event").table["customers"].to_pylist()) >= segment.size
    assert view.retention(periods=0).table["customers"].to_pylist() == [segment.size]


def test_of_one_step_and_of_a_comparison(states: list[Case]) -> None:
    ws = states[1].ws
    both = ws.funnel(["A", {"event": "B", "where": "did C and channel = 'web'"}])
    inside = set(ws.segment("did C").customers())
    assert set(both.customers(2)) <= inside and both.steps[1] > 0
    compared = ws.funnel(["A", "B"]).compare("did C", "not did C").table.to_pylist()
    sizes = [ws.funnel(["A"], where=text).steps[0] for text in ("did C", "not did C")]
    assert [compared[0]["customers_a"], compared[0]["customers_b"]] == sizes and all(sizes)
    assert sum(sizes) == ws.funnel(["A"]).steps[0]
