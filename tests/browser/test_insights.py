"""From some words in the inbox to an insight, and from its quote to the customer's time line at that moment."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.conftest import SCORED, Look

_SELECT = """quote => {
    const text = document.createTreeWalker(quote, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(quote, quote.childNodes.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    getSelection().modify('extend', 'backward', 'character');
}"""
"""Select a text but for its last character, as people do with a mouse."""


def test_words_of_the_inbox_become_evidence(look: Look) -> None:
    with look("en") as seen:
        page, at = seen.page, f"/api/w/{SCORED}/insights"
        seen.go(f"/w/{SCORED}/insights")
        page.get_by_role("link", name="Go to the inbox").click()
        page.wait_for_url("**/inbox")
        page.wait_for_load_state("networkidle")  # the first look reads all texts
        reading = page.get_by_role("article")
        quote = reading.locator("blockquote")
        expect(quote).to_be_visible()
        said = page.request.get(f"/api/w/{SCORED}/inbox?lang=en").json()["said"][0]
        expect(quote).to_have_text(said["text"])
        quote.evaluate(_SELECT)
        words = page.evaluate("getSelection().toString()").strip()
        assert words and said["text"].startswith(words) and words != said["text"]

        reading.get_by_role("button", name="Turn into evidence").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("blockquote")).to_have_text(words)
        dialog.get_by_role("textbox", name="Insight").fill("People say this")
        assert seen.serious() == []
        dialog.get_by_role("button", name="Quote it").click()
        expect(reading).to_contain_text("Evidence of")
        # All of it, into the one that is there now.
        page.evaluate("getSelection().removeAllRanges()")
        reading.get_by_role("button", name="Turn into evidence").click()
        dialog.get_by_role("combobox").click()
        page.get_by_role("option", name="People say this").click()
        dialog.get_by_role("button", name="Quote it").click()
        expect(dialog).to_have_count(0)
        (kept,) = page.request.get(f"{at}?lang=en").json()["insights"]
        whole = page.request.get(f"{at}/{kept['id']}").json()
        assert [one["words"] for one in whole["quotes"]] == [words, said["text"].strip()]
        assert kept["place"]["touchpoint"] == (said["touchpoint"] or {"key": ""})["key"]

        reading.get_by_role("link", name="People say this").click()
        page.wait_for_url(f"**/insights/{kept['id']}")
        first = page.get_by_role("list", name="Quotes").get_by_role("listitem").first
        expect(first.locator("blockquote")).to_have_text(words)
        expect(page.locator("aside")).to_contain_text("based on 2 quotes by 1 speaker")
        assert seen.serious() == []
        first.get_by_role("link", name="Customer’s time line").click()
        page.wait_for_url(re.compile(r"/customers/~\d+\?at=\d+$"))
        moment = page.locator("li[data-place][data-pointed=true]")
        expect(moment).to_contain_text(said["text"].strip())
        expect(moment).to_be_in_viewport()

        page.go_back()
        page.get_by_role("button", name="Edit").click()
        dialog.get_by_role("combobox", name="State").click()
        page.get_by_role("option", name="confirmed").click()
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        expect(page.locator("main")).to_contain_text("changed the state from draft to confirmed")
        with page.expect_download() as file:
            page.get_by_role("button", name="More for “People say this”").click()
            page.get_by_role("menuitem", name="As Markdown").click()
        assert f"> {words}" in file.value.path().read_text(encoding="utf-8")
        page.get_by_role("button", name="Take the quote away").first.click()
        expect(page.get_by_role("list", name="Quotes").get_by_role("listitem")).to_have_count(1)
        page.get_by_role("button", name="More for “People say this”").click()
        page.get_by_role("menuitem", name="Delete").click()
        dialog.get_by_role("button", name="Delete").click()
        page.wait_for_url("**/insights")
        expect(page.get_by_role("heading", name="No insights yet")).to_be_visible()
