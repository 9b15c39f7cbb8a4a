"""The life cycle against its twin, a table worked out by hand, and the trend."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, buckets, micros, workspace
from contract.test_trend import scattered
from lvtu.analyses.lifecycle import STATUSES
from lvtu.errors import BadInput, UnknownName
from naive.calendars import shifted
from naive.journeys import Event, last_time
from naive.lifecycle import lifecycle
from parts import examples
from property.strategies import CONDITIONS, START, ZONES

DAY = 86_400_000_000


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("lifecycle")
    base, late = scattered(21, 60, 500), scattered(22, 80, 200)
    with buckets(3):
        return Case("years", workspace(folder / "years", base, late), base + late)


OPTIONS = {
    "event": st.sampled_from((None, None, "A", ("A", "B"))),
    "period": st.sampled_from(("hour", "day", "week", "month")),
    "zone": st.sampled_from(ZONES),
    "where": st.one_of(st.none(), st.sampled_from(CONDITIONS)),
    "since": st.one_of(st.none(), st.integers(-30, 90)),
    "until": st.one_of(st.none(), st.integers(-30, 90)),
}


def in_days(options: dict[str, Any]) -> dict[str, Any]:
    span = {name: None if options[name] is None else START + options[name] * DAY for name in ("since", "until")}
    return {**options, **span}


@settings(max_examples=examples(80))
@given(**OPTIONS, data=st.data())
def test_any_life_cycle_is_the_twins(years: Case, data: Any, **given_options: Any) -> None:
    options = in_days(given_options)
    where = options["where"]
    result = years.ws.lifecycle(**{**options, "where": where and where.text})
    expected = lifecycle(years.events, **options)
    rows = result.table.to_pylist()
    end = last_time(years.events) if options["until"] is None else min(options["until"] - 1, last_time(years.events))
    known = {key: who for key, who in expected.items() if key[0] <= shifted(end, options["period"], options["zone"])}
    found = {(micros(row["period"]), row["status"]): row["customers"] for row in rows if row["customers"]}
    assert found == {key: len(who) for key, who in known.items()}
    assert [row["status"] for row in rows] == list(STATUSES) * (len(rows) // 4), "no period and no status is missing"
    some = data.draw(st.permutations([row for row in rows if row["customers"]]))[:3]
    for row in some:
        names = result.customers(row["period"], row["status"])
        assert names == sorted(known[micros(row["period"]), row["status"]]) and len(names) == row["customers"]
    last = shifted(end, options["period"], options["zone"], 1)
    over = last <= min(last_time(years.events), options["until"] or last)
    assert [note.code for note in result.notes] == (["open_lifecycle"] if rows and not over else [])


@settings(max_examples=examples(40))
@given(**{name: OPTIONS[name] for name in ("event", "period", "zone", "where")})
def test_counts_add_up_to_the_trends(years: Case, where: Any, **options: Any) -> None:
    asked = {**options, "where": where and where.text}
    active = {row["period"]: row["customers"] for row in years.ws.trend(**asked).table.to_pylist()}
    cells: dict[Any, dict[str, int]] = {}
    changes: dict[Any, int] = {}
    for row in years.ws.lifecycle(**asked).table.to_pylist():
        cells.setdefault(row["period"], {})[row["status"]] = row["customers"]
        changes[row["period"]] = changes.get(row["period"], 0) + row["change"]
    assert {p: c["new"] + c["returning"] + c["resurrected"] for p, c in cells.items()} == active
    before = 0
    for period, cell in cells.items():
        assert changes[period] == active[period] - before and cell["dormant"] == before - cell["returning"]
        before = active[period]


def test_by_hand(made: Any) -> None:
    """Weeks 0 to 3: ann every week, bo in 0 and 2, cy from 1 on but not in 3; dee in 3."""
    weeks = {"ann": (0, 1, 2, 3), "bo": (0, 2), "cy": (1, 2), "dee": (3,)}
    start = START + 4 * DAY  # a Monday
    events = [Event(f"{who}{w}", start + w * 7 * DAY + 5, who, "A") for who, own in weeks.items() for w in own]
    result = made(events).ws.lifecycle()
    grid = [row["customers"] for row in result.table.to_pylist()]
    assert [grid[i : i + 4] for i in range(0, 16, 4)] == [[2, 0, 0, 0], [1, 1, 0, 1], [0, 2, 1, 0], [1, 1, 0, 2]]
    assert result.table["change"].to_pylist() == [2, 0, 0, 0, 1, 0, 0, -1, 0, 0, 1, 0, 1, 0, 0, -2]
    assert result.customers("2026-01-26", "dormant") == ["bo", "cy"]
    assert result.customers("2026-01-19", "resurrected") == ["bo"]
    later = made(events).ws.lifecycle(since="2026-01-21")
    assert later.table["customers"].to_pylist()[:4] == [0, 2, 1, 0], "what was before since is still known"


def test_nobody_and_what_does_not_exist(made: Any, states: list[Case]) -> None:
    assert made([]).ws.lifecycle().table.num_rows == 0
    ws = states[0].ws
    assert ws.lifecycle(since="2030-01-01").table.num_rows == 0
    with pytest.raises(UnknownName, match="unknown status 'gone'"):
        ws.lifecycle().customers("2026-01-01", "gone")
    with pytest.raises(BadInput, match="no period starts"):
        ws.lifecycle().customers("2026-01-02", "new")
    with pytest.raises(UnknownName, match="unknown event 'Nothing'"):
        ws.lifecycle("Nothing")
