"""What changes while one looks: arrivals on the overview, a live board, and what became of a webhook's messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import lvtu
from browser.conftest import heard
from lvtu.service.webhooks import addresses
from service.receiver import Receiver
from service.running import Client, Server, new_key, running

_STEPS = ["Cart Viewed", "Order Paid"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop in which one of two customers has paid."""
    home = tmp_path_factory.mktemp("home")
    rows = [("ann", _STEPS[0]), ("ann", _STEPS[1]), ("bo", _STEPS[0])]
    with lvtu.open(home / "shop") as ws:
        ws.ingest([
            {"user_id": who, "event": event, "time": f"2026-03-01T09:0{place}:00Z"}
            for place, (who, event) in enumerate(rows)
        ])  # fmt: skip
    return home


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(addresses.VARIABLE, "1")
        with running(home) as server:
            yield server


@pytest.fixture(scope="module")
def cookies(browser: Browser, server: Server) -> Any:
    context = browser.new_context()
    context.new_page().goto(server.link())
    found = context.cookies()
    context.close()
    return found


@pytest.fixture
def page(browser: Browser, server: Server, cookies: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=server.address, locale="en-US", reduced_motion="reduce")
    context.add_cookies(cookies)
    page = context.new_page()
    with heard(page):
        yield page
    context.close()


def _paid(who: str) -> dict[str, Any]:
    return {"type": "track", "messageId": f"paid {who}", "userId": who, "event": _STEPS[1],
            "timestamp": "2026-03-01T10:00:00Z"}  # fmt: skip


def _send(server: Server, home: Path, *messages: dict[str, Any]) -> None:
    with Client(server.address, new_key(home / "shop")) as client:
        assert client.send("batch", {"batch": list(messages)}).status_code == 200


def test_a_live_board_follows_what_arrives(page: Page, server: Server, home: Path) -> None:
    csrf = {"X-CSRF-Token": page.request.get("/api/session").json()["csrf"]}
    tile = {"id": "a", "question": {"analysis": "funnel", "steps": _STEPS}, "x": 0, "y": 0, "w": 6, "h": 4}
    board = page.request.post("/api/w/shop/boards", data={"title": "Now", "tiles": [tile]}, headers=csrf).json()["id"]
    page.goto(f"/w/shop/boards/{board}")
    picture = page.get_by_role("application")
    expect(picture.get_by_text("50.0%").first).to_be_visible()
    page.get_by_role("switch", name="Live").click(force=True)
    expect(page).to_have_url(re.compile("live=1"))
    _send(server, home, _paid("bo"))
    expect(picture.get_by_text("50.0%")).to_have_count(0)
    expect(picture.get_by_text("100.0%").nth(1)).to_be_visible()
    # and once more, while it is still being watched
    _send(server, home, _paid("cy") | {"event": _STEPS[0]})
    expect(picture.get_by_text("66.7%").first).to_be_visible()


def test_the_overview_shows_what_comes_in(page: Page, server: Server, home: Path) -> None:
    page.goto("/w/shop/overview")
    live = page.locator("section", has=page.get_by_role("heading", name="Arriving now"))
    expect(live.get_by_text("Connected")).to_be_visible()
    customers = page.get_by_role("main").get_by_role("listitem").filter(has_text="Customers").first
    before = int(re.sub(r"\D", "", customers.locator("b").first.inner_text()))
    names = [f"new {number}" for number in range(7)]
    _send(server, home, *map(_paid, names))
    expect(live.locator("b").first).to_have_text(re.compile("[7-9]"))
    expect(customers.locator("b").first).to_have_text(str(before + len(names)))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_the_log_of_a_webhook_says_what_came_of_each_try(page: Page, receiver: Receiver) -> None:
    page.goto("/w/shop/settings/webhooks")
    page.get_by_role("button", name="New webhook").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Address").fill(receiver.url)
    dialog.get_by_role("button", name="Add webhook").click()
    expect(dialog.get_by_text(re.compile("whsec_"))).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()

    # it fails, and is tried again by itself after some seconds
    log = page.get_by_role("region", name="Deliveries").get_by_role("row")
    receiver.answers = [(503, {})]
    page.get_by_role("button", name="Send a test").click()
    expect(log).to_have_count(2)
    expect(log.nth(1)).to_contain_text(re.compile(r"waiting.*1\. 503"))

    # the next one is received
    page.get_by_role("button", name="Send a test").click()
    expect(log).to_have_count(3)
    expect(log.nth(1)).to_contain_text(re.compile(r"delivered.*1\. 200"))
    expect(log.nth(2)).to_contain_text(re.compile(r"delivered.*1\. 503.*2\. 200"), timeout=30_000)
    assert b"test.ping" in receiver.got[0][1]

    # and sent once more, by hand
    log.nth(1).get_by_role("button", name="Send again").click()
    expect(log.nth(1)).to_contain_text(re.compile(r"delivered.*1\. 200.*2\. 200"))
    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert sorted(ids.count(one) for one in set(ids)) == [2, 2]
