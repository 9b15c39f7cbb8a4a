"""Segment's clients for Node and for browsers deliver to a running server, from a real process and a real page."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from parts import CHROMIUM, require
from service.conftest import Shops
from service.running import ids, stored

CLIENTS = Path(__file__).parent / "clients"
PARTS = ("package.json", "package-lock.json", "node.mjs", "page.mjs")


@pytest.fixture(scope="module")
def installed() -> Path:
    """A folder with the clients in the versions of the lock file and what is said with them, made once on a machine."""
    require("npm", shutil.which("npm"))
    contents = b"".join((CLIENTS / name).read_bytes() for name in PARTS)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lvtu-tests"
    folder = cache / f"clients-{hashlib.sha256(contents).hexdigest()[:12]}"
    if not (folder / "done").is_file():
        making = folder.with_name(f"{folder.name}-{uuid.uuid4().hex[:8]}")
        making.mkdir(parents=True)
        for name in PARTS:
            shutil.copy(CLIENTS / name, making)
        npm = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=making, capture_output=True, text=True
        )
        require(f"what npm brings ({npm.stderr.strip()[-200:]})", npm.returncode == 0)
        (making / "done").touch()
        with contextlib.suppress(OSError):  # another process was quicker
            making.rename(folder)
        shutil.rmtree(making, ignore_errors=True)
    return folder


@pytest.fixture
def who() -> str:
    return f"ann{uuid.uuid4().hex[:12]}"


def theirs(shops: Shops, who: str) -> list[dict[str, Any]]:
    """The events that name somebody."""
    return [row for row in stored(shops.home / "shop") if who in (row["user_id"] or row["anonymous_id"])]


def test_the_client_for_node_delivers(shops: Shops, installed: Path, who: str) -> None:
    said = [str(installed / "node.mjs"), shops.address, shops.keys["shop"], who]
    ran = subprocess.run(["node", *said], capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    rows = theirs(shops, who)
    seen = [row for row in rows if row["event"] == "Cart Viewed"]
    then = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert ids(seen) == [f"{who}-{n:03d}" for n in range(250)]
    assert [json.loads(row["properties"])["n"] for row in seen] == list(range(250))
    assert [row["time"] for row in seen] == [then + timedelta(seconds=n) for n in range(250)]
    assert {json.loads(row["properties"])["title"] for row in seen} == {"购物车"}
    others = {row["event"]: row for row in rows if row["event"] != "Cart Viewed"}
    assert set(others) == {"identify", "Page Viewed", "Screen Viewed", "group", "alias"}
    assert others["identify"]["identifiers"] == {"email": f"{who}@example.org"}
    assert others["alias"]["identifiers"] == {"previous_id": f"old-{who}"}
    assert json.loads(others["group"]["properties"])["group_industry"] == "steel"


@contextlib.contextmanager
def site(folder: Path) -> Iterator[str]:
    """A site of its own, so that its pages need the server's leave to send there."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_client_for_browsers_delivers_from_a_page(shops: Shops, installed: Path, who: str, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    bundle = [
        "node_modules/.bin/esbuild",
        "page.mjs",
        "--bundle",
        f"--outfile={tmp_path / 'page.js'}",
        "--log-level=error",
    ]
    bundled = subprocess.run(bundle, cwd=installed, capture_output=True, text=True)
    assert bundled.returncode == 0, bundled.stderr
    html = "<!doctype html><meta charset=utf-8><title>-</title><link rel=icon href=data:,><script src=page.js></script>"
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    asked = f"host={shops.address.removeprefix('http://')}&key={shops.keys['shop']}&who={who}"
    with sync_playwright() as playwright, site(tmp_path) as address:
        own = playwright.chromium.executable_path
        path = own if Path(own).exists() else CHROMIUM
        require("Chromium", path)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            page = browser.new_page()
            trouble: list[str] = []
            statuses: list[tuple[str, int]] = []
            page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: trouble.append(str(error)))
            page.on("response", lambda answer: statuses.append((answer.url, answer.status)))
            page.goto(f"{address}/?{asked}")
            page.wait_for_function("document.title == 'said'", timeout=60_000)
            rows = wait_for(24, shops, who)
        finally:
            browser.close()
    assert trouble == []
    assert not [url for url, _ in statuses if not url.startswith((address, shops.address))], "it asked somebody else"
    assert {status for url, status in statuses if url.startswith(shops.address)} == {200}
    check_page(rows, who)


def wait_for(events: int, shops: Shops, who: str) -> list[dict[str, Any]]:
    """The page's events, once they are there: it says so before the last has been sent."""
    until = time.monotonic() + 60
    while len(rows := theirs(shops, who)) < events and time.monotonic() < until:
        time.sleep(0.1)
    return rows


def check_page(rows: list[dict[str, Any]], who: str) -> None:
    assert Counter(row["event"] for row in rows) == {"Page Viewed": 2, "Cart Viewed": 20, "identify": 2}
    for strategy in ("standard", "batching"):
        told = [row for row in rows if json.loads(row["properties"]).get("strategy") == strategy]
        seen = sorted((row for row in told if row["event"] == "Cart Viewed"), key=lambda row: row["time"])
        assert sorted(json.loads(row["properties"])["n"] for row in seen) == list(range(10))
        assert {json.loads(row["properties"])["title"] for row in seen} == {"购物车"}
    assert {row["channel"] for row in rows} == {"web"}
    assert {row["anonymous_id"] for row in rows} == {f"{who}-device"}
    assert {row["user_id"] for row in rows if row["event"] == "identify"} == {who}
    assert len({row["message_id"] for row in rows}) == 24
