"""The Voice pages: a number is the question's and opens its customers; the inbox is read and corrected by keys."""

from __future__ import annotations

from playwright.sync_api import expect

import lvtu
from browser.conftest import SCORED, Look, Served


def test_a_score_opens_those_who_gave_it(look: Look, served: Served) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/overview")
        page.keyboard.press("g")
        page.keyboard.press("v")
        page.wait_for_url("**/voice")
        told = page.request.get(f"/api/w/{SCORED}/voice?lang=en").json()
        (scale,) = [one for one in told["scales"] if one["metric"] == "csat"]
        spec = {name: value for name, value in scale["spec"].items() if name not in ("analysis", "by")}
        with lvtu.open(served.folder.parent / SCORED) as ws:
            result = ws.scores(**spec)
            customers = len(result.customers())
        card = page.locator("li", has=page.get_by_role("heading", name="Satisfaction", exact=True)).first
        expect(card).to_contain_text(f"{100 * (result.all.value or 0):.1f}%")
        card.get_by_role("button").click()
        drawer = page.get_by_role("dialog")
        expect(drawer).to_contain_text(f"{customers:,} customer")
        drawer.get_by_role("link", name="Look into it in Explore").click()
        page.wait_for_url("**/explore/scores?**")
        expect(page.get_by_role("heading", level=1)).to_contain_text("on the scale “Satisfaction”")


def test_the_inbox_is_read_with_keys_and_corrected(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/inbox?sentiment=negative")
        said = page.request.get(f"/api/w/{SCORED}/inbox?lang=en&sentiment=negative").json()["said"]
        reading = page.get_by_role("article")
        expect(reading.locator("blockquote")).to_have_text(said[0]["text"])
        page.keyboard.press("j")
        expect(reading.locator("blockquote")).to_have_text(said[1]["text"])
        expect(page.locator("button[aria-current=true]")).to_contain_text(said[1]["customer"]["id"])
        page.keyboard.press("k")
        expect(reading.locator("blockquote")).to_have_text(said[0]["text"])

        reading.get_by_role("combobox", name="How it feels").click()
        page.get_by_role("option", name="positive").click()
        expect(reading).to_contain_text("corrected by")
        one = f"/api/w/{SCORED}/inbox/{said[0]['id']}"
        assert page.request.get(one).json()["reading"]["label"]["key"] == "positive"
        reading.get_by_role("button", name="Take it back").click()
        expect(reading).not_to_contain_text("corrected by")
        assert page.request.get(one).json()["reading"]["label"]["key"] == "negative"
        assert seen.serious() == []
