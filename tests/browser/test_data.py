"""What comes in, as the pages of Data show it, held against Python; and a contract from a draft to version 1."""

from __future__ import annotations

from playwright.sync_api import expect

import lvtu
from browser.conftest import WORKSPACE, Look, Served

_EVENT = "Relief Given"


def test_the_catalogue_counts_as_python_does(look: Look, served: Served) -> None:
    with lvtu.Workspace(served.folder) as ws:
        row = ws.sql(f"select count(*) as n from events where event = '{_EVENT}'").to_pylist()[0]
    with look("zh", "dark") as seen:
        page = seen.page
        seen.go("data/events")
        line = page.get_by_role("row", name=_EVENT)
        expect(line.get_by_role("cell", name=f"{row['n']:,}", exact=True).first).to_be_visible()
        assert seen.serious() == []
        page.get_by_role("link", name=_EVENT).click()
        expect(page.get_by_role("heading", name=_EVENT)).to_be_visible()
        expect(page.get_by_role("region", name="通用字段").get_by_text("channel")).to_be_visible()
        assert seen.serious() == []


def test_a_contract_is_learned_changed_and_kept(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"data/contracts/{_EVENT}")
        page.get_by_role("button", name="Start from nothing").click()
        page.get_by_label("Property name").fill("amount")
        page.get_by_role("button", name="Add property").click()
        page.get_by_role("checkbox", name="“amount” is required").check()
        page.get_by_text("Warn", exact=True).click()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved as version 1")).to_be_visible()
        assert seen.serious() == []
        kept = page.evaluate(f"fetch('/api/w/{WORKSPACE}/contracts').then(answer => answer.json())")
        (contract,) = [one["contract"] for one in kept if one["event"] == _EVENT]
        assert (contract["mode"], contract["required"]) == ("warn", ["amount"])
        assert contract["properties"]["amount"]["type"] == ["string"]
        seen.go("data/contracts")
        expect(page.get_by_role("row", name=_EVENT).get_by_text("Warn")).to_be_visible()


def test_every_section_has_an_address_and_fits_a_phone(look: Look) -> None:
    with look("en", width=390) as seen:
        for section in ("sources", "events", "contracts", "quarantine", "identity", "send"):
            seen.go(f"data/{section}")
            expect(seen.page.get_by_role("navigation", name="Data").locator("[aria-current=page]")).to_be_visible()
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
            assert seen.serious() == []
