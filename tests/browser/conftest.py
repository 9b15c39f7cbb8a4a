"""A real browser on a real server over a small real workspace: one of each for all tests here."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import lvtu
from lvtu.core.words import LANGS, Lang, say
from lvtu.demo import journey
from lvtu.demo.build import EVENTS
from lvtu.demo.files import read
from lvtu.service.pages.build import FOLDER
from lvtu.simulator.install import install
from parts import CHROMIUM, require
from service.running import running
from unit.maps.shop import MODEL, rated_events

_ASK = """async ([method, path, body]) => {
    const { csrf } = await (await fetch('/api/session')).json();
    const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
}"""

_AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
require("the build of the web app (make web)", (FOLDER / "index.html").is_file())
require("the browser Chromium", CHROMIUM is not None)
require("axe-core (npm ci in web/)", _AXE.is_file())

expect.set_options(timeout=30_000)
"""Milliseconds: on two busy cores a page and its server may need more than the five seconds of the library."""

_CHOOSE = "{{ localStorage.setItem('lvtu.lang', '{lang}'); localStorage.setItem('lvtu.scheme', '{scheme}') }}"

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

STAGED = "staged"
"""The same events with the journey model of the demonstration."""

SCORED = "scored"
"""Simulated customers, who answer surveys and write reviews."""

RATED = "rated"
"""300 customers of a shop who rate its steps and say whether they would recommend it: the checkout decides that."""

BARE = "bare"
"""Nothing is in it."""

LATE = int(os.environ.get("LVTU_LATE", "0"))
"""Milliseconds by which questions and answers come late at most, each by another time, so that they overtake each
other: set it to find what only a slow line shows."""

SLOW = int(os.environ.get("LVTU_SLOW", "1"))
"""How many times slower the pages' processor is, to find what only a slow one shows."""

WORKSPACE = "complaints"
"""What is served: complaints about banks, from the demonstration, 8,736 events of 2,827 customers."""


@dataclass
class Served:
    """The server, and where its workspace lies.

    Attributes:
        address: without a slash at its end.
        folder: the workspace, to ask it the same in Python.
        cookies: of whoever sits at the machine.
    """

    address: str
    folder: Path
    cookies: list[Any] = field(default_factory=list)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="package")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    for name in (WORKSPACE, STAGED):
        with lvtu.open(home / name) as ws:
            ws.ingest(EVENTS[WORKSPACE](read(WORKSPACE)), source_name=WORKSPACE)
            if name == STAGED:
                journey.save(WORKSPACE, ws)
    install(home / SCORED, 200, 1)[0].close()
    with lvtu.open(home / RATED) as ws:
        ws.ingest(rated_events())
        ws.save_model(MODEL)
    lvtu.open(home / BARE).close()
    with running(home, first=f"from service.late import delay; delay({LATE})" if LATE else "") as server:
        served = Served(server.address, home / WORKSPACE)
        context = browser.new_context()
        context.new_page().goto(server.link())
        served.cookies = context.cookies()
        context.close()
        yield served


def _said(word: str) -> re.Pattern[str]:
    """A word of the shell in whichever language is spoken."""
    return re.compile("|".join(say(f"web.shell.{word}", lang) for lang in LANGS))


@dataclass
class Seen:
    """A page, and what it complained of."""

    page: Page
    complaints: list[str]

    def go(self, address: str) -> None:
        """Open an address of the workspace (or another, from its slash on), and wait until it is quiet."""
        self.page.goto(address if address.startswith("/") else f"/w/{WORKSPACE}/{address}")
        self.settle()

    def settle(self) -> None:
        """Wait until it asks nothing any more."""
        self.page.wait_for_function(_SETTLED)

    def turn(self, lang: Lang, scheme: str) -> None:
        """Read on in a language and a colour scheme: by the menu, or where there is none as somebody who has chosen."""
        page = self.page
        menu = page.get_by_role("button", name=_said("me"))
        for word in (f"in_{lang}", f"scheme_{scheme}") if menu.count() else ():
            menu.click()
            page.get_by_role("menuitem", name=_said(word)).click()
        if not menu.count():
            page.evaluate(_CHOOSE.format(lang=lang, scheme=scheme))
            page.reload()
            self.settle()

    def serious(self) -> list[str]:
        """What axe finds seriously wrong with the page, once at rest, for people who see, hear or move otherwise."""
        self.page.evaluate("() => { window.still = 0 }")
        self.page.wait_for_function(_AT_REST)
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]


_COUNT = """if (!window.asked) {
    const ask = window.fetch;
    window.asked = { open: 0, last: 0, quiet: 0 };
    window.fetch = (...of) => {
        asked.open++;
        return ask(...of).finally(() => { asked.open--; asked.last = performance.now(); });
    };
}"""
"""Has a page count what it asks the service."""

_SETTLED = """() => {
    const loaded = performance.getEntriesByType('resource').map(one => one.responseEnd);
    const last = Math.max(asked.last, performance.getEntriesByType('navigation')[0].loadEventEnd, ...loaded);
    const quiet = document.readyState === 'complete' && asked.open === 0 && performance.now() - last > 100
        && !document.querySelector('[aria-busy=true]');
    asked.quiet = quiet ? asked.quiet + 1 : 0;
    return asked.quiet > 3;
}"""
"""Everything is loaded and nothing is waited for, and that was so for 100 ms and some frames."""

_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def two_frames(page: Page) -> None:
    """Wait until what was done has been drawn."""
    page.evaluate(_FRAMES)


_AT_REST = """() => {
    const still = !document.querySelector('[aria-busy=true]') && document.getAnimations().every(
        one => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity);
    window.still = still ? (window.still || 0) + 1 : 0;
    return window.still > 3;
}"""
"""Nothing is waited for, and nothing fades, for some frames: another colour scheme is drawn in the next one and fades;
what is stale is pale for as long as that takes."""


@contextmanager
def heard(page: Page) -> Iterator[list[str]]:
    """What a page complains of meanwhile; anything that is left in the list at the end is a failure."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield complaints
    assert not complaints


Look = Callable[..., Any]


@pytest.fixture(scope="package")
def rested(browser: Browser, served: Served) -> list[BrowserContext]:
    """Profiles of the browser that nobody uses now; what they have loaded before they need not load again."""
    return []


@pytest.fixture
def look(browser: Browser, served: Served, rested: list[BrowserContext]) -> Look:
    """Opens pages as somebody with a language, a colour scheme and a width; a page that complains fails the test."""

    @contextmanager
    def opened(lang: str = "en", scheme: str = "light", width: int = 1440) -> Iterator[Seen]:
        context = rested.pop() if rested else browser.new_context(base_url=served.address, reduced_motion="reduce")
        context.add_cookies(served.cookies)
        page = context.new_page()
        if SLOW > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
        page.set_viewport_size({"width": width, "height": 900})
        _forget(page, served.address)
        page.add_init_script(_COUNT)
        page.add_init_script(f"if (!localStorage.getItem('lvtu.lang')) {_CHOOSE.format(lang=lang, scheme=scheme)}")
        try:
            with heard(page) as complaints:
                yield Seen(page, complaints)
        finally:
            for one in context.pages:
                one.close()
            context.clear_cookies()
            context.clear_permissions()
            context.set_offline(False)
            rested.append(context)

    return opened


def _forget(page: Page, address: str) -> None:
    """Have a profile forget what pages of an address kept in it."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "local_storage,indexeddb"})
    session.detach()


def call(page: Page, method: str, path: str, body: Any = None, workspace: str = WORKSPACE) -> Any:
    return page.evaluate(_ASK, [method, f"/api/w/{workspace}/maps{path}", body])


def discard(page: Page, id: str) -> None:
    """Close a page, and remove the map that it asks about every second: it is not to ask once more."""
    page.close()
    ask = page.context.request
    csrf = ask.get("/api/session").json()["csrf"]
    assert ask.delete(f"/api/w/{WORKSPACE}/maps/{id}", headers={"X-CSRF-Token": csrf}).ok


@pytest.fixture
def editing(look: Look) -> Iterator[tuple[Seen, str]]:
    """The editor of a new map: two stages of two steps, the lanes of a new map."""
    with look("en") as seen:
        page = seen.page
        seen.go("overview")
        id = call(page, "POST", "/new", {"title": {"zh": "搬家", "en": "Moving house"}})["id"]
        stage = {"key": "settle", "name": {"zh": "安顿", "en": "Settle"}}
        steps = [("pack", "stage-1", "Pack"), ("drive", "settle", "Drive"), ("unpack", "settle", "Move in")]
        call(page, "POST", f"/{id}/edits", {"edit": "several", "edits": [
            {"edit": "put", "part": "stages", "made": [stage]},
            *({"edit": "add_step", "step": {"key": key, "stage": of, "name": name}} for key, of, name in steps),
        ]})  # fmt: skip
        seen.go(f"maps/{id}/edit")
        expect(page.get_by_role("columnheader", name="Pack")).to_be_visible()
        yield seen, id
        discard(page, id)
