"""The time line of a customer is the twin's journey, record by record."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case, buckets, micros
from contract.test_as_of import people, stored
from contract.test_states import record
from lvtu.core.sentences import Note
from lvtu.errors import UnknownName
from lvtu.store.lake import Lake
from naive import identity
from naive.journeys import Event, journeys
from naive.timeline import timeline
from property.strategies import CONDITIONS, START


def shown(event: Event) -> tuple[Any, ...]:
    return (
        event.customer,
        event.message_id,
        event.time,
        event.event,
        event.sequence,
        event.channel,
        event.value,
        event.properties,
    )


def rows(table: Any) -> list[tuple[Any, ...]]:
    return [
        (r["customer"], r["message_id"], micros(r["time"]), r["event"], r["sequence"], r["channel"], r["value"],
         json.loads(r["properties"]) if r["properties"] else {})
        for r in table.to_pylist()
    ]  # fmt: skip


def test_every_customer_is_the_twins(states: list[Case]) -> None:
    for case in states:
        for customer in sorted(journeys(case.events))[::12]:
            twin = timeline(case.events, customer)
            assert rows(case.ws.timeline(customer).table) == [shown(e) for e in twin], (case.name, customer)


def test_filters_and_times(states: list[Case]) -> None:
    for case in states:
        where, span = CONDITIONS[0], {"since": START + 2, "until": START + 9}
        for customer in sorted(journeys(case.events))[::40]:
            for limit in (2, 10_000):
                answer = case.ws.timeline(customer, where=where.text, limit=limit, **span)
                twin = timeline(case.events, customer, limit, where, **span)
                assert rows(answer.table) == [shown(e) for e in twin]


def test_the_latest_when_there_are_too_many(states: list[Case]) -> None:
    case = states[0]
    customer, line = max(journeys(case.events).items(), key=lambda one: len(one[1]))
    answer = case.ws.timeline(customer, limit=2)
    assert rows(answer.table) == [shown(e) for e in timeline(case.events, customer, limit=2)]
    assert answer.notes == [Note("latest", shown=2, all=len(line))]


def test_only_the_rows_shown_are_looked_up(states: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    case = states[0]
    customer, line = max(journeys(case.events).items(), key=lambda one: len(one[1]))
    asked: list[int] = []
    take = Lake.take

    def counted(lake: Lake, event_ids: Any, columns: Any) -> Any:
        asked.append(len(event_ids))
        return take(lake, event_ids, columns)

    monkeypatch.setattr(Lake, "take", counted)
    case.ws.timeline(customer, limit=3)
    assert len(line) > 3
    assert asked == [3]


def test_nobody(states: list[Case]) -> None:
    with pytest.raises(UnknownName, match="nobody"):
        states[0].ws.timeline("nobody")


def test_at_a_commit_only_its_events_are_there(states: list[Case]) -> None:
    case = next(case for case in states if case.name == "tail")
    newcomer = next(e.customer for e in case.events if e.customer.startswith("new"))
    case.ws.timeline(newcomer)
    with pytest.raises(UnknownName):
        case.ws.at(0).timeline(newcomer)


def known_by(events: list[dict[str, Any]], line: list[dict[str, Any]], customer: str) -> list[tuple[Any, ...]]:
    """How the ids of each event of a line lead to the customer, by looking at all events."""
    users = {event.get("user_id") for event in events}
    found = []
    for event in line:
        user, device = event.get("user_id"), event.get("anonymous_id")
        here = [e for e in line if user is None and e.get("anonymous_id") == device and e.get("user_id")]
        signed = [e for e in here if e["time"] <= event["time"]][-1:] or here[:1]
        how = "own" if (user or device) == customer and (user or customer not in users) else "joined"
        told = (signed[0]["user_id"], signed[0]["time"]) if signed else (None, None)
        found.append((event["message_id"], user, device, "sign_in" if signed else how, *told))
    return found


@pytest.mark.parametrize("number", [1, 4])
def test_why_each_event_is_there(tmp_path: Path, number: int) -> None:
    events = people(9)
    with buckets(number), lvtu.open(tmp_path / "w") as ws:
        ws.ingest([record(e) for e in events[:200]])
        ws.append([record(e) for e in events[200:]])
        ws.join("user1", "user2")
        ws.join_by("email")
        owners = identity.owners(events, stored(ws), ("email",))
        lines: dict[str, list[dict[str, Any]]] = {}
        for event, owner in zip(events, owners, strict=True):
            lines.setdefault(owner[1], []).append(event)
        met: Counter[str] = Counter()
        for who, line in lines.items():
            line.sort(key=lambda e: (e["time"], e.get("sequence") or 0, e["message_id"].encode()))
            for limit in (3, 10_000):
                told = ws.timeline(who, limit=limit).explain()
                twin = known_by(events, line, who)[-limit:]
                assert [
                    (r["message_id"], r["user_id"], r["anonymous_id"], r["how"], r["with"],
                     r["signed_in"] and micros(r["signed_in"])) for r in told.table.to_pylist()
                ] == twin  # fmt: skip
                met.update(one[3] for one in twin)
                groups = Counter((one[1] or one[2], *one[3:]) for one in twin)
                said = Counter(one.values["events"] for one in told.said if one.code.startswith("came_"))
                assert said == Counter(groups.values())
                later = [one.values["events"] for one in told.said if one.code == "earlier"]
                assert later == ([len(line) - limit] if len(line) > limit else [])
        assert min(met[how] for how in ("own", "sign_in", "joined")) > 20, "or nothing was compared"


def test_the_time_line_of_somebody_else(states: list[Case]) -> None:
    answer = states[0].ws.timeline("c1")
    told = answer.explain("c2")
    assert (told.customer, told.table.num_rows) == ("c2", 0)
    assert str(told) == "c2 has no part in this time line: it is somebody else’s"
    assert answer.explain("c1").table.equals(answer.explain().table) and answer.explain().table.num_rows
    with pytest.raises(UnknownName):
        answer.explain("nobody")


def test_a_shared_device_is_explained_one_by_one(tmp_path: Path) -> None:
    events = [
        {"user_id": "ann", "anonymous_id": "tab", "event": "In", "time": "2026-03-01T09:00:00Z"},
        {"anonymous_id": "tab", "event": "Seen", "time": "2026-03-01T10:00:00Z"},
        {"user_id": "bo", "anonymous_id": "tab", "event": "In", "time": "2026-03-02T09:00:00Z"},
        {"anonymous_id": "tab", "event": "Seen", "time": "2026-03-02T09:30:00Z"},
    ]
    with lvtu.open(tmp_path / "w") as ws:
        ws.append(events)
        both = ws.timeline("tab", limit=3)
        parts = [both.explain(who).table["time"].to_pylist() for who in ("ann", "bo")]
        assert sum(map(len, parts)) == both.table.num_rows == 3
        assert both.explain("bo").text("zh").splitlines() == [
            "bo：时间线上有 2 个事件",
            "  bo（客户本名）名下：1 个事件",
            "  tab 名下、未登录：1 个事件，因 bo 于 2026-03-02 09:00:00 在此登录而归入",
        ]
        assert str(both.explain("ann")).splitlines() == [
            "ann: 1 event on the time line",
            "  under tab without a user id, on which ann signed in at 2026-03-01 09:00:00: 1 event",
            "  earlier than the latest that are shown: 1 event",
        ]


def test_a_later_sign_in_is_why_at_an_earlier_commit_too(tmp_path: Path) -> None:
    """Events as they were, owned as they are today."""
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([{"anonymous_id": "tab", "event": "Seen", "time": "2026-03-01T09:00:00Z"}])
        ws.ingest([{"user_id": "ann", "anonymous_id": "tab", "event": "In", "time": "2026-03-01T10:00:00Z"}])
        told = ws.at(0).timeline("ann").explain()
        assert [(row["event"], row["how"], row["with"]) for row in told.table.to_pylist()] == [
            ("Seen", "sign_in", "ann")
        ]
