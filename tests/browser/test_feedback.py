"""Feedback in a browser, all the way round: said on the public page, seen to in the app, published, voted for.

The answer arrives at a mail server; whoever left no address reads it by their link. A kiosk begins anew for the next.
"""

from __future__ import annotations

import email
import json
import re
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import lvtu
from browser.conftest import Seen
from browser.test_surveys_answered import _SHORT, events, published
from lvtu.service.pages.build import FOLDER
from lvtu.voice.surveys.ready import preset
from parts import require
from service.inprocess import eventually
from service.mailbox import Mailbox, mailbox
from service.running import Server, running

__all__ = ["mailbox"]

require("the page of feedback (make web)", (FOLDER / "feedback.html").is_file())

WORDS = "Let me choose the hour of delivery <b>please</b>"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("feedback")
    lvtu.open(home / "shop").close()
    return home


@pytest.fixture(scope="module")
def server(home: Path, mailbox: tuple[Mailbox, int]) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LVTU_WEBHOOK_PRIVATE", "1")
        with running(home) as server:
            with server.signed_in() as admin:
                smtp = {"host": "127.0.0.1", "port": mailbox[1], "security": "none", "sender": "shop@x.example"}
                asking = {"address": server.address, "smtp": smtp}
                assert admin.put("/api/w/shop/asking", json=asking).status_code == 200
            yield server


@pytest.fixture(scope="module")
def cookies(browser: Browser, server: Server) -> list[Any]:
    """Of whoever sits at the machine."""
    context = browser.new_context()
    context.new_page().goto(server.link())
    found: list[Any] = [*context.cookies()]
    context.close()
    return found


@pytest.fixture
def opened(browser: Browser, server: Server, cookies: list[Any]) -> Iterator[Callable[..., Page]]:
    """Opens a page as somebody new, or as whoever sits at the machine; a page that complains fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def up(address: str, *, width: int = 390, signed_in: bool = False, locale: str = "en-US") -> Page:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 844}, reduced_motion="reduce", base_url=server.address
        )
        contexts.append(context)
        if signed_in:
            context.add_cookies(cookies)
        page = context.new_page()
        # A request that the test itself cuts off is one that the browser tells of.
        page.on(
            "console",
            lambda one: (
                complaints.append(one.text)
                if one.type in ("error", "warning") and "net::ERR_FAILED" not in one.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield up
    for context in contexts:
        context.close()
    assert not complaints


def looked_at(page: Page, narrow: int = 390) -> None:
    """Nothing that axe finds, light and dark, on a phone and a desktop, and nothing beyond the edge."""
    size = page.viewport_size
    for width, scheme in ((narrow, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert Seen(page, []).serious() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="light")
    if size is not None:
        page.set_viewport_size(size)


def say_it(page: Page, kind: str, words: str, contact: str = "") -> str:
    """Say something on the public page; the secret address that one is told."""
    page.get_by_role("button", name=kind).click()
    expect(page.get_by_role("radio", name=kind)).to_be_checked()
    page.get_by_label("Please tell us").fill(words)
    page.get_by_label("How may we answer you?").fill(contact)
    looked_at(page)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Thank you! We read every one.")).to_be_visible()
    looked_at(page)
    return page.locator(".follow a").get_attribute("href") or ""


def test_h13_from_saying_it_to_being_told(
    opened: Callable[..., Page], server: Server, mailbox: tuple[Mailbox, int]
) -> None:
    link = published(server, preset("feedback"))
    page = opened(f"/f/{link}")
    expect(page.get_by_text("Nothing is published yet")).to_be_visible()
    looked_at(page)
    follow = say_it(page, "An idea", WORDS, "zoe@x.example")
    page.get_by_role("button", name="Answer again").click()
    page.get_by_role("button", name="Close").click()
    silent = say_it(page, "A complaint", "Nobody rang the bell")
    assert follow != silent and follow.startswith(f"{server.address}/f/{link}/")

    app = opened("/w/shop/feedback", width=1440, signed_in=True)
    pieces = app.get_by_role("list", name="Feedback")
    pieces.get_by_role("button", name=re.compile("choose the hour")).click()
    piece = app.get_by_role("article", name="Piece of feedback")
    expect(piece.get_by_text(WORDS)).to_be_visible()  # as it was written, no markup of ours
    piece.get_by_text("On the public page").click()
    piece.get_by_label("Title · English").fill("Choose when a parcel comes")
    piece.get_by_role("button", name="Publish").click()
    expect(piece.get_by_role("button", name="Take it off")).to_be_visible()
    looked_at(app)

    voter = opened(f"/f/{link}")
    idea = voter.get_by_role("listitem").filter(has_text="Choose when a parcel comes")
    expect(idea).to_be_visible()
    assert "hour of delivery" not in voter.content() and "rang the bell" not in voter.content()
    vote = idea.get_by_role("button", name=re.compile("Vote for"))
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "true")
    voter.reload()
    vote = voter.locator(".vote")
    expect(vote).to_have_accessible_name("Vote for “Choose when a parcel comes”, 1 vote")
    expect(vote).to_have_attribute("aria-pressed", "true")
    looked_at(voter)
    assert voter.context.cookies() == []
    vote.press("Enter")
    expect(vote).to_have_attribute("aria-pressed", "false")
    expect(vote).to_have_text("0")
    vote.press("Enter")
    expect(vote).to_have_text("1")

    app.reload()
    expect(piece.get_by_text("1 vote", exact=True)).to_be_visible()
    piece.get_by_role("combobox", name="Status").click()
    app.get_by_role("option", name="Done").click()
    piece.get_by_label("Answer · English").fill("You choose it when you order.")
    expect(piece.get_by_text("A message goes to zoe@x.example.")).to_be_visible()
    piece.get_by_role("button", name="Save and tell").click()
    expect(piece.get_by_text("Told by e-mail")).to_be_visible(timeout=20_000)
    (mail,) = eventually(lambda: [one for one in mailbox[0].got if one.rcpt_tos == ["zoe@x.example"]])
    text = email.message_from_bytes(mail.content, policy=policy.default).get_content()
    assert f"You said:\n“{WORDS}”" in text.replace("\r\n", "\n") and "You choose it when you order." in text
    assert follow in text
    expect(app.get_by_label("How soon people are answered").get_by_text("50.0%")).to_be_visible()

    followed = opened(follow)
    expect(followed.get_by_text("You choose it when you order.")).to_be_visible()
    expect(followed.locator("[aria-current=step]")).to_contain_text("Done")
    looked_at(followed)
    followed.get_by_role("button", name="中文").click()
    expect(followed.get_by_role("heading", name="您的反馈进展")).to_be_visible()
    quiet = opened(silent)
    expect(quiet.get_by_text("We have it, and will look at it.")).to_be_visible()
    voter.reload()
    did = voter.get_by_role("region", name="You said, we did")
    expect(did.get_by_text("You choose it when you order.")).to_be_visible()


def test_what_says_the_same_is_merged_in_the_app(opened: Callable[..., Page], server: Server) -> None:
    link = published(server, preset("feedback") | {"key": "same"})
    with server.signed_in() as anybody:
        for n, words in enumerate(("A dark mode", "Dark please")):
            answers = {"kind": "idea", "words": words}
            body = {"response": f"response-{n}", "answers": answers}
            assert anybody.post(f"/v1/surveys/{link}/responses", json=body).status_code == 200
    app = opened("/w/shop/feedback?kind=idea&status=new", width=1440, signed_in=True)
    app.get_by_role("button", name=re.compile("Dark please")).click()
    piece = app.get_by_role("article", name="Piece of feedback")
    piece.get_by_role("button", name="Says the same as another…").click()
    app.get_by_role("combobox", name="Choose a piece").click()
    app.get_by_role("option", name="A dark mode").click()
    app.get_by_role("button", name="Merge", exact=True).click()
    expect(piece.get_by_text("said by 2")).to_be_visible()
    expect(piece.get_by_role("button", name="Dark please")).to_be_visible()
    app.set_viewport_size({"width": 390, "height": 844})
    expect(piece.get_by_text("said by 2")).to_be_visible()
    assert app.evaluate("document.documentElement.scrollWidth") <= 390
    piece.get_by_role("button", name="Take out").click()
    expect(piece.get_by_text("Merged into this one")).to_have_count(0)


def test_h4_a_kiosk_begins_anew_for_the_next(opened: Callable[..., Page], server: Server, home: Path) -> None:
    """After the end, and after somebody left in the middle; nothing of one is there for the next, offline neither."""
    link = published(server, _SHORT | {"key": "kiosk"})
    page = opened(f"/s/{link}?kiosk=1&touchpoint=gate+7", width=1024)
    page.clock.install()
    page.reload()
    first = page.get_by_role("radio", name="9", exact=True)
    expect(first).to_be_visible()
    box = page.locator(".point").first.bounding_box()
    assert box is not None and box["height"] >= 60, "for fingers at arm's length"
    looked_at(page)

    def fill() -> None:
        page.get_by_role("radio", name="9", exact=True).check(force=True)
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Submit").click()
        page.clock.run_for(3_100)
        expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()

    fill()
    page.clock.run_for(10_100)
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)

    page.get_by_role("radio", name="2", exact=True).check(force=True)
    page.get_by_label("Why 2?").fill("private")
    page.clock.run_for(45_100)
    asked = page.get_by_role("alertdialog", name="Are you still there?")
    expect(asked.get_by_role("button", name="Yes, carry on")).to_be_focused()
    assert Seen(page, []).serious() == []
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why 2?")).to_have_value("private")
    page.clock.run_for(45_100)
    page.clock.run_for(15_100)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert "private" not in page.evaluate("JSON.stringify(localStorage)")

    page.route("**/responses", lambda route: route.abort())
    page.get_by_role("radio", name="7", exact=True).check(force=True)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").click()
    page.clock.run_for(3_100)
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    page.unroute("**/responses")
    page.clock.run_for(70_000)

    def done() -> list[dict[str, Any]]:
        return [one for one in events(home, "kiosk") if one["event"] == "Survey Completed"]

    eventually(lambda: len(done()) == 2)
    rows = {one["properties"]["response"]: one["properties"].get("touchpoint") for one in done()}
    assert len(rows) == 2 and set(rows.values()) == {"gate 7"}
    with lvtu.open(home / "shop") as ws:
        channels = ws.sql("select distinct channel from events where source = 'survey:kiosk'").to_pylist()
    assert json.loads(json.dumps(channels)) == [{"channel": "kiosk"}]
