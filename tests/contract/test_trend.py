"""The trend against its twin: periods of real calendars, groups, money."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, micros, workspace
from lvtu.errors import BadInput
from naive.journeys import Event, journeys
from naive.trend import trend
from parts import examples
from property.strategies import CHANNELS, CONDITIONS, NAMES, PLANS, START, ZONES, some_names

TURNS = (
    START, START + 31 * 86_400_000_000, 1_772_953_200_000_000, 1_793_512_800_000_000, 1_774_746_000_000_000,
    1_792_890_000_000_000,
)  # fmt: skip
"""Turns of a year and a month, and changes of the clock in New York and Berlin."""


def scattered(seed: int, customers: int, events: int, turns: tuple[int, ...] = TURNS) -> list[Event]:
    """Events around the turns of the calendar, hours and microseconds away."""
    dice, hour = random.Random(seed), 3_600_000_000
    found = []
    for i in range(events):
        away = dice.choice((dice.randint(-1, 1), dice.randint(-30, 30) * hour, dice.randint(-20 * 24, 20 * 24) * hour))
        plan = dice.choice(PLANS)
        found.append(
            Event(f"{dice.getrandbits(40):x}{i}", dice.choice(turns) + away, f"c{dice.randrange(customers)}",
                  dice.choice(NAMES), dice.choice((None, 1)), dice.choice(CHANNELS), dice.choice((None, 0.1, 2.25)),
                  {"plan": plan} if plan else {})
        )  # fmt: skip
    return found


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("years")
    base, late = scattered(1, 40, 900), scattered(2, 50, 300)
    brazil = scattered(3, 20, 400, (1_541_300_400_000_000, 1_518_919_200_000_000))
    return [
        Case("years", workspace(folder / "years", base, late), base + late),
        Case("brazil", workspace(folder / "brazil", brazil), brazil),
    ]


@settings(max_examples=examples(120))
@given(
    which=st.integers(0, 1),
    event=some_names(),
    period=st.sampled_from(("hour", "day", "day", "week", "month")),
    zone=st.sampled_from(ZONES),
    by=st.sampled_from((None, None, "plan", "channel", "event")),
    where=st.one_of(st.none(), st.sampled_from(CONDITIONS)),
    since=st.one_of(st.none(), st.integers(-30, 90)),
    until=st.one_of(st.none(), st.integers(-30, 90)),
)
def test_any_trend_is_the_twins(
    years: list[Case], which: int, event: Any, where: Any, since: Any, until: Any, **options: Any
) -> None:
    case = years[which]
    day = 86_400_000_000
    span = {
        name: None if value is None else START + value * day for name, value in (("since", since), ("until", until))
    }
    wanted = (event,) if isinstance(event, str) else event
    answer = case.ws.trend(event, where=where and where.text, **span, **options)
    expected = trend(
        case.events, **options, **span,
        where=lambda e: (wanted is None or e.event in wanted) and (where is None or where(e)),
    )  # fmt: skip
    by, got = options["by"], {}
    for row in answer.table.to_pylist():
        if row["events"]:
            got[micros(row["period"]), by and row[by] if by != "event" else row.get("event", row.get("by_event"))] = row
    assert {k: (r["events"], r["customers"]) for k, r in got.items()} == {k: v[:2] for k, v in expected.items()}
    assert {k: r["value"] for k, r in got.items()} == pytest.approx({k: v[2] for k, v in expected.items()})
    if by is None:  # periods without events are rows of zeros, none is missing or doubled
        starts = answer.table["period"].to_pylist()
        assert starts == sorted(set(starts))


def test_all_events_lie_in_some_period(states: list[Case]) -> None:
    for case in states:
        table = case.ws.trend(period="day").table
        assert sum(table["events"].to_pylist()) == sum(map(len, journeys(case.events).values()))


def test_money_of_two_currencies_is_not_added_up(made: Any) -> None:
    events = [Event("1", START, "a", "Paid", value=1.0), Event("2", START, "a", "Paid", value=2.0)]
    case = made(events)
    case.ws.append([
        {"message_id": "3", "time": datetime.fromtimestamp(START / 1e6), "user_id": "a", "event": "Paid", "value": 5.0,
         "currency": "EUR"},
        {"message_id": "4", "time": datetime.fromtimestamp(START / 1e6), "user_id": "b", "event": "Paid", "value": 7.0,
         "currency": "CNY"},
    ])  # fmt: skip
    answer = case.ws.trend("Paid")
    assert answer.table["value"].to_pylist() == [None] and answer.notes[0].code == "currencies"
    rows = {row["currency"]: row["value"] for row in case.ws.trend("Paid", by="currency").table.to_pylist()}
    assert rows == {None: 3.0, "EUR": 5.0, "CNY": 7.0}


def test_a_zone_that_is_none(states: list[Case]) -> None:
    with pytest.raises(BadInput, match="Mars"):
        states[0].ws.trend(zone="Mars/Olympus")
