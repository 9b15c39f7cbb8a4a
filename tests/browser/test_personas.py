"""A persona is made of a segment, tied to customers, and a map is seen from its perspective beside everybody's."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import SCORED, Look


def test_e1_e18_l7_a_map_is_seen_as_a_persona_sees_it(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps/personas")
        page.get_by_role("button", name="New persona").first.click()
        page.get_by_label("Name").fill("Phone people")
        page.get_by_role("button", name="Write a condition").click()
        page.get_by_role("dialog").locator("textarea").last.fill("channel = 'app'")
        page.get_by_role("dialog").locator("textarea").last.press("Enter")
        expect(page.get_by_role("dialog").get_by_text("channel is")).to_be_visible()
        page.get_by_role("button", name="Make the persona").click()
        expect(page.get_by_role("heading", name="Phone people")).to_be_visible()
        expect(page.get_by_text("What sets them apart")).to_be_visible()
        page.get_by_label("Goals").fill("Pay quickly\nNo queue")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        page.reload()
        expect(page.get_by_label("Goals")).to_have_value("Pay quickly\nNo queue")
        assert seen.serious() == []
        made = page.request.get(f"/api/w/{SCORED}/personas?lang=en").json()["personas"]
        (row,) = [one for one in made if one["name"] == "Phone people"]
        seen.go(f"/w/{SCORED}/maps")
        page.get_by_role("button", name="Draw from the data").first.click()
        page.get_by_label("Title").fill("Seen by some")
        page.get_by_role("button", name="Draw the map").click()
        expect(page.locator("main svg[role=group] [data-kind=stage]").first).to_be_visible()
        page.get_by_role("button", name="Who:").click()
        page.get_by_role("combobox", name="From whose perspective").click()
        page.get_by_role("option", name="A persona").click()
        page.get_by_role("combobox", name="A persona").click()
        page.get_by_role("option", name="Phone people").click()
        page.get_by_role("combobox", name="Compare with").click()
        page.get_by_role("option", name="Everybody").click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Who: Phone people against Everybody")).to_be_visible()
        assert "who=persona%3Aphone-people" in page.url and "compare=everybody" in page.url
        expect(page.locator("main svg text", has_text="Phone people, n ").first).to_be_visible()
        answers = page.request.get(page.url.replace("/w/", "/api/w/").replace("?", "/answers?") + "&lang=en").json()
        assert answers["who"] == "Phone people" and answers["customers"] <= row["customers"]
        assert seen.serious() == []
        for style, kind in (("flowchart", "way"), ("persona", "persona")):
            page.goto(page.url.split("&style")[0] + f"&style={style}")
            expect(page.locator(f"main [data-kind={kind}]").first).to_be_visible()
        page.get_by_role("button", name="More").click()
        page.get_by_role("menuitem", name="Remove").click()
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(page.get_by_text("Seen by some")).to_have_count(0)
