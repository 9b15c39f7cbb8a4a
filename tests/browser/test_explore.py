"""A question asked by hand: what the pages show is what Python counts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

import lvtu
from browser.conftest import Look, Served

_STEPS = ["Complaint Received", "Relief Given"]


def _pick(page: Page, label: str, event: str) -> None:
    page.get_by_role("textbox", name=label).or_(page.get_by_role("combobox", name=label)).first.click()
    page.get_by_role("option", name=re.compile(f"^{event}", re.IGNORECASE)).click()


def test_a_funnel_from_one_step_to_one_customer(look: Look, served: Served) -> None:
    with lvtu.Workspace(served.folder) as ws:
        counts = ws.funnel(_STEPS).table["customers"].to_pylist()
        names = ws.funnel(_STEPS).customers(step=2)
        why = ws.funnel(_STEPS).explain(sorted(names)[0]).text("en")
    assert 0 < counts[1] < counts[0]
    with look("en") as seen:
        page = seen.page
        seen.go(f'explore/funnel?steps=["{_STEPS[0]}"]')
        _pick(page, "And then", _STEPS[1])
        expect(page).to_have_url(re.compile(r"explore/funnel\?steps=.*Relief"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(_STEPS[1], ignore_case=True)

        # the numbers, as a table; one of them opens its customers
        page.get_by_text("Table", exact=True).click()
        number = page.get_by_role("button", name=f"{counts[1]:,}", exact=True)
        number.click()
        people = page.get_by_role("complementary", name="People")
        expect(people.get_by_text(f"{counts[1]:,} customers", exact=False)).to_be_visible()
        shown = people.get_by_role("listitem").all_inner_texts()
        assert shown == sorted(names)[: len(shown)]
        assert len(shown) == min(len(names), 50)

        # one of them, and why
        people.get_by_role("button", name=shown[0], exact=True).click()
        expect(people.get_by_text("Complaint Received").first).to_be_visible()
        for line in why.splitlines():
            expect(people.get_by_text(line.strip(), exact=False).first).to_be_visible()


def test_who_went_no_further_and_why_is_one_click_away(look: Look, served: Served) -> None:
    with lvtu.Workspace(served.folder) as ws:
        funnel = ws.funnel(_STEPS)
        lost = funnel.customers(step=1, lost=True)
        why = funnel.explain(lost[0]).text("en").splitlines()[-1].strip()
    with look("en") as seen:
        page = seen.page
        seen.go(f'explore/funnel?steps=["{_STEPS[0]}","{_STEPS[1]}"]')
        page.get_by_role("application").focus(timeout=20_000)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        people = page.get_by_role("complementary", name="People")
        people.get_by_text("Went no further", exact=True).click()
        expect(people.get_by_text(f"{len(lost):,} customers", exact=False)).to_be_visible()
        people.get_by_role("button", name=lost[0], exact=True).click()
        expect(people.get_by_text(why, exact=False).first).to_be_visible()


def test_one_click_leads_to_a_picture_and_what_is_emptied_stays_empty(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("overview")
        page.get_by_role("link", name="Explore").click()
        expect(page).to_have_url(re.compile(r"explore\?steps=.*Received.*Responded"))
        head = page.get_by_role("heading", level=2, name="of 2,827 customers")
        expect(head).to_be_visible(timeout=30_000)  # the first question of all compiles
        for number in range(4, 0, -1):
            page.get_by_role("button", name=f"More about step {number}").click()
            page.get_by_role("menuitem", name="Remove").click()
        expect(page.get_by_role("button", name="Complaint Received", exact=True)).to_be_visible()
        expect(page).to_have_url(re.compile(r"explore$"))

        # another question begins with something, too
        page.get_by_role("button", name="Analysis: Funnel; change it").click()
        page.get_by_role("button", name=re.compile("^Attribution")).click()
        expect(page).to_have_url(re.compile(r"explore/attribution\?goal="))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Which")


def test_the_address_holds_the_question(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go('explore/funnel?steps=["Complaint Received"]')
        _pick(page, "And then", "Company Responded")
        expect(page).to_have_url(re.compile("Responded"))
        page.get_by_label("Within", exact=True).fill("30d")
        expect(page).to_have_url(re.compile("within=30d"))
        page.go_back()
        expect(page).not_to_have_url(re.compile("within"))
        page.go_back()
        expect(page).not_to_have_url(re.compile("Responded"))
        page.go_forward()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Company Responded")


def test_a_picture_opens_with_keys_alone(look: Look, served: Served) -> None:
    with lvtu.Workspace(served.folder) as ws:
        counts = ws.funnel(_STEPS).table["customers"].to_pylist()
    with look("en") as seen:
        page = seen.page
        seen.go(f'explore/funnel?steps=["{_STEPS[0]}","{_STEPS[1]}"]')
        picture = page.get_by_role("application")
        expect(picture.locator("svg")).to_be_visible()
        picture.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        people = page.get_by_role("complementary", name="People")
        expect(people.get_by_role("heading", name=_STEPS[1])).to_be_visible()
        expect(people.get_by_text(f"{counts[1]:,} customers", exact=False)).to_be_visible()


def test_steps_move_with_keys(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f'explore/funnel?steps=["{_STEPS[0]}","{_STEPS[1]}"]')
        page.get_by_role("button", name=re.compile("Move step 1")).focus()
        told = page.locator("[id^=DndLiveRegion]")  # says what was taken up, and over what it is
        page.keyboard.press("Space")
        expect(told).to_contain_text("moved over")
        before = told.inner_text()
        page.keyboard.press("ArrowDown")
        expect(told).not_to_have_text(before)
        page.keyboard.press("Space")
        expect(page).to_have_url(re.compile(r"Relief.*Received"))


def test_a_filter_is_picked_from_what_there_is(look: Look, served: Served) -> None:
    where = "channel = 'web'"
    with lvtu.Workspace(served.folder) as ws:
        (customers,) = ws.journeys(where=where).segment("did .").table["customers"].to_pylist()
    with look("en") as seen:
        page = seen.page
        seen.go("explore/trend?period=month")
        page.get_by_role("button", name="Add a condition").click()
        _pick(page, "Field", "channel")
        page.get_by_role("combobox", name="Value").click()
        page.get_by_role("option", name=re.compile("^web", re.IGNORECASE)).click()
        expect(page).to_have_url(re.compile("where=channel"))
        expect(page.get_by_text(f"{customers:,} customers ·", exact=False)).to_be_visible()


def test_a_question_is_kept_on_a_board(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("explore/trend?period=month")
        page.get_by_role("button", name="Save to a board").click()
        page.get_by_role("menuitem", name="A new board").click()
        page.get_by_label("Name").fill("Monday")
        page.get_by_role("dialog").get_by_role("button", name="Save to a board").click()
        expect(page.get_by_text("It is on “Monday” now")).to_be_visible()
        boards = page.evaluate("fetch('/api/w/complaints/boards').then(answer => answer.json())")
        (board,) = [one for one in boards if one["name"] == "Monday"]
        (tile,) = board["board"]["tiles"]
        assert tile["question"] == {"analysis": "trend", "period": "month"}


def test_anything_is_found_by_its_name(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("overview")
        page.keyboard.press("Control+k")
        page.get_by_placeholder(re.compile("Find a page")).fill("Relief")
        page.get_by_role("button", name=re.compile("Relief Given")).click()
        expect(page).to_have_url(re.compile("explore/trend.*Relief"))
        page.keyboard.press("Escape")
        page.locator("main").focus()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
