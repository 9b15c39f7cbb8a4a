"""The funnel against its twin: the same attempts, event by event, and the same numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, close, counted, funnel_options
from naive import funnel as naive
from property.strategies import exclusions, funnels, limits

BY = {"plan": lambda e: e.properties.get("plan"), "channel": lambda e: e.channel, "event": lambda e: e.event}


def by_customer(twin: naive.Funnel) -> dict[str, list[dict[int, str]]]:
    """The twin's counted attempts as the engine's are given."""
    found: dict[str, list[dict[int, str]]] = {}
    for key, unit in sorted(twin.units.items(), key=lambda item: item[0]):
        customer = key if isinstance(key, str) else key[0]
        found.setdefault(customer, []).append({k: e.message_id for k, e in unit.events.items()})
    return found


def agree(case: Case, arguments: dict[str, Any], by: str | None = None, by_step: int = 1, **twins: Any) -> None:
    result = case.ws.funnel(**funnel_options(arguments), by=by, by_step=by_step)
    group = BY[by] if by else None
    twin = naive.funnel(case.events, **arguments, by=group, by_step=by_step, **twins)
    assert counted(case, result) == by_customer(twin), case.name
    assert result.immature == twin.immature, case.name
    rows = {(row.step, row.group): row for row in twin.rows}
    table = result.table.to_pylist()
    if by is None:
        assert [row["step"] for row in table] == list(range(1, len(arguments["steps"]) + 1))
    seen = set()
    for row in table:
        group_name = by and row.get(f"by_{by}", row.get(by))
        seen.add((row["step"], group_name))
        expected = rows[row["step"], group_name]
        assert (row["customers"], row["from_previous"], row["from_start"]) == pytest.approx(
            (expected.customers, expected.from_previous, expected.from_start)
        )
        assert close(row["median_time"], expected.durations), (row, expected.durations)
    assert seen == rows.keys() or not by
    for step in range(1, len(arguments["steps"]) + 1):
        expected_names = {key if isinstance(key, str) else key[0] for key, u in twin.units.items() if step in u.events}
        assert set(result.customers(step)) == expected_names


@settings(max_examples=400)
@given(arguments=funnels(), by=st.sampled_from((None, None, "plan", "channel", "event")), data=st.data())
def test_any_funnel_is_the_twins(states: list[Case], arguments: dict[str, Any], by: str | None, data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    by_step = data.draw(st.integers(1, len(arguments["steps"])), label="by_step") if by else 1
    agree(case, arguments, by, by_step)


HARD = {
    "hold and exclude": {"hold": ("plan",), "entry": "any", "order": "ordered", "where": None},
    "strict ties and exclude": {"ties": "strict", "hold": (), "entry": "any", "order": "ordered", "where": None},
    "each in sessions": {"entry": "each", "unit": "sessions", "hold": ()},
    "each, in any order": {"entry": "each", "order": "any", "hold": ()},
}


@pytest.mark.parametrize("name", HARD)
@settings(max_examples=60)
@given(data=st.data())
def test_rules_that_meet(states: list[Case], name: str, data: Any) -> None:
    """Where rules meet the pass is at its most delicate, and chance alone rarely gets there."""
    order = HARD[name].get("order", "ordered")
    steps = data.draw(
        st.lists(st.sampled_from("ABCD").map(lambda n: naive.Step(n, None, None)), min_size=2, max_size=4)
    )
    optional = order == "ordered" and len(steps) > 2 and data.draw(st.booleans())
    steps = [naive.Step(s.events, None, None, optional and k == 1) for k, s in enumerate(steps)]
    required = [k for k, step in enumerate(steps, 1) if not step.optional]
    arguments = data.draw(funnels(orders=(order,))) | HARD[name]
    excluded = data.draw(st.lists(exclusions(required), min_size=1, max_size=2))
    arguments |= {"steps": steps, "within": data.draw(limits(12)), "exclude": excluded, "since": None, "until": None}
    agree(states[data.draw(st.integers(0, len(states) - 1), label="state")], arguments)
