"""Response times against their twin, and working hours against minutes counted one by one."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import NormalDist
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.cases import Case, buckets, ugly, workspace
from contract.instruments import opens
from lvtu.analyses.response_times.hours import Hours
from lvtu.analyses.response_times.question import State, Waiting
from lvtu.analyses.response_times.spec import ResponseTimesSpec
from lvtu.errors import BadInput, UnknownName
from naive import response_times as naive
from naive.intervals import wilson
from naive.journeys import Event
from property.strategies import START
from property.test_laws import holds

HOUR = 3_600_000_000


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("waits")
    base, late = ugly(61, customers=150), ugly(62, customers=40, prefix="n") + ugly(63, customers=50)
    desk = tickets(7)
    with buckets(8):
        return [
            Case("plain", workspace(folder / "plain", base), base),
            Case("tail", workspace(folder / "tail", base, late), base + late),
            Case("desk", workspace(folder / "desk", desk), desk),
        ]


def tickets(seed: int) -> list[Event]:
    """Tickets over three weeks, several of a customer open at once, some without an answer or an exact time."""
    dice, found = random.Random(seed), []
    first = datetime(2026, 3, 20, tzinfo=UTC)  # clocks change in Europe on the 29th
    for number in range(120):
        at = int((first + timedelta(minutes=dice.randrange(20 * 1440))).timestamp()) * 1_000_000
        basis = "day" if dice.random() < 0.1 else None
        channel = dice.choice(("web", "store"))
        of = {"ticket": f"t{number}"} if dice.random() < 0.95 else {}
        who = f"c{dice.randrange(25)}"
        found.append(Event(f"o{number}", at, who, "Ticket Created", None, channel, None, of, time_basis=basis))
        if dice.random() < 0.8:
            later = at + dice.randrange(1, 3 * 1440) * 60_000_000
            found.append(Event(f"a{number}", later, who, "First Response", None, channel, None, of))
    return found


def agree(case: Case, start: str, end: str, target: int, by: str | None = None, hours: Any = None, **more: Any) -> None:
    text, twin_hours = hours or (None, None)
    spelled = {"hours": text, "zone": "Europe/Berlin", "holidays": ("2026-04-03",)} if text else {}
    result = case.ws.response_times(by, start=start, end=end, target=target, **spelled, **more)
    horizon = min(max(event.time for event in case.events), more.get("until", 1 << 62))
    twin = naive.waits(case.events, {start}, {end}, target, horizon, hours=twin_hours, **more)
    groups: dict[Any, list[naive.Wait]] = {}
    for wait in twin:
        groups.setdefault(wait.start.get(by) if by else None, []).append(wait)
    rows = {row.get(by) if by else None: row for row in result.table.to_pylist()}
    assert rows.keys() == groups.keys()
    for group, own in groups.items():
        row = rows[group]
        assert (row["starts"], row["customers"]) == (len(own), len({wait.customer for wait in own}))
        fates = {name: sum(wait.fate == name for wait in own) for name in ("met", "missed", "open", "untimed")}
        assert {name: row[name] for name in fates} == fates
        done = [wait for wait in own if wait.end is not None]
        assert (row["answered_low"], row["answered_high"]) == pytest.approx(wilson(len(done), len(own)))
        settled = fates["met"] + fates["missed"]
        assert row["in_time"] == (fates["met"] / settled if settled else None)
        times = sorted(wait.took for wait in done if wait.fate != "untimed")
        for name, share in (("median_time", 0.5), ("p90_time", 0.9)):
            least = next((t for t in times if sum(x <= t for x in times) >= share * len(times) - 1e-9), None)
            assert row[name] == least
        if row["median_low"] is not None:
            assert row["median_low"] <= row["median_time"] <= row["median_high"]


def test_it_is_the_twin(cases: list[Case]) -> None:
    for case in cases[:2]:
        agree(case, "A", "B", 3)
        agree(case, "A", "A", 2, "channel")
        agree(case, "C", "A", 4, "plan", since=START + 2, until=START + 9)
        agree(case, "A", "B", 5, "channel", match="plan")


def at_work(when: datetime) -> bool:
    local = when.astimezone(ZoneInfo("Europe/Berlin"))
    if local.date().isoformat() == "2026-04-03":
        return False
    return 9 <= local.hour < 17 if local.weekday() < 5 else local.weekday() == 6 and local.hour < 4


def test_only_working_hours_count(cases: list[Case]) -> None:
    desk, hours = cases[2], ("mon-fri 09:00-17:00, sun 00:00-04:00", at_work)
    agree(desk, "Ticket Created", "First Response", 24 * HOUR, "channel", match="ticket")
    agree(desk, "Ticket Created", "First Response", 8 * HOUR, "channel", match="ticket", hours=hours)
    agree(desk, "Ticket Created", "First Response", 4 * HOUR, hours=hours)


@given(st.integers(0, 40 * 1440), st.integers(0, 20 * 1440), st.sampled_from(["Europe/Berlin", "UTC", "Asia/Shanghai"]))
def test_work_between_two_moments(first: int, length: int, zone: str) -> None:
    start = (int(datetime(2026, 10, 1, tzinfo=UTC).timestamp()) + 60 * first) * 1_000_000
    end = start + length * 60_000_000
    hours = Hours.of("fri-mon 22:00-24:00, sat 23:00-23:30, wed 08:30-12:15", zone)

    def works(when: datetime) -> bool:
        local = when.astimezone(ZoneInfo(zone))
        minutes = local.hour * 60 + local.minute
        return (local.weekday() in (4, 5, 6, 0) and minutes >= 1320) or (local.weekday() == 2 and 510 <= minutes < 735)

    assert hours.between(np.array([start]), np.array([end])).tolist() == [naive.worked(start, end, works)]


def test_periods_add_up(cases: list[Case]) -> None:
    desk = cases[2].ws
    weeks = desk.response_times(match="ticket", period="week", zone="Europe/Berlin").table
    assert weeks.num_rows == 4 or weeks.num_rows == 3
    assert sum(weeks["starts"].to_pylist()) == desk.response_times(match="ticket").table["starts"][0].as_py()


def test_the_median_has_an_interval(cases: list[Case]) -> None:
    from lvtu.analyses.response_times.result import _median_ends

    dice, hits = np.random.default_rng(2), 0
    for _ in range(400):
        low, high = _median_ends(np.sort(dice.exponential(1e6, 41).astype(np.int64)))
        hits += low <= 1e6 * np.log(2) <= high
    assert 0.93 < hits / 400 < 0.995 and NormalDist().cdf(1.96) > 0.97


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    asked: Callable[..., Any] = cases[2].ws.response_times
    opens([asked(match="ticket"), asked("channel", period="week"), cases[0].ws.response_times(start="A", end="B")])
    with pytest.raises(UnknownName):
        asked(match="ticket").customers(fate="lost")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"hours": "mo-fr 9-17"}, "'mo-fr 9-17' is no span of working hours"),
        ({"hours": "mon-fri 17:00-09:00"}, "is no span of working hours"),
        ({"hours": "mon 09:00-25:00"}, "is no span of working hours"),
        ({"holidays": ("1 May",)}, "'1 May' is no day"),
    ],
)
def test_hours_that_cannot_be_read(cases: list[Case], options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        cases[2].ws.response_times(**options)


def test_laws_response_times(cases: list[Case]) -> None:
    snapshot = cases[1].ws.snapshot()
    spec = ResponseTimesSpec(start="A", end="B", target=3, by="channel")
    snapshot.prepare(spec.reads())

    def told(state: State) -> Any:
        return [part.tolist() for part in (state.customers, state.waits, state.answered, *state.took())]

    holds(Waiting(spec, snapshot), snapshot, told)


def test_nothing_of_the_kind(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "w", ugly(64, customers=5))
    with pytest.raises(UnknownName, match="Ticket Created"):
        ws.response_times()
