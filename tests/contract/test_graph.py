"""The graph against its twin, and against what must add up."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, close
from lvtu.errors import BadInput
from naive.graph import graph
from naive.journeys import in_range, journeys
from parts import examples
from property.strategies import CONDITIONS, START

OPTIONS = st.fixed_dictionaries(
    {
        "by": st.sampled_from(("event", "event", "channel", "plan")),
        "within": st.one_of(st.none(), st.integers(0, 8)),
        "fold": st.booleans(),
        "where": st.one_of(st.none(), st.sampled_from(CONDITIONS)),
        "since": st.one_of(st.none(), st.integers(START, START + 12)),
        "until": st.one_of(st.none(), st.integers(START, START + 12)),
    }
)


def agree(case: Case, options: dict[str, Any], **twins: Any) -> None:
    spoken = {**options, "where": options.get("where") and options["where"].text}
    result = case.ws.graph(**spoken)
    expected = graph(case.events, **options)
    rows = {(row["source"], row["target"]): row for row in result.table.to_pylist()}
    assert {k: (r["transitions"], r["customers"]) for k, r in rows.items()} == {k: v[:2] for k, v in expected.items()}
    assert all(close(row["median_time"], expected[pair][2]) for pair, row in rows.items())
    counts = [row["transitions"] for row in result.table.to_pylist()]
    assert counts == sorted(counts, reverse=True)
    ends = [Counter(), Counter()]
    for whole in journeys(case.events, options.get("where")).values():
        line = [e for e in whole if in_range(e, options.get("since"), options.get("until"))]
        for place, counter in zip((0, -1), ends, strict=True):
            counter.update([line[place].get(options.get("by", "event"))] if line else [])
    for table, counter in zip((result.starts, result.ends), ends, strict=True):
        assert {row["name"]: row["customers"] for row in table.to_pylist()} == counter


@settings(max_examples=examples(100))
@given(options=OPTIONS, data=st.data())
def test_any_graph_is_the_twins(states: list[Case], options: dict[str, Any], data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1))], options)


def test_every_event_but_the_first_is_a_transition(states: list[Case]) -> None:
    for case in states:
        lines = journeys(case.events)
        total = sum(case.ws.graph().table["transitions"].to_pylist())
        assert total == sum(map(len, lines.values())) - len(lines)


def test_numbers_are_no_places_of_a_graph(states: list[Case]) -> None:
    with pytest.raises(BadInput, match="value"):
        states[0].ws.graph(by="value")
