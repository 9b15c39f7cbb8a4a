"""A map begun from a template, maps within each other, one touchpoint for all, and an analysis in five steps."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import lvtu
from browser.conftest import BARE, SCORED, Look, Served


def test_e26_a_map_is_begun_from_a_template(look: Look, served: Served) -> None:
    with look("zh") as seen:
        page = seen.page
        seen.go(f"/w/{BARE}/maps/templates")
        expect(page.locator("main article")).to_have_count(5)
        expect(page.locator("main article svg").first).to_be_visible()
        page.get_by_role("button", name="使用这个模板：超市购物").click()
        page.get_by_label("标题").fill("周末采购")
        page.get_by_role("dialog").get_by_role("button", name="使用这个模板", exact=True).click()
        expect(page.get_by_role("heading", name="周末采购")).to_be_visible()
        expect(page.locator("main svg [data-kind=step]").first).to_be_visible()
        assert seen.serious() == []
        seen.go(f"/w/{BARE}/maps/library?search=采购")
        page.get_by_role("button", name="修改“周末采购”的状态").click()
        page.get_by_role("menuitem", name="使用中").click()
        expect(page.locator("main tbody")).to_contain_text("使用中")
    with lvtu.open(served.folder.parent / BARE) as ws:
        for one in [*ws.maps]:
            assert one.document.status == "live"
            one.remove()


def test_l2_an_analysis_goes_through_its_five_steps(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps/programmes")
        page.get_by_role("button", name="Begin “Analysis in five steps”").click()
        done = page.get_by_role("button", name="Done, on to the next")
        expect(page.get_by_role("heading", name="Collect data")).to_be_visible()
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Map the journey")
        expect(done).to_be_disabled()
        page.get_by_role("button", name="Draw from the data").click()
        page.get_by_label("Who", exact=True).fill("Young parents")
        page.get_by_label("What they want").fill("Groceries before six")
        page.get_by_role("button", name="Keep the scenario in the map").click()
        expect(done).to_be_enabled()
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Analyse the pains")
        expect(done).to_be_disabled()
        page.get_by_role("combobox", name="What customers said at").click()
        page.get_by_role("option").first.click()
        page.get_by_role("radio").first.check()
        page.get_by_label("The pain in one sentence").fill("Paying fails and nobody says why")
        page.get_by_role("button", name="Put the pain into the map").click()
        expect(done).to_be_enabled()
        assert seen.serious() == []
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Suggest improvements")
        page.get_by_role("combobox", name="At which step").click()
        page.get_by_role("option").first.click()
        page.get_by_label("Suggestion").fill("Say why a payment failed")
        page.get_by_label("Who does it").fill("Payments")
        page.get_by_role("button", name="Put it into the map").click()
        expect(page.locator("main")).to_contain_text("Say why a payment failed")
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Evaluate the effect")
        page.get_by_role("button", name="Keep a version now").click()
        effect = page.get_by_label("What will count as an effect, and when it is looked at")
        effect.fill("Satisfaction at the checkout above 4 by June")
        effect.blur()
        expect(done).to_be_enabled()
        done.click()
        expect(page.locator("[data-state=passed]")).to_have_count(5)
        with page.expect_download() as downloaded:
            page.get_by_role("link", name="Report").click()
        told = downloaded.value.path().read_text(encoding="utf-8")
        assert "Satisfaction at the checkout above 4 by June" in told and len(re.findall("^## ", told, re.M)) == 5
        page.get_by_role("button", name="Remove").click()
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(page.get_by_role("heading", name="Journey maps")).to_be_visible()
