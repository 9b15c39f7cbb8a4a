"""Signing in: links that work once, passwords, sessions that end, changes that only a page of ours may make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import update

import lvtu
from lvtu.catalog import keys
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import Database
from lvtu.catalog.roles import Role
from lvtu.catalog.sessions import IDLE, LIFETIME
from lvtu.catalog.tables import LinkRow, SessionRow
from lvtu.service.limits import Buckets, Rate
from service.inprocess import PASSWORD, InProcess, serving


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("shop", "hotel"):
        lvtu.open(home / name).close()
    return home


@pytest.fixture
def app(home: Path, database_url: str) -> Iterator[InProcess]:
    with serving(home, Catalog(Database(database_url))) as app:
        yield app


def test_a_link_signs_in_once(app: InProcess) -> None:
    key = app.catalog.sessions.link(app.catalog.people.local())
    browser, other = app.client(), app.client()
    assert browser.get("/api/session").json() == {"person": None, "local": True, "csrf": "", "workspaces": []}
    opened = browser.get(f"/open?key={key}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    seen = browser.get("/api/session").json()
    assert [(one["name"], one["role"]) for one in seen["workspaces"]] == [("hotel", "owner"), ("shop", "owner")]
    assert seen["person"]["email"] is None and len(seen["csrf"]) == 64
    assert other.get(f"/open?key={key}").json()["code"] == "link_used"
    assert other.get(f"/open?key={key}x").status_code == 401
    assert other.get("/api/me").status_code == 401
    assert browser.get(f"/open?key={key}").status_code == 303  # loading the page again does no harm


def test_a_link_is_good_for_an_hour(app: InProcess) -> None:
    key = app.catalog.sessions.link(app.catalog.people.local())
    with app.catalog.database.writing() as session:
        kept = session.query(LinkRow).one()
        assert timedelta(minutes=59) < kept.expires - kept.created <= timedelta(hours=1, seconds=1)
        session.execute(update(LinkRow).values(expires=LinkRow.created))
    assert app.client().get(f"/open?key={key}").status_code == 401


def test_the_cookie_is_for_the_server_alone(home: Path, tmp_path: Path) -> None:
    catalog = Catalog.of(tmp_path)
    catalog.people.new("ann@example.com", password=PASSWORD)  # so that it may be asked by a name of its own
    with serving(home, catalog) as app:
        link = catalog.sessions.link(catalog.people.local())
        plain = app.client().get(f"/open?key={link}").headers["set-cookie"]
        assert plain.startswith("lvtu_session_8077=")
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(plain.split("; ")) and "Secure" not in plain
        link = catalog.sessions.link(catalog.people.local())
        secure = app.client("https://lvtu.example.com").get(f"/open?key={link}").headers["set-cookie"]
        assert secure.startswith("__Host-lvtu_session=") and "Secure" in secure.split("; ")


def test_a_password_signs_in(app: InProcess) -> None:
    ann = app.catalog.people.new("Ann@Example.com", name="Ann", password=PASSWORD)
    app.catalog.people.join(ann.id, app.home.served[app.home.folder / "shop"].id, Role.analyst)
    browser = app.client()
    assert browser.get("/api/session").json()["local"] is False
    for wrong in ({"password": "wrong wrong wrong"}, {"email": "bob@example.com"}):
        told = browser.post("/api/session", json={"email": "ann@example.com", "password": PASSWORD} | wrong)
        assert (told.status_code, told.json()["code"]) == (401, "wrong_password")
        assert "basic" not in told.headers["www-authenticate"].lower()
    seen = browser.post("/api/session", json={"email": " ANN@example.com", "password": PASSWORD}).json()
    assert (seen["person"]["name"], [one["name"] for one in seen["workspaces"]]) == ("Ann", ["shop"])
    assert browser.get("/api/session").json() == seen


def test_signing_in_takes_a_new_session(app: InProcess) -> None:
    """Whoever planted a session in somebody's browser does not share what they do once signed in."""
    app.catalog.people.new("ann@example.com", password=PASSWORD)
    browser = app.local()
    before, csrf = dict(browser.cookies), browser.headers["X-CSRF-Token"]
    after = browser.post("/api/session", json={"email": "ann@example.com", "password": PASSWORD}).json()
    assert before != dict(browser.cookies) and csrf != after["csrf"]
    planted = app.client()
    planted.cookies.update(before)
    assert planted.get("/api/me").status_code == 401


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
def test_changes_need_the_token_of_a_page(app: InProcess, token: str | None) -> None:
    browser = app.local()
    right = browser.headers.pop("X-CSRF-Token")
    headers = {} if token is None else {"X-CSRF-Token": token.encode()}
    refused = browser.request("PUT", "/api/me", json={"name": "Eve"}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    assert browser.get("/api/me").json()["name"] == ""
    assert browser.put("/api/me", json={"name": "Li"}, headers={"X-CSRF-Token": right}).status_code == 200
    assert browser.get("/api/me").json()["name"] == "Li"


@pytest.mark.parametrize(("column", "age"), [("seen", IDLE), ("expires", LIFETIME)])
def test_a_session_ends_by_itself(app: InProcess, column: str, age: timedelta) -> None:
    browser = app.local()
    for seconds, status in ((-60, 200), (60, 401)):  # just before, just after
        with app.catalog.database.writing() as session:
            row = session.query(SessionRow).one()
            setattr(row, column, (row.created if column == "seen" else row.created + LIFETIME) - age)
            setattr(row, column, getattr(row, column) - timedelta(seconds=seconds))
        assert browser.get("/api/me").status_code == status


def test_signing_out_ends_the_session(app: InProcess) -> None:
    browser = app.local()
    kept = dict(browser.cookies)
    assert browser.delete("/api/session").status_code == 204
    assert not dict(browser.cookies)
    browser.cookies.update(kept)
    assert browser.get("/api/me").status_code == 401


def test_a_new_password_ends_all_other_sessions(app: InProcess) -> None:
    ann = app.person("ann@example.com", shop=Role.viewer)
    id = ann.get("/api/me").json()["id"]
    person = app.catalog.people.by_email("ann@example.com")
    assert person is not None
    app.catalog.people.set_password(id, PASSWORD)
    other, link = app.signed_in(id), app.catalog.sessions.link(person)
    refused = ann.post("/api/me/password", json={"password": PASSWORD * 2, "current": "wrong wrong"})
    assert (refused.status_code, refused.json()["code"]) == (403, "current_password")
    short = ann.post("/api/me/password", json={"password": "short", "current": PASSWORD})
    assert short.json()["code"] == "password_length"
    changed = ann.post("/api/me/password", json={"password": PASSWORD * 2, "current": PASSWORD})
    assert changed.status_code == 200
    assert ann.get("/api/me").json()["has_password"] is True
    assert other.get("/api/me").status_code == 401
    assert app.client().post("/api/session/link", json={"key": link}).status_code == 401
    body = {"email": "ann@example.com", "password": PASSWORD}
    assert app.client().post("/api/session", json=body).status_code == 401
    assert app.client().post("/api/session", json=body | {"password": PASSWORD * 2}).status_code == 200


def test_an_address_that_is_opened_makes_nobody_somebody_else(app: InProcess) -> None:
    """A page elsewhere can lead a browser to /open: who is signed in stays who they are, and the link stays good."""
    ann = app.person("ann@example.com", shop=Role.analyst)
    key = app.catalog.sessions.link(app.catalog.people.local())
    before = dict(ann.cookies)
    for site in ("cross-site", "none"):
        led = ann.get(f"/open?key={key}", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"})
        assert (led.status_code, led.headers["location"]) == (303, "/sign-in?link=signed_in")
        assert "set-cookie" not in led.headers and dict(ann.cookies) == before
    assert ann.get("/api/session").json()["person"]["email"] == "ann@example.com"
    assert ann.delete("/api/session").status_code == 204
    assert ann.get(f"/open?key={key}").headers["location"] == "/"
    assert ann.get("/api/session").json()["person"]["email"] is None


def test_a_link_for_a_password_signs_nobody_in_by_being_opened(app: InProcess) -> None:
    """What previews a link, or keeps a copy of it, is not let in; and it is no way to be somebody unnoticed."""
    ann = app.catalog.people.new("ann@example.com", name="Ann")
    key, browser = app.catalog.sessions.link(ann), app.client()
    assert browser.get(f"/open?key={key}").status_code == 401
    assert browser.post("/api/session/link", json={"key": key}).json() == {"email": "ann@example.com", "name": "Ann"}
    assert browser.get("/api/me").status_code == 401
    short = browser.post("/api/session/password", json={"key": key, "password": "short"})
    assert (short.status_code, short.json()["code"]) == (400, "password_length")
    told = browser.post("/api/session/password", json={"key": key, "password": PASSWORD})
    assert (told.status_code, told.json()["person"]["name"]) == (200, "Ann")
    assert browser.get("/api/me").json()["has_password"] is True
    for path, more in (("link", {}), ("password", {"password": PASSWORD * 2})):
        again = app.client().post(f"/api/session/{path}", json={"key": key, **more})
        assert (again.status_code, again.json()["code"]) == (401, "invitation_used")
    entry = app.client().post("/api/session", json={"email": "ann@example.com", "password": PASSWORD})
    assert entry.status_code == 200


def test_the_machines_own_link_sets_no_password(app: InProcess) -> None:
    key = app.catalog.sessions.link(app.catalog.people.local())
    assert app.client().post("/api/session/link", json={"key": key}).status_code == 401
    refused = app.client().post("/api/session/password", json={"key": key, "password": PASSWORD})
    assert refused.status_code == 401 and not app.catalog.people.any_password()


def test_pages_of_other_sites_set_no_password(app: InProcess) -> None:
    key = app.catalog.sessions.link(app.catalog.people.new("ann@example.com"))
    body = {"key": key, "password": PASSWORD}
    led = app.client().post("/api/session/password", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert (led.status_code, led.json()["code"]) == (403, "from_elsewhere")


def test_guessing_links_is_limited(app: InProcess) -> None:
    app.app.state.limits.addresses = Buckets(Rate(3, 60), lambda: 0.0)
    ann = app.catalog.people.new("ann@example.com")
    key, browser = app.catalog.sessions.link(ann), app.client()
    for given, statuses in ((key, [200] * 4), ("x", [401, 401, 401, 429])):  # whoever has one may look at it
        looked = [browser.post("/api/session/link", json={"key": given}).status_code for _ in range(4)]
        assert looked == statuses
    assert browser.post("/api/session/password", json={"key": key, "password": PASSWORD}).status_code == 429


def test_a_wrong_password_takes_the_same_work_whoever_is_named(app: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody learns who has an account by how long the answer takes. Work is counted, not time."""
    asked: list[tuple[Any, int]] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            asked.append((extract_parameters(str(hash)), len(password)))
            return super().verify(hash, password)

    monkeypatch.setattr(keys, "_ARGON", Counting())  # the real one: elsewhere tests take a quick one
    people = app.catalog.people
    people.new("ann@example.com", password=PASSWORD)
    people.new("invited@example.com")
    people.take_password(people.new("reset@example.com", password=PASSWORD).id)
    people.revoke(people.new("gone@example.com", password=PASSWORD).id)
    work, answers = [], set()
    for email in ("ann", "nobody", "invited", "reset", "gone"):
        asked.clear()
        answer = app.client().post("/api/session", json={"email": f"{email}@example.com", "password": "wrong" * 3})
        answers.add((answer.status_code, answer.text))
        work.append(list(asked))
    assert work[0] and all(one == work[0] for one in work), work
    assert len(work[0]) == 1
    assert len(answers) == 1 and answers.pop()[0] == 401


def test_who_is_revoked_is_out_at_once(app: InProcess) -> None:
    ann = app.person("ann@example.com", shop=Role.owner)
    app.catalog.people.revoke(ann.get("/api/me").json()["id"])
    assert ann.get("/api/me").status_code == 401
    assert app.person("ann@example.com").get("/api/session").json()["workspaces"] == []  # invited anew, as new


def test_nothing_secret_is_kept(home: Path, tmp_path: Path) -> None:
    with serving(home, Catalog.of(tmp_path)) as app:
        app.catalog.people.new("ann@example.com", password=PASSWORD)
        link = app.catalog.sessions.link(app.catalog.people.local())
        browser = app.local()
        secrets = [PASSWORD, link, *dict(browser.cookies).values(), browser.headers["X-CSRF-Token"]]
        kept = b"".join(file.read_bytes() for file in tmp_path.glob("server.sqlite*"))
    assert b"ann@example.com" in kept
    assert not [secret for secret in secrets if secret.encode() in kept]
