"""A survey as somebody writes it in the app: from one that is ready, by keys alone, to its answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import lvtu
from browser.conftest import Seen, heard
from browser.every_kind import EVERY_KIND, QUESTIONS
from service.running import Server, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("edited")
    lvtu.open(home / "shop").close()
    with running(home) as server:
        yield server


@pytest.fixture(scope="module")
def cookies(browser: Browser, server: Server) -> list[object]:
    context = browser.new_context()
    context.new_page().goto(server.link())
    found: list[object] = [*context.cookies()]
    context.close()
    return found


@pytest.fixture
def page(browser: Browser, server: Server, cookies: list[object]) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server.address, locale="en-US", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    with heard(page):
        yield page
    context.close()


def titles(page: Page) -> list[str]:
    return [one.split(". ", 1)[1] for one in page.locator("[class*=cardTitle]").all_inner_texts()]


def test_i3_a_survey_is_written_published_and_answered(page: Page) -> None:
    page.goto("/w/shop/surveys")
    page.get_by_role("button", name="New survey").click()
    page.get_by_role("button", name=re.compile("NPS")).click()
    page.wait_for_url("**/edit")
    preview = page.get_by_role("region", name="Preview")
    likely, why = "How likely are you to recommend us to a friend or colleague?", "What is the main reason for your"
    expect(preview.get_by_text(likely)).to_be_visible()
    assert [one[: len(why)] for one in titles(page)] == [likely[: len(why)], why]

    page.get_by_role("button", name="Add a question").press("Enter")
    page.get_by_role("menuitem", name="Single choice").press("Enter")
    expect(page.get_by_text("6 findings")).to_be_visible()
    card = page.locator("[data-question=q3]")
    card.get_by_label("Question · 中文").fill("您在哪里买的？")
    card.get_by_label("Question · English").fill("Where did you buy it?")
    for option, (zh, en) in (("Option 1", ("门店", "Store")), ("Option 2", ("网上", "Online"))):
        card.get_by_label(f"{option} · 中文").fill(zh)
        card.get_by_label(f"{option} · English").fill(en)
    expect(page.get_by_text("finding")).to_have_count(0)
    expect(preview.get_by_role("radio", name="Online")).to_be_visible()

    card.get_by_role("button", name="Add a condition").click()
    card.get_by_label("About which question").click()
    page.get_by_role("option", name=likely).click()
    card.get_by_label("Value").click()
    page.get_by_role("option", name="6", exact=True).click()
    expect(preview.get_by_role("radio", name="Online")).to_have_count(0)
    preview.get_by_role("radio", name="6", exact=True).check(force=True)
    expect(preview.get_by_role("radio", name="Online")).to_be_visible()
    assert Seen(page, []).serious() == []

    card.get_by_role("button", name=re.compile("arrow keys")).focus()
    page.keyboard.press("ArrowUp")
    assert titles(page)[1] == "Where did you buy it?"
    expect(card.get_by_role("button", name=re.compile("arrow keys"))).to_be_focused()

    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("The survey is published")).to_be_visible()
    page.get_by_role("link", name="Send", exact=True).click()
    expect(page.get_by_role("img", name="QR code of the survey")).to_be_visible()
    expect(page.get_by_role("img", name="QR code of the survey")).not_to_have_js_property("naturalWidth", 0)
    assert Seen(page, []).serious() == []

    answering = page.context.new_page()
    answering.goto(page.get_by_role("link", name="Open the survey").get_attribute("href") or "")
    answering.get_by_role("radio", name="3", exact=True).check(force=True)
    answering.get_by_role("radio", name="Store").check(force=True)
    answering.get_by_role("button", name="Submit").click()
    expect(answering.get_by_role("heading", name="Thank you for telling us!")).to_be_visible()
    page.get_by_role("link", name="Results").click()
    store = page.get_by_role("listitem").filter(has_text="Store")
    expect(store).to_contain_text("100%")
    assert Seen(page, []).serious() == []
    page.goto("/w/shop/surveys")
    expect(page.get_by_role("row", name=re.compile("Would you recommend us"))).to_contain_text("Open")
    assert Seen(page, []).serious() == []


def test_every_kind_can_be_edited(page: Page, server: Server) -> None:
    """Each opens, on a phone too, with nothing that axe finds, in both languages."""
    with server.signed_in() as editor:
        made = editor.post("/api/w/shop/surveys", json={"definition": EVERY_KIND}).json()
    page.goto(f"/w/shop/surveys/{made['id']}/edit")
    cards = page.locator("[data-question] button[aria-expanded]")
    expect(cards).to_have_count(len(QUESTIONS))
    for place in range(len(QUESTIONS)):
        if cards.nth(place).get_attribute("aria-expanded") == "false":
            cards.nth(place).click()
        expect(page.locator("[data-question] textarea").first).to_be_visible()
        if place in (6, 8, 9, 11, 13):  # those with the most in them
            assert Seen(page, []).serious() == []
    page.evaluate("localStorage.setItem('lvtu.lang', 'zh'); localStorage.setItem('lvtu.scheme', 'dark')")
    page.set_viewport_size({"width": 390, "height": 900})
    page.reload()
    expect(cards).to_have_count(len(QUESTIONS))
    assert Seen(page, []).serious() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_another_tool_asked_is_taken_over(page: Page) -> None:
    page.goto("/w/shop/surveys")
    page.get_by_role("button", name="New survey").first.click()
    page.get_by_role("button", name=re.compile("Import from SurveyJS")).click()
    page.get_by_label("JSON of SurveyJS").fill(
        '{"title": "After the visit", "elements": [{"type": "rating", "name": "q1", "title": "Recommend us?",'
        ' "rateMin": 0, "rateMax": 10}, {"type": "file", "name": "photo"}]}'
    )
    page.get_by_role("button", name="Convert").click()
    expect(page.get_by_text("1 part can’t be taken over:")).to_be_visible()
    page.get_by_role("button", name="Use it").click()
    page.wait_for_url("**/edit")
    expect(page.locator("[class*=cardTitle]")).to_have_text(["1. Recommend us?"])


def test_what_was_not_saved_is_asked_for_taken_back_and_restored(page: Page, server: Server) -> None:
    with server.signed_in() as editor:
        made = editor.post("/api/w/shop/surveys", json={"definition": EVERY_KIND | {"key": "steps"}}).json()
        editor.post(f"/api/w/shop/surveys/{made['id']}/publish")
    page.goto(f"/w/shop/surveys/{made['id']}/edit")
    name = page.get_by_label("Name of the survey · English")
    name.fill("Another name")
    page.get_by_role("link", name="Results", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(name).to_have_value("Another name")  # within the survey nothing is lost
    page.get_by_role("link", name="Boards").click()
    expect(page.get_by_role("dialog", name="Leave without saving?")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Undo").click()
    expect(name).to_have_value("Your delivery")
    page.get_by_role("button", name="Do again").click()
    expect(name).to_have_value("Another name")
    page.get_by_role("button", name="Add a quota").click()
    page.get_by_label("Closing words · English").fill("Enough, thank you")
    page.get_by_label("Closing words · 中文").fill("够了，谢谢")
    expect(page.get_by_text("finding")).to_have_count(0)
    page.get_by_role("link", name="Send", exact=True).click()
    page.get_by_label("Message · English").fill("Tell us: {link}")
    page.get_by_label("After so many answers").fill("500")
    assert Seen(page, []).serious() == []
    page.get_by_role("button", name="Publish changes").click()
    expect(page.get_by_text("The survey is published")).to_be_visible()
    with server.signed_in() as editor:
        kept = editor.get(f"/api/w/shop/surveys/{made['id']}").json()
    assert (kept["published"], kept["settings"]["most"]) == (2, 500)
    assert kept["settings"]["messages"] == {"en": {"subject": "", "text": "Tell us: {link}"}}
    assert kept["definition"]["quotas"] == [
        {"key": "quota", "most": 100, "closing": {"en": "Enough, thank you", "zh": "够了，谢谢"}}
    ]
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("button", name=re.compile("More for")).click()
    page.get_by_role("menuitem", name="Published versions").click()
    page.get_by_role("row").filter(has_text="19 questions").last.get_by_role("button", name="Take it").click()
    expect(name).to_have_value("Your delivery")
    expect(page.get_by_role("button", name="Save")).to_be_enabled()
    page.get_by_role("link", name="Invitations").click()
    expect(page.get_by_text("Nobody was invited yet")).to_be_visible()
    assert Seen(page, []).serious() == []
