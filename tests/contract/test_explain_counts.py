"""What is said of one customer in trend, retention and metric: over all customers it adds up to the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, workspace
from contract.test_metric import QUESTION, SOME, spoken
from contract.test_retention import ranges
from contract.test_trend import scattered
from lvtu.errors import UnknownName
from naive.journeys import Event
from parts import examples
from property.strategies import CONDITIONS, START, ZONES, some_names

DAY = 86_400_000_000
WHERE = st.one_of(st.none(), st.sampled_from(CONDITIONS))
MOMENT = st.one_of(st.none(), st.integers(-30, 60))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """So few customers that each can be asked, around the turns of the calendar, some of their events in the tail."""
    base, late = scattered(21, 12, 160), scattered(22, 15, 60)
    return Case("few", workspace(tmp_path_factory.mktemp("few") / "w", base, late), base + late)


def everybody(case: Case, result: Any) -> list[tuple[str, dict[str, Any]]]:
    """The rows of all customers, each with its customer; their sentences can be said in both languages."""
    rows = []
    for who in sorted({event.customer for event in case.events}):
        told = result.explain(who)
        assert told.customer == who and told.text("zh") != told.text("en")
        assert len(told.said) > 1, "what is not counted has a reason"
        rows += [(who, row) for row in told.table.to_pylist()]
    return rows


def spanned(since: int | None, until: int | None) -> dict[str, Any]:
    return {n: None if v is None else START + v * DAY for n, v in (("since", since), ("until", until))}


@settings(max_examples=examples(40), deadline=None)
@given(
    event=some_names(), period=st.sampled_from(("day", "week", "month")), zone=st.sampled_from(ZONES),
    by=st.sampled_from((None, "plan", "channel", "event")), where=WHERE, event_where=WHERE, since=MOMENT, until=MOMENT,
)  # fmt: skip
def test_a_trend(few: Case, event: Any, where: Any, event_where: Any, since: Any, until: Any, **options: Any) -> None:
    conditions = {"where": where and where.text, "event_where": event_where and event_where.text}
    result = few.ws.trend(event, **conditions, **spanned(since, until), **options)
    by = options["by"]
    cells: dict[Any, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    group = by and ("by_event" if by == "event" else by)
    for who, row in everybody(few, result):
        cells[row["period"], group and row[group]].append((who, row))
    told = {
        cell: (len(rows), len({who for who, _ in rows}), sum(row["value"] or 0 for _, row in rows))
        for cell, rows in cells.items()
    }
    name = by and ("by_event" if by == "event" and "by_event" in result.table.column_names else by)
    answer = {(row["period"], name and row[name]): row for row in result.table.to_pylist()}
    assert told == {
        cell: (row["events"], row["customers"], pytest.approx(row["value"]))
        for cell, row in answer.items() if row["events"]
    }  # fmt: skip


@settings(max_examples=examples(60), deadline=None)
@given(
    start=st.sampled_from((None, "A", "B")), back=st.sampled_from((None, "A", "C")),
    period=st.sampled_from(("day", "week", "month")), periods=st.integers(0, 6),
    mode=st.sampled_from(("n_day", "unbounded", "bracket")), clock=st.sampled_from(("calendar", "rolling")),
    zone=st.sampled_from(ZONES), entry=st.sampled_from(("first", "any")), brackets=ranges(),
    where=WHERE, start_where=WHERE, back_where=WHERE, since=MOMENT, until=MOMENT,
)  # fmt: skip
def test_a_retention(few: Case, since: Any, until: Any, **options: Any) -> None:
    if options["mode"] != "bracket":
        del options["brackets"]
    for name in ("where", "start_where", "back_where"):
        options[name] = options[name] and options[name].text
    result = few.ws.retention(**options, **spanned(since, until))
    cells: dict[Any, Counter[str]] = defaultdict(Counter)
    width = len(result._question.cells)
    number: Counter[Any] = Counter()
    for who, row in everybody(few, result):
        place = number[who] % width  # brackets may be alike
        number[who] += 1
        for key in ((row["cohort"], place), (None, place)):
            cells[key] += Counter(customers=1, mature=row["mature"], returned=row["returned"])
        assert (row["came_back"] is None) == (row["back"] is None) == (not row["returned"])
        assert row["came_back"] is None or row["came_back"] >= row["entered"]
    for table, key in ((result.cohorts, "cohort"), (result.table, None)):
        for place, row in enumerate(table.to_pylist()):
            found = cells[key and row[key], place % width]
            assert {name: row[name] for name in ("customers", "mature", "returned")} == {
                name: found[name] for name in ("customers", "mature", "returned")
            }  # fmt: skip
    assert len([key for key in cells if key[0]]) == result.cohorts.num_rows


MEASURED = st.one_of(
    st.fixed_dictionaries(
        {
            "of": st.builds(lambda of, times: {"events": {"events": of}, "times": times}, SOME, st.integers(1, 3)),
            "per": SOME.map(lambda names: {"events": {"events": names}}),
        },
        optional={"within": st.integers(0, 15).map("{}d".format)},
    ),
    st.builds(
        lambda count, of, per: {"of": {"count": count, "events": {"events": of}},
                                "per": {"count": count, "events": {"events": per}}},
        st.sampled_from(("events", "money")), SOME, SOME,
    ),
    st.integers(1, 60).map(lambda days: {"of": {"silent": f"{days}d"}}),
    st.builds(
        lambda count, of, growth: {"of": {"count": count, "events": {"events": of}}, "growth": growth},
        st.sampled_from(("events", "money", "customers")), SOME, st.booleans(),
    ),
)  # fmt: skip


@settings(max_examples=examples(120), deadline=None)
@given(metric=MEASURED, question=QUESTION)
def test_a_metric(few: Case, metric: dict[str, Any], question: dict[str, Any]) -> None:
    question = spoken(question)
    few.ws.save_metric({"key": "m", "title": {"zh": "某指标", "en": "M"}, **metric})  # type: ignore[attr-defined]
    result = few.ws.metric("m", **{**question, "where": question["where"] and question["where"].text})
    keys = [name for name in ("plan", "channel", "currency", "period") if name in result.table.column_names]
    figures = [n for n in ("count", "n", "immature", "events", "customers", "value") if n in result.table.column_names]
    told: dict[Any, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(figures, 0))
    for _, row in everybody(few, result):
        cell = tuple(row[key] for key in keys)
        for name in figures:
            told[cell][name] += row[name]
        if row.get("then") and not metric["of"].get("silent"):
            assert row["then_time"] >= row["time"] and row["then"] in metric["of"]["events"]["events"]
    answer = {tuple(row[key] for key in keys): row for row in result.table.to_pylist()}
    if not metric.get("growth"):
        told = {cell: sums for cell, sums in told.items() if any(sums.values())}
        assert {cell: {name: row[name] for name in figures} for cell, row in answer.items() if any(
            row[name] for name in figures)} == {
            cell: {name: pytest.approx(value) for name, value in sums.items()} for cell, sums in told.items()
        }  # fmt: skip
        return
    periods = sorted({cell[-1] for cell in told})
    for cell, row in answer.items():
        before = [p for p in periods if p < cell[-1]]
        assert row[figures[0]] == pytest.approx(told[cell][figures[0]] if cell in told else 0)
        assert before and row["earlier"] == pytest.approx(told[(*cell[:-1], before[-1])][figures[0]])


def test_in_words(made: Any) -> None:
    events = [
        Event("1", START, "ann", "A", value=10.0, channel="web"),
        Event("2", START + DAY, "ann", "B", channel="web"),
        Event("3", START + 2 * DAY, "ann", "A", value=2.5),
        Event("4", START + 2 * DAY, "bo", "C"),
    ]
    ws = made(events).ws
    assert str(ws.trend("A", by="channel").explain("ann")).splitlines() == [
        "ann: 2 events counted", "  2026-01-01, web: 1 event, worth 10.00", "  2026-01-03, (none): 1 event, worth 2.50",
    ]  # fmt: skip
    assert ws.trend("A").explain("bo").text("zh").splitlines() == [
        "bo：计入 0 个事件", "  未计入：没有这样的事件",
    ]  # fmt: skip
    assert str(ws.trend("A", until=START).explain("ann")).splitlines()[1] == (
        "  not counted: 2 such events, but all outside the time asked for"
    )
    assert str(ws.trend("A", where="value > 50").explain("ann")).splitlines()[1] == (
        "  not counted: 2 such events, but none meets the conditions"
    )
    for result in (ws.trend("A"), ws.retention("A")):
        with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
            result.explain("nobody")


def test_what_decides_by_hand(made: Any) -> None:
    """Ann has A on the days 0 and 2, B on 3 and 4; the data end with the third B, on day 10."""
    days = [("A", 0), ("A", 2), ("B", 3), ("B", 4), ("A", 9)]
    events = [Event(f"m{n}", START + day * DAY, "ann", name) for n, (name, day) in enumerate(days)]
    ws = made([*events, Event("last", START + 10 * DAY, "bo", "B")]).ws

    def then(of: str, times: int = 1, by: str | None = None, **within: str) -> list[tuple[Any, ...]]:
        metric = {"of": {"events": {"events": [of]}, "times": times}, "per": {"events": {"events": ["A"]}}}
        ws.save_metric({"key": "m", "title": "M", **metric, **within})
        rows = ws.metric("m", period="day", by=by).explain("ann").table.to_pylist()
        days = [row["then_time"] and (row["then_time"].timestamp() * 1_000_000 - START) / DAY for row in rows]
        return list(zip(days, (row["count"] for row in rows), (row["n"] for row in rows), strict=True))

    assert then("A") == [(2, 1, 1), (9, 1, 1), (None, 0, 1)], "not the event itself that gives the chance"
    assert then("B", 2) == [(4, 1, 1), (4, 1, 1), (None, 0, 1)], "the second one is what counts"
    assert then("B", 1, within="12d") == [(3, 0, 0), (3, 0, 0), (None, 0, 0)], "done, but the time is not over"
    assert then("B", by="currency") == [(3, 1, 1), (3, 1, 1), (None, 0, 1)]
    kept = ws.retention("A", "B", period="day", periods=10).explain("ann").table.to_pylist()
    assert [row["mature"] for row in kept] == [True] * 10 + [False], "day 9 ends as the data do"
