"""Every route of the application with every role: who may call what, and what leaves a line in the audit log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy import func, select

import lvtu
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import AuditRow
from lvtu.core.words import LANGS, known, words
from lvtu.service.access import NEEDS, _anybody, _in_person, _signed
from lvtu.service.app import app_of
from lvtu.service.audit.trail import key_of
from lvtu.service.home import Home
from lvtu.service.limits import Buckets, Rate
from service.inprocess import Client, InProcess, serving

OPEN = {
    "GET /api/session", "POST /api/session", "POST /api/session/link", "POST /api/session/password",
    "GET /api/shared/{key}", "GET /api/analyses",
}  # fmt: skip
"""All that anybody may ask who is not signed in."""

DOORS = {"POST /api/session", "POST /api/session/password"}
"""Where whoever asks is nobody yet."""

STREAMS = re.compile(r".*/live")
"""What does not end by itself."""

LEAST = [
    (r"\w+ .*/(write-keys|webhooks|audit|asking)\b.*", Role.admin),
    (r"(POST|PUT|PATCH|DELETE) .*/(people|settings)\b.*", Role.admin),
    (r"(POST|PUT|PATCH|DELETE) .*/(uploads|contracts|quarantine|identity|shares|models)\b.*", Role.editor),
    (r"PUT .*/channels/.*", Role.editor),
    (r"POST .*/surveys/(check|preview|convert)", Role.analyst),
    (r"(POST|PUT|PATCH|DELETE) .*/(surveys|feedback)\b.*", Role.editor),
    (r"GET .*/contract-proposals\b.*", Role.analyst),
    (r"POST .*/(count|parse|values|boards/\{id\}/answers)", Role.viewer),
    (r"(PUT|DELETE) .*/personas\b.*", Role.editor),
    (r"\w+ .*/(maps/\{id\}/(here|comments|reviews/\{review\}/verdict)|bell/read)\b.*", Role.viewer),
    (r"PUT .*/(programmes/\{id\}/ideas/\{idea\}|maps/\{id\}/voting)/dots", Role.viewer),
    (r"(POST|PUT|PATCH|DELETE) .*", Role.analyst),
    (r"GET .*", Role.viewer),
]
"""The least that an address in a workspace may ask for; the first pattern that fits counts."""

QUESTIONS = re.compile(
    r"POST /api/session/link|"
    r"POST /api/w/\{workspace\}/(analyses/[\w{}]+(/(customers|explain|compare))?|voice/quotes|count|parse|values|"
    r"boards/\{id\}/answers|(uploads|models|segments|identity|contracts|personas)/([^/]+/)?preview|"
    r"surveys/(check|preview|convert))|"
    r"\w+ /api/w/\{workspace\}/maps/[^/]+/((here|locks)(/[^/]+)?|preview)|POST /api/w/\{workspace\}/maps/import"
)
"""What is sent and changes nothing."""


def routes_of(router: Any) -> Iterator[APIRoute]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from routes_of(route.original_router)


def needs(dependant: Dependant) -> list[Any]:
    """What lets somebody in, of all that a route depends on; not what that in turn depends on."""
    found = []
    for one in dependant.dependencies:
        found += [one.call] if one.call in NEEDS else needs(one)
    return found


def addresses(tmp: Path) -> dict[str, Any]:
    """Every address under /api, and what lets somebody in there."""
    lvtu.open(tmp / "shop").close()
    home = Home(tmp)
    app = app_of(home)
    found = {
        f"{method} {route.path}": needs(route.dependant)
        for route in routes_of(app)
        if route.path.startswith("/api/")
        for method in route.methods or ()
    }
    app.state.catalog.close()
    return found


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return addresses(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    for name in ("shop", "hotel"):
        seen = {"event": f"Seen in the {name}", "user_id": f"{name}-li@example.com", "time": "2026-03-01"}
        with lvtu.open(home / name) as ws:
            ws.append([seen | {"identifiers": {"phone": "+86 138 0013 8000"}}, seen | {"time": "never"}])
            ws.flush()
    with serving(home) as app:
        app.app.state.limits.requests = Buckets(Rate(100_000, 1))  # a quick machine asks everything within seconds
        yield app


@pytest.fixture(scope="module")
def people(app: InProcess) -> dict[Role, Client]:
    """Somebody of each role in the shop."""
    return {role: app.person(f"{role.name}@example.com", shop=role) for role in Role}


def call(client: Client, address: str, workspace: str = "shop") -> Any:
    """Ask with ids that nothing has, and an empty body."""
    method, path = address.split()
    path = path.replace("{workspace}", workspace)
    path = re.sub(
        r"\{number\}", "999", re.sub(r"\{(id|key|name|\w+_id)\}", "00000000-0000-7000-8000-000000000000", path)
    )
    path = re.sub(r"\{[^}]*\}", "nothing", path)
    return client.request(method, path, **({} if method == "GET" else {"json": {}}))


def refused(answer: Any) -> bool:
    return answer.status_code == 403 and answer.json()["code"] in ("role_too_small", "csrf", "not_by_token")


def test_every_address_says_whom_it_lets_in(api: dict[str, Any]) -> None:
    assert len(api) > 40
    assert {address: found for address, found in api.items() if len(found) != 1} == {}
    for address, (found,) in api.items():
        assert (NEEDS[found] is not None) == ("/w/{workspace}" in address), address
    assert {address for address, (found,) in api.items() if found is _anybody} == OPEN


def test_the_document_names_every_address(api: dict[str, Any]) -> None:
    """So that what is tested by the document (`test_fuzz`) and what is tested by routes is the same."""
    document = json.loads((Path(__file__).parents[2] / "web" / "openapi.json").read_text(encoding="utf-8"))
    named = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert {one for one in named if " /api/" in one} == {one.replace(":path}", "}") for one in api}


def test_no_address_asks_for_too_little(api: dict[str, Any]) -> None:
    for address, (found,) in api.items():
        if (least := NEEDS[found]) is not None:
            floor = next(role for pattern, role in LEAST if re.fullmatch(pattern, address))
            assert least >= floor, address


def test_who_is_not_signed_in_gets_nothing(app: InProcess, api: dict[str, Any]) -> None:
    nobody, stale = app.client(), app.client()
    stale.headers["Authorization"] = "Bearer lvt_of_nobody"
    for address, client in product(api, (nobody, stale)):
        answer = None if address in OPEN else call(client, address)
        if answer is not None:
            assert (answer.status_code, answer.json()["code"]) == (401, "signed_out"), address
            assert answer.headers["content-type"] == "application/problem+json"


def test_each_role_may_do_what_it_may(app: InProcess, api: dict[str, Any], people: dict[Role, Client]) -> None:
    for address, (found,) in api.items():
        least = NEEDS[found]
        if least is None:
            continue
        for role, client in people.items():
            if role < least:
                answer = call(client, address)
                assert (answer.status_code, answer.json()["code"]) == (403, "role_too_small"), (address, role)
                assert "Seen in the" not in answer.text
            elif not STREAMS.fullmatch(address):
                answer = call(client, address)
                assert answer.status_code < 500 and answer.status_code != 401 and not refused(answer), (address, role)


def test_p1_of_another_workspace_nothing_is_told(app: InProcess, api: dict[str, Any]) -> None:
    """Neither to the owner of one workspace about the other, nor to a token that is for one alone."""
    owner = app.person("hotel-owner@example.com", hotel=Role.owner)
    both = app.person("both@example.com", hotel=Role.owner, shop=Role.owner)
    made = both.post("/api/tokens", json={"name": "hotel", "role": "owner", "workspaces": ["hotel"]})
    program = app.client()
    program.headers["Authorization"] = f"Bearer {made.json()['token']}"
    for client in (owner, program):
        for address in (address for address in api if "/w/{workspace}" in address):
            for workspace in ("shop", "no-such-shop"):
                answer = call(client, address, workspace)
                told = answer.json()
                assert (answer.status_code, told["code"], told["known"]) == (404, "unknown_workspace", ["hotel"]), (
                    address
                )
        assert client.get("/api/w/hotel/events").text.count("Seen in the hotel") == 1


def test_viewers_see_no_identifiers(app: InProcess, api: dict[str, Any], people: dict[Role, Client]) -> None:
    """What a viewer may call shows nowhere who somebody is, and an analyst sees it somewhere."""
    condition = "event = 'Seen in the shop'"

    def shown(client: Client, address: str) -> bool:
        method, path = address.split()
        path = path.replace("{workspace}", "shop").replace("{name:path}", "user_id")
        path = re.sub(r"customers/\{[^}]*\}", "customers/shop-li@example.com", path)
        path = re.sub(r"\{[^}]*\}", "Seen in the shop", path)
        body = {"condition": condition, "where": condition}
        told = client.request(method, path, **({} if method == "GET" else {"json": body})).text
        return "li@example.com" in told or "138 0013" in told

    open_to_viewers = (address for address, (found,) in api.items() if NEEDS[found] is Role.viewer)
    mine = [address for address in open_to_viewers if not STREAMS.fullmatch(address)]
    assert [address for address in mine if shown(people[Role.viewer], address)] == []
    assert any(shown(people[Role.analyst], address) for address in mine)


def test_ids_of_another_workspace_lead_nowhere(app: InProcess, people: dict[Role, Client]) -> None:
    shop, hotel = people[Role.owner], app.person("ids@example.com", hotel=Role.owner)
    share = shop.post("/api/w/shop/shares", json={"title": "T", "questions": [{"analysis": "trend"}]}).json()["id"]
    viewer = people[Role.viewer].get("/api/me").json()["id"]
    for method, path, body in (
        ("DELETE", f"shares/{share}", None),
        ("DELETE", f"people/{viewer}", None),
        ("PATCH", f"people/{viewer}", {"role": "admin"}),
        ("POST", f"people/{viewer}/link", None),
    ):
        assert hotel.request(method, f"/api/w/hotel/{path}", json=body).status_code == 404
    assert shop.get("/api/w/shop/shares").json()[-1]["revoked"] is None
    assert people[Role.viewer].get("/api/w/shop/people").status_code == 200


def test_the_audit_log_has_words_for_every_change(api: dict[str, Any]) -> None:
    changes = {address for address in api if not address.startswith("GET ") and not QUESTIONS.fullmatch(address)}
    for lang in LANGS:
        assert {address for address in changes if known(key_of(address), lang) is None} == set(), lang
    assert len({key_of(address) for address in changes}) == len(changes)
    spoken = {key for key in words("en") if key.startswith("audit.")}
    assert spoken == {key_of(address) for address in changes}


def test_a_program_may_not_be_a_person(app: InProcess, api: dict[str, Any], people: dict[Role, Client]) -> None:
    made = people[Role.owner].post("/api/tokens", json={"name": "all", "role": "owner"}).json()
    program = app.client()
    program.headers["Authorization"] = f"Bearer {made['token']}"
    for address, (found,) in api.items():
        if found is _in_person:
            answer = call(program, address)
            assert (answer.status_code, answer.json()["code"]) == (403, "not_by_token"), address
        elif found is _signed:
            assert not refused(call(program, address)), address
    assert {"POST /api/tokens", "DELETE /api/tokens/{id}", "POST /api/me/password", "PUT /api/me"} <= {
        address for address, (found,) in api.items() if found is _in_person
    }


def test_every_change_leaves_a_line(app: InProcess, api: dict[str, Any]) -> None:
    person = app.catalog.people.new("changer@example.com")
    for name in ("shop", "hotel"):
        served = app.home.named(name)
        assert served is not None
        app.catalog.people.join(person.id, served.id, Role.owner)

    def lines() -> int:
        with app.catalog.database.reading() as session:
            return session.scalar(select(func.count()).select_from(AuditRow)) or 0

    for address in api:
        client = app.signed_in(person.id)
        if STREAMS.fullmatch(address):
            continue
        before = lines()
        answer = call(client, address)
        changes = not address.startswith("GET ") and not QUESTIONS.fullmatch(address)
        assert lines() - before == changes, address
        if changes:
            with app.catalog.database.reading() as session:
                row = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
            assert row is not None
            assert (row.action, row.status, row.address) == (address, answer.status_code, "127.0.0.1")
            assert (row.workspace_id is not None) == ("{workspace}" in address)
            assert row.person_id == (None if address in DOORS else person.id), address
