"""Who was who at a time: a side view against the plain-Python twin, which nothing published notices."""

from __future__ import annotations

import gc
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case, buckets
from contract.test_states import ask_who, record, visits
from lvtu.errors import BadInput, Erased, UnknownName
from lvtu.who import books
from naive import identity
from naive.journeys import Event
from property.strategies import START

DAY = 86_400_000_000


def at(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def people(seed: int) -> list[dict[str, Any]]:
    """Visits with sign-ins at all times, aliases, and e-mail addresses that some share."""
    dice, events = random.Random(seed), visits(seed, 0.3)
    for event in events:
        if dice.random() < 0.2:
            event["identifiers"] = {"email": f"mail{dice.randrange(12)}"}
    for number in range(6):
        events.append({
            "message_id": f"alias{seed}-{number}", "time": START + 2 * number, "event": "alias",
            "user_id": f"user{number}", "identifiers": {"previous_id": f"user{number + 20}"},
        })  # fmt: skip
    return events


def stored(ws: lvtu.Workspace) -> list[tuple[Any, ...]]:
    return [
        ((e["left_kind"], e["left_id"]), (e["right_kind"], e["right_id"]), e["time"], e["source"], e["retracted_at"])
        for e in ws.edges()
    ]


def as_of(ws: lvtu.Workspace, events: list[dict[str, Any]], time: int, joins: tuple[str, ...], view: Any) -> Case:
    owners = identity.owners(events, identity.as_it_stood(stored(ws), time), joins, known_by=time)
    return Case(f"as of {time - START}", view, [
        Event(e["message_id"], e["time"], owner[1], e["event"], properties=e.get("properties") or {})
        for e, owner in zip(events, owners, strict=True)
    ])  # fmt: skip


@pytest.mark.parametrize("number", [1, 4])
def test_who_was_who(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([START + 3, START + 5, START + 6, START + 7, START + 9, START + 9, START + 11])
    monkeypatch.setattr(books, "now", lambda: next(clock))
    with buckets(number), lvtu.open(tmp_path / "w.lvtu") as ws:
        events = people(5)
        ws.ingest([record(e) for e in events[:200]])
        ws.append([record(e) for e in events[200:]])
        first = ws.join("user1", "user2").edge
        ws.join_by("email")
        ws.join("user3", ("anonymous_id", "device7"))
        ws.join("user8", ("email", "mail3"))
        ws.unjoin(first)
        ws.unjoin("user0", "user20")  # an alias, which the events state
        ws.join_by()
        now = ws.graph().table
        generation = ws.snapshot().manifest.generation
        for moment in (-1, 0, 3, 4, 5, 6, 8, 9, 10, 11, 13):
            joins = ("email",) if 5 <= moment < 11 else ()
            ask_who(as_of(ws, events, START + moment, joins, ws.as_of(at(START + moment))))
        ask_who(as_of(ws, events, START + 3, (), ws.as_of(1)))
        assert ws.graph().table.equals(now)
        assert ws.snapshot().manifest.generation == generation


def signed_in(number: int, day: int) -> dict[str, Any]:
    return {
        "message_id": f"s{number}", "time": START + day * DAY, "event": "A", "user_id": f"u{number}",
        "anonymous_id": "tablet",
    }  # fmt: skip


def shop(folder: Path) -> lvtu.Workspace:
    """A tablet on which one person signs in each day, and one event before anybody did."""
    ws = lvtu.open(folder)
    before = {"message_id": "b", "time": START - DAY, "event": "B", "anonymous_id": "tablet"}
    ws.ingest([record(e) for e in (before, signed_in(1, 1), signed_in(2, 2))])
    return ws


def test_a_view_keeps_its_events_and_narrows(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        view = ws.as_of(at(START))
        assert (view.timeline("tablet").table.num_rows, view.timeline("u1").table.num_rows) == (1, 1)
        assert ws.timeline("u1").table.num_rows == 2
        assert view.journeys(where="event = 'B'").trend().table["events"].to_pylist() == [1, 0, 0, 0]
        ws.append([record(signed_in(3, 3))])
        assert view.funnel(["A"]).table["customers"].to_pylist() == [2]
        assert ws.as_of(at(START)).funnel(["A"]).table["customers"].to_pylist() == [3]


def test_a_side_view_goes_with_its_reader(tmp_path: Path) -> None:
    aside = tmp_path / "w" / "journeys" / "aside"
    with shop(tmp_path / "w") as ws:
        view = ws.as_of(at(START))
        assert not aside.exists(), "nothing is built before it is asked"
        view.trend()
        assert len(list(aside.iterdir())) == 1
        other = ws.as_of(at(START))
        other.graph()
        assert len(list(aside.iterdir())) == 2, "one that is read stays"
        ws.compact()
        assert view.trend().table["events"].to_pylist() == [1, 0, 1, 1]
        del view, other
        gc.collect()
        ws.as_of(at(START)).graph()
        assert len(list(aside.iterdir())) == 1
        gc.collect()
    assert list(aside.iterdir()) == []


def test_what_a_killed_reader_left_is_removed(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        view = ws.as_of(at(START))
        view.graph()
        [place] = (tmp_path / "w" / "journeys" / "aside").iterdir()
        shutil.copytree(place, place.with_name("123"))  # nobody holds this one
        ws.compact()
        assert not place.with_name("123").exists() and place.exists()


def test_nobody_forgotten_comes_back(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        ws.join("u1", "u9")
        view = ws.as_of(at(START))
        assert view.timeline("u1").table.num_rows == 1
        ws.forget("u1")
        assert list((tmp_path / "w" / "journeys" / "aside").iterdir()) == []
        for ask in (lambda: view.timeline("u1"), lambda: ws.as_of(at(START))):
            with pytest.raises(Erased, match="forgotten"):
                ask()
        with pytest.raises(UnknownName):
            ws.as_of(1)
        assert ws.as_of("2999-01-01").trend().table["customers"].to_pylist() == [1]


def test_moments_that_do_not_exist(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        with pytest.raises(UnknownName, match="unknown edge '7'"):
            ws.as_of(7)
        with pytest.raises(BadInput, match="is not a time"):
            ws.as_of("then")


def test_an_empty_workspace_has_no_past(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        assert ws.as_of("2026-01-01").graph().table.num_rows == 0


def test_two_views_have_tokens_of_their_own(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        views = [ws, ws.as_of(at(START)), ws.as_of(at(START + 2 * DAY))]
        assert len({view._snapshots().token for view in views}) == len(views)
