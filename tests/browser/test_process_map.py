"""A process map of many places with long names: whatever part of it is drawn, at any size, no label lies on another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

import lvtu
from browser.conftest import Look, Served

_PLACES = [f"{what} {how}" for what in ("Catalogue of the season", "Basket", "付款方式选择页面", "Refund request")
           for how in ("opened", "left again without a word", "查看详情")]  # fmt: skip

_LABELS = """() => [...document.querySelectorAll('[role=application] svg text')].map(text => {
  const {x, y, width, height} = text.getBoundingClientRect();
  return {said: text.textContent, x, y, width, height};
}).filter(box => box.width && box.said.trim())"""

_SLACK = 2.0
"""Pixels by which boxes may touch: letters do not fill them."""


@pytest.fixture(scope="module")
def busy(served: Served) -> Iterator[str]:
    """A workspace of twelve places between which customers go to and fro."""
    ways = random.Random(7)
    events = []
    for customer in range(300):
        place = ways.randrange(len(_PLACES))
        for minute in range(ways.randrange(2, 14)):
            time = f"2026-02-01T10:{minute:02}:00Z"
            events.append({"user_id": f"c{customer}", "event": _PLACES[place], "time": time})
            place = (place + ways.choice([1, 1, 1, 2, -1, 0, 5])) % len(_PLACES)
    with lvtu.open(served.folder.parent / "busy") as ws:
        ws.ingest(events)
    yield "busy"


_STILL = f"""() => {{
    const now = JSON.stringify(({_LABELS})());
    [window.still, window.before] = [now === window.before ? window.still + 1 : 0, now];
    return window.still > 20;
}}"""
"""Every label was where it is for twenty frames."""


def _collisions(page: Page) -> list[tuple[str, str]]:
    """Labels that lie on one another; the lines of one label touch by nature."""
    boxes = page.evaluate(_LABELS)
    assert len(boxes) >= 4, boxes
    return [
        (a["said"], b["said"])
        for a, b in combinations(boxes, 2)
        if min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"]) > _SLACK
        and min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"]) > _SLACK + 1
    ]


@pytest.mark.parametrize("width", [1440, 900, 390])
def test_labels_never_lie_on_one_another(look: Look, busy: str, width: int) -> None:
    with look("zh") as seen:
        page = seen.page
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/api/workspaces")  # it was made since the service began
        page.goto(f"/w/{busy}/explore/graph")
        expect(page.locator("[role=application] svg text").first).to_be_visible(timeout=20_000)
        slider = page.get_by_role("slider")
        for key in ("Home", "End", "PageDown"):
            slider.press(key)
            page.wait_for_function("() => !document.querySelector('main [aria-busy=true]')")
            page.wait_for_function(_STILL)  # it moves to its places
            assert _collisions(page) == [], (width, key)
