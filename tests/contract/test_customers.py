"""Every number of customers opens the customers behind it: as many names as it says, and the right ones."""

from __future__ import annotations

import random
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, buckets, funnel_options, micros, ugly, workspace
from contract.test_funnel import BY
from contract.test_graph import OPTIONS
from contract.test_journey_models import MODEL
from contract.test_journey_models import records as model_records
from contract.test_retention import ranges
from contract.test_states import known_as, record, visits
from contract.test_trend import scattered
from lvtu.errors import BadInput, Erased, UnknownName
from naive import funnel as naive
from naive.calendars import shifted
from naive.customers import of_period, of_retention, of_transition
from naive.journeys import Event
from parts import examples
from property.strategies import CONDITIONS, START, ZONES, funnels, random_events

DAY = 86_400_000_000


def pages(ask: Any, *cell: Any, size: int = 7, **more: Any) -> list[str]:
    """All names, a page at a time."""
    found: list[str] = []
    for number in count():
        page = ask(*cell, **more, limit=size, offset=number * size)
        assert len(page) <= size
        found += page
        if len(page) < size:
            return found
    raise AssertionError


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("customers")
    base, late = scattered(7, 60, 700), scattered(8, 80, 250)
    with buckets(3):
        return Case("years", workspace(folder / "years", base, late), base + late)


@settings(max_examples=examples(80))
@given(arguments=funnels(), by=st.sampled_from((None, "plan", "channel")), data=st.data())
def test_any_step(states: list[Case], arguments: dict[str, Any], by: str | None, data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    by_step = data.draw(st.integers(1, len(arguments["steps"]))) if by else 1
    result = case.ws.funnel(**funnel_options(arguments), by=by, by_step=by_step)
    units = naive.funnel(case.events, **arguments, by=BY[by] if by else None, by_step=by_step).units
    for row in result.table.to_pylist():
        group = {"group": row[by]} if by else {}
        names = pages(result.customers, row["step"], **group, size=40)
        there = [(key, unit) for key, unit in units.items() if row["step"] in unit.events]
        there = [(key, unit) for key, unit in there if not by or unit.group == row[by]]
        assert names == sorted({key if isinstance(key, str) else key[0] for key, _ in there})
        assert arguments["unit"] != "customers" or len(names) == row["customers"]


def test_a_step_of_a_period(made: Any) -> None:
    events = random_events(6, customers=120, events=900, names=3, heavy=0)
    case, zone = made(events[:700], events[700:]), "Asia/Shanghai"
    arguments = {"steps": ["E0", "E1", "E2"], "within": 2 * DAY}
    result = case.ws.funnel(**arguments, trend="week", zone=zone, by="plan")
    units = naive.funnel(events, **arguments).units
    for row in result.table.to_pylist():
        start, plan = micros(row["period"]), row["plan"]
        names = result.customers(row["step"], group=plan, period=row["period"])
        assert len(names) == row["customers"]
        assert names == sorted(
            who
            for who, unit in units.items()
            if row["step"] in unit.events
            and shifted(unit.events[1].time, "week", zone) == start
            and unit.events[1].get("plan") == plan
        )
    with pytest.raises(BadInput, match="no period starts"):
        result.customers(1, period="2026-01-06")


@settings(max_examples=examples(60))
@given(options=OPTIONS, data=st.data())
def test_any_transition(states: list[Case], options: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    result = case.ws.graph(**{**options, "where": options["where"] and options["where"].text})
    rows = result.table.to_pylist()
    for row in random.Random(0).sample(rows, min(len(rows), 12)):
        names = pages(result.customers, row["source"], row["target"], size=30)
        assert len(names) == row["customers"]
        assert names == of_transition(case.events, row["source"], row["target"], **options)


@settings(max_examples=examples(80))
@given(
    start=st.sampled_from((None, "A", "B")),
    back=st.sampled_from((None, "A", "C")),
    period=st.sampled_from(("hour", "day", "week", "month")),
    mode=st.sampled_from(("n_day", "unbounded", "bracket")),
    clock=st.sampled_from(("calendar", "rolling")),
    zone=st.sampled_from(ZONES),
    entry=st.sampled_from(("first", "any")),
    brackets=ranges(),
    where=st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
    since=st.one_of(st.none(), st.integers(-60, 60)),
    data=st.data(),
)
def test_any_return(years: Case, where: Any, since: Any, brackets: Any, data: Any, **options: Any) -> None:
    options["since"] = None if since is None else START + since * DAY
    asked = {"brackets": brackets} if options["mode"] == "bracket" else {"periods": 3}
    result = years.ws.retention(**options, **asked, where=where and where.text)
    rows = [row for row in result.cohorts.to_pylist() if row["customers"]]
    for row in [*result.table.to_pylist(), *data.draw(st.permutations(rows))[:3]]:
        cell = row["period"], row.get("to", row["period"])
        cohort = row.get("cohort")
        period = cell if options["mode"] == "bracket" else cell[0]
        own = cohort and micros(cohort)
        numbers: dict[tuple[bool | None, bool], int | None] = {
            (True, False): row["returned"], (False, False): row["customers"] - row["returned"],
            (None, False): row["customers"], (None, True): row["mature"],
            (True, True): None if row["rate"] is None else round(row["rate"] * row["mature"]),
        }  # fmt: skip
        for (returned, mature), number in numbers.items():
            names = result.customers(period, cohort, returned, mature=mature)
            assert names == of_retention(years.events, cell, own, returned, mature, where=where, **options)
            if number is not None and (cohort or options["entry"] == "first"):
                assert len(names) == number


@pytest.mark.parametrize("clock", ["calendar", "rolling"])
def test_a_period_that_ends_with_the_last_event_is_over(made: Any, clock: Any) -> None:
    events = [Event("1", START, "ann", "A"), Event("2", START + DAY, "bo", "B"), Event("3", START + 5, "cy", "A")]
    result = made(events).ws.retention("A", "B", periods=0, clock=clock)
    over = ["ann", "cy"] if clock == "calendar" else ["ann"]
    assert result.table["mature"].to_pylist() == [len(over)]
    assert result.customers(0, returned=None, mature=True) == over == of_retention(
        events, (0, 0), returned=None, mature=True, start="A", back="B", clock=clock
    )  # fmt: skip


@settings(max_examples=examples(60))
@given(
    event=st.sampled_from((None, "A", ("A", "B"))),
    period=st.sampled_from(("hour", "day", "week", "month")),
    zone=st.sampled_from(ZONES),
    by=st.sampled_from((None, "plan", "channel", "event")),
    where=st.one_of(st.none(), st.sampled_from(CONDITIONS)),
    since=st.one_of(st.none(), st.integers(-30, 90)),
    until=st.one_of(st.none(), st.integers(-30, 90)),
)
def test_any_period(years: Case, where: Any, since: Any, until: Any, **options: Any) -> None:
    options |= {name: None if v is None else START + v * DAY for name, v in (("since", since), ("until", until))}
    result = years.ws.trend(**options, where=where and where.text)
    rows = result.table.to_pylist()
    for row in random.Random(0).sample(rows, min(len(rows), 8)):
        group = row[options["by"]] if options["by"] else None
        names = pages(result.customers, row["period"], group)
        assert len(names) == row["customers"]
        assert names == of_period(years.events, micros(row["period"]), group, **options, where=where)


def test_the_list_is_the_counted_one_whatever_happens_since(tmp_path: Path) -> None:
    with buckets(3), lvtu.open(tmp_path / "w.lvtu") as ws:
        events = visits(1, 0.3)
        ws.ingest([record(e) for e in events])
        ws.append([record(e) for e in visits(2, 0.5)[:60]])  # a tail
        asked = [ws.funnel(["A", "B"]), ws.graph(), ws.retention("A", "B", periods=0), ws.trend("A")]
        numbers = [
            asked[0].steps[1],
            asked[1].table["customers"][0].as_py(),
            asked[2].table["returned"][0].as_py(),
            asked[3].table["customers"][0].as_py(),
        ]

        def lists() -> list[list[str]]:
            row = asked[1].table.slice(0, 1).to_pylist()[0]
            funnel, graph, retention, trend = asked
            first = trend.table["period"][0].as_py()
            return [
                funnel.customers(2), graph.customers(row["source"], row["target"]), retention.customers(0),
                trend.customers(first),
            ]  # fmt: skip

        before = lists()
        assert [len(names) for names in before] == numbers
        ws.append([record(e) for e in visits(3, 0.9)])
        assert ws.funnel(["A", "B"]).steps[1] > numbers[0] and lists() == before
        ws.join("user1", "user2")
        ws.compact()
        assert ws.funnel(["A", "B"]).customers(2) != before[0] and lists() == before
        assert len({one.token for one in asked}) == 1


def test_lists_follow_who_is_who(tmp_path: Path) -> None:
    with buckets(4), lvtu.open(tmp_path / "w.lvtu") as ws:
        events = visits(1, 0.2)
        ws.ingest([record(e) for e in events])
        edges = [ws.join("user1", "user2"), ws.join("user3", "user4")]
        for change in (None, lambda: ws.unjoin(edges[0]), lambda: ws.join_by("email")):
            if change:
                change()
            case = known_as(ws, events)
            result = ws.graph()
            for row in result.table.to_pylist():
                names = result.customers(row["source"], row["target"])
                assert names == of_transition(case.events, row["source"], row["target"])
                assert len(names) == row["customers"]
            again = ws.retention("A", "B", periods=1)
            for row in again.table.to_pylist():
                cell = row["period"], row["period"]
                assert again.customers(row["period"]) == of_retention(case.events, cell, start="A", back="B")


def test_nobody_is_listed_who_was_forgotten_since(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest([e.record() for e in ugly(5, customers=20)])
        answer = ws.funnel(["A"])
        assert "c10" in answer.customers(1)
        ws.forget("c10")
        with pytest.raises(Erased):
            answer.customers(1)
        assert "c10" not in ws.funnel(["A"]).customers(1)


def test_an_earlier_commit_opens_too(tmp_path: Path) -> None:
    parts = [ugly(21), ugly(22, prefix="d")]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        for part in parts:
            ws.ingest([e.record() for e in part])
        first = Case("at 0", ws.at(0), parts[0])
        result = first.ws.graph()
        for row in result.table.to_pylist():
            assert result.customers(row["source"], row["target"]) == of_transition(
                parts[0], row["source"], row["target"]
            )


def test_what_does_not_exist(states: list[Case]) -> None:
    ws = states[0].ws
    with pytest.raises(UnknownName, match="'E'"):
        ws.graph().customers("E", "A")
    with pytest.raises(BadInput, match="no period 9"):
        ws.retention("A", periods=2).customers(9)
    with pytest.raises(BadInput, match="no period starts"):
        ws.trend("A").customers("1999-01-01")
    with pytest.raises(BadInput, match="not a time"):
        ws.trend("A").customers("soon")
    with pytest.raises(BadInput, match="nothing is broken down"):
        ws.funnel(["A"]).customers(1, group="p")
    with pytest.raises(UnknownName, match="value of plan 'x'"):
        ws.funnel(["A"], by="plan").customers(1, group="x")
    with pytest.raises(BadInput, match="offset"):
        ws.funnel(["A"]).customers(1, offset=-1)
    assert ws.funnel(["A"]).customers(1, limit=0) == []


@pytest.mark.parametrize("by", ["stage", "touchpoint", "online"])
def test_a_models_groups_open_too(tmp_path: Path, by: str) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(model_records())
        ws.save_model(MODEL)
        funnel = ws.funnel(["Product Viewed", "Order Completed"], by=by)
        graph, trend, flow = ws.graph(by=by), ws.trend(by=by), ws.flow(by=by)
        ws.append([{"user_id": "zoe", "event": "Product Viewed", "time": "2026-03-01T12:00:00Z", "channel": "web"}])
        ws.save_model({**MODEL, "stages": MODEL["stages"][:1]})  # the answer stays with the model it was read through
        for row in funnel.table.to_pylist():
            assert len(funnel.customers(row["step"], group=row[by])) == row["customers"]
        for row in graph.table.to_pylist():
            assert len(graph.customers(row["source"], row["target"])) == row["customers"]
        for row in trend.table.to_pylist():
            assert len(trend.customers(row["period"], row[by])) == row["customers"]
        matrix = ws.step_matrix("Product Viewed", by=by)
        for row in matrix.table.to_pylist():
            assert len(matrix.customers(row["step"], row["place"])) == row["customers"]
        assert flow.table.num_rows > 2
        for row in flow.table.to_pylist():
            assert len(flow.customers(row["step"], row["source"], row["target"])) == row["customers"]
