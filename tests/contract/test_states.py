"""The same questions before and after: a tail, compaction, earlier commits, changes of who is who."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case, buckets, ugly
from contract.test_funnel import agree as funnels_agree
from contract.test_graph import agree as graphs_agree
from naive import identity
from naive.funnel import Exclude, Step
from naive.journeys import Event
from naive.retention import retention
from naive.trend import trend
from property.strategies import CONDITIONS, START, Condition

PLAN_Z = Condition("plan = 'z'", lambda e: e.properties.get("plan") == "z")
FUNNELS: list[dict[str, Any]] = [
    {"steps": ["A", "B", "C"], "within": 9},
    {"steps": ["A", "B"], "ties": "strict", "where": CONDITIONS[1]},
    {"steps": [Step("A", CONDITIONS[2]), "B", Step("C", None, 4)], "within": 8},
    {"steps": [("A", "B"), Step("C", optional=True), "D"], "hold": ("plan",), "exclude": [Exclude("B", None, 1, 3)]},
    {"steps": ["B", None, "A"], "entry": "each", "unit": "sessions", "session_gap": 3},
]
GRAPHS: list[dict[str, Any]] = [{}, {"by": "plan", "fold": True}, {"by": "channel", "where": CONDITIONS[0]}]


def ask(case: Case) -> None:
    """Everything, compared with the twins."""
    for arguments in FUNNELS:
        funnels_agree(case, dict(arguments))
    funnels_agree(case, {"steps": ["A", "B"]}, by="plan", by_step=2)
    for options in GRAPHS:
        graphs_agree(case, options)
    rows = case.ws.trend(period="hour", by="plan").table.to_pylist()
    expected = trend(case.events, period="hour", by="plan")
    assert {r["plan"]: (r["events"], r["customers"]) for r in rows} == {k[1]: v[:2] for k, v in expected.items()}
    cells = retention(case.events, "A", "B", periods=1)[None]
    table = case.ws.retention("A", "B", periods=1).table
    assert table["returned"].to_pylist() == [cell.returned for cell in cells]
    assert table["customers"].to_pylist() == [cell.customers for cell in cells]


def later(seed: int) -> list[Event]:
    """Late and tied events of old customers, new customers, a new event name, a new value of a property."""
    dice = random.Random(seed)
    more = ugly(seed, customers=50, most=2) + ugly(seed + 1, customers=15, prefix=f"late{seed}-")
    z = [
        Event(f"z{seed}{i}", START + dice.randint(0, 12), f"c{i}", dice.choice("ABC"), properties={"plan": "z"})
        for i in range(40)
    ]
    new = [
        Event(f"n{seed}{i}", START + dice.randint(0, 14), f"c{i}", f"Late{seed}", dice.choice((None, 1)))
        for i in range(30)
    ]
    return [*more, *z, *new]


@pytest.mark.parametrize(("number", "sequences"), [(1, False), (8, True)])
def test_events_that_come_later(tmp_path: Path, number: int, sequences: bool) -> None:
    parts = [ugly(11, sequences=sequences), later(60), later(70)]
    with buckets(number), lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest([e.record() for e in parts[0]])
        ask(Case("base", ws, parts[0]))
        ws.append([e.record() for e in parts[1]])
        ask(Case("appended", ws, parts[0] + parts[1]))
        new: dict[str, Any] = {"steps": ["A", "Late60"], "where": None}
        funnels_agree(Case("new name", ws, parts[0] + parts[1]), new)
        funnels_agree(Case("new value", ws, parts[0] + parts[1]), {"steps": [Step("A", PLAN_Z), "B"]})
        ws.ingest([e.record() for e in parts[2]])
        everything = parts[0] + parts[1] + parts[2]
        ask(Case("ingested", ws, everything))
        _as_of_each_commit(ws, parts)
        ws.compact()
        ask(Case("compacted", ws, everything))
        assert (len(ws.snapshot().base) > 1) == (number > 1) and ws.snapshot().tail is None
        _as_of_each_commit(ws, parts)


def _as_of_each_commit(ws: Any, parts: list[list[Event]]) -> None:
    assert len(ws.commits()) == len(parts)
    for version in range(len(parts)):
        ask(Case(f"at {version}", ws.at(version), [e for part in parts[: version + 1] for e in part]))


def test_an_earlier_commit_filtered_by_a_field_nobody_read_yet(tmp_path: Path) -> None:
    parts = [ugly(21), ugly(22)]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        for part in parts:
            ws.ingest([e.record() for e in part])
        funnels_agree(Case("at 0", ws.at(0), parts[0]), {"steps": [Step("A", CONDITIONS[2]), "B"], "hold": ("plan",)})


# Who is who.


def visits(seed: int, signed_in: float) -> list[dict[str, Any]]:
    """Events of people on devices; a share of them signed in."""
    dice, found = random.Random(seed), []
    for i in range(260):
        person = dice.randrange(40)
        event = {
            "message_id": f"{seed}-{dice.getrandbits(30):x}-{i}",
            "time": START + dice.randint(0, 12),
            "event": dice.choice("ABCD"),
        }
        event["anonymous_id"] = f"device{person}" if dice.random() < 0.95 else f"shared{person % 3}"
        if dice.random() < signed_in:
            event["user_id"] = f"user{person}"
        if dice.random() < 0.5:
            event["properties"] = {"plan": dice.choice("pq")}
        found.append(event)
    return found


def record(event: dict[str, Any]) -> dict[str, Any]:
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=event["time"])
    return {**event, "time": when.isoformat()}


def known_as(ws: Any, events: list[dict[str, Any]], joins: tuple[str, ...] = ()) -> Case:
    """The workspace with every event's owner according to the twin."""
    edges = [
        ((e["left_kind"], e["left_id"]), (e["right_kind"], e["right_id"]), e["time"], e["source"], e["retracted_at"])
        for e in ws.edges()
    ]
    owners = identity.owners(events, edges, joins)
    return Case("who", ws, [
        Event(e["message_id"], e["time"], owner[1], e["event"], properties=e.get("properties") or {})
        for e, owner in zip(events, owners, strict=True)
    ])  # fmt: skip


WHO: list[dict[str, Any]] = [
    {"steps": ["A", "B", "C"], "within": 9},
    {"steps": [Step("A", CONDITIONS[2]), "B"], "entry": "first", "exclude": [Exclude("C", None, 1, 2)]},
]


def ask_who(case: Case) -> None:
    for arguments in WHO:
        funnels_agree(case, dict(arguments))
    graphs_agree(case, {})
    graphs_agree(case, {"by": "plan"})


@pytest.mark.parametrize("number", [1, 4])
def test_who_is_who_changes(tmp_path: Path, number: int) -> None:
    with buckets(number), lvtu.open(tmp_path / "w.lvtu") as ws:
        events = visits(1, 0.2)
        ws.ingest([record(e) for e in events])
        ask_who(known_as(ws, events))
        more = [
            {
                "message_id": f"in{i}",
                "time": START + 6,
                "event": "B",
                "user_id": f"user{i}",
                "anonymous_id": f"device{i}",
            }
            for i in range(40)
        ]
        for start in (0, 20):  # sign-ins, each moving what a device did before
            ws.append([record(e) for e in more[start : start + 20]])
            events += more[start : start + 20]
            ask_who(known_as(ws, events))
        edge = ws.join("user1", "user2")
        ask_who(known_as(ws, events))
        alias = {
            "message_id": "alias",
            "time": START + 3,
            "event": "alias",
            "user_id": "user5",
            "identifiers": {"previous_id": "user6"},
        }
        ws.append([record(alias)])
        events.append(alias)
        ask_who(known_as(ws, events))
        ws.unjoin(edge)
        ask_who(known_as(ws, events))
        late = visits(2, 0.6)
        ws.ingest([record(e) for e in late])
        ask_who(known_as(ws, events + late))
        ws.compact()
        ask_who(known_as(ws, events + late))


def test_only_devices_that_sign_in_in_the_tail(tmp_path: Path) -> None:
    """What the base holds of a device moves to its user, who may be new, without a new build."""
    with buckets(4), lvtu.open(tmp_path / "w.lvtu") as ws:
        events = visits(3, 0.0)
        events = [e for e in events if not e["anonymous_id"].startswith("shared")]
        ws.ingest([record(e) for e in events])
        generation = ws.snapshot().manifest.generation
        more = [
            {
                "message_id": f"in{i}",
                "time": START + i % 14,
                "event": "A",
                "user_id": f"user{i}",
                "anonymous_id": f"device{i}",
            }
            for i in range(0, 40, 3)
        ]
        ws.append([record(e) for e in more])
        ask_who(known_as(ws, events + more))
        assert ws.snapshot().manifest.generation == generation
