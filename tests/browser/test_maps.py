"""A map is drawn from the data in the app, looked at, opened by the keys alone, and taken away."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

import lvtu
from browser.conftest import SCORED, Look, Served

BARE = """() => {
  const one = document.querySelector("main svg [data-kind=legend]");
  if (!one) return false;
  one.closest("section").scrollTo(0, 10000);
  const { x, y, height } = one.getBoundingClientRect();
  return document.elementFromPoint(x + 4, y + height / 2)?.closest("svg") === one.closest("svg");
}"""
"""Whether nothing lies over where a part begins: the names of lanes, which stay in sight, do not cover the legend."""


def test_e9_a_map_is_drawn_and_opens_what_is_behind_it(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps")
        page.get_by_role("button", name="Draw from the data").first.click()
        page.get_by_label("Title").fill("Our shop")
        page.get_by_role("button", name="Draw the map").click()
        picture = page.locator("main svg[role=group]")
        expect(picture.locator("[data-kind=stage]").first).to_be_visible(timeout=30_000)
        expect(page.get_by_role("heading", name="Our shop")).to_be_visible()
        expect(page.get_by_role("banner").get_by_text("Simulated", exact=True)).to_be_visible()
        heads = page.locator("main svg[aria-hidden] [data-kind=stage]").first
        page.get_by_role("region", name="The map").evaluate("one => one.scrollTo(0, 10000)")
        expect(heads).to_be_in_viewport()
        page.wait_for_function(BARE)  # of the picture that is there now: it may be drawn anew meanwhile
        answers: dict[str, Any] = page.request.get(page.url.replace("/w/", "/api/w/") + "/answers?lang=en").json()
        cell = next(one for one in answers["cells"] if one["step"] == "checkout" and one["lane"] == "csat5")
        page.locator("[data-kind=point][data-key='csat5/checkout']").focus()
        page.keyboard.press("Enter")
        drawer = page.get_by_role("dialog")
        expect(drawer).to_contain_text(cell["shown"])
        expect(drawer).to_contain_text(f"n {cell['n']:,}")
        assert seen.serious() == []
        page.keyboard.press("Escape")
        # The keys are where they were, and go on to what lies beside: of the picture one part is a stop of Tab.
        expect(page.locator("[data-kind=point][data-key='csat5/checkout']")).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(picture.locator("[data-kind=step][data-key=checkout]").first).to_be_focused()
        expect(picture.locator("[tabindex='0']")).to_have_count(1)
        arranged(page, "Arrangement", "By stage")
        expect(page).to_have_url(re.compile("type=stage"))
        arranged(page, "Style", "Numbers")
        expect(page.locator("[data-kind=volume]").first).to_be_visible()
        assert "type=stage" in page.url and "style=chart" in page.url
        page.keyboard.press("Escape")
        page.get_by_role("button", name="More").click()
        page.get_by_role("menuitem", name="Remove").click()
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(page.get_by_role("heading", name="Journey maps")).to_be_visible()
        expect(page.get_by_text("Our shop")).to_have_count(0)


def arranged(page: Page, what: str, choice: str) -> None:
    """Choose something in the menu of views."""
    if not page.get_by_role("combobox", name=what).is_visible():
        page.get_by_role("button", name="View:").click()
    page.get_by_role("combobox", name=what).click()
    page.get_by_role("option", name=choice).click()


def test_a_workspace_begins_at_its_map_and_a_newcomer_is_led_through_it(look: Look, served: Served) -> None:
    with lvtu.open(served.folder.parent / SCORED) as ws:
        map_ = ws.maps.autodraw("Led")
        card = {"key": "guess", "lane": "thoughts", "step": "checkout", "text": "Too many fields?"}
        map_.edit("put", part="cards", made=[card])
        try:
            with look("en") as seen:
                page = seen.page
                seen.go(f"/w/{SCORED}")
                expect(page).to_have_url(re.compile(f"/maps/{map_.id}$"))
                page.get_by_role("button", name="Show me around").click()
                stop = page.get_by_role("region", name="Guided tour")
                expect(stop.get_by_role("heading")).to_have_text("A finding")
                assert seen.serious() == []
                titles = []
                while True:
                    titles.append(stop.get_by_role("heading").text_content())
                    if stop.get_by_role("button", name="Done").count():
                        break
                    stop.get_by_role("button", name="Next").click()
                    expect(stop.get_by_role("heading")).not_to_have_text(titles[-1] or "")
                assert titles == [
                    "A finding", "What it rests on", "An assumption says so", "The same map as a service blueprint",
                    "Take it with you", "Use my data",
                ]  # fmt: skip
                stop.get_by_role("button", name="Done").click()
                expect(stop).to_have_count(0)
                expect(page).to_have_url(re.compile("/start$"))
        finally:
            map_.remove()
