"""Retention against its twin: every mode, clock, calendar and entry."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, micros, workspace
from contract.test_trend import scattered
from naive.retention import retention
from parts import examples
from property.strategies import CONDITIONS, START, ZONES

DAY = 86_400_000_000


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("retention")
    base, late = scattered(7, 60, 700), scattered(8, 80, 250)
    brazil = scattered(9, 60, 400, (1_541_300_400_000_000, 1_541_300_400_000_000 - 5 * DAY))
    return [
        Case("years", workspace(folder / "years", base, late), base + late),
        Case("brazil", workspace(folder / "brazil", brazil), brazil),
    ]


def ranges() -> st.SearchStrategy[list[tuple[int, int]]]:
    one = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda ends: (min(ends), max(ends)))
    return st.lists(one, min_size=1, max_size=3)


@settings(max_examples=examples(200))
@given(
    which=st.integers(0, 1),
    start=st.sampled_from((None, "A", "B")),
    back=st.sampled_from((None, "A", "C")),
    period=st.sampled_from(("hour", "day", "week", "month")),
    periods=st.integers(0, 9),
    mode=st.sampled_from(("n_day", "unbounded", "bracket")),
    clock=st.sampled_from(("calendar", "rolling")),
    zone=st.sampled_from(ZONES),
    entry=st.sampled_from(("first", "any")),
    brackets=ranges(),
    where=st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
    since=st.one_of(st.none(), st.integers(-60, 60)),
    until=st.one_of(st.none(), st.integers(-60, 60)),
)
def test_any_retention_is_the_twins(
    years: list[Case], which: int, where: Any, since: Any, until: Any, **options: Any
) -> None:
    case = years[which]
    middle = START if which == 0 else 1_541_300_400_000_000
    span = {name: None if v is None else middle + v * DAY for name, v in (("since", since), ("until", until))}
    if options["mode"] != "bracket":
        del options["brackets"]
    answer = case.ws.retention(**options, **span, where=where and where.text)
    expected = retention(case.events, **options, **span, where=where)
    cells = expected.pop(None)
    told = [(r["customers"], r["mature"], r["returned"], r["rate"]) for r in answer.table.to_pylist()]
    assert told == [(c.customers, c.mature, c.returned, c.rate) for c in cells]
    cohorts: dict[int, list[Any]] = {}
    for row in answer.cohorts.to_pylist():
        cell = row["customers"], row["mature"], row["returned"], row["rate"]
        cohorts.setdefault(micros(row["cohort"]), []).append(cell)
    assert cohorts == {
        cohort: [(c.customers, c.mature, c.returned, c.rate) for c in line] for cohort, line in expected.items()
    }


def test_ties_go_by_the_order_of_the_journey(states: list[Case]) -> None:
    for case in states:
        for start, back in (("A", "A"), ("A", "B"), (None, None)):
            answer = case.ws.retention(start, back, periods=1)
            cells = retention(case.events, start, back, periods=1)[None]
            assert answer.table["returned"].to_pylist() == [cell.returned for cell in cells]
