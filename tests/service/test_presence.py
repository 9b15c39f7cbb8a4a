"""Several people on one map: who is there, who types where, what the others did; the same in every process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import Database
from lvtu.catalog.presence import GONE, LOCKED, Presence
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving

MAP = {
    "title": {"zh": "网购", "en": "Shopping"}, "stages": [{"key": "buy", "name": "Buy"}],
    "steps": [{"key": "look", "stage": "buy", "name": "Look"}, {"key": "pay", "stage": "buy", "name": "Pay"}],
    "lanes": [{"key": "said", "role": "thoughts", "label": "Thoughts"}],
    "cards": [{"key": "c1", "lane": "said", "step": "pay", "text": "Another queue?"}],
    "scenarios": [{"key": "s1", "who": "A mother with a pram"}],
}  # fmt: skip
T0 = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def map_(ann: Client) -> str:
    """The address of a new map."""
    made = ann.post("/api/w/shop/maps", json=MAP)
    assert made.status_code == 201, made.text
    return f"/api/w/shop/maps/{made.json()['id']}"


@pytest.fixture
def shop(database_url: str) -> Iterator[tuple[Presence, str, str]]:
    """Presence in a shop, on either database, and two people."""
    with closing(Catalog(Database(database_url))) as catalog:
        ann, bob = (catalog.people.new(f"{name}@example.com").id for name in ("ann", "bob"))
        yield catalog.presence("shop-id"), ann, bob


def test_who_is_on_a_map_is_told_with_their_places(map_: str, ann: Client, bob: Client) -> None:
    first = ann.post(f"{map_}/here", json={"tab": f"{map_[-8:]}-a", "place": "cards/c1"}).json()
    assert first["step"] == 1
    assert [(one["name"], one["you"], one["places"]) for one in first["people"]] == [
        ("ann@example.com", True, ["cards/c1"])
    ]
    bob.post(f"{map_}/here", json={"tab": f"{map_[-8:]}-b"})
    told = bob.post(f"{map_}/here", json={"tab": f"{map_[-8:]}-c", "place": "cells/said/pay"}).json()
    assert [(one["name"], one["you"], one["places"]) for one in told["people"]] == [
        ("bob@example.com", True, ["cells/said/pay"]), ("ann@example.com", False, ["cards/c1"]),
    ]  # fmt: skip
    assert ann.delete(f"{map_}/here/{map_[-8:]}-c").status_code == 204  # not hers: nothing happens
    for tab in ("b", "c"):
        assert bob.delete(f"{map_}/here/{map_[-8:]}-{tab}").status_code == 204
    left = ann.post(f"{map_}/here", json={"tab": f"{map_[-8:]}-a"}).json()["people"]
    assert [(one["name"], one["places"]) for one in left] == [("ann@example.com", [])]


def test_what_somebody_sees_is_told_to_who_follows_them(map_: str, ann: Client, bob: Client) -> None:
    def sight(client: Client) -> str:
        told = client.post(f"{map_}/here", json={"tab": f"{map_[-8:]}-f"}).json()["people"]
        return next(str(one["sight"]) for one in told if one["name"] == "bob@example.com")

    for seen in ("said/look", "said/pay", "said/pay", ""):  # each is told at once, though he moved just before
        bob.post(f"{map_}/here", json={"tab": f"{map_[-8:]}-g", "sight": seen})
        assert sight(ann) == seen


def test_a_locked_card_is_kept_from_others(map_: str, ann: Client, bob: Client) -> None:
    held = ann.put(f"{map_}/locks/c1").json()
    assert (held["card"], held["name"], held["yours"]) == ("c1", "ann@example.com", True)
    told = bob.post(f"{map_}/here", json={"tab": "bobs"}).json()["locks"]
    assert [(one["card"], one["name"], one["yours"]) for one in told] == [("c1", "ann@example.com", False)]
    refused = bob.put(f"{map_}/locks/c1?lang=en")
    assert (refused.status_code, refused.json()["code"]) == (409, "card_locked")
    assert "ann@example.com" in refused.json()["what"]
    change = {"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "Mine"}}
    for edit in (
        change,
        {"edit": "remove", "part": "cards", "keys": ["c1"]},
        {"edit": "remove", "part": "steps", "keys": ["pay"]},
        {"edit": "change", "part": "cards", "key": "c1", "fields": {"step": "look"}},
        {"edit": "paste", "lane": "said", "step": "pay", "table": [["Mine"]]},
    ):
        answer = bob.post(f"{map_}/edits", json=edit)
        assert (answer.status_code, answer.json()["code"]) == (409, "card_locked"), edit
    document = bob.get(map_).json()["document"]
    assert bob.post("/api/w/shop/maps", json=document | {"cards": []}).json()["code"] == "card_locked"
    assert ann.get(map_).json()["step"] == 1
    # What is around it may change, and carries it along.
    parts = [{"key": "scan", "name": "Scan"}, {"key": "ok", "name": "OK"}]
    split = {"edit": "split_step", "step": "pay", "parts": parts}
    assert bob.post(f"{map_}/edits", json=split).status_code == 200
    assert ann.post(f"{map_}/edits", json=change).status_code == 200
    undone = bob.post(f"{map_}/undo")
    assert (undone.status_code, undone.json()["code"]) == (409, "card_locked")
    assert ann.delete(f"{map_}/locks/c1").status_code == 204
    assert bob.post(f"{map_}/edits", json=change | {"fields": {"text": "Now mine"}}).status_code == 200


def test_restoring_waits_for_whoever_types(map_: str, ann: Client, bob: Client) -> None:
    bob.post(f"{map_}/versions", json={"name": "First"})
    ann.post(f"{map_}/edits", json={"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "Other"}})
    ann.put(f"{map_}/locks/c1")
    assert bob.post(f"{map_}/restore", json={"number": 1}).json()["code"] == "card_locked"
    ann.delete(f"{map_}/locks/c1")
    assert bob.post(f"{map_}/restore", json={"number": 1}).status_code == 200


def test_whoever_leaves_lets_go(map_: str, ann: Client, bob: Client) -> None:
    for tab in ("one", "two"):
        ann.post(f"{map_}/here", json={"tab": f"{map_[-8:]}-{tab}"})
    ann.put(f"{map_}/locks/c1")
    ann.delete(f"{map_}/here/{map_[-8:]}-one")
    assert bob.put(f"{map_}/locks/c1").status_code == 409  # she has it open in another tab
    ann.delete(f"{map_}/here/{map_[-8:]}-two")
    assert bob.put(f"{map_}/locks/c1").status_code == 200


def test_what_others_did_is_told_from_a_step_on(map_: str, ann: Client, bob: Client) -> None:
    ann.post(f"{map_}/edits", json={"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "Other"}})
    bob.post(f"{map_}/edits", json={"edit": "describe", "fields": {"owner": "Ann"}})
    told = bob.get(f"{map_}/changes?after=1").json()
    assert told["step"] == 3
    assert [(one["step"], one["by"], one["yours"], one["what"]) for one in told["edits"]] == [
        (2, "ann@example.com", False, "change"), (3, "bob@example.com", True, "describe"),
    ]  # fmt: skip
    (change,) = told["edits"][0]["changes"]
    assert change["now"] == {"zh": "Other", "en": "Other"}
    assert bob.get(f"{map_}/changes?after=3").json() == {"step": 3, "edits": []}


def test_who_only_reads_is_seen_and_locks_nothing(map_: str, app: InProcess, ann: Client) -> None:
    vera = app.person("vera@example.com", shop=Role.viewer)
    assert vera.post(f"{map_}/here", json={"tab": "veras"}).status_code == 200
    assert vera.put(f"{map_}/locks/c1").json()["code"] == "role_too_small"
    told = ann.post(f"{map_}/here", json={"tab": "anns"}).json()
    assert "vera@example.com" in [one["name"] for one in told["people"]]
    names = [one["name"] for one in vera.post(f"{map_}/here", json={"tab": "veras"}).json()["people"]]
    assert "a•••@e•••.com" in names
    missing = vera.post("/api/w/shop/maps/none/here", json={"tab": "veras"})
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown_map")


def test_what_is_not_renewed_ends(shop: tuple[Presence, str, str]) -> None:
    presence, ann, bob = shop
    presence.enter("m1", "a", ann, at=T0)
    presence.lock("m1", "c1", ann, at=T0)
    almost, later = timedelta(milliseconds=-1), timedelta(0)
    assert [one.person_id for one in presence.people("m1", T0 + GONE + almost)] == [ann]
    assert presence.people("m1", T0 + GONE + later) == []
    assert presence.lock("m1", "c1", bob, T0 + LOCKED + almost).person_id == ann
    assert [one.card for one in presence.locks("m1", T0 + LOCKED + almost)] == ["c1"]
    assert presence.locks("m1", T0 + LOCKED + later) == []
    presence.lock("m1", "c1", ann, T0 + timedelta(seconds=10))  # she goes on typing
    assert presence.lock("m1", "c1", bob, T0 + LOCKED).person_id == ann
    assert presence.lock("m1", "c1", bob, T0 + timedelta(seconds=10) + LOCKED).person_id == bob
    assert presence.lock("m2", "c1", ann, T0).person_id == ann  # another map
    presence.release("m1", "c1", ann)  # not hers any more
    assert [one.person_id for one in presence.locks("m1", T0 + LOCKED)] == [bob]


def test_one_of_many_processes_gets_a_lock(database_url: str) -> None:
    """Each with a connection of its own, as the workers of a server have."""
    with closing(Catalog(Database(database_url))) as first:
        people = [first.people.new(f"p{number}@example.com").id for number in range(6)]
        catalogs = [Catalog(Database(database_url)) for _ in people]
        for turn in range(5):
            start, held = Barrier(len(people)), [""] * len(people)

            def ask(number: int, turn: int = turn, start: Barrier = start, held: list[str] = held) -> None:
                start.wait()
                held[number] = catalogs[number].presence("shop").lock("m1", f"c{turn}", people[number]).person_id

            threads = [Thread(target=ask, args=(number,)) for number in range(len(people))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert len(set(held)) == 1 and held[0] in people
            assert sum(who == people[number] for number, who in enumerate(held)) == 1
        for catalog in catalogs:
            catalog.close()


def test_two_servers_of_one_home_share_who_is_there(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as one, serving(tmp_path) as other:
        ann = one.person("ann@example.com", shop=Role.editor)
        bob = other.person("bob@example.com", shop=Role.editor)
        map_ = f"/api/w/shop/maps/{ann.post('/api/w/shop/maps', json=MAP).json()['id']}"
        ann.post(f"{map_}/here", json={"tab": "a", "place": "cards/c1"})
        ann.put(f"{map_}/locks/c1")
        told = bob.post(f"{map_}/here", json={"tab": "b"}).json()
        assert [one["name"] for one in told["people"]] == ["bob@example.com", "ann@example.com"]
        assert [one["card"] for one in told["locks"]] == ["c1"]
        assert bob.put(f"{map_}/locks/c1").status_code == 409
