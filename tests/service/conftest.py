"""One server over two workspaces for all tests that only send; an empty shop in this process for those that ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client as Browser
from service.inprocess import InProcess, serving
from service.postgres import Postgres, postgres
from service.running import Client, new_key, running


@dataclass
class Shops:
    """A home with two workspaces, served."""

    home: Path
    address: str
    keys: dict[str, str]

    def client(self, name: str = "shop") -> Client:
        return Client(self.address, self.keys[name])


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shops]:
    home = tmp_path_factory.mktemp("home")
    for name in ("shop", "hotel"):
        lvtu.open(home / name).close()
    keys = {name: new_key(home / name) for name in ("shop", "hotel")}
    with running(home) as server:
        yield Shops(home, server.address, keys)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """An empty shop."""
    home = tmp_path_factory.mktemp("home")
    lvtu.open(home / "shop").close()
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def editor(app: InProcess) -> Browser:
    """Somebody who may edit there."""
    return app.person("editor@example.com", shop=Role.editor)


@pytest.fixture(scope="module")
def ann(app: InProcess) -> Browser:
    """Somebody who may edit there, by name."""
    return app.person("ann@example.com", shop=Role.editor)


@pytest.fixture(scope="module")
def bob(app: InProcess) -> Browser:
    """Somebody else who may edit there."""
    return app.person("bob@example.com", shop=Role.editor)


@pytest.fixture(scope="module")
def vic(app: InProcess) -> Browser:
    """Somebody who only looks."""
    return app.person("vic@example.com", shop=Role.viewer)


@pytest.fixture(scope="module")
def anybody(app: InProcess) -> Browser:
    """Somebody who is not signed in."""
    return app.client()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgres]:
    """A real PostgreSQL; every test takes a database of its own with ``postgresql.new()``."""
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of either kind: the test runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'server.sqlite'}"
    server: Postgres = request.getfixturevalue("postgresql")
    return server.new()
