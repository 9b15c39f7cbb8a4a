"""What people are to know of maps: once for each time that it happens, and only those who answer for it."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import Database
from lvtu.catalog.notices import Unsure
from lvtu.catalog.roles import Role
from lvtu.service.bell.looking import Looker
from lvtu.service.webhooks import postman
from service.inprocess import Client, InProcess, eventually, serving
from service.mailbox import Mailbox, mailbox
from unit.maps.shop import MODEL, events

__all__ = ["mailbox"]

MAPS, BELL = "/api/w/shop/maps", "/api/w/shop/bell"
LAST = max(datetime.fromisoformat(one["time"].replace("Z", "+00:00")) for one in events())
"""The newest event of the shop."""

SOON, LATER = LAST.astimezone(UTC) + timedelta(days=1), LAST.astimezone(UTC) + timedelta(days=60)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    """The shop; only these tests look, however long they take."""
    monkeypatch.setattr(postman, "FIRST", 1e9)
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
    with serving(tmp_path) as app:
        yield app


@pytest.fixture
def people(app: InProcess) -> dict[str, Client]:
    """Ann and Bo edit, Cy reads."""
    roles = {"ann": Role.editor, "bo": Role.editor, "cy": Role.viewer}
    return {name: app.person(f"{name}@example.com", shop=role) for name, role in roles.items()}


@pytest.fixture
def map_(people: dict[str, Client]) -> str:
    """A map that Ann answers for, one step of it Bo, one lane Cy; its satisfaction is to be looked at each week."""
    map_ = f"{MAPS}/{people['ann'].post(f'{MAPS}/draw', json={}).json()['id']}"
    edit(people["ann"], map_, edit="describe", fields={"person": "Ann@Example.com"})
    people["bo"].put("/api/me", json={"name": "Bo", "language": "zh", "zone": ""})
    edit(people["ann"], map_, edit="change", part="steps", key="checkout", fields={"person": "bo", "owner": "Tills"})
    return map_


def edit(client: Client, map_: str, **made: Any) -> None:
    done = client.post(f"{map_}/edits", json=made)
    assert done.status_code == 200, done.text


def under(client: Client, lang: str = "en") -> list[tuple[str, str]]:
    """What is under somebody's bell: the kind, and the place."""
    items = client.get(f"{BELL}?lang={lang}").json()["items"]
    return [
        (one["kind"], place)
        for one in items
        for place in ([each["place"] for each in one["numbers"]] or [one["place"]])
    ]


def look(app: InProcess, looker: Looker, at: datetime) -> None:
    shop = app.home.named("shop")
    assert shop is not None
    looker.of(shop, at)


def test_owners_learn_once_that_their_numbers_went_stale(
    app: InProcess, people: dict[str, Client], map_: str
) -> None:  # fmt: skip
    ann, bo, cy = people["ann"], people["bo"], people["cy"]
    edit(ann, map_, edit="change", part="bindings", key="csat5", fields={"cadence": "7d"})
    looker = Looker(app.home, app.catalog)
    look(app, looker, SOON)
    assert [under(one) for one in people.values()] == [[], [], []], "nothing is older than a week yet"
    look(app, looker, LATER)
    (told,) = bo.get(f"{BELL}?lang=zh").json()["items"]
    assert (told["kind"], told["author"], told["body"]) == ("old", None, "")
    (number,) = told["numbers"]
    assert number["place"].endswith("结算") and "没有新数据" in number["why"] and number["at"] == "csat5/checkout"
    assert ("old", "Satisfaction · Checkout") not in under(ann), "somebody else answers for that step"
    rest = under(ann)
    assert ann.get(f"{BELL}/new").json() == {"new": 1} and len(rest) > 1, "what was found at one look is told at once"
    assert all(kind == "old" for kind, _ in rest) and under(cy) == []
    for after in (timedelta(0), timedelta(hours=1), timedelta(days=9)):
        look(app, looker, LATER + after)
    look(app, Looker(app.home, app.catalog), LATER)  # another process, which remembers nothing
    assert len(under(bo)) == 1 and under(ann) == rest
    # Once it has been fed and goes stale again, that is another time.
    new = {"message_id": "new", "user_id": "ann", "event": "Checkout Rated", "score": 5, "scale": "csat5"}
    with lvtu.open(app.home.folder / "shop") as ws:
        ws.ingest([{**new, "time": (LATER - timedelta(days=1)).isoformat()}])
    edit(ann, map_, edit="describe", fields={"since": None, "until": None})
    look(app, looker, LATER)
    assert len(under(bo)) == 1
    look(app, looker, LATER + timedelta(days=30))
    assert under(bo) == [("old", "Satisfaction · Checkout")] * 2
    assert bo.get(f"{BELL}/new").json() == {"new": 2}
    library = ann.get(f"{MAPS}/library?lang=en").json()["maps"][0]["stands"]
    assert datetime.fromisoformat(library["looked"]) == LATER + timedelta(days=30)
    mine = [one for one in library["numbers"] if one["title"] == "Satisfaction · Checkout"]
    assert [(one["kind"], one["owner"]) for one in mine] == [("old", "bo")] and library["stale"] >= 1


def test_a_number_that_leaves_its_target_tells_once_until_it_meets_it_again(
    app: InProcess, people: dict[str, Client], map_: str
) -> None:
    ann, bo = people["ann"], people["bo"]
    looker = Looker(app.home, app.catalog)

    def aim(value: float) -> None:
        edit(ann, map_, edit="change", part="bindings", key="csat5", fields={"target": {"value": value}})
        look(app, looker, SOON)

    shop = app.home.named("shop")
    assert shop is not None
    cell = shop.workspace.maps.of(map_.rpartition("/")[2]).answers().values["csat5"]["checkout"]
    value, high = cell.value, cell.high
    assert high is not None and value < high
    aim(value - 0.01)
    assert under(bo) == []
    aim((value + high) / 2)
    assert under(bo) == [], "that it misses it may be chance"
    aim(high + 0.1)
    assert under(bo) == [("missed", "Satisfaction · Checkout")]
    aim((value + high) / 2)  # still short of it
    aim(high + 0.1)
    assert len(under(bo)) == 1
    aim(value - 0.01)
    aim(high + 0.1)
    assert len(under(bo)) == 2
    ann.post(f"{map_}/seen")  # whoever looks a map through is told on the page
    look(app, looker, SOON)
    assert len(under(bo)) == 2


def test_owners_learn_what_is_said_of_their_part(people: dict[str, Client], map_: str) -> None:
    ann, bo, cy = people["ann"], people["bo"], people["cy"]

    def say(client: Client, part: str, key: str, **more: Any) -> str:
        made = client.post(f"{map_}/comments", json={"part": part, "key": key, "body": "Is it so?", **more})
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    one = say(cy, "cells", "csat5/checkout")
    assert under(bo) == [("concerns", "Satisfaction · Checkout")] and under(ann) == []
    say(cy, "steps", "home")
    assert under(ann) == [("concerns", "Home")], "whoever answers for the map, where nobody else does"
    say(bo, "steps", "checkout")
    assert len(under(bo)) == 1, "one's own words are no news"
    id_of_bo = bo.get("/api/me").json()["id"]
    say(cy, "steps", "checkout", mentions=[id_of_bo])
    assert [kind for kind, _ in under(bo)] == ["mentioned", "concerns"]
    ann.post(f"{map_}/comments/{one}/replies", json={"body": "It is"})
    assert [kind for kind, _ in under(bo)] == ["concerns", "mentioned", "concerns"]
    assert under(cy) == [("replied", "Satisfaction · Checkout")], "who spoke in a thread hears how it goes on"
    assert cy.get(BELL).json()["items"][0]["author"]["name"] == "a•••@e•••.com"
    assert bo.post(f"{BELL}/read", json={"map": map_.rpartition("/")[2]}).json() == {"new": 0}
    cy.delete(f"{map_}/comments/{one}")
    assert [kind for kind, _ in under(bo)] == ["concerns", "mentioned"], "what was taken back is gone, its answer stays"
    edit(ann, map_, edit="put", part="lanes", made=[
        {"key": "heard", "role": "thoughts", "label": "Heard", "person": "cy@example.com"}
    ])  # fmt: skip
    say(ann, "lanes", "heard")
    assert under(cy)[0] == ("concerns", "Heard")
    edit(bo, map_, edit="describe", fields={"goal": "To have it today"})
    told = len(under(bo))
    for name in ("Robert", "Bob"):
        bo.put("/api/me", json={"name": name, "language": "zh", "zone": ""})
    say(cy, "steps", "checkout")
    assert len(under(bo)) == told + 1, "a step of Bo's stays theirs who was called so and edited maps"
    cy.put("/api/me", json={"name": "Bo", "language": "en", "zone": ""})
    say(ann, "steps", "checkout")
    assert len(under(bo)) == told + 1 and under(cy)[0] == ("concerns", "Checkout"), "unless somebody is called so now"
    ann.delete(map_)
    assert under(bo) == under(cy) == under(ann) == []


def test_a_map_that_was_taken_away_in_python_is_no_news(
    app: InProcess, people: dict[str, Client], map_: str
) -> None:  # fmt: skip
    cy, bo = people["cy"], people["bo"]
    said = {"part": "steps", "key": "checkout", "body": "@Bo", "mentions": []}
    cy.post(f"{map_}/comments", json=said)
    cy.post(f"{map_}/comments", json=said | {"mentions": [bo.get("/api/me").json()["id"]]})
    assert bo.get(f"{BELL}/new").json() == {"new": 2}
    with lvtu.open(app.home.folder / "shop") as ws:
        ws.maps[map_.rpartition("/")[2]].remove()
    assert bo.get(f"{BELL}/new").json() == {"new": 0}
    assert bo.get(BELL).json() == {"new": 0, "items": []}


def test_reviews_are_found_under_the_bell(people: dict[str, Client], map_: str) -> None:
    ann, bo, cy = people["ann"], people["bo"], people["cy"]
    id_of_cy = cy.get("/api/me").json()["id"]
    made = bo.post(f"{map_}/reviews", json={"people": [id_of_cy], "words": "Ready?"}).json()["reviews"][0]["id"]
    (asked,) = cy.get(BELL).json()["items"]
    assert (asked["kind"], asked["body"], asked["author"]["name"]) == ("asked", "Ready?", "Bo")
    cy.put(f"{map_}/reviews/{made}/verdict", json={"verdict": "changes", "words": "Not yet"})
    for one in (ann, bo):  # whoever answers for the map, and whoever asked
        (told,) = one.get(BELL).json()["items"]
        assert (told["kind"], told["body"], told["author"]["name"]) == ("changes", "Not yet", "cy@example.com")
    assert bo.post(f"{BELL}/read", json={}).json() == {"new": 0}
    assert ann.get(f"{BELL}/new").json() == {"new": 1}


def test_an_e_mail_lists_what_went_stale(
    app: InProcess, people: dict[str, Client], map_: str, mailbox: tuple[Mailbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LVTU_WEBHOOK_PRIVATE", "1")
    box, port = mailbox
    smtp = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "Shop <shop@example.com>"}
    asking = {"smtp": smtp, "address": "https://shop.example"}
    assert app.local().put("/api/w/shop/asking", json=asking).status_code == 200
    edit(people["ann"], map_, edit="change", part="bindings", key="csat5", fields={"cadence": "7d"})
    looker = Looker(app.home, app.catalog)
    look(app, looker, LATER)
    look(app, looker, LATER)
    eventually(lambda: len(box.got) == 2)  # Ann has one too, and whichever is sent first comes first
    letters = [email.message_from_bytes(one.content, policy=email.policy.default) for one in box.got]
    (mine,) = (one for one in letters if one["To"] == "bo@example.com")
    assert "1 个数值需要查看" in str(mine["Subject"])
    text = mine.get_content()
    assert "结算" in text and f"https://shop.example/w/shop/maps/{map_.rpartition('/')[2]}" in text


def test_of_many_processes_one_tells(database_url: str) -> None:
    with closing(Catalog(Database(database_url))) as first:
        ann = first.people.new("ann@example.com").id
        catalogs = [Catalog(Database(database_url)) for _ in range(4)]
        cell = Unsure("csat5", "pay", "csat5", "old", {"zh": "旧", "en": "old"})
        start = Barrier(len(catalogs))

        def stand(catalog: Catalog) -> None:
            start.wait()
            catalog.notices("shop").stand("m1", 1, [cell], lambda _: [ann])

        threads = [Thread(target=stand, args=(one,)) for one in catalogs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [one.kind for one in first.notices("shop").of_person(ann)] == ["old"]
        for catalog in catalogs:
            catalog.close()


def test_whoever_is_alone_answers_for_everything(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
    with serving(tmp_path) as app:
        local = app.local()
        map_ = f"{MAPS}/{local.post(f'{MAPS}/draw', json={}).json()['id']}"
        edit(local, map_, edit="change", part="bindings", key="csat5", fields={"cadence": "7d"})
        look(app, Looker(app.home, app.catalog), LATER)
        assert ("old", "Satisfaction · Checkout") in under(local)


def test_cards_that_may_hold_words_of_somebody_forgotten_are_told_and_settled(
    app: InProcess, people: dict[str, Client], map_: str
) -> None:  # fmt: skip
    ann, bo, cy = people["ann"], people["bo"], people["cy"]
    wrote = next(one for one in events() if len(one.get("text") or "") >= 16)
    made = [{"key": key, "lane": "pains", "step": "checkout", "text": f"{key}: {wrote['text']}"} for key in ("a", "b")]
    edit(ann, map_, edit="put", part="cards", made=made)
    seen = ann.get(map_).json()["step"]
    with lvtu.open(app.home.folder / "shop") as ws:
        ws.forget(wrote["user_id"])
    looker = Looker(app.home, app.catalog)
    for _ in range(2):
        look(app, looker, SOON)
    assert [kind for kind, _ in under(bo)] == ["words", "words"] and under(ann) == under(cy) == []
    assert cy.get(f"{map_}/evidence").json()["words"] == []
    left = ann.get(f"{map_}/evidence").json()["words"]
    assert [(one["card"], one["step"], wrote["text"] in one["text"]) for one in left] == [
        (key, "checkout", True) for key in ("a", "b")
    ]
    assert cy.post(f"{map_}/words", json={"card": "a", "take": True}).status_code == 403
    assert ann.post(f"{map_}/words", json={"card": "c", "take": True}).status_code == 400
    assert len(ann.post(f"{map_}/words", json={"card": "a", "take": True}).json()["words"]) == 1
    assert ann.post(f"{map_}/words", json={"card": "b", "take": False}).json()["words"] == []
    texts = {one["key"]: one["text"]["en"] for one in ann.get(map_).json()["document"]["cards"]}
    assert texts["a"] == "(said by somebody who asked to be forgotten)" and wrote["text"] in texts["b"]
    # Whoever had the map open cannot write over what is gone.
    fields = {"text": f"{wrote['text']}!"}
    stale = {"edit": "change", "part": "cards", "key": "a", "fields": fields, "seen": seen}
    refused = bo.post(f"{map_}/edits", json=stale)
    assert (refused.status_code, refused.json()["code"]) == (409, "edited_meanwhile")
