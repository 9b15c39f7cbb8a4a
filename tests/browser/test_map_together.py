"""Two people on one map: they see each other, meet each other's locks, talk, approve, publish, restore."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import lvtu
from browser.conftest import BARE, Served, heard
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.roles import Role

MAP = {
    "title": {"zh": "网购", "en": "Shopping"}, "stages": [{"key": "buy", "name": {"zh": "购买", "en": "Buy"}}],
    "steps": [
        {"key": "look", "stage": "buy", "name": {"zh": "浏览", "en": "Look"}},
        {"key": "pay", "stage": "buy", "name": {"zh": "付款", "en": "Pay"}},
    ],
    "lanes": [{"key": "said", "role": "thoughts", "label": {"zh": "想法", "en": "Thoughts"}}],
    "cards": [{"key": "c1", "lane": "said", "step": "pay", "text": {"zh": "又要排队？", "en": "Another queue?"}}],
}  # fmt: skip

MET = re.compile("409|ERR_INTERNET_DISCONNECTED")
"""A lock that was met, and a network that was taken away."""

Enter = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def enter(browser: Browser, served: Served) -> Iterator[Enter]:
    """Opens a browser in which somebody is signed in, an editor of the bare workspace."""
    home = served.folder.parent
    with closing(Catalog.of(home)) as catalog, lvtu.open(home / BARE) as ws:

        @contextmanager
        def opened(name: str, role: Role = Role.editor) -> Iterator[Page]:
            email = f"{name.lower()}@example.com"
            person = catalog.people.by_email(email) or catalog.people.new(email, name=name)
            catalog.people.join(person.id, ws.config.id, role)
            port = httpx.URL(served.address).port
            key = catalog.sessions.begin(person.id)
            context = browser.new_context(base_url=served.address, reduced_motion="reduce", locale="en")
            context.add_cookies([{"name": f"lvtu_session_{port}", "value": key, "url": served.address}])
            context.add_init_script("localStorage.setItem('lvtu.lang', 'en')")
            page = context.new_page()
            try:
                with heard(page) as complaints:
                    yield page
                    complaints[:] = [one for one in complaints if not MET.search(one)]
            finally:
                context.close()

        yield opened


@pytest.fixture
def map_(served: Served) -> Iterator[str]:
    """The address of a map in the app, without the workspace's."""
    with lvtu.open(served.folder.parent / BARE) as ws:
        drawn = ws.maps.load(MAP, by="Ann")
        yield f"/w/{BARE}/maps/{drawn.id}"
        for one in [*ws.maps]:  # it, and what was made of it
            one.remove()


def api(page: Page, method: str, path: str, body: Any = None) -> Any:
    """Ask as the page's person does."""
    csrf = page.request.get("/api/session").json()["csrf"]
    more = {} if body is None else {"data": body}
    return page.request.fetch(f"/api{path}", method=method, headers={"X-CSRF-Token": csrf}, **more)


def beside(page: Page) -> Locator:
    """The panel beside the map."""
    return page.get_by_role("complementary", name="About this map")


def test_e23_two_people_see_each_other_and_talk(enter: Enter, map_: str) -> None:
    with enter("Ann") as ann, enter("Bob", Role.viewer) as bob:
        ann.goto(map_)
        expect(ann.get_by_role("heading", name="Shopping")).to_be_visible()
        expect(ann.get_by_role("img", name="Bob")).to_have_count(0)
        bob.goto(map_)
        expect(ann.get_by_role("img", name="Bob")).to_be_visible()
        expect(bob.get_by_role("img", name="Ann")).to_be_visible()
        # Bob says something about a step, and names Ann by what the field offers.
        bob.get_by_role("button", name="Discuss").click()
        bob.get_by_role("combobox", name="About").select_option("steps/pay")
        field = bob.get_by_role("combobox", name="Comment")
        field.fill("Is there a queue, ")
        field.press("End")
        field.press_sequentially("@An")
        bob.get_by_role("option", name="Ann").click()
        field.press_sequentially("?")
        bob.get_by_role("complementary", name="About this map").get_by_role(
            "button", name="Comment", exact=True
        ).click()
        expect(bob.get_by_role("article").locator("mark")).to_have_text("@Ann")
        # It stands on Ann's picture a moment later; the badge opens it.
        badge = ann.locator("main svg[aria-labelledby] [data-about='steps/pay']")
        expect(badge).to_have_text("1")
        badge.focus()
        ann.keyboard.press("Enter")
        thread = ann.get_by_role("article")
        expect(thread).to_contain_text("Is there a queue, @Ann ?")
        thread.get_by_role("button", name="Reply").click()
        answer = ann.get_by_role("combobox", name="Reply")
        answer.fill("Only on Saturdays")
        answer.press("Control+Enter")
        expect(bob.get_by_role("article")).to_contain_text("Only on Saturdays")
        thread.get_by_role("button", name="Resolve").click()
        expect(bob.get_by_text("Resolved 1")).to_be_visible()
        expect(badge).to_have_count(0)
        bob.goto(f"/w/{BARE}/maps/library")
        expect(ann.get_by_role("img", name="Bob", exact=True)).to_have_count(0)


def test_e23_b16_a_bell_on_every_page_leads_to_what_is_new(enter: Enter, map_: str) -> None:
    with enter("Ann") as ann, enter("Bob", Role.viewer) as bob:
        bob.goto(map_)
        me = api(ann, "GET", "/me").json()["id"]
        responsible = {"edit": "change", "part": "steps", "key": "pay", "fields": {"person": "Ann"}}
        assert api(ann, "POST", f"{map_}/edits", responsible).status == 200
        named = {"part": "map", "body": "Who signs this off, @Ann?", "mentions": [me]}
        for said in (named, {"part": "steps", "key": "pay", "body": "Is there a queue?"}):
            made = api(bob, "POST", f"{map_}/comments", said)
            assert made.status == 201, made.text()
        ann.goto(f"/w/{BARE}/settings")
        bell = ann.get_by_role("button", name="Notifications")
        expect(bell).to_have_accessible_name("Notifications: 2 new")
        bell.click()
        below = ann.get_by_role("region", name="Notifications")
        expect(below.get_by_role("listitem")).to_have_count(2)
        expect(below).to_contain_text("Bob commented on Pay")
        below.get_by_role("link").filter(has_text="Bob mentioned you").click()
        expect(beside(ann)).to_contain_text("Who signs this off, @Ann?")
        # Whoever looks at the comments of a map has read those on what they answer for, too.
        expect(bell).to_have_accessible_name("Notifications: 0 new")


def test_e28_what_was_done_offline_is_told_and_kept_later(enter: Enter, map_: str) -> None:
    with enter("Ann") as ann, enter("Bob") as bob:
        ann.goto(f"{map_}/edit")
        expect(ann.get_by_role("grid")).to_be_visible()
        ann.context.set_offline(True)
        ann.locator("[data-row='0'] [data-cell='0']").click()
        ann.keyboard.type("Too many brands")
        ann.keyboard.press("Enter")
        told = ann.get_by_role("status").filter(has_text="You are offline")
        expect(told).to_contain_text("1 edit is not saved yet")
        expect(told).to_contain_text("Too many brands")
        before = {"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "Bob was here"}}
        assert api(bob, "POST", f"{map_}/edits", before).status == 200
        ann.context.set_offline(False)
        expect(told).to_have_count(0, timeout=20_000)
        cards = api(bob, "GET", map_).json()["document"]["cards"]
        assert sorted(one["text"]["en"] for one in cards) == ["Bob was here", "Too many brands"]
        expect(ann.get_by_role("grid")).to_contain_text("Bob was here")
        # What a tab that was closed meanwhile did not send is sent by the next one; what somebody else changed is told.
        ann.context.set_offline(True)
        ann.locator("[data-row='0'] [data-cell='0']").click()
        ann.keyboard.type("Still too many")
        ann.keyboard.press("Enter")
        ann.get_by_text("Bob was here").first.dblclick()
        ann.keyboard.press("Control+a")
        ann.keyboard.type("Ann was here")
        ann.keyboard.press("Enter")
        expect(told).to_contain_text("2 edits are not saved yet")
        later = {"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "Bob came back"}}
        assert api(bob, "POST", f"{map_}/edits", later).status == 200
        context = ann.context
        ann.close()
        context.set_offline(False)
        page = context.new_page()
        page.goto(map_)
        page.get_by_role("link", name="Open the editor to send them").click()
        refused = page.get_by_role("alert").filter(has_text="Ann was here")
        expect(refused).to_contain_text("Bob")
        expect(page.get_by_role("grid")).to_contain_text("Still too many")
        refused.get_by_role("button", name="Use mine all the same").click()
        expect(refused).to_have_count(0)
        expect(page.locator("section[aria-busy=true]")).to_have_count(0)
        cards = api(bob, "GET", map_).json()["document"]["cards"]
        assert sorted(one["text"]["en"] for one in cards) == ["Ann was here", "Still too many", "Too many brands"]
        assert page.evaluate("Object.keys(localStorage).filter(one => one.startsWith('lvtu.unsent'))") == []


def test_e28_others_are_seen_where_they_are_and_can_be_followed(enter: Enter, map_: str, served: Served) -> None:
    with lvtu.open(served.folder.parent / BARE) as ws:
        wide = ws.maps[map_.rpartition("/")[2]]
        for number in range(14):
            step = {"key": f"s{number}", "stage": "buy", "name": {"zh": f"第{number}步", "en": f"Step {number}"}}
            wide.edit("add_step", step=step)
    with enter("Ann") as ann, enter("Bob") as bob:
        bob.goto(f"{map_}/edit")
        bob.locator("[data-row='0'] [data-cell='1']").click()
        ann.goto(map_)
        # Bob is at the cell, or at the card that he clicked there.
        expect(ann.locator("svg [data-hue]").first).to_have_text("BobB")
        ann.goto(f"{map_}/edit")
        grid = ann.get_by_role("grid").locator("xpath=../..")
        expect(ann.locator("[data-hue][data-small]")).to_have_text("B")
        assert grid.evaluate("one => one.scrollLeft") == 0
        follow = ann.get_by_role("list", name="2 people have this map open").get_by_role("button")
        follow.click()
        expect(follow).to_have_attribute("aria-pressed", "true")
        bob.get_by_role("grid").locator("xpath=../..").evaluate("one => one.scrollTo(1e6, 0)")
        ann.wait_for_function("one => one.scrollLeft > 600", arg=grid.element_handle())
        ann.get_by_role("button", name="Following Bob").click()
        expect(follow).to_have_attribute("aria-pressed", "false")


def test_e28_a_lock_is_met(enter: Enter, map_: str) -> None:
    with enter("Ann") as ann, enter("Bob") as bob:
        ann.goto(map_)
        bob.goto(map_)
        assert api(ann, "PUT", f"{map_}/locks/c1").status == 200
        refused = api(bob, "PUT", f"{map_}/locks/c1?lang=en")
        assert (refused.status, refused.json()["code"]) == (409, "card_locked")
        assert refused.json()["what"] == "Ann is typing in a card that this would change"
        change = {"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "Mine"}}
        assert api(bob, "POST", f"{map_}/edits", change).status == 409
        ann.goto(f"/w/{BARE}/maps/library")  # she closes the map, and lets go of it
        expect(bob.get_by_role("img", name="Ann", exact=True)).to_have_count(0)
        assert api(bob, "POST", f"{map_}/edits", change).status == 200


def test_e28_a_card_shows_who_types_in_it(enter: Enter, map_: str) -> None:
    with enter("Ann") as ann, enter("Bob") as bob:
        for page in (ann, bob):
            page.goto(f"{map_}/edit")
        ann.get_by_text("Another queue?").first.dblclick()
        expect(bob.get_by_text("Ann is typing")).to_be_visible()
        ann.keyboard.press("End")
        ann.keyboard.type(" Really")
        ann.keyboard.press("Escape")
        ann.goto(f"/w/{BARE}/maps/library")
        expect(bob.get_by_text("Ann is typing")).to_have_count(0)


def test_e28_a_workshop_has_a_timer_and_a_hidden_voting(enter: Enter, map_: str) -> None:
    with enter("Ann") as ann, enter("Vic", Role.viewer) as vic:
        ann.goto(f"{map_}/edit")
        vic.goto(map_)
        ann.get_by_role("button", name="Sticky notes").click()
        ann.locator("[role=row][data-row='0'] [role=presentation]").click(position={"x": 60, "y": 20})
        ann.keyboard.type("Show the queue")
        ann.keyboard.press("Enter")
        ann.keyboard.type("Pay by phone")
        ann.keyboard.press("Tab")  # the next step
        ann.keyboard.type("A second till")
        ann.locator("article", has_text="Show the queue").click()  # elsewhere: it stays where it was written
        for _ in range(2):
            ann.keyboard.press("Escape")
        ann.get_by_role("button", name="Workshop").click()
        ann.get_by_role("button", name="5 min", exact=True).click()
        expect(vic.get_by_role("timer")).to_contain_text(re.compile("4:[345]"))
        ann.get_by_label("What is asked").fill("What first?")
        ann.get_by_role("button", name="Begin voting").click()
        vic.get_by_role("button", name="Vote", exact=True).click()
        for name in ("Pay by phone", "Pay by phone", "A second till"):
            vic.get_by_role("button", name=f"Put a dot on “{name}”").click()
        told = ann.get_by_role("status").filter(has_text="What first?")
        expect(told).to_contain_text("1 person voted")
        expect(told).to_contain_text("3 dots left")
        ann.get_by_role("grid").get_by_text("A second till").click()
        ann.keyboard.press("+")
        expect(told).to_contain_text("2 people voted")
        assert "votings" not in api(vic, "GET", map_).json()["document"]
        told.get_by_role("button", name="End and show").click()
        for page in (ann, vic):
            rows = page.locator("ol li")
            expect(rows.nth(0)).to_contain_text(re.compile("1.*(Pay by phone|A second till).*2 dots"))
            expect(rows).to_have_count(2)
        cards = {one["text"]["en"]: one["step"] for one in api(ann, "GET", map_).json()["document"]["cards"]}
        assert {name: cards[name] for name in ("Show the queue", "Pay by phone", "A second till")} == {
            "Show the queue": "look", "Pay by phone": "look", "A second till": "pay",
        }  # fmt: skip


def test_e23_a_map_is_approved_published_compared_and_restored(enter: Enter, map_: str) -> None:
    with enter("Ann") as ann, enter("Bob", Role.viewer) as bob:
        ann.goto(f"{map_}?panel=review")
        bob.goto(map_)
        ann.get_by_role("combobox", name="Ask for a review").click()
        ann.get_by_role("option", name="Bob").click()
        ann.keyboard.press("Escape")
        ann.get_by_label("What they are to look at (optional)").fill("Ready for the board?")
        ann.get_by_role("button", name="Ask", exact=True).click()
        bob.get_by_role("button", name="Your review is wanted").click()
        expect(bob.get_by_role("article")).to_contain_text("Ready for the board?")
        bob.get_by_label("Your words (optional)").fill("As it should be")
        bob.get_by_role("button", name="Approve").click()
        expect(ann.get_by_role("article")).to_contain_text("As it should be")
        expect(ann.get_by_role("article").get_by_text("Approved", exact=True)).to_be_visible()
        # A version needs a scenario first, which is an edit: the approval is of the map before it.
        ann.get_by_role("radio", name="Versions").locator("..").click()
        ann.get_by_label("Who travels").fill("A mother with a pram")
        ann.get_by_role("button", name="Save").click()
        ann.get_by_label("Publish a version").fill("For the board")
        ann.get_by_role("button", name="Publish", exact=True).click()
        panel = beside(ann)
        expect(panel).to_contain_text("For the board")
        ann.get_by_role("radio", name="Review").locator("..").click()
        expect(panel).to_contain_text("1 edit since")
        # Bob edits elsewhere; the history says so, and the version brings it back.
        change = {"edit": "change", "part": "cards", "key": "c1", "fields": {"text": "No queue at all"}}
        assert api(ann, "POST", f"{map_}/edits", change).status == 200
        ann.get_by_role("radio", name="History").locator("..").click()
        expect(panel).to_contain_text("Ann changed card “Another queue?” to “No queue at all”")
        ann.get_by_role("radio", name="Versions").locator("..").click()
        ann.get_by_role("button", name="Compare with now").click()
        expect(panel.locator("del")).to_have_text("Another queue?")
        expect(panel.locator("ins")).to_have_text("No queue at all")
        panel.get_by_role("button", name="Versions", exact=True).click()
        ann.get_by_role("button", name="Restore").click()
        ann.get_by_role("dialog").get_by_role("button", name="Restore").click()
        expect(ann.locator("main svg[aria-labelledby]")).to_contain_text("Another queue?")
        expect(bob.locator("main svg[aria-labelledby]")).to_contain_text("Another queue?")
        ann.get_by_role("button", name="Make a to-be of this map").click()
        expect(panel.get_by_role("link", name="Shopping · to be")).to_be_visible()
