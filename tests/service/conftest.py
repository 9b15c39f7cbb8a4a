"""One server over two workspaces for all tests that only send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import lvtu
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
