"""Stickiness against its twin, and by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, buckets, workspace
from contract.test_lifecycle import DAY, OPTIONS, in_days
from contract.test_trend import scattered
from lvtu.errors import BadInput, UnknownName
from naive.journeys import Event
from naive.stickiness import actives, stickiness
from parts import examples
from property.strategies import START


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("stickiness")
    turns = (START, START + 31 * DAY, START + 66 * DAY)
    base, late = scattered(31, 30, 400, turns), scattered(32, 40, 200, turns)
    with buckets(3):
        return Case("years", workspace(folder / "years", base, late), base + late)


@settings(max_examples=examples(80))
@given(**OPTIONS, data=st.data())
def test_any_stickiness_is_the_twins(years: Case, data: Any, **given_options: Any) -> None:
    options = in_days(given_options)
    where, period = options["where"], options["period"]
    result = years.ws.stickiness(**{**options, "where": where and where.text})
    who = stickiness(years.events, **options)
    counts = Counter(who.values())
    rows = result.table.to_pylist()
    assert [row[f"{period}s"] for row in rows] == list(range(1, max(counts, default=0) + 1))
    for row in rows:
        number = row[f"{period}s"]
        at_least = sum(own >= number for own in who.values())
        assert (row["customers"], row["at_least"]) == (counts[number], at_least)
        assert row["share"] == pytest.approx(counts[number] / len(who))
        assert row["share_at_least"] == pytest.approx(at_least / len(who))
    for row in data.draw(st.permutations(rows))[:2]:
        number = row[f"{period}s"]
        assert result.customers(number) == sorted(name for name, own in who.items() if own == number)
        assert result.customers(number, at_least=True) == sorted(name for name, own in who.items() if own >= number)
    agree(result, actives(years.events, **{name: value for name, value in options.items() if name != "period"}))


def agree(result: Any, days: list[tuple[int, int, int]]) -> None:
    """Whether the averages are those of the twin's days."""
    if not days or not any(one for one, _, _ in days):
        assert result.actives is None and not result.notes
        return
    means = [sum(column) / len(days) for column in zip(*days, strict=True)]
    found = result.actives
    assert (found.days, *found[1:]) == (len(days), *map(pytest.approx, means))
    assert (found.daily_of_monthly, found.daily_of_weekly, found.weekly_of_monthly) == pytest.approx(
        (means[0] / means[2], means[0] / means[1], means[1] / means[2])
    )
    assert [note.code for note in result.notes] == ["actives", "stickiness"]


@settings(max_examples=examples(40))
@given(since=st.one_of(st.none(), st.integers(-400, 200)), until=st.one_of(st.none(), st.integers(1000, 2500)))
def test_any_actives_are_the_twins(years: Case, since: int | None, until: int | None) -> None:
    """Spans that begin and end within days."""
    hour = DAY // 24
    span = {name: None if v is None else START + v * hour for name, v in (("since", since), ("until", until))}
    result = years.ws.stickiness(**span)
    agree(result, actives(years.events, **span))
    assert result.actives is not None and result.actives.days > 1


def test_by_hand(made: Any) -> None:
    """Ann comes every day of 31, bo on the first and the last, cy on the 16th; the 32nd ends the last of them."""
    days = {"ann": range(32), "bo": (0, 30), "cy": (15,)}
    events = [Event(f"{who}{day}", START + day * DAY, who, "A") for who, own in days.items() for day in own]
    result = made(events).ws.stickiness(until=START + 31 * DAY)
    rows = {row["days"]: row for row in result.table.to_pylist()}
    assert (rows[1]["customers"], rows[2]["customers"], rows[31]["customers"]) == (1, 1, 1)
    assert (rows[1]["at_least"], rows[2]["at_least"], rows[31]["at_least"]) == (3, 2, 1)
    assert (result.periods, result.customers(2), result.customers(2, at_least=True)) == (31, ["bo"], ["ann", "bo"])
    assert result.actives[:4] == (2, 1.5, 1.5, 3.0), "of days 30 and 31: ann; ann and bo; all within 30 days"
    assert str(result.notes[1]) == "DAU/MAU 50.0%, DAU/WAU 100.0%, WAU/MAU 50.0%"


def test_nobody_and_what_does_not_exist(made: Any, states: list[Case]) -> None:
    result = made([]).ws.stickiness()
    assert result.table.num_rows == 0 and result.actives is None
    ws = states[0].ws
    with pytest.raises(BadInput, match="nobody can be active on 2 of 1 periods"):
        ws.stickiness().customers(2)
    with pytest.raises(UnknownName, match="unknown event 'Nothing'"):
        ws.stickiness("Nothing")
