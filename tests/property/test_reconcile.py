"""The same customers are the same number everywhere: of funnels, flows, segments, variants, metrics and the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case
from contract.conftest import states
from parts import examples
from property.strategies import CONDITIONS, NAMES, START

__all__ = ["states"]

VIEWS = st.fixed_dictionaries(
    {
        "where": st.one_of(st.none(), st.sampled_from([condition.text for condition in CONDITIONS])),
        "since": st.one_of(st.none(), st.integers(START, START + 12)),
        "until": st.one_of(st.none(), st.integers(START, START + 12)),
    }
)


def of(result: Any, column: str = "customers") -> int:
    """The one number of a table of one row, 0 of no row."""
    numbers = result.table[column].to_pylist()
    assert len(numbers) < 2
    return sum(numbers)


@settings(max_examples=examples(40), deadline=None)
@given(event=st.sampled_from(NAMES), question=VIEWS, data=st.data())
def test_who_did_something_is_one_number(states: list[Case], event: str, question: dict[str, Any], data: Any) -> None:
    """However it is asked: customers with an event of a name that the question sees."""
    ws: Any = states[data.draw(st.integers(0, len(states) - 1))].ws
    ws.save_metric({"key": "did", "title": "Did", "of": {"events": event}})
    funnel = ws.funnel([event], **question)
    who = funnel.customers(1)
    assert of(funnel) == len(who) == len(set(who))
    seen = ws.journeys(**question)
    assert ws.flow(start=event, **question).started == len(who)
    assert ws.step_matrix(start=event, **question).started == len(who)
    assert ws.variants(start=event, **question).everyone == len(who)
    assert ws.segment(f"event = '{event}'", **question).customers() == who
    assert of(ws.metric("did", **question)) == len(who) and ws.metric("did", **question).customers() == who
    assert of(seen.trend(event, period="week")) == len(who)
    where = f"event = '{event}'" + (f" and ({question['where']})" if question["where"] else "")
    assert of(ws.sessions(session_gap="1d", **question | {"where": where})) == len(who)


@settings(max_examples=examples(25), deadline=None)
@given(event=st.sampled_from(NAMES), data=st.data())
def test_conditions_on_customers_say_what_funnels_count(states: list[Case], event: str, data: Any) -> None:
    ws: Any = states[data.draw(st.integers(0, len(states) - 1))].ws
    other = data.draw(st.sampled_from(NAMES))
    within = data.draw(st.integers(0, 9))
    assert ws.segment(f"did {event}").customers() == ws.funnel([event]).customers(1)
    followed = ws.funnel([event, other], within=within)
    assert ws.segment(f"{event} then {other} within {within}us").customers() == followed.customers(2)
    ws.save_metric({"key": "then", "title": "Then", "of": {"events": other}, "per": {"events": event}})
    assert ws.metric("then").customers() == ws.funnel([event, other]).customers(2)
    timed = ws.timing(start=event, end=other).table.to_pylist()
    assert sum(row["customers"] for row in timed) == of(ws.funnel([event]))


def test_the_steps_of_a_flow_are_the_graphs_transitions(states: list[Case]) -> None:
    for case in states:
        graph = {(r["source"], r["target"]): r["transitions"] for r in case.ws.graph().table.to_pylist()}
        for event in NAMES:
            flow = case.ws.flow(start=event, steps=1, entry="each", top=100).table.to_pylist()
            told = {r["target"]: r["times"] for r in flow if r["target"] != "*left"}
            assert told == {target: n for (source, target), n in graph.items() if source == event}
    with pytest.raises(Exception, match="unknown event"):
        states[0].ws.segment("did Nothing")
