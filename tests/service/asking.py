"""A served home whose workspaces are asked, and a client that asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from service.running import running


class Asker:
    """Asks one workspace.

    Args:
        http: signed in.
        name: of the workspace.
    """

    def __init__(self, http: httpx.Client, name: str) -> None:
        self.http, self.base = http, f"/api/w/{name}"

    def get(self, path: str, **query: Any) -> Any:
        return self.told(self.http.get(f"{self.base}{path}", params=query))

    def post(self, path: str, body: Any, **query: Any) -> Any:
        return self.told(self.http.post(f"{self.base}{path}", json=body, params=query))

    def told(self, answer: httpx.Response) -> Any:
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, path: str, body: Any, status: int = 400, **query: Any) -> Any:
        answer = self.http.post(f"{self.base}{path}", json=body, params=query)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.json()

    def ask(self, analysis: str, spec: dict[str, Any], **query: Any) -> Any:
        return self.post(f"/analyses/{analysis}", spec, **query)

    def customers(self, analysis: str, spec: dict[str, Any], cell: dict[str, Any], **more: Any) -> Any:
        return self.post(f"/analyses/{analysis}/customers", {"spec": spec, "cell": cell, **more})


@contextmanager
def asking(home: Path, name: str) -> Iterator[Asker]:
    """A server over a home, and a client of one of its workspaces."""
    with running(home) as server, server.signed_in() as http:
        yield Asker(http, name)
