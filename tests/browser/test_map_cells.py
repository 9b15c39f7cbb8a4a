"""Live cells in the app: what is behind one, who, a question bound to it, and the clock beside what is stale."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from browser.conftest import SCORED, Look


def test_k14_a_cell_is_bound_opened_and_goes_stale(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps")
        page.get_by_role("button", name="Draw from the data").first.click()
        page.get_by_label("Title").fill("Cells")
        page.get_by_role("button", name="Draw the map").click()
        point = page.locator("[data-kind=point][data-key='csat5/checkout']").first
        expect(point).to_be_visible(timeout=30_000)
        api = page.url.split("?")[0].replace("/w/", "/api/w/")
        behind: dict[str, Any] = page.request.get(f"{api}/behind?step=checkout&lane=csat5&lang=en").json()
        point.click()
        drawer = page.get_by_role("dialog", name="Checkout")
        expect(drawer).to_contain_text(behind["cells"][0]["shown"])
        for tile in behind["tiles"]:
            expect(drawer).to_contain_text(tile["title"])
        assert seen.serious() == []
        drawer.get_by_role("button", name="See the customers").click()
        answered: dict[str, Any] = page.request.get(f"{api}/customers?step=checkout&lane=csat5").json()
        expect(drawer).to_contain_text(f"{answered['total']:,}")
        expect(drawer.get_by_role("button", name=answered["customers"][0]["name"], exact=True)).to_be_visible()
        drawer.get_by_role("button", name="Back to the number").click()
        drawer.get_by_role("button", name="Show with…").click()
        binding = page.get_by_role("dialog", name="Show with…")
        question = binding.get_by_label("Question").first
        question.click()
        page.get_by_role("option", name="Satisfaction · CSAT").first.click()
        binding.get_by_label("Where").select_option("cell")
        binding.get_by_label("Target").first.fill("0.9")
        binding.get_by_label("Stale without new data for").select_option("1d")
        expect(binding).to_contain_text("What it would show")
        binding.get_by_role("button", name="Keep").click()
        expect(drawer).to_contain_text("target 90.0%")
        expect(drawer).to_contain_text("Nothing has come in since")
        cells = page.request.get(f"{api}/answers?lang=en").json()["cells"]
        cell = next(one for one in cells if (one["lane"], one["step"]) == ("csat5", "checkout"))
        assert cell["shown"].endswith("%") and cell["stale"] and cell["target"].startswith("target 90.0%")
        expect(drawer).to_contain_text(cell["shown"])
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="1 stale")).to_be_visible()
