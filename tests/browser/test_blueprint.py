"""A map is turned into its service blueprint; a finding is waived, stays so, and comes back; lists are looked at."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from browser.conftest import SCORED, Look
from lvtu.core.words import Lang, say
from unit.maps.restaurant import restaurant

FITS = """name => {
    const table = document.querySelector(`section[aria-label="${name}"] table`);
    return table && table.getBoundingClientRect().right <= innerWidth;
}"""
"""Whether the table of a list is no wider than the window."""


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "dark")])
def test_f4_a_finding_is_waived_and_stays_so(look: Look, lang: Lang, scheme: str) -> None:
    document = restaurant(lang)
    for card in document["cards"]:
        if card["key"] in ("cook", "run"):
            del card["owner"]

    def word(key: str, **values: object) -> str:
        return say(f"web.maps.blueprint.{key}", lang, **values)

    with look(lang, scheme) as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps")
        token = {"X-CSRF-Token": page.request.get("/api/session").json()["csrf"]}
        made = page.request.post(f"/api/w/{SCORED}/maps", data=document, headers=token)
        id = made.json()["id"]
        seen.go(f"/w/{SCORED}/maps/{id}")
        page.get_by_role("button", name=word("title")).click()
        expect(page.locator("main svg [data-kind=line]").first).to_be_attached()
        assert "view=blueprint" in page.url
        panel = page.get_by_role("complementary", name=word("findings"))
        expect(panel).to_contain_text(word("open", n=2))
        cook = page.locator("main svg:not([aria-hidden]) [data-key=cook]")
        said = say("maps.rules.no_owner.found", lang, card=words(document, "cook", lang))
        panel.get_by_role("button").filter(has_text=said).click()
        expect(cook).to_have_attribute("data-marked", "")
        expect(cook).to_be_in_viewport()
        assert seen.serious() == []
        panel.get_by_role("button", name=word("do_waive")).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name=word("waive"))).to_be_disabled()
        dialog.get_by_label(word("reason")).fill("So agreed")
        dialog.get_by_role("button", name=word("waive")).click()
        expect(panel).to_contain_text(word("open", n=1))
        page.reload()
        expect(panel).to_contain_text(word("open", n=1))
        panel.get_by_text(word("show_waived", n=1)).click()
        expect(panel).to_contain_text("So agreed")
        panel.get_by_role("button").filter(has_text=said).click()
        panel.get_by_role("button", name=word("unwaive")).click()
        expect(panel).to_contain_text(word("open", n=2))
        page.get_by_text(word("lists.handoffs"), exact=True).click()
        expect(page.get_by_role("table")).to_contain_text(word("links", n=2))
        page.get_by_text(word("lists.interactions"), exact=True).click()
        expect(page.get_by_role("row")).to_have_count(9)
        page.get_by_text(word("lists.unowned"), exact=True).click()
        expect(page.get_by_role("row")).to_have_count(3)
        assert seen.serious() == [] and "list=unowned" in page.url
        size = page.viewport_size
        page.set_viewport_size({"width": 390, "height": 844})
        for name in ("handoffs", "dependencies", "interactions"):
            page.get_by_text(word(f"lists.{name}"), exact=True).click()
            page.wait_for_function(FITS, arg=word(f"lists.{name}"))
        if size is not None:
            page.set_viewport_size(size)
        page.get_by_role("button", name=word("title")).click()
        expect(page.locator("main svg [data-kind=stage]").first).to_be_attached()
        expect(panel).to_have_count(0)
        assert page.request.delete(f"/api/w/{SCORED}/maps/{id}", headers=token).status == 204


def words(document: dict[str, Any], key: str, lang: Lang) -> str:
    return next(str(card["text"][lang]) for card in document["cards"] if card["key"] == key)
