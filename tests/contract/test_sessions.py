"""Sessions against their twin, against funnels of sessions, and against other programs on real data."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, buckets, close, micros, workspace
from contract.test_trend import scattered
from lvtu.analyses import durations
from lvtu.analyses.intervals import wilson
from lvtu.demo.files import read
from lvtu.demo.retail import events as invoices
from lvtu.errors import BadInput, UnknownName
from naive.journeys import Event
from naive.sessions import rank, sessions
from parts import examples
from property.strategies import CONDITIONS, START, ZONES

HOUR, DAY = 3_600_000_000, 86_400_000_000


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Sessions of hours around the turns of calendars; some times are days, not moments."""
    folder, dice = tmp_path_factory.mktemp("sessions"), random.Random(5)
    base, late = scattered(11, 40, 700), scattered(12, 50, 250)
    base, late = ([replace(e, time_basis=dice.choice((None, None, "exact", "day"))) for e in p] for p in (base, late))
    with buckets(3):
        return Case("years", workspace(folder / "years", base, late), base + late)


def agree(case: Case, options: dict[str, Any]) -> None:
    where, by = options["where"], options["by"]
    result = case.ws.sessions(**{**options, "where": where and where.text})
    expected = sessions(case.events, **options)
    rows = {
        (micros(row["period"]) if options["period"] else None, row[by] if by else None): row
        for row in result.table.to_pylist()
        if row["sessions"] or row.get("exits")
    }
    assert rows.keys() == expected.keys()
    opened = random.Random(0).sample(list(rows), min(len(rows), 4))
    for key, row in rows.items():
        cell = expected[key]
        names: dict[str, Any] = {"group": key[1]} if by else {}
        if options["period"]:
            names["period"] = row["period"]
        sizes, times, number = cell.sizes, cell.durations, len(cell.sessions)
        assert (row["sessions"], row["events"], row["bounced"]) == (number, sum(sizes), len(cell.bounced))
        assert row.get("exits", len(cell.exits)) == len(cell.exits)
        assert row["customers"] == len(cell.customers)
        if key in opened:
            assert result.customers(**names) == sorted(cell.customers)
            assert result.customers(**names, bounced=True) == sorted({part[0].customer for part in cell.bounced})
            assert result.customers(**names, exits=True) == sorted({part[0].customer for part in cell.exits})
        assert row["events_per_session"] == (pytest.approx(sum(sizes) / number) if number else None)
        assert row["sessions_per_customer"] == (pytest.approx(number / len(cell.customers)) if number else None)
        assert (row["median_events"], row["p90_events"]) == (rank(sizes, 0.5), rank(sizes, 0.9))
        assert close(row["median_duration"], times)
        assert close(row["p90_duration"], [rank(times, 0.9)] if times else [])
        found = (row["bounce_rate"], row["low"], row["high"])
        share = len(cell.bounced) / number if number else None
        assert found == (share, *(wilson(len(cell.bounced), number) or (None, None)))
    everything = [part for cell in expected.values() for part in cell.sessions]
    assert dict(zip(*result.sizes.to_pydict().values(), strict=True)) == {
        size: sum(len(part) == size for part in everything) for size in {len(part) for part in everything}
    }
    untimed = len(everything) - sum(len(cell.durations) for cell in expected.values())
    assert [note.values["sessions"] for note in result.notes] == ([untimed] if untimed else [])


OPTIONS = {
    "by": st.sampled_from((None, "event", "channel", "plan")),
    "where": st.one_of(st.none(), st.sampled_from(CONDITIONS)),
}


@settings(max_examples=examples(60))
@given(
    gap=st.integers(0, 6), since=st.one_of(st.none(), st.integers(START, START + 12)),
    until=st.one_of(st.none(), st.integers(START, START + 12)), data=st.data(), **OPTIONS,
)  # fmt: skip
def test_any_sessions_are_the_twins(states: list[Case], gap: int, data: Any, **options: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    agree(case, {"session_gap": gap, "period": None, **options})


@settings(max_examples=examples(40))
@given(
    session_gap=st.sampled_from((0, HOUR, 5 * HOUR, 3 * DAY)), period=st.sampled_from(("hour", "day", "week", "month")),
    zone=st.sampled_from(ZONES), since=st.one_of(st.none(), st.integers(-30, 90)),
    until=st.one_of(st.none(), st.integers(-30, 90)), **OPTIONS,
)  # fmt: skip
def test_any_sessions_of_periods_are_the_twins(years: Case, since: Any, until: Any, **options: Any) -> None:
    span = {name: None if v is None else START + v * DAY for name, v in (("since", since), ("until", until))}
    agree(years, {**options, **span})


def test_many_cells_keep_marks_and_agree_too(years: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durations, "MOST_DENSE", 0)
    monkeypatch.setattr(durations, "_SETTLED", 9)
    options = {"session_gap": 5 * HOUR, "zone": "UTC", "since": None, "until": None, "where": None}
    agree(years, {**options, "by": "channel", "period": "month"})
    agree(years, {**options, "by": None, "period": None})


def test_a_pause_of_just_the_gap_stays_in(made: Any) -> None:
    times = (0, 30, 60, 91, 200)
    events = [Event(f"{t}", START + t * 60_000_000, "ann", "A") for t in times]
    row = made(events).ws.sessions().table.to_pylist()[0]
    assert (row["sessions"], row["events"], row["bounced"]) == (3, 5, 2), "0-30-60, then 91, then 200"
    assert (row["median_events"], row["p90_events"], row["median_duration"]) == (1, 3, 0)


def test_nobody_and_what_does_not_exist(made: Any, states: list[Case]) -> None:
    nothing = made([]).ws
    assert nothing.sessions().table.to_pylist()[0]["sessions"] == 0
    assert (
        nothing.sessions(by="channel", period="day").table.num_rows
        == 0
        == nothing.sessions(period="day").table.num_rows
    )
    ws = states[0].ws
    with pytest.raises(BadInput, match="no periods"):
        ws.sessions().customers(period="2026-01-01")
    with pytest.raises(BadInput, match="nothing is broken down"):
        ws.sessions().customers("web")
    with pytest.raises(UnknownName, match="'phone'"):
        ws.sessions("channel").customers("phone")
    with pytest.raises(BadInput, match="value holds a number"):
        ws.sessions("value")


@settings(max_examples=examples(30))
@given(gap=st.integers(0, 6), by=OPTIONS["by"], where=OPTIONS["where"], data=st.data())
def test_a_funnel_of_sessions_begins_with_as_many(states: list[Case], gap: int, by: Any, where: Any, data: Any) -> None:
    ws = states[data.draw(st.integers(0, len(states) - 1))].ws
    asked = {"session_gap": gap, "by": by, "where": where and where.text}
    own, funnel = ws.sessions(**asked), ws.funnel([None], unit="sessions", **asked)
    assert {row[by] if by else None: row["sessions"] for row in own.table.to_pylist() if row["sessions"]} == {
        row[by] if by else None: row["customers"] for row in funnel.table.to_pylist() if row["customers"]
    }
    names = ["A", "B"]
    some = ws.funnel([names], unit="sessions", session_gap=gap).steps[0]
    told = [part for part in sessions_of(ws, gap) if set(part) & set(names)]
    assert some == len(told)


def sessions_of(ws: Any, gap: int) -> list[list[str]]:
    """The events of every session, by the SQL door."""
    rows = ws.sql("select customer, time, event from events order by customer, time").to_pylist()
    found: list[list[str]] = []
    for before, row in zip([None, *rows], rows, strict=False):
        if (
            before is None
            or before["customer"] != row["customer"]
            or micros(row["time"]) - micros(before["time"]) > gap
        ):
            found.append([])
        found[-1].append(row["event"])
    return found


def test_a_shops_visits_by_another_program(tmp_path: Any) -> None:
    """A year of real invoices: DuckDB's window functions cut the same sessions."""
    source = invoices(read("retail"))
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(source)
        for gap, text in (("1h", "1 hour"), ("7d", "7 days")):
            row = ws.sessions(session_gap=gap).table.to_pylist()[0]
            with duckdb.connect() as database:  # the module's own is everybody's, and busy until all rows are read
                expected = dict(zip(_NAMES, database.execute(_CUT, {"gap": text}).fetchone() or (), strict=True))
            assert {name: row[name] for name in _NAMES[:6]} == {name: expected[name] for name in _NAMES[:6]}
            for name in _NAMES[6:]:
                assert row[name] == pytest.approx(expected[name], rel=0.01)
            assert source.num_rows > row["sessions"] > 4000


_NAMES = (
    "sessions", "customers", "events", "bounced", "median_events", "p90_events", "median_duration", "p90_duration",
)  # fmt: skip


_CUT = """
    with cut as (select *, sum(fresh::int) over (partition by user_id order by time, message_id) as part from
        (select *, coalesce(time - lag(time) over (partition by user_id order by time, message_id) > $gap::interval,
            true) as fresh from source where user_id is not null)),
    one as (select user_id, count(*) as n, epoch_us(max(time)) - epoch_us(min(time)) as us from cut
        group by user_id, part)
    select count(*), count(distinct user_id), sum(n)::bigint, count(*) filter (n = 1), quantile_disc(n, 0.5),
        quantile_disc(n, 0.9), median(us), quantile_disc(us, 0.9) from one
"""
