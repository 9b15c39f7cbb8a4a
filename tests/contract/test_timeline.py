"""The time line of a customer is the twin's journey, record by record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.cases import Case, micros
from lvtu.core.sentences import Note
from lvtu.errors import UnknownName
from lvtu.store.lake import Lake
from naive.journeys import Event, in_range, journeys
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
        lines = journeys(case.events)
        for customer in sorted(lines)[::12]:
            assert rows(case.ws.timeline(customer).table) == [shown(e) for e in lines[customer]], (case.name, customer)


def test_filters_and_times(states: list[Case]) -> None:
    for case in states:
        where = CONDITIONS[0]
        for customer, line in list(journeys(case.events, where).items())[::40]:
            answer = case.ws.timeline(customer, where=where.text, since=START + 2, until=START + 9)
            assert rows(answer.table) == [shown(e) for e in line if in_range(e, START + 2, START + 9)]


def test_the_latest_when_there_are_too_many(states: list[Case]) -> None:
    case = states[0]
    customer, line = max(journeys(case.events).items(), key=lambda one: len(one[1]))
    answer = case.ws.timeline(customer, limit=2)
    assert rows(answer.table) == [shown(e) for e in line[-2:]]
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
