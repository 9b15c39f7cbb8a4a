"""What stands before everything: headers, names, other sites' pages, limits, counts, logs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.roles import Role
from lvtu.service.limits import Buckets, Limits, Rate
from service.inprocess import PASSWORD, InProcess, serving
from service.running import Server, basic


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    lvtu.open(home / "shop").close()
    return home


@pytest.fixture
def app(home: Path, tmp_path: Path) -> Iterator[InProcess]:
    with serving(home, Catalog.of(tmp_path)) as app:
        yield app


@pytest.fixture
def public(home: Path, tmp_path: Path) -> Iterator[InProcess]:
    """A server whose people have passwords."""
    catalog = Catalog.of(tmp_path)
    catalog.people.new("ann@example.com", password=PASSWORD)
    with serving(home, catalog) as app:
        yield app


@pytest.mark.parametrize("path", ["/api/session", "/healthz", "/nowhere", "/open?key=x"])
def test_every_answer_says_what_browsers_may(app: InProcess, path: str) -> None:
    headers = app.client().get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert (headers.get("cache-control") == "no-store") == path.startswith(("/api", "/healthz", "/open"))
    assert "strict-transport-security" not in headers


def test_over_tls_browsers_are_told_to_stay(public: InProcess) -> None:
    headers = public.client("https://lvtu.example.com").get("/api/session").headers
    assert headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8077", "localhost.evil.example", ""])
def test_a_name_that_was_led_here_opens_nothing(app: InProcess, host: str) -> None:
    link = app.catalog.sessions.link(app.catalog.people.local())
    for path in ("/", "/api/session", f"/open?key={link}"):
        answer = app.client().get(path, headers={"Host": host})
        assert (answer.status_code, answer.json()["code"]) == (421, "wrong_host")
        assert "set-cookie" not in answer.headers
    for host in ("localhost:8077", "127.0.0.1", "[::1]:8077", "LOCALHOST"):
        assert app.client().get("/api/session", headers={"Host": host}).status_code == 200


def test_events_come_by_any_name(app: InProcess) -> None:
    owner = app.local()
    key = owner.post("/api/w/shop/write-keys").json()["key"]
    sent = app.client().post(
        "/v1/track", json={"event": "Visit", "userId": "a"}, headers={"Host": "collect.example.com", **basic(key)}
    )
    assert sent.status_code == 200


def test_a_server_with_passwords_has_any_name(public: InProcess) -> None:
    assert public.client("https://lvtu.example.com").get("/api/session").status_code == 200


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200)])
def test_pages_of_other_sites_sign_nobody_in(public: InProcess, site: str, status: int) -> None:
    body = {"email": "ann@example.com", "password": PASSWORD}
    answer = public.client().post("/api/session", json=body, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == status
    assert ("set-cookie" in answer.headers) == (status == 200)


def test_other_sites_may_read_nothing(public: InProcess) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for path in ("/api/session", "/api/w/shop/people"):
        assert "access-control-allow-origin" not in public.client().request("OPTIONS", path, headers=asked).headers


@pytest.mark.parametrize("chunked", [True, False])
def test_nobody_fills_the_memory(public: InProcess, chunked: bool) -> None:
    """A body is read as a whole before anybody is asked who sends it, so it is measured first."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 1 << 20
            yield b" " * (1 << 20)

    more: dict[str, Any] = {"headers": {"Content-Type": "application/json"}}
    body = endless() if chunked else b" " * (1 << 20)
    answer = public.client().post("/api/session", content=body, **more)
    assert answer.status_code in (400, 413)
    assert chunked or answer.json()["code"] == "body_too_large"
    assert sent <= 2 << 20
    ann = public.person("ann2@example.com", shop=Role.analyst)
    listed = {"customers": ["c" * 30] * 100_000, "title": "many"}
    assert ann.put("/api/w/shop/segments/many", json=listed).status_code == 200  # 3 MB of a list are welcome


def test_guessing_passwords_takes_ages(public: InProcess) -> None:
    limits: Limits = public.app.state.limits
    seconds = [0.0]
    limits.emails, limits.addresses = (Buckets(Rate(n, 60), lambda: seconds[0]) for n in (3, 5))
    body = {"email": "ann@example.com", "password": "wrong wrong wrong"}
    first = public.client(address="10.0.0.1")
    for _ in range(4):
        assert first.post("/api/session", json=body | {"password": PASSWORD}).status_code == 200  # does not count
    assert [first.post("/api/session", json=body).status_code for _ in range(4)] == [401, 401, 401, 429]
    elsewhere = public.client(address="10.0.0.2")
    refused = elsewhere.post("/api/session", json=body | {"email": " ANN@example.com ", "password": PASSWORD})
    assert (refused.status_code, refused.headers["retry-after"], refused.json()["code"]) == (429, "60", "too_many")
    seconds[0] = 60.0
    assert elsewhere.post("/api/session", json=body | {"password": PASSWORD}).status_code == 200
    others = [{"email": f"p{n}@example.com", "password": "wrong wrong wrong"} for n in range(6)]
    third = public.client(address="10.0.0.3")
    assert [third.post("/api/session", json=one).status_code for one in others] == [401] * 5 + [429]


def test_nobody_asks_without_end(public: InProcess) -> None:
    public.app.state.limits.requests = Buckets(Rate(3, 60), lambda: 0.0)
    ann, bob = public.person("a@example.com", shop=Role.viewer), public.person("b@example.com", shop=Role.viewer)
    assert [ann.get("/api/me").status_code for _ in range(3)] == [200, 200, 429]  # one was to sign in
    assert bob.get("/api/me").status_code == 200
    local = public.local()
    assert {local.get("/api/me").status_code for _ in range(9)} == {200}


def test_it_counts_what_it_does(app: InProcess) -> None:
    owner = app.local()
    key = owner.post("/api/w/shop/write-keys").json()["key"]
    number = owner.get("/api/w/shop/write-keys").json()[-1]["number"]
    good = {"type": "track", "event": "Visit", "userId": "li@example.com"}
    batch = {"batch": [good, good | {"timestamp": "never"}, good]}
    assert app.client().post("/v1/batch", json=batch, headers=basic(key)).json()["accepted"] == 2
    for _ in range(2):
        owner.delete(f"/api/w/shop/write-keys/{number}")
    assert app.client().post("/v1/batch", json=batch, headers=basic("wk_no")).status_code == 401
    owner.get("/api/w/shop/li@example.com")
    told = app.client().get("/metrics").text
    values = dict(line.rsplit(" ", 1) for line in told.splitlines() if not line.startswith("#"))
    revoked = 'lvtu_requests_total{method="DELETE",route="/api/w/{workspace}/write-keys/{number}",status="204"}'
    assert float(values[revoked]) == 2
    assert float(values['lvtu_events_accepted_total{workspace="shop"}']) == 2
    assert float(values['lvtu_events_refused_total{workspace="shop"}']) == 1
    assert float(values['lvtu_events_waiting{workspace="shop"}']) == 0
    assert sum(float(n) for name, n in values.items() if name.startswith("lvtu_messages_refused_total{")) == 1
    assert float(values['lvtu_arrivals_turned_away_total{code="wrong_write_key"}']) == 1
    assert 'route="other"' in told and "li@example.com" not in told


def test_counts_are_not_for_everybody(public: InProcess) -> None:
    far = public.client(address="203.0.113.9")
    assert far.get("/metrics").status_code == 401
    ann = public.person("a@example.com")
    token = ann.post("/api/tokens", json={"name": "prometheus"}).json()["token"]
    assert far.get("/metrics", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_its_log_names_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_LOG", "json")
    server = Server(home)
    with httpx.Client(base_url=server.address, timeout=60, trust_env=False) as browser:
        browser.get(server.link())
        browser.get("/api/w/shop/customers/li@example.com")
        browser.post("/api/session", json={"email": "ann@example.com", "password": "x"})
    log = server.end()
    lines: list[dict[str, Any]] = [json.loads(line) for line in log.splitlines()]
    routes = [(line["method"], line["route"], line["status"]) for line in lines if "route" in line]
    assert ("GET", "/open", 303) in routes and ("POST", "/api/session", 401) in routes
    assert {"time", "level", "logger", "message", "ms"} <= set(lines[0])
    assert "example.com" not in log and "key=" not in log


def test_errors_in_the_log_quote_nothing() -> None:
    import logging
    import sys

    from lvtu.service.logs import JsonLines

    try:
        raise ValueError("li@example.com")
    except ValueError:
        record = logging.LogRecord("lvtu", logging.ERROR, __file__, 1, "it broke", (), sys.exc_info())
    line = json.loads(JsonLines().format(record))
    assert (line["error"], line["level"], line["message"]) == ("ValueError", "error", "it broke")
    assert line["at"][-1].endswith("test_errors_in_the_log_quote_nothing")
    assert "li@example.com" not in json.dumps(line)
