"""Why one customer is counted as they are in sessions, timing, life cycle and stickiness, against the twins."""

from __future__ import annotations

import random
from typing import Any

import pytest

from contract.cases import Case, micros
from lvtu.errors import UnknownName
from naive.lifecycle import active, lifecycle
from naive.sessions import sessions
from naive.timing import lives
from property.strategies import CONDITIONS


def some(case: Case) -> list[str]:
    return random.Random(1).sample(sorted({event.customer for event in case.events}), 6)


@pytest.mark.parametrize("by", [None, "channel"])
def test_whose_sessions(states: list[Case], by: str | None) -> None:
    for case in states:
        result = case.ws.sessions(by, session_gap=2, where=CONDITIONS[1].text)
        every = sessions(case.events, 2, where=CONDITIONS[1]).values()
        for who in some(case):
            own = [part for cell in every for part in cell.sessions if part[0].customer == who]
            told = result.explain(who)
            assert told.table.to_pylist() == [
                {"began": row["began"], "ended": row["ended"], "events": len(part), "entry": part[0].get(by or "event"),
                 "exit": part[-1].get(by or "event")}
                for part, row in zip(own, told.table.to_pylist(), strict=True)
            ]  # fmt: skip
            ends = [(part[0].time, part[-1].time) for part in own]
            assert [(micros(row["began"]), micros(row["ended"])) for row in told.table.to_pylist()] == ends
            assert str(told).splitlines()[0] == f"{who}: sessions {len(own)}, events {sum(map(len, own))}"
            assert len(told.text("zh").splitlines()) == len(own) + 1


@pytest.mark.parametrize("options", [{"start": "A", "end": "B", "entry": "each"}, {"start": "A", "silent": 3}])
def test_whose_starts(states: list[Case], options: dict[str, Any]) -> None:
    for case in states:
        result = case.ws.timing(**options)
        every = lives(case.events, **options)
        for who in some(case):
            own = [life for life in every if life.start.customer == who]
            told = result.explain(who)
            assert [
                (micros(row["began"]), row["start"], row["status"], row["ended"] and micros(row["ended"]), row["end"],
                 row["time"]) for row in told.table.to_pylist()
            ] == [
                (life.start.time, life.start.event, "happened" if life.happened else "waiting",
                 life.end and life.end.time, life.end and life.end.event, life.watched) for life in own
            ]  # fmt: skip
            assert len(told.text("zh").splitlines()) == len(told.said) == len(own) + 1
            called = result.naming.event(options["start"], "en")
            assert all(called in line for line in str(told).splitlines()[1:])


def test_whose_periods(made: Any) -> None:
    from contract.test_trend import scattered

    case = made(scattered(41, 12, 200), scattered(42, 12, 60))
    for period in ("day", "month"):
        options: dict[str, Any] = {"event": ("A", "B"), "period": period, "zone": "Asia/Shanghai"}
        cycle, sticky = case.ws.lifecycle(**options), case.ws.stickiness(**options)
        cells = lifecycle(case.events, **options)
        days = active(case.events, **options, where=None, since=None, until=None)
        last = max(micros(row["period"]) for row in cycle.table.to_pylist())
        for who in some(case):
            rows = [(micros(row["period"]), row["status"]) for row in cycle.explain(who).table.to_pylist()]
            assert rows == sorted(key for key, there in cells.items() if who in there and key[0] <= last)
            told = sticky.explain(who)
            assert [micros(row["period"]) for row in told.table.to_pylist()] == days.get(who, [])
            own = [event for event in dict.fromkeys(case.events) if event.customer == who and event.event in "AB"]
            assert sum(told.table["events"].to_pylist()) == len({event.message_id for event in own})
            assert f"{len(days.get(who, []))} of {sticky.periods} {period}s" in str(told)
            assert "回流" in cycle.explain(who).text("zh") or "resurrected" not in dict(rows).values()
            assert told.to_json()["customer"] == who


def test_whom_nobody_knows(states: list[Case]) -> None:
    ws = states[0].ws
    for result in (ws.sessions(), ws.timing(), ws.lifecycle(), ws.stickiness()):
        with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
            result.explain("nobody")
