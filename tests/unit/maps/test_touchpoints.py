"""One touchpoint in many maps: a change reaches all of them, and what is used stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.touchpoints import ALONE

MODEL = """
key: shop
title: Shop
touchpoints:
  - {id: till, name: {zh: 收银台, en: Till}, events: Order Completed, channels: [store], online: false}
  - {id: desk, name: {zh: 服务台, en: Desk}}
stages: [{key: buy, name: Buy, entry: {touchpoints: till}}]
"""


def a_map(title: str, model: str | None, *touchpoints: str) -> dict[str, Any]:
    return {
        "title": title, "model": model, "stages": [{"key": "all", "name": "All"}],
        "steps": [{"key": "s", "stage": "all", "name": "S", "touchpoints": list(touchpoints)}],
        "lanes": [{"key": "t", "role": "touchpoints", "kind": "chips", "label": "Touchpoints"}],
    }  # fmt: skip


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[lvtu.Workspace]:
    with lvtu.open(tmp_path / "shop") as ws:
        yield ws


def test_a_name_is_changed_once_and_read_everywhere(ws: lvtu.Workspace) -> None:
    ws.save_model(MODEL)
    ws.save_model({"key": "other", "title": "Other", "touchpoints": [{"id": "till", "name": "Cash desk"}]})
    first, second = (ws.maps.load(a_map(title, model, "till")) for title, model in (("A", "shop"), ("B", None)))
    assert "Till" in first.svg(language="en") and "Till" in second.svg(language="en")
    changed = ws.maps.touchpoints.change("till", {"name": {"zh": "结账处", "en": "Checkout desk"}, "owner": "Tills"})
    assert changed.owner == "Tills" and not changed.online and changed.events[0].events == ("Order Completed",)
    for one in (first, second):
        assert "Checkout desk" in one.svg(language="en") and "结账处" in one.svg(language="zh")
    assert ws.model("other").touchpoints[0] == ws.model("shop").touchpoints[0] == changed
    used = ws.maps.touchpoints["till"]
    assert used.models == ("shop", "other") and used.stages == (("shop", "buy"),)
    assert {map_.title.en for map_, _ in used.steps} == {"A", "B"}


def test_what_is_used_stays(ws: lvtu.Workspace) -> None:
    ws.save_model(MODEL)
    kept = ws.maps.load(a_map("A", None, "desk"))
    with pytest.raises(BadInput, match="in use") as refused:
        ws.maps.touchpoints.remove("desk")
    assert "A · S" in str(refused.value)
    with pytest.raises(BadInput, match="in use"):
        ws.maps.touchpoints.remove("till")
    kept.remove()
    ws.maps.touchpoints.remove("desk")
    assert [one.touchpoint.id for one in ws.maps.touchpoints] == ["till"]
    with pytest.raises(UnknownName, match="till"):
        ws.maps.touchpoints.remove("desk")


def test_a_workspace_without_models_has_a_library_too(ws: lvtu.Workspace) -> None:
    assert list(ws.maps.touchpoints) == []
    ws.maps.touchpoints.put({"id": "app", "name": "App", "events": "Application Opened"})
    assert ws.default_model == ALONE
    with pytest.raises(BadInput, match="app"):
        ws.maps.touchpoints.put({"id": "app", "name": "Another"})
    with pytest.raises(UnknownName, match="web"):
        ws.maps.touchpoints.change("app", {"channels": ["weeb"]})
    ws.ingest([{"user_id": "a", "time": "2026-03-01T00:00:00Z", "event": "Application Opened"}])
    assert ws.maps.load(a_map("A", None, "app")).answers().volume["s"].n == 1
