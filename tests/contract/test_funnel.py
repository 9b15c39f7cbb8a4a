"""The funnel against its twin: the same attempts, event by event, and the same numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from contract.cases import Case, close, counted, funnel_options, micros
from lvtu.errors import BadInput, UnknownName
from naive import funnel as naive
from naive.calendars import shifted
from naive.funnel_forward import forward
from parts import examples
from property.strategies import exclusions, funnels, limits, random_events

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
        for names, ends in ((("low", "high"), expected.interval),
                            (("previous_low", "previous_high"), expected.previous_interval)):  # fmt: skip
            assert [row[name] for name in names] == (pytest.approx(ends, abs=1e-9) if ends else [None, None])
        assert close(row["median_time"], expected.durations), (row, expected.durations)
    assert seen == rows.keys() or not by
    for step in range(1, len(arguments["steps"]) + 1):
        expected_names = {key if isinstance(key, str) else key[0] for key, u in twin.units.items() if step in u.events}
        assert set(result.customers(step)) == expected_names


@settings(max_examples=examples(300))
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
@settings(max_examples=examples(60))
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


def test_one_customer_with_very_many_events(made: Any) -> None:
    """A single line as long as thousands of others, against the twin's forward pass."""
    events = random_events(5, customers=40, events=24_000, names=6, heavy=0.85)
    case = made(events)
    hour, breaks = 3_600_000_000, [naive.Exclude("E0", None, 1, 2)]
    for arguments in (
        {"steps": ["E1", "E4", "E5"], "within": hour},
        {"steps": ["E4", "E5", "E3"], "within": 2 * hour, "ties": "strict", "exclude": breaks},
        {"steps": ["E5", "E4", "E3"], "within": hour, "entry": "each", "unit": "totals"},
    ):  # fmt: skip
        agree(case, arguments, fill=forward)


def test_more_names_than_a_byte_holds(states: list[Case]) -> None:
    case = next(case for case in states if case.name == "appended")
    assert len(case.ws.snapshot().events) > 256
    for steps in (["N10", "N290"], ["A", "N299"], ["N40", "N47", "N54"]):
        agree(case, {"steps": steps})


@pytest.mark.parametrize("steps", [["A"], ["A", "A"], ["A", "A", "A"], [None], [("A", "B"), "A"], [None, None]])
@pytest.mark.parametrize("ties", ["follow", "strict"])
def test_few_steps_and_the_same_name_twice(states: list[Case], steps: list[Any], ties: str) -> None:
    for case in states:
        agree(case, {"steps": steps, "ties": ties, "within": 6})
        agree(case, {"steps": steps, "ties": ties, "entry": "each", "unit": "totals"})


def test_a_trend_counts_by_the_entry(made: Any) -> None:
    events = random_events(6, customers=120, events=900, names=3, heavy=0)
    case, day = made(events), 86_400_000_000
    arguments = {"steps": ["E0", "E1", "E2"], "within": 2 * day}
    table = case.ws.funnel(**arguments, trend="week", zone="Asia/Shanghai", by="plan").table.to_pylist()
    expected: dict[Any, list[int]] = {}
    for unit in naive.funnel(events, **arguments).units.values():
        start = unit.events[1]
        line = expected.setdefault((shifted(start.time, "week", "Asia/Shanghai"), start.get("plan")), [0, 0, 0])
        for step in unit.events:
            line[step - 1] += 1
    got: dict[Any, list[int]] = {}
    for row in table:
        got.setdefault((micros(row["period"]), row["plan"]), []).append(row["customers"])
    assert got == expected


def test_the_first_step_is_everybody_with_that_event(states: list[Case]) -> None:
    for case in states:
        result = case.ws.funnel(["B", "C"])
        assert result.customers(1) == sorted({e.customer for e in case.events if e.event == "B"})
        assert result.steps == [len(result.customers(1)), len(result.customers(2))]
        assert len(result.customers(1, lost=True)) == result.steps[0] - result.steps[1]
        assert set(result.customers(1, lost=True)) == set(result.customers(1)) - set(result.customers(2))


# R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3 (Wilson's score).
PUBLISHED = {
    (81, 263): (0.2553, 0.3662),
    (15, 148): (0.0624, 0.1605),
    (0, 20): (0.0, 0.1611),
    (1, 29): (0.0061, 0.1718),
}


@pytest.mark.parametrize("counts", PUBLISHED)
def test_the_interval_is_the_published_one(made: Any, counts: tuple[int, int]) -> None:
    paid, viewed = counts
    events = [naive.Event(f"v{n}", n, f"c{n}", "View") for n in range(viewed)]
    events += [naive.Event(f"p{n}", 1000 + n, f"c{n}", "Pay") for n in range(paid)]
    other = [naive.Event("x", 0, "nobody", "Pay")]
    first, second = made(events + other).ws.funnel(["View", "Pay"]).table.to_pylist()
    for names in (("low", "high"), ("previous_low", "previous_high")):
        assert tuple(round(second[name], 4) for name in names) == PUBLISHED[counts]
        assert [first[name] for name in names] == [None, None], "all are all"
    ends = stats.binomtest(paid, viewed).proportion_ci(method="wilson")
    assert (second["low"], second["high"]) == pytest.approx((ends.low, ends.high))


def test_nothing_is_immature_without_a_window(states: list[Case]) -> None:
    result = states[0].ws.funnel(["A", "B"])
    assert result.immature == 0 and not result.notes


def test_names_that_do_not_exist(made: Any) -> None:
    ws = made([naive.Event("1", 5, "ann", "Signed up"), naive.Event("2", 6, "ann", "Paid")]).ws
    with pytest.raises(UnknownName, match="Signed up"):
        ws.funnel(["Sined up", "Paid"])
    with pytest.raises(UnknownName, match="Paid"):
        ws.funnel(["Signed up", "Paid"], exclude=["Piad"])
    with pytest.raises(UnknownName, match="colour"):
        ws.funnel(["Signed up", {"event": "Paid", "where": "colour = 'red'"}])
    with pytest.raises(BadInput, match="value"):
        ws.funnel(["Signed up", "Paid"], by="value")
    with pytest.raises(BadInput, match="no step 3"):
        ws.funnel(["Signed up", "Paid"]).customers(3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"steps": []}, "steps"),
        ({"steps": [{"event": "A", "optional": True}, "B"]}, "optional"),
        ({"steps": ["A", {"event": "B", "optional": True}, "C"], "order": "strict"}, "order"),
        ({"steps": ["A", "B"], "by_step": 3, "by": "plan"}, "by_step"),
        ({"steps": ["A", "B"], "exclude": [{"event": "C", "after": 2, "before": 1}]}, "exclusion"),
        ({"steps": ["A", "B"], "window": "7d"}, "window"),
        ({"steps": ["A", "B"], "within": "soon"}, "soon"),
    ],
)
def test_questions_that_make_no_sense(states: list[Case], options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        states[0].ws.funnel(**options)
