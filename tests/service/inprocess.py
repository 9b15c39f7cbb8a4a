"""The application in this process, for tests to which a server of its own adds nothing.

with serving(home) as app:
    client = app.local()                      # whoever sits at the machine: owner of all
    ann = app.person("ann@example.com", shop=Role.viewer)
    assert client.get("/api/w/shop/people").status_code == 200
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher

import lvtu
from lvtu.catalog import keys
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.roles import Role
from lvtu.service.app import app_of
from lvtu.service.home import Home

PASSWORD = "correct horse battery"

# Passwords are slow to check, on purpose; here that is only time. A server in a process of its own takes it.
keys._ARGON = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Client:
    """A browser or a program: keeps its cookies and headers, and asks as `httpx.Client` does."""

    def __init__(self, runner: asyncio.Runner, app: Any, base_url: str, address: str) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 40_000))
        self._runner = runner
        self._http = httpx.AsyncClient(transport=transport, base_url=base_url)
        self.headers, self.cookies = self._http.headers, self._http.cookies

    def request(self, method: str, url: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._http.request(method, url, **more))

    def get(self, url: str, **more: Any) -> httpx.Response:
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> httpx.Response:
        return self.request("POST", url, **more)

    def posts(self, url: str, bodies: Iterable[Any]) -> list[httpx.Response]:
        """Several at the same time."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(*(self._http.post(url, json=one) for one in bodies))

        return self._runner.run(all_of_them())

    def put(self, url: str, **more: Any) -> httpx.Response:
        return self.request("PUT", url, **more)

    def patch(self, url: str, **more: Any) -> httpx.Response:
        return self.request("PATCH", url, **more)

    def delete(self, url: str, **more: Any) -> httpx.Response:
        return self.request("DELETE", url, **more)


class InProcess:
    """A served home."""

    def __init__(self, runner: asyncio.Runner, home: Home, catalog: Catalog) -> None:
        self.home, self.catalog = home, catalog
        self.app = app_of(home, catalog)
        self._runner = runner

    def client(self, base_url: str = "http://127.0.0.1:8077", address: str = "127.0.0.1") -> Client:
        """Somebody who is not signed in."""
        return Client(self._runner, self.app, base_url, address)

    def signed_in(self, person_id: str, **more: str) -> Client:
        """A browser in which somebody is signed in."""
        client = self.client(**more)
        place = httpx.URL(more.get("base_url", "http://127.0.0.1:8077"))
        client.cookies.set(f"lvtu_session_{place.port}", self.catalog.sessions.begin(person_id), domain=place.host)
        client.headers["X-CSRF-Token"] = client.get("/api/session").json()["csrf"]
        return client

    def local(self, **more: str) -> Client:
        """A browser of whoever sits at the machine."""
        return self.signed_in(self.catalog.people.local().id, **more)

    def person(self, email: str, **roles: Role) -> Client:
        """A browser of a new person, with their role in workspaces."""
        person = self.catalog.people.new(email)
        for name, role in roles.items():
            served = self.home.named(name)
            assert served is not None
            self.catalog.people.join(person.id, served.id, role)
        return self.signed_in(person.id)


@contextmanager
def serving(folder: Path, catalog: Catalog | None = None) -> Iterator[InProcess]:
    """Serve a folder in this process."""
    with asyncio.Runner() as runner:
        served = InProcess(runner, Home(folder), catalog or Catalog.of(folder))
        life = served.app.router.lifespan_context(served.app)
        runner.run(life.__aenter__())
        try:
            yield served
        finally:
            runner.run(life.__aexit__(None, None, None))


@contextmanager
def served(folder: Path, *workspaces: str) -> Iterator[Client]:
    """A browser at the machine that serves a home with these workspaces, made if they are not there."""
    for name in workspaces:
        lvtu.open(folder / name).close()
    with serving(folder) as app:
        yield app.local()


def eventually(found: Callable[[], Any]) -> Any:
    """What a question finds, once it finds something. It waits as long as a busy machine may need."""
    end = time.monotonic() + 120
    while not (value := found()):
        assert time.monotonic() < end, f"it never came: {value!r}"
        time.sleep(0.02)
    return value


def until(client: Client, address: str, done: tuple[str, ...]) -> dict[str, Any]:
    """What an address says once its ``state`` is one of some."""

    def found() -> dict[str, Any] | None:
        answer: dict[str, Any] = client.get(address).json()
        return answer if answer["state"] in done else None

    told: dict[str, Any] = eventually(found)
    return told
