"""Who made the edits of a map: people are told apart by who they are, and shown as they are called today."""

from __future__ import annotations

import getpass
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving

MAPS = "/api/w/shop/maps"
TEXTS = {"a": "Slow", "b": "Dear"}


def ok(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def call(client: Client, name: str) -> None:
    """Let somebody call themselves otherwise."""
    ok(client.put("/api/me", json={"name": name}))


def new(client: Client, title: str) -> str:
    """A map with two cards, `a` and `b`."""
    id = str(ok(client.post(f"{MAPS}/new", json={"title": title}))["id"])
    cards = [{"key": key, "lane": "pains", "step": "step-1", "text": text} for key, text in TEXTS.items()]
    ok(client.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "cards", "made": cards}))
    return id


def write(client: Client, id: str, card: str, text: str, seen: int | None = None) -> Any:
    edit = {"edit": "change", "part": "cards", "key": card, "fields": {"text": text}, "seen": seen}
    return client.post(f"{MAPS}/{id}/edits", json=edit)


def texts(client: Client, id: str) -> dict[str, str]:
    cards = ok(client.get(f"{MAPS}/{id}"))["document"]["cards"]
    return {card["key"]: str(card["text"]["en"]) for card in cards}


def undo(client: Client, id: str, way: str = "undo") -> dict[str, str]:
    ok(client.post(f"{MAPS}/{id}/{way}"))
    return texts(client, id)


def nothing(client: Client, id: str, way: str = "undo") -> bool:
    told = client.post(f"{MAPS}/{id}/{way}")
    return (told.status_code, told.json()["code"]) == (400, f"nothing_to_{way}")


def yours(client: Client, id: str, after: int = 0) -> list[bool]:
    return [one["yours"] for one in ok(client.get(f"{MAPS}/{id}/changes?after={after}"))["edits"]]


def shown(client: Client, id: str) -> set[str]:
    """How those who did something with the last map are called, wherever that is told."""
    history = ok(client.get(f"{MAPS}/{id}/history"))["steps"]
    edits = ok(client.get(f"{MAPS}/{id}/changes?after=0"))["edits"]
    lists = [*ok(client.get(MAPS))["maps"], *ok(client.get(f"{MAPS}/library"))["maps"]]
    versions = ok(client.get(f"{MAPS}/{id}"))["versions"]
    seen = ok(client.get(f"{MAPS}/{id}/freshness"))["by"]
    last = [one for one in lists if one["id"] == id]
    assert len(last) == 2
    return {one["by"] for one in (*history, *edits, *last, *versions)} | ({seen} if seen else set())


def test_two_of_one_name_are_two(app: InProcess) -> None:
    """Each undoes their own, and neither writes over what the other has written meanwhile."""
    one, other = (app.person(f"li-{n}@example.com", shop=Role.editor) for n in (1, 2))
    call(one, "李娜")
    call(other, "李娜")
    id = new(one, "Two of one name")
    seen = ok(one.get(f"{MAPS}/{id}"))["step"]
    ok(write(one, id, "a", "Slower", seen))
    refused = write(other, id, "a", "Quick", seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "edited_meanwhile")
    assert "李娜" in refused.json()["what"]
    ok(write(other, id, "b", "Cheap", seen))
    ok(write(one, id, "a", "Slowest", seen))
    steps = ok(one.get(f"{MAPS}/{id}/history"))["steps"][:3]
    assert {step["by"] for step in steps} == {"李娜"} and len({step["author"] for step in steps}) == 2
    assert yours(one, id, seen) == [True, False, True] and yours(other, id, seen) == [False, True, False]
    taken = {"edit": "remove", "part": "cards", "keys": ["b"], "seen": seen}
    assert one.post(f"{MAPS}/{id}/edits", json=taken).json()["code"] == "edited_meanwhile"
    undoable = [ok(who.get(f"{MAPS}/{id}/undoable"))["undo"] for who in (one, other)]
    assert "Slowest" in undoable[0] and "Cheap" in undoable[1]
    assert undo(other, id) == {"a": "Slowest", "b": "Dear"} and nothing(other, id)
    assert undo(one, id) == {"a": "Slower", "b": "Dear"}
    assert undo(other, id, "redo") == {"a": "Slower", "b": "Cheap"}
    ok(one.post(f"{MAPS}/{id}/edits", json=taken | {"seen": None}))
    gone = write(other, id, "b", "Free", seen)
    assert (gone.status_code, gone.json()["code"]) == (409, "removed_meanwhile")


def test_whoever_is_called_otherwise_stays_who_they_are(app: InProcess) -> None:
    """What they did before is theirs to take back and to write on, and is shown under the name of today."""
    ann = app.person("ann-lee@example.com", shop=Role.editor)
    bob = app.person("bob-lee@example.com", shop=Role.editor)
    id = new(ann, "Called otherwise")
    scenario = {"key": "s1", "who": "Somebody", "goal": "To have it today"}
    ok(ann.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "scenarios", "made": [scenario]}))
    seen = ok(ann.get(f"{MAPS}/{id}"))["step"]
    ok(write(ann, id, "a", "Slower"))
    call(ann, "Ann")
    ok(write(ann, id, "a", "Slowest", seen))
    ok(ann.post(f"{MAPS}/{id}/versions", json={"name": "First"}))
    call(ann, "Ann Lee")
    call(bob, "Ann")
    assert all(yours(ann, id)) and not any(yours(bob, id)), "a name that somebody gave up is not theirs who takes it"
    assert shown(bob, id) == {"Ann Lee"}
    assert "Ann Lee" in write(bob, id, "a", "Quick", seen).json()["what"] and nothing(bob, id)
    ok(write(ann, id, "a", "Quick", seen))
    for left in ("Slowest", "Slower", "Slow"):
        assert undo(ann, id)["a"] == left
    assert undo(ann, id, "redo")["a"] == "Slower"


def test_who_sits_at_the_machine_is_one_with_and_without_a_name(app: InProcess) -> None:
    """And is whoever runs Python there, who is known by the account alone."""
    local, account = app.local(), getpass.getuser()
    other = app.person("other@example.com", shop=Role.editor)
    call(local, "")
    id = new(local, "At the machine")
    seen = ok(local.get(f"{MAPS}/{id}"))["step"]
    ok(write(local, id, "a", "Slower", seen))
    assert shown(other, id) == {account}
    call(local, "林")
    ok(write(local, id, "a", "Slowest", seen))
    served = app.home.named("shop")
    assert served is not None
    python = served.workspace.maps.of(id)
    python.edit("change", part="cards", key="b", fields={"text": "Cheap"})
    python.edit("change", part="cards", key="b", fields={"text": "Free"}, by="Somebody")
    assert yours(local, id, seen) == [True, True, True, False] and not any(yours(other, id))
    assert shown(other, id) == {"林", account, "Somebody"}
    ok(write(local, id, "a", "Slow as ever", seen))
    call(local, "")
    assert write(local, id, "b", "Dear as ever", seen).json()["code"] == "edited_meanwhile"
    python.undo(by="Somebody")
    for left in ({"a": "Slowest", "b": "Cheap"}, {"a": "Slowest", "b": "Dear"}, {"a": "Slower", "b": "Dear"}, TEXTS):
        assert undo(local, id) == left
    assert nothing(other, id)


def test_python_takes_back_by_name_what_a_person_did(app: InProcess) -> None:
    """As that person: neither their own stack nor that of another of the name is confused by it."""
    one, other = (app.person(f"py-{n}@example.com", shop=Role.editor) for n in (1, 2))
    call(one, "Py")
    call(other, "Py")
    id = new(app.local(), "Taken back by name")
    ok(write(other, id, "b", "Cheap"))
    ok(write(one, id, "a", "Slower"))
    served = app.home.named("shop")
    assert served is not None
    python = served.workspace.maps.of(id)
    python.undo(by="Py")
    assert texts(one, id) == {"a": "Slow", "b": "Cheap"} and nothing(one, id) and nothing(other, id, "redo")
    assert "Cheap" in ok(other.get(f"{MAPS}/{id}/undoable"))["undo"]
    python.redo(by="Py")
    assert texts(one, id) == {"a": "Slower", "b": "Cheap"} and nothing(other, id, "redo")
    python.edit("change", part="cards", key="b", fields={"text": "Free"}, by="Py")
    assert yours(one, id)[-1] and yours(other, id)[-1], "a name is all that is known of it"
    ok(write(one, id, "a", "Slowest"))
    assert undo(other, id) == {"a": "Slowest", "b": "Cheap"}
    assert undo(one, id) == {"a": "Slower", "b": "Cheap"}
    assert undo(one, id, "redo") == {"a": "Slowest", "b": "Cheap"}
    ok(write(one, id, "a", "Quick"))
    assert nothing(one, id, "redo"), "who edits ends what could be done again, what is known by the name alone too"
    for left in ("Slowest", "Slower", "Slow"):
        assert undo(one, id) == {"a": left, "b": "Cheap"}
    assert nothing(one, id)
    assert undo(other, id) == TEXTS and nothing(other, id)


def test_readers_see_names_and_no_addresses(app: InProcess) -> None:
    reader, editor = (app.person(f"{role.name}@example.com", shop=role) for role in (Role.viewer, Role.editor))
    id = new(editor, "Read")
    scenario = {"key": "s1", "who": "Somebody", "goal": "To have it today"}
    ok(editor.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "scenarios", "made": [scenario]}))
    ok(editor.post(f"{MAPS}/{id}/versions", json={"name": "First"}))
    served = app.home.named("shop")
    assert served is not None
    served.workspace.maps.of(id).edit("describe", fields={"goal": "Quick"}, by="script@example.com")
    assert shown(reader, id) == {"e•••@e•••.com", "s•••@e•••.com"}
    assert shown(editor, id) == {"editor@example.com", "script@example.com"}
    call(editor, "Eve")
    assert shown(reader, id) == {"Eve", "s•••@e•••.com"}
    project = served.workspace.programmes.begin("project-5", "Quick", id, by="script@example.com")
    project.note(persona="Parents", goal="To have it today", metric="CSAT 4.5")
    project.pass_step("position", by="script@example.com")
    told = [str(ok(who.get(f"/api/w/shop/programmes/{project.id}"))["steps"][0]["passed"]) for who in (reader, editor)]
    assert "s•••@e•••.com" in told[0] and "script@example.com" in told[1]


def test_what_somebody_did_who_is_gone_stays_theirs(app: InProcess) -> None:
    """They keep their name in the history; who is unknown to the server keeps the one that was told then."""
    gone, other = (app.person(f"gone-{n}@example.com", shop=Role.editor) for n in (1, 2))
    id = new(gone, "Gone")
    call(gone, "Gus")
    person = app.catalog.people.by_email("gone-1@example.com")
    assert person is not None
    app.catalog.people.revoke(person.id)
    assert shown(other, id) == {"Gus"} and not any(yours(other, id))
    served = app.home.named("shop")
    assert served is not None
    with served.workspace._ledger._database.transaction() as books:  # the books of another server
        books.execute("UPDATE map_authors SET author = 'of another server' WHERE map = ?", (id,))
    assert shown(other, id) == {"gone-1@example.com"}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A home whose books were kept when they named people and knew no more: there was no table of authors."""
    with serving_shop(tmp_path) as app:
        ann, bob = (app.person(f"{name}@example.com", shop=Role.editor) for name in ("ann", "bob"))
        id = new(ann, "Before")
        ok(write(ann, id, "a", "Slower"))
        call(ann, "Ann")
        ok(write(ann, id, "a", "Slowest"))
        ok(write(bob, id, "b", "Cheap"))
    with closing(sqlite3.connect(tmp_path / "shop" / "catalog.sqlite")) as books:
        books.execute("DROP TABLE map_authors")
    return tmp_path


def serving_shop(home: Path) -> Any:
    lvtu.open(home / "shop").close()
    return serving(home)


def test_books_of_before_open_and_go_on(before: Path) -> None:
    """Who is known there by a name or an address goes on undoing, together with what is theirs by who they are."""
    with serving(before) as app:
        ann, bob = (app.signed_in(one.id) for one in app.catalog.people.everybody())
        (map_,) = ok(ann.get(MAPS))["maps"]
        id, seen = map_["id"], ok(ann.get(f"{MAPS}/{map_['id']}"))["step"]
        assert yours(ann, id) == [True, True, True, True, False] and yours(bob, id) == [False] * 4 + [True]
        ok(write(ann, id, "a", "Slow as ever", seen - 2))
        call(bob, "Ann")
        assert yours(bob, id)[-1] is False, "what is known by who made it is not somebody's by the name"
        call(bob, "Bob")
        ok(write(bob, id, "b", "Free", seen - 1))
        for left in ("Slowest", "Slower", "Slow"):
            assert undo(ann, id) == {"a": left, "b": "Free"}
        for again in ("Slower", "Slowest", "Slow as ever"):
            assert undo(ann, id, "redo") == {"a": again, "b": "Free"}
        assert undo(bob, id)["b"] == "Cheap" and undo(bob, id)["b"] == "Dear" and nothing(bob, id)
        assert undo(bob, id, "redo")["b"] == "Cheap"
        assert undo(ann, id)["a"] == "Slowest"
        call(bob, "Ann")
        assert "Ann" in write(bob, id, "a", "Quick", seen).json()["what"]
