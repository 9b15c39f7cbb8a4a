"""A shop whose customers look, buy and answer, served: what maps are drawn from over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import lvtu
from lvtu import Workspace
from service.inprocess import InProcess, serving
from unit.maps.shop import MODEL, events


def said(text: str, by: str = "c0", of: str = "Delivery Rated", **more: Any) -> dict[str, Any]:
    """What one of its customers wrote when they rated something."""
    return {
        "message_id": "x", "user_id": by, "event": of, "text": text, "time": "2026-03-20T00:00:00Z", **more,
    }  # fmt: skip


def shopping(
    homes: pytest.TempPathFactory, *more: dict[str, Any], then: Callable[[Workspace], object] | None = None
) -> Iterator[InProcess]:
    """The shop with more events, after something else was done in it; a fixture's body."""
    home = homes.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest([*events(), *more])
        ws.save_model(MODEL)
        if then is not None:
            then(ws)
    with serving(home) as app:
        yield app
