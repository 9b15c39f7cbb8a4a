"""The people of a workspace, their programs' tokens, write keys, shared links, the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import Database
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import ShareRow, TokenRow
from service.inprocess import PASSWORD, Client, InProcess, serving
from service.running import basic


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("shop", "hotel"):
        with lvtu.open(home / name) as ws:
            ws.append([{"event": "Visit", "user_id": f"c{n}", "time": f"2026-03-0{n}"} for n in (1, 2, 3)])
    return home


@pytest.fixture
def app(home: Path, database_url: str) -> Iterator[InProcess]:
    with serving(home, Catalog(Database(database_url))) as app:
        yield app


def program(app: InProcess, owner: Client, **wanted: Any) -> Client:
    """A program with a new token."""
    made = owner.post("/api/tokens", json={"name": "nightly", **wanted})
    assert made.status_code == 201, made.text
    client = app.client()
    client.headers["Authorization"] = f"Bearer {made.json()['token']}"
    return client


def used(browser: Client, link: str, password: str = PASSWORD) -> httpx.Response:
    """What comes of setting a password with a link."""
    key = link.partition("#key=")[2]
    answer = browser.post("/api/session/password", json={"key": key, "password": password})
    if answer.status_code == 200:
        browser.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return answer


def test_somebody_is_let_in_and_signs_in(app: InProcess) -> None:
    owner = app.local()
    made = owner.post("/api/w/shop/people", json={"email": "Ann@example.com", "name": "Ann", "role": "editor"})
    assert made.status_code == 201
    ann = made.json()
    assert (ann["email"], ann["role"], ann["signs_in"]) == ("ann@example.com", "editor", False)
    assert ann["link"].startswith("http://127.0.0.1:8077/set-password#key=")
    set_ = used(app.client(), ann["link"])
    assert [(one["name"], one["role"]) for one in set_.json()["workspaces"]] == [("shop", "editor")]
    (listed,) = owner.get("/api/w/shop/people").json()
    assert (listed["name"], listed["signs_in"]) == ("Ann", True)
    again = owner.post("/api/w/shop/people", json={"email": "ann@example.com"})
    assert (again.status_code, again.json()["code"]) == (400, "member_already")


def test_who_lets_somebody_in_cannot_become_them_elsewhere(app: InProcess) -> None:
    """An admin of one workspace gets no link for a person whom another one knows."""
    bob = app.person("bob@example.com", hotel=Role.owner)
    admin = app.person("admin@example.com", shop=Role.admin)
    id = bob.get("/api/me").json()["id"]
    invited = admin.post("/api/w/shop/people", json={"email": "bob@example.com"}).json()
    assert (invited["id"], invited["link"]) == (id, None)
    assert admin.post(f"/api/w/shop/people/{id}/link").json()["code"] == "no_link_for_them"
    new = admin.post("/api/w/shop/people", json={"email": "new@example.com"}).json()
    again = admin.post(f"/api/w/shop/people/{new['id']}/link").json()
    assert used(app.client(), new["link"]).status_code == 401  # the one before it
    assert used(app.client(), again["link"]).status_code == 200
    assert admin.post(f"/api/w/shop/people/{new['id']}/link").json()["code"] == "has_password"


def test_a_password_is_reset_by_a_link_and_not_by_whoever_makes_it(app: InProcess) -> None:
    admin, owner = app.person("admin@example.com", shop=Role.admin), app.person("owner@example.com", shop=Role.owner)
    ids = {one["role"]: one["id"] for one in admin.get("/api/w/shop/people").json()}
    made = admin.post("/api/w/shop/people", json={"email": "ann@example.com", "role": "analyst"}).json()
    ann = app.client()
    assert used(ann, made["link"]).status_code == 200
    body = {"email": "ann@example.com", "password": PASSWORD}
    assert app.client().post("/api/session", json=body).status_code == 200
    for id, code in ((ids["admin"], "no_reset_of_oneself"), (ids["owner"], "role_too_small")):
        refused = admin.post(f"/api/w/shop/people/{id}/reset")
        assert (refused.status_code, refused.json()["code"]) == (403, code)

    reset = admin.post(f"/api/w/shop/people/{made['id']}/reset")
    assert reset.status_code == 201 and reset.json()["signs_in"] is False
    assert ann.get("/api/me").status_code == 401  # sessions end
    assert app.client().post("/api/session", json=body).json()["code"] == "wrong_password"
    assert app.client().get("/api/session").json()["local"] is False  # people still sign in with passwords here
    entry = admin.get("/api/w/shop/audit").json()["entries"][0]
    assert (entry["action"], entry["status"], entry["target"], entry["person"]["email"]) == (
        "POST /api/w/{workspace}/people/{id}/reset", 201, {"id": made["id"]}, "admin@example.com")  # fmt: skip
    assert reset.json()["link"].rpartition("=")[2] not in str(admin.get("/api/w/shop/audit").json())
    assert used(ann, reset.json()["link"], "another password").status_code == 200
    assert app.client().post("/api/session", json=body | {"password": "another password"}).status_code == 200

    hotel = app.person("hotel@example.com", hotel=Role.owner)
    hotel.post("/api/w/hotel/people", json={"email": "ann@example.com"})
    assert owner.post(f"/api/w/shop/people/{made['id']}/reset").json()["code"] == "no_link_for_them"


def test_a_link_opens_no_more_than_it_was_made_for(app: InProcess) -> None:
    """Whoever hands a link out could keep it, or use it, until its owner has more than they could give."""
    admin, owner = app.person("admin@example.com", shop=Role.admin), app.person("owner@example.com", shop=Role.owner)
    hotel = app.person("hotel@example.com", hotel=Role.owner)
    for where in ("hotel", "shop"):
        kept, taken = (
            admin.post("/api/w/shop/people", json={"email": f"{name}.{where}@example.com", "role": "viewer"}).json()
            for name in ("kept", "taken")
        )
        browser = app.client()
        assert used(browser, taken["link"]).status_code == 200
        app.catalog.people.take_password(taken["id"])  # as if it had never been set
        for one in (kept, taken):
            if where == "hotel":
                more = hotel.post("/api/w/hotel/people", json={"email": one["email"], "role": "owner"})
            else:
                more = owner.patch(f"/api/w/shop/people/{one['id']}", json={"role": "owner"})
            assert more.status_code in (200, 201), more.text
        assert used(app.client(), kept["link"]).status_code == 401
        assert browser.get("/api/w/shop").status_code == 401


def test_nobody_gives_or_takes_more_than_they_have(app: InProcess) -> None:
    owner, admin = app.person("owner@example.com", shop=Role.owner), app.person("admin@example.com", shop=Role.admin)
    ids = {one["role"]: one["id"] for one in admin.get("/api/w/shop/people").json()}
    for method, path, body in (
        ("POST", "people", {"email": "x@example.com", "role": "owner"}),
        ("PATCH", f"people/{ids['admin']}", {"role": "owner"}),
        ("PATCH", f"people/{ids['owner']}", {"role": "viewer"}),
        ("DELETE", f"people/{ids['owner']}", None),
    ):
        answer = admin.request(method, f"/api/w/shop/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "role_too_small")
    last = owner.delete(f"/api/w/shop/people/{ids['owner']}")
    assert (last.status_code, last.json()["code"]) == (400, "last_owner")
    assert owner.patch(f"/api/w/shop/people/{ids['admin']}", json={"role": "viewer"}).json()["role"] == "viewer"
    assert admin.get("/api/w/shop/audit").status_code == 403  # at once
    assert owner.delete(f"/api/w/shop/people/{ids['admin']}").status_code == 204
    assert admin.get("/api/w/shop/people").status_code == 404


def test_viewers_see_no_addresses(app: InProcess) -> None:
    app.person("ann@example.com", shop=Role.owner)
    viewer = app.person("viewer@example.com", shop=Role.viewer)
    told = viewer.get("/api/w/shop/people")
    assert [one["email"] for one in told.json()] == ["a•••@e•••.com", "v•••@e•••.com"]


def test_a_token_does_what_its_scope_lets_it(app: InProcess) -> None:
    owner = app.person("owner@example.com", shop=Role.owner, hotel=Role.editor)
    asks = program(app, owner, role="analyst", workspaces=["shop"])
    question = {"json": {}}
    assert asks.post("/api/w/shop/analyses/trend", **question).status_code == 200
    assert asks.get("/api/w/shop/audit").json()["code"] == "role_too_small"
    assert asks.post("/api/w/hotel/analyses/trend", **question).status_code == 404
    assert [one["name"] for one in asks.get("/api/session").json()["workspaces"]] == ["shop"]
    manages = program(app, owner, role="owner")
    assert manages.get("/api/w/shop/audit").status_code == 200
    assert manages.get("/api/w/hotel/audit").status_code == 403  # never more than its owner may
    unknown = owner.post("/api/tokens", json={"name": "x", "workspaces": ["nowhere"]})
    assert (unknown.status_code, unknown.json()["known"]) == (404, ["hotel", "shop"])


def test_a_token_is_shown_once_and_ends(app: InProcess) -> None:
    owner = app.person("owner@example.com", shop=Role.owner)
    first, second = program(app, owner), program(app, owner)
    key = first.headers["Authorization"].split()[1]
    assert key.startswith("lvt_")
    listed = owner.get("/api/tokens")
    assert key not in listed.text and listed.json()[0]["ends"] == key[-4:]
    assert [one["used"] for one in listed.json()] == [None, None]
    assert first.get("/api/me").status_code == 200
    assert owner.get("/api/tokens").json()[0]["used"] is not None
    for _ in range(2):
        assert owner.delete(f"/api/tokens/{listed.json()[0]['id']}").status_code == 204
    assert (first.get("/api/me").status_code, second.get("/api/me").status_code) == (401, 200)
    other = app.person("other@example.com", shop=Role.owner)
    assert other.delete(f"/api/tokens/{listed.json()[1]['id']}").status_code == 404
    with app.catalog.database.writing() as session:
        session.execute(update(TokenRow).values(expires=TokenRow.created))
    assert second.get("/api/me").status_code == 401


def test_write_keys_are_made_shown_once_and_revoked(app: InProcess) -> None:
    owner = app.local()
    key = owner.post("/api/w/hotel/write-keys").json()["key"]
    number = owner.get("/api/w/hotel/write-keys").json()[-1]["number"]
    assert key not in owner.get("/api/w/hotel/write-keys").text
    message = {"type": "track", "event": "Visit", "userId": "c1", "messageId": "k"}
    sender = app.client()
    assert sender.post("/v1/track", json=message, headers=basic(key)).status_code == 200
    assert sender.get("/api/w/hotel/people", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert owner.delete(f"/api/w/hotel/write-keys/{number}").status_code == 204
    assert sender.post("/v1/track", json=message, headers=basic(key)).status_code == 401
    for wrong in (number + 999, 10**30):
        assert owner.delete(f"/api/w/hotel/write-keys/{wrong}").status_code == 404


SHARED = {"title": "三月", "questions": [{"analysis": "trend", "spec": {"period": "day"}, "title": "Visits"}]}


def test_anybody_reads_what_is_shared_until_it_ends(app: InProcess) -> None:
    owner, anybody = app.local(), app.client()
    share = owner.post("/api/w/shop/shares", json=SHARED).json()
    assert share["link"] == f"http://127.0.0.1:8077/shared/{share['key']}"
    told = anybody.get(f"/api/shared/{share['key']}?lang=zh")
    assert told.status_code == 200
    (answer,) = told.json()["answers"]
    assert (told.json()["title"], answer["title"]) == ("三月", "Visits")
    assert [row["events"] for row in answer["answer"]["table"]] == [1, 1, 1]
    assert any(column["title"] == "事件数" for column in answer["answer"]["columns"])
    assert share["key"] not in owner.get("/api/w/shop/shares").text
    for path in ("people", "events", "shares"):
        stranger = anybody.get(f"/api/w/shop/{path}", headers={"Authorization": f"Bearer {share['key']}"})
        assert stranger.status_code == 401
    assert owner.delete(f"/api/w/shop/shares/{share['id']}").status_code == 204
    assert anybody.get(f"/api/shared/{share['key']}").status_code == 404
    other = owner.post("/api/w/shop/shares", json=SHARED | {"days": 1}).json()
    with app.catalog.database.writing() as session:
        session.execute(update(ShareRow).where(ShareRow.id == other["id"]).values(expires=ShareRow.created))
    gone = anybody.get(f"/api/shared/{other['key']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_share")
    assert other["key"] not in gone.text


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"analysis": "timeline", "spec": {"customer": "c1"}}, "not_for_everybody"),
        ({"analysis": "trend", "spec": {"by": "email"}}, "not_for_everybody"),
        ({"analysis": "trent"}, "unknown_analysis"),
        ({"analysis": "trend", "spec": {"perod": "day"}}, "unknown_option"),
    ],
)
def test_what_cannot_be_shown_is_not_shared(app: InProcess, question: dict[str, Any], code: str) -> None:
    refused = app.local().post("/api/w/shop/shares", json={"title": "T", "questions": [question]})
    assert (refused.status_code, refused.json()["code"]) == (400, code)


def test_the_audit_log_says_who_did_what(app: InProcess) -> None:
    owner = app.person("owner@example.com", shop=Role.owner, hotel=Role.owner)
    share = owner.post("/api/w/shop/shares", json=SHARED).json()
    owner.delete(f"/api/w/shop/shares/{share['id']}")
    owner.post("/api/w/hotel/shares", json=SHARED)
    owner.post("/api/w/shop/analyses/trend", json={})  # a question changes nothing
    newest, oldest = owner.get("/api/w/shop/audit").json()["entries"]
    assert (newest["action"], newest["status"], newest["target"]) == (
        "DELETE /api/w/{workspace}/shares/{id}", 204, {"id": share["id"]})  # fmt: skip
    assert (oldest["action"], oldest["status"], oldest["target"]) == (
        "POST /api/w/{workspace}/shares", 201, {"id": share["id"]})  # fmt: skip
    assert (newest["person"]["email"], newest["address"]) == ("owner@example.com", "127.0.0.1")
    assert newest["at"] >= oldest["at"]
    assert (newest["what"], oldest["what"]) == ("ended a shared link", "shared an answer by a link")
    assert owner.get("/api/w/shop/audit?lang=zh").json()["entries"][0]["what"] == "撤销分享"
    page = owner.get("/api/w/shop/audit?limit=1").json()
    rest = owner.get(f"/api/w/shop/audit?limit=1&before={page['next']}").json()
    assert (page["entries"], rest["entries"], rest["next"]) == ([newest], [oldest], None)
    assert owner.get("/api/w/shop/audit?person=nobody").json()["entries"] == []


def test_the_audit_log_keeps_no_customers_identifiers() -> None:
    from lvtu.service.audit.trail import _target

    pattern = "/api/w/{workspace}/customers/{id}"
    assert _target(pattern, {"workspace": "shop", "id": "li@example.com"}) == {"id": "l•••@e•••.com"}
    assert _target("/api/w/{workspace}/x/{customer}", {"customer": "li@example.com"}) == {"customer": "l•••@e•••.com"}
    assert _target("/api/w/{workspace}/boards/{id}", {"id": "b1"}) == {"id": "b1"}


def test_texts_that_no_database_holds_are_refused_or_kept(app: InProcess) -> None:
    """PostgreSQL takes no NUL; SQLite does. Neither is a failure of the server's."""
    owner = app.local()
    for method, path, body in (
        ("PUT", "me", {"name": "a\0b"}),
        ("POST", "tokens", {"name": "a\0b"}),
        ("POST", "w/shop/people", {"email": "a\0@example.com"}),
        ("POST", "w/shop/shares", SHARED | {"title": "\0"}),
        ("PATCH", "w/shop/people/%00", {"role": "viewer"}),
        ("DELETE", "w/shop/shares/%00", None),
        ("DELETE", "tokens/%00", None),
        ("GET", "w/shop/audit?before=%00", None),
        ("GET", "shared/%00", None),
    ):
        answer = owner.request(method, f"/api/{path}", json=body)
        assert answer.status_code < 500, (method, path, answer.text)
