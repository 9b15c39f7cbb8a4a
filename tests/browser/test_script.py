"""The script for websites, in a real browser on a page of another site: nothing is lost, nothing goes without leave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import lvtu
from lvtu.service.pages.build import FOLDER
from parts import require
from service.running import Server, new_key, running, stored

require("the script for websites (make web)", (FOLDER / "lvtu.js").is_file())


class _Site(BaseHTTPRequestHandler):
    """A website of one page."""

    def __init__(self, html: str, *given: Any) -> None:
        self._html = html
        super().__init__(*given)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self._html.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lvtu.open(tmp_path / "shop").close()
    return tmp_path


@pytest.fixture
def site(home: Path) -> Iterator[tuple[Server, Callable[..., str]]]:
    """A server, and a function that puts a page of another site up whose script sends to it."""
    sites = []
    with running(home) as server:
        key = new_key(home / "shop")

        def up(**attributes: str) -> str:
            said = " ".join(f'data-{name}="{value}"' for name, value in attributes.items())
            html = f'<title>shop</title><script src="{server.address}/lvtu.js" data-write-key="{key}" {said}></script>'
            site = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, html))
            sites.append(site)
            threading.Thread(target=site.serve_forever, daemon=True).start()
            return f"http://127.0.0.1:{site.server_port}/"

        yield server, up
        for one in sites:
            one.shutdown()
            one.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def sent(page: Page, call: str) -> None:
    """Say something and wait until the server has it."""
    with page.expect_response(lambda answer: answer.url.endswith("/v1/batch") and answer.ok):
        page.evaluate(call)


def names(home: Path) -> list[str]:
    return sorted(row["event"] for row in stored(home / "shop", "event, message_id"))


def test_a_page_is_seen_and_a_visitor_becomes_known(
    site: tuple[Server, Callable[..., str]], context: BrowserContext, home: Path
) -> None:
    _, up = site
    page = context.new_page()
    with page.expect_response("**/v1/batch"):
        page.goto(up())
    sent(page, "lvtu.push(['track', 'Product Viewed', {sku: 'A1'}])")
    sent(page, "lvtu.identify('ann', {email: 'ann@example.com'})")
    sent(page, "lvtu.track('Order Paid', {value: 3})")
    rows = stored(home / "shop", "event, user_id, anonymous_id, message_id")
    assert sorted(row["event"] for row in rows) == ["Order Paid", "Page Viewed", "Product Viewed", "identify"]
    assert len({row["anonymous_id"] for row in rows}) == 1
    with lvtu.Workspace(home / "shop") as ws:
        assert ws.funnel(["Product Viewed", "Order Paid"]).table["customers"].to_pylist() == [1, 1]


def test_without_a_network_events_wait_in_the_browser(
    site: tuple[Server, Callable[..., str]], context: BrowserContext, home: Path
) -> None:
    _, up = site
    address = up(page="off")
    page = context.new_page()
    page.goto(address)
    context.set_offline(True)
    page.evaluate("for (const n of [1, 2, 3]) lvtu.track('Seen ' + n)")
    page.close()  # before anything could be sent
    context.set_offline(False)
    assert names(home) == []
    again = context.new_page()
    again.goto(address)
    sent(again, "lvtu.track('Seen 4')")
    again.wait_for_function("localStorage.getItem('lvtu:queue') === '[]'")
    assert names(home) == ["Seen 1", "Seen 2", "Seen 3", "Seen 4"]


def test_nothing_is_kept_or_sent_before_there_is_consent(
    site: tuple[Server, Callable[..., str]], context: BrowserContext, home: Path
) -> None:
    _, up = site
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/v1/" in request.url else None)
    page.goto(up(consent="required"))
    page.evaluate("lvtu.track('Seen')")
    page.wait_for_timeout(1500)
    assert asked == []
    assert page.evaluate("localStorage.length") == 0
    sent(page, "lvtu.consent(true)")
    assert names(home) == ["Page Viewed", "Seen"]
    page.evaluate("lvtu.consent(false); lvtu.track('Seen again')")
    page.wait_for_timeout(1500)
    assert names(home) == ["Page Viewed", "Seen"]
    assert page.evaluate("Object.keys(localStorage)") == ["lvtu:consent"]


def test_what_a_wrong_key_kept_out_waits(site: tuple[Server, Callable[..., str]], context: BrowserContext) -> None:
    server, _ = site
    page = context.new_page()
    page.goto(server.address + "/healthz")
    page.evaluate(
        """address => new Promise(done => {
            const script = document.createElement("script");
            Object.assign(script.dataset, { writeKey: "wk_wrong", page: "off" });
            script.src = address + "/lvtu.js"; script.onload = done; document.head.append(script)
        })""",
        server.address,
    )
    with page.expect_response(lambda answer: answer.status == 401):
        page.evaluate("lvtu.track('Seen')")
    assert len(page.evaluate("JSON.parse(localStorage.getItem('lvtu:queue'))")) == 1
