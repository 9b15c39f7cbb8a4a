"""A client that asks one workspace, and a home served for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from service.inprocess import Client, serving


class Asker:
    """Asks one workspace.

    Args:
        http: signed in.
        name: of the workspace.
    """

    def __init__(self, http: httpx.Client | Client, name: str) -> None:
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
    """A home served in this process, and a client of one of its workspaces."""
    with serving(home) as app:
        yield Asker(app.local(), name)
