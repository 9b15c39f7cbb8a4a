"""Surveys as people answer them: everybody can, nothing is lost on the way, and other sites may ask them too."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import lvtu
from browser.conftest import Seen
from browser.every_kind import EVERY_KIND, QUESTIONS
from browser.test_script import _Site
from lvtu.core.words import say
from lvtu.service.pages.build import FOLDER
from lvtu.voice.surveys.ready import preset
from parts import require
from service.running import Server, running, stored

require("the page of surveys (make web)", (FOLDER / "survey.html").is_file())

_ALL_AT_ONCE = {**EVERY_KIND, "key": "at_once", "anonymous": True, "pages": [
    {"questions": [{**page["questions"][0], "required": True} for page in EVERY_KIND["pages"]]}
]}  # fmt: skip
_SHORT = {
    "key": "short",
    "title": {"zh": "回访", "en": "A word with you"},
    "thanks": {"zh": "谢谢！", "en": "Thank you!"},
    "pages": [
        {
            "questions": [
                {"key": "q1", "kind": "nps", "title": {"zh": "推荐吗？", "en": "Recommend us?"}, "required": True},
                {
                    "key": "why",
                    "kind": "text",
                    "title": {"zh": "为什么是{q1}分？", "en": "Why {q1}?"},
                    "show_if": "q1 <= 6",
                },
            ]
        },
        {
            "questions": [
                {"key": "news", "kind": "consent", "category": "news", "title": {"zh": "订阅吗？", "en": "News?"}}
            ]
        },
    ],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("surveys")
    lvtu.open(home / "shop").close()
    return home


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    with running(home) as server:
        yield server


def published(server: Server, definition: dict[str, Any], **settings: Any) -> str:
    """The link of a survey that is open."""
    with server.signed_in() as editor:
        made = editor.post("/api/w/shop/surveys", json={"definition": definition, "settings": settings})
        assert made.status_code == 201, made.text
        link: str = editor.post(f"/api/w/shop/surveys/{made.json()['id']}/publish").json()["link"]
        return link


@pytest.fixture
def opened(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Opens a survey as somebody with a language; a page that complains fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def up(address: str, locale: str = "en-US", width: int = 390, quiet: bool = True) -> Page:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 844}, reduced_motion="reduce", base_url=server.address
        )
        contexts.append(context)
        page = context.new_page()
        if quiet:
            page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield up
    for context in contexts:
        context.close()
    assert not complaints


def events(home: Path, key: str) -> list[dict[str, Any]]:
    rows = stored(home / "shop", "event, score, text, source, sequence, properties")
    mine = [one | {"properties": json.loads(one["properties"])} for one in rows if one["source"] == f"survey:{key}"]
    return sorted(mine, key=lambda one: one["sequence"])


def test_i3_everybody_can_read_every_kind(opened: Callable[..., Page], server: Server) -> None:
    """Nothing that axe finds: before and after something is wrong, in both languages, light and dark, wide and not."""
    page = opened(f"/s/{published(server, _ALL_AT_ONCE)}", "zh-CN")
    seen = Seen(page, [])
    page.wait_for_selector("form")
    for width, scheme, lang in ((390, "light", "zh"), (1440, "dark", "zh"), (1440, "light", "en"), (390, "dark", "en")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if page.locator("html").get_attribute("lang") != lang:
            page.locator(".language").click()
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page).to_have_title("配送体验调查" if lang == "zh" else "Your delivery")
        assert seen.serious() == []
        page.locator(".next").click()
        assert page.locator(".wrong:visible").count() == len(QUESTIONS)
        assert seen.serious() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_wrong_is_said_at_the_question(opened: Callable[..., Page], server: Server) -> None:
    page = opened(f"/s/{published(server, {**_ALL_AT_ONCE, 'key': 'wrong'})}")
    page.locator(".next").click()
    expect(page.locator("[name$=-nps]").first).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(say("survey_form.wrong_page", "en", n=len(QUESTIONS)))

    def told(key: str) -> str:
        return page.locator(f"[data-key={key}] .wrong").inner_text()

    assert told("nps") == "Please answer this question"
    assert told("consent") == "Please say whether you agree"
    page.locator("[data-key=servqual] input").first.check(force=True)
    assert told("servqual") == "3 answers are still missing"
    assert page.locator("[data-key=servqual] .row[data-wrong]").count() == 3
    page.get_by_label("Something else").first.check(force=True)
    assert told("single") == "Please say what else"
    days = page.get_by_label("How many days did you wait?")
    for written, what in (("soon", "Please enter a number"), ("61", "from 0 to 60"), ("1.5", "whole number")):
        days.fill(written)
        assert what in told("waited")
    assert days.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{days.get_attribute('aria-describedby')}").inner_text() == told("waited")
    days.fill("６")
    expect(page.locator("[data-key=waited] .wrong")).to_be_hidden()
    page.get_by_label("Is there anything else").fill("x" * 201)
    assert "201 characters" in told("more")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


_BY_KEYS: dict[str, tuple[str, ...]] = {
    "nps": ("Tab", "ArrowRight", "ArrowRight"),  # from 0 to 2
    "csat": ("Tab", "Space", "ArrowRight"), "ces": ("Tab", "Space"),
    "rating": ("Tab", "ArrowRight", "ArrowRight", "ArrowRight"), "numbers": ("Tab", "Space"),
    "emoji": ("Tab", "ArrowLeft"),  # round to the last
    "servqual": ("Tab", "Space", "Tab", "Space", "Tab", "Space", "Tab", "ArrowRight"),
    "kano": ("Tab", "Space", "Tab", "ArrowLeft"), "matrix": ("Tab", "Space", "Tab", "Space", "Tab", "ArrowRight"),
    "columns": ("Tab", "Space", "Tab", "ArrowRight"), "single": ("Tab", "ArrowLeft", "Tab", *"shed"),
    "multi": ("Tab", "Space", "Tab", "Space"),
    "ranking": ("Tab", "Enter", "Enter", "Enter", "Enter", "ArrowUp"),
    "maxdiff": (*("Tab", "Space", "Tab", "ArrowDown", "Tab", "Enter") * 5, "Tab", "Space", "Tab", "ArrowDown"),
    "more": ("Tab", *"fine"), "waited": ("Tab", "3"), "came": (), "file": (), "consent": ("Tab", "Space"),
}  # fmt: skip


def test_i3_a_survey_is_answered_without_a_mouse(opened: Callable[..., Page], server: Server, home: Path) -> None:
    page = opened(f"/s/{published(server, EVERY_KIND)}")
    page.wait_for_selector("form")
    page.evaluate("document.querySelector('#survey').shadowRoot.querySelector('form').focus()")
    for place, key in enumerate(QUESTIONS, start=1):
        expect(page.get_by_role("form", name=f"Page {place} of {len(QUESTIONS)}")).to_be_focused()
        _press(page, *_BY_KEYS[key])
        next_ = page.get_by_role("button", name="Next" if place < len(QUESTIONS) else "Submit")
        for _ in range(30):
            if next_.evaluate("one => one.getRootNode().activeElement === one"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you! The delivery team has your answers.")).to_be_visible()
    found = events(home, "every_kind")
    scores = {one["properties"].get("question"): one["score"] for one in found if one["score"] is not None}
    assert {key: scores[key] for key in ("nps", "csat", "ces", "rating", "numbers", "emoji")} == {
        "nps": 2, "csat": 2, "ces": 1, "rating": 4, "numbers": 1, "emoji": 2,
    }  # fmt: skip
    told = {one["properties"].get("question"): one for one in found}
    assert told["single"]["text"] == "shed"
    assert told["ranking"]["properties"]["answer"] == ["slow", "broken", "cost", "rude"]
    assert told["more"]["text"] == "fine"
    assert told["kano"]["properties"]["dysfunctional"] == "dislike"
    assert len(told["multi"]["properties"]["answer"]) == 2
    sets = [one["properties"] for one in found if one["event"] == "Options Compared"]
    assert [one["set"] for one in sets] == [1, 2, 3, 4, 5, 6]
    assert all([one["best"], one["worst"]] == one["shown"][:2] for one in sets)
    assert found[-1]["event"] == "Survey Completed"


def test_earlier_answers_show_ask_and_stay(opened: Callable[..., Page], server: Server) -> None:
    link = published(server, {**_SHORT, "key": "logic"})
    page = opened(f"/s/{link}")
    expect(page.get_by_text("Why")).to_have_count(0)
    page.get_by_role("radio", name="3", exact=True).check(force=True)
    page.get_by_label("Why 3?").fill("slow")
    page.get_by_role("radio", name="5", exact=True).check(force=True)
    expect(page.get_by_label("Why 5?")).to_have_value("slow")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("button", name="English")).to_be_focused()
    expect(page.get_by_label("为什么是5分？")).to_have_value("slow")
    page.get_by_role("button", name="下一页").click()
    page.get_by_role("radio", name="不同意").check(force=True)
    page.reload()
    expect(page.get_by_role("radio", name="不同意")).to_be_checked()
    page.get_by_role("button", name="清除答案").click()
    expect(page.get_by_role("radio", name="不同意")).not_to_be_checked()
    page.get_by_role("button", name="上一页").click()
    expect(page.get_by_role("radio", name="5", exact=True)).to_be_checked()
    page.get_by_role("radio", name="10 · 非常可能").check(force=True)
    expect(page.get_by_text("为什么")).to_have_count(0)


def _free_port() -> int:
    """One that nobody is given who takes any: it has to be free again for the next server."""
    for port in range(20_000 + os.getpid() % 10_000, 32_768):
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def test_answers_outlive_a_server_that_is_killed(opened: Callable[..., Page], tmp_path: Path) -> None:
    """Sent again until they are there, and there once; by the page that waits, and by one that is opened later."""
    lvtu.open(tmp_path / "shop").close()
    port = str(_free_port())
    first = Server(tmp_path, "--port", port)
    address = f"{first.address}/s/{published(first, _SHORT)}"
    waits, left = (opened(address, quiet=False) for _ in range(2))
    for page in (waits, left):
        page.get_by_role("radio", name="9", exact=True).check(force=True)
        page.get_by_role("button", name="Next").click()
        page.get_by_role("radio", name="I agree").check(force=True)
    first.kill()
    for page in (waits, left):
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_role("heading", name="Your answers are saved, not yet sent")).to_be_visible()
    context = left.context
    left.close()
    with running(tmp_path, "--port", port):
        expect(waits.get_by_role("heading", name="Thank you!")).to_be_visible(timeout=30_000)
        again = context.new_page()
        again.goto(address)
        expect(again.get_by_role("heading", name="Thank you!")).to_be_visible(timeout=30_000)
    done = [one for one in events(tmp_path, "short") if one["event"] == "Survey Completed"]
    assert len(done) == len({one["properties"]["response"] for one in done}) == 2


def test_of_a_set_both_ends_are_chosen(opened: Callable[..., Page], server: Server) -> None:
    question = {"key": "trade", "kind": "maxdiff", "required": True, **QUESTIONS["maxdiff"], "sets": 2}
    page = opened(f"/s/{published(server, _SHORT | {'key': 'trade', 'pages': [{'questions': [question]}]})}")
    best, worst = (page.get_by_role("radio", name=f"{end} important") for end in ("Most", "Least"))
    best.nth(0).check(force=True)
    worst.nth(0).check(force=True)
    expect(best.nth(0)).not_to_be_checked()
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".wrong")).to_have_text("In 2 sets both choices are needed")
    best.nth(1).check(force=True)
    page.get_by_role("button", name="Next set").click()
    expect(page.get_by_role("group", name="2 of 2")).to_be_focused()
    best.nth(0).check(force=True)
    worst.nth(2).check(force=True)
    expect(page.locator(".maxdiff .hint")).to_have_text("All 2 sets are answered")
    page.get_by_role("button", name="Previous set").click()
    page.reload()
    expect(best.nth(1)).to_be_checked()
    assert Seen(page, []).serious() == []
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()


def test_who_is_one_too_many_is_thanked_at_that_page(opened: Callable[..., Page], server: Server) -> None:
    closing = {"zh": "够了，谢谢", "en": "We have enough of you, thank you"}
    quotas = [{"key": "fans", "when": "q1 >= 9", "most": 1, "closing": closing}]
    link = published(server, {**_SHORT, "key": "enough", "quotas": quotas})
    for number in (1, 2):
        page = opened(f"/s/{link}", quiet=number == 1)
        page.get_by_role("radio", name="9", exact=True).check(force=True)
        page.get_by_role("button", name="Next").click()
        if number == 1:
            page.get_by_role("button", name="Submit").click()
            expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
            continue
        for _ in range(2):
            expect(page.get_by_role("heading", name=closing["en"])).to_be_visible()
            assert Seen(page, []).serious() == []
            page.reload()


def test_a_survey_that_is_over_says_so(opened: Callable[..., Page], server: Server) -> None:
    link = published(server, {**_SHORT, "key": "over"})
    page = opened(f"/s/{link}", quiet=False)
    page.get_by_role("radio", name="9", exact=True).check(force=True)
    page.get_by_role("button", name="Next").click()
    with server.signed_in() as editor:
        found = next(one for one in editor.get("/api/w/shop/surveys").json() if one["link"] == link)
        editor.post(f"/api/w/shop/surveys/{found['id']}/close")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="This survey has ended")).to_be_visible()
    page.goto("/s/nosuchlink")
    expect(page.get_by_role("heading", name="We can’t find this survey")).to_be_visible()
    assert Seen(page, []).serious() == []


class Elsewhere(ThreadingHTTPServer):
    """Another site, of one page."""

    html = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), lambda *given: _Site(self.html, *given))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def show(self, server: Server, link: str, **how: str) -> None:
        said = " ".join(f'data-{name}="{value}"' for name, value in how.items())
        script = f'<script src="{server.address}/lvtu-survey.js" data-survey="{link}" {said}></script>'
        self.html = f"<!doctype html><html lang=en><title>shop</title><main><h1>Shop</h1><p id=here></p></main>{script}"


@pytest.fixture
def site() -> Iterator[Elsewhere]:
    site = Elsewhere()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()


def test_another_site_asks_within_its_page(
    opened: Callable[..., Page], server: Server, home: Path, site: Elsewhere
) -> None:
    link = published(server, {**_SHORT, "key": "inline"}, embed=[site.address])
    site.show(server, link, into="#here", touchpoint="cart")
    page = opened(site.address, width=1440)
    page.get_by_role("radio", name="9", exact=True).check(force=True)
    assert Seen(page, []).serious() == []
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    assert {one["properties"].get("touchpoint") for one in events(home, "inline")} == {"cart"}


def test_a_site_that_the_survey_does_not_name_asks_nothing(
    opened: Callable[..., Page], server: Server, site: Elsewhere
) -> None:
    site.show(server, published(server, {**_SHORT, "key": "shut"}), **{"as": "button"})
    page = opened(site.address, quiet=False)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Feedback").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_feedback_is_one_button_away(opened: Callable[..., Page], server: Server, home: Path, site: Elsewhere) -> None:
    """Nothing is loaded before it is pressed; the keyboard gets in, and out again."""
    link = published(server, preset("feedback"), embed=[site.address])
    site.show(server, link, **{"as": "button"})
    page = opened(site.address, quiet=False)
    loaded: list[str] = []
    page.on("request", lambda one: loaded.append(one.url))
    button = page.get_by_role("button", name="Feedback")
    expect(button).to_be_visible()
    assert loaded == []
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("form")).to_be_focused()
    assert Seen(page, []).serious() == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("form")).to_be_focused()
    _press(page, "Tab", "Space")
    expect(dialog.get_by_role("radio").first).to_be_checked()


def test_a_page_asks_by_itself_and_once(opened: Callable[..., Page], server: Server, site: Elsewhere) -> None:
    link = published(
        server, {**_SHORT, "key": "by_itself"}, embed=[site.address], intercept={"seconds": 0, "event": "Order Paid"}
    )
    site.show(server, link, **{"as": "intercept"})
    page = opened(site.address)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("dispatchEvent(new CustomEvent('lvtu', {detail: {event: 'Order Paid'}}))")
    expect(page.get_by_role("dialog", name="A word with you").get_by_role("form")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body"), "nobody is torn away from what they do"
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    page.evaluate("dispatchEvent(new CustomEvent('lvtu', {detail: {event: 'Order Paid'}}))")
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog")).to_have_count(0)
