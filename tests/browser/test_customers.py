"""Customers: who there is, found as one types, and everything that one of them did."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import lvtu
from browser.conftest import WORKSPACE, Look, Served
from lvtu.demo.build import EVENTS
from lvtu.demo.files import read

_ALL = 2827


def test_a_customer_is_found_as_one_types(look: Look) -> None:
    name = EVENTS[WORKSPACE](read(WORKSPACE))["anonymous_id"][0].as_py()
    with look("en") as seen:
        page = seen.page
        seen.go("customers")
        expect(page.locator("main")).to_contain_text(f"{_ALL:,} customers")
        page.get_by_label("How an identifier begins").fill(name)
        expect(page.get_by_role("row")).to_have_count(2)
        expect(page).to_have_url(re.compile(f"search={name}"))
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        assert seen.serious() == []


def test_days_and_orders_show_no_clock(look: Look, served: Served) -> None:
    """The days of a complaint are on record, and of its answer only the order: neither has an hour."""
    with lvtu.Workspace(served.folder) as ws:
        customer = sorted(ws.funnel(["Complaint Received"]).customers(step=1))[0]
        names = ws.timeline(customer).table["event"].to_pylist()
    with look("zh") as seen:
        page = seen.page
        seen.go(f"customers/{customer}")
        events = page.locator("li[data-place]")
        expect(events).to_have_count(len(names))
        assert [
            name for text, name in zip(events.all_inner_texts(), reversed(names), strict=True) if name not in text
        ] == []
        assert page.locator("li[data-place] time").count() == 0

        # the picture is gone through by keys, and says the event
        lanes = page.get_by_role("slider")
        lanes.focus()
        page.keyboard.press("End")
        expect(lanes).to_have_attribute("aria-valuetext", re.compile(re.escape(names[-1])))
        page.keyboard.press("Home")
        expect(lanes).to_have_attribute("aria-valuetext", re.compile(re.escape(names[0])))
        assert seen.serious() == []


def test_somebody_who_is_not_there(look: Look) -> None:
    with look("en") as seen:
        seen.page.goto(f"/w/{WORKSPACE}/customers/nobody-at-all")
        expect(seen.page.get_by_role("heading", level=1)).to_have_text("No such customer")
        seen.complaints.clear()  # the browser tells of the 404 that the page is about
