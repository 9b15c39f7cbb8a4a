"""The application in a thread of this process: for tests that reach into it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn

import lvtu
from lvtu.service.app import app_of
from lvtu.service.home import Home


@contextmanager
def served(home: Path, *workspaces: str) -> Iterator[httpx.Client]:
    """A client of the application over a home with these workspaces, made if they are not there."""
    for name in workspaces:
        lvtu.open(home / name).close()
    server = uvicorn.Server(uvicorn.Config(app_of(Home(home)), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def until(client: httpx.Client, address: str, done: tuple[str, ...]) -> dict[str, Any]:
    """What an address says once its ``state`` is one of some."""
    for _ in range(600):
        found: dict[str, Any] = client.get(address).json()
        if found["state"] in done:
            return found
        time.sleep(0.05)
    raise AssertionError(found)
