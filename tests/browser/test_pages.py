"""Every page in both languages, light and dark: it shows itself, complains of nothing, and everybody can use it."""

from __future__ import annotations

import pytest

from browser.conftest import Look

_FUNNEL = 'explore/funnel?steps=["Complaint Received","Complaint Sent to Company","Company Responded"]'
_PAGES = {
    "overview": "overview",
    "funnel": _FUNNEL,
    "graph": "explore/graph",
    "retention": "explore/retention?start=Complaint Received&period=month",
    "table": f"{_FUNNEL}&~as=table",
    "boards": "boards",
    "start": "start",
    "customers": "customers",
    "data": "data",
    "settings": "settings",
}
_READERS = [("zh", "light"), ("en", "dark")]


@pytest.mark.parametrize(("lang", "scheme"), _READERS)
@pytest.mark.parametrize("name", _PAGES)
def test_p4_a_page_is_there_for_everybody(look: Look, name: str, lang: str, scheme: str) -> None:
    with look(lang, scheme) as seen:
        seen.go(_PAGES[name])
        page = seen.page
        page.wait_for_selector("h1")
        if _PAGES[name].startswith("explore"):
            drawn = "table tbody tr" if name == "table" else "[role=application] svg path"
            page.wait_for_selector(drawn, state="attached")
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("html").get_attribute("data-mantine-color-scheme") == scheme
        assert page.locator("main").count() == 1
        assert page.title().endswith("旅图" if lang == "zh" else "Lvtu")
        assert seen.serious() == []


@pytest.mark.parametrize("name", ["overview", "funnel"])
def test_a_page_fits_a_phone(look: Look, name: str) -> None:
    with look("zh", width=390) as seen:
        seen.go(_PAGES[name])
        seen.page.wait_for_selector("h1")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert seen.serious() == []


def test_a_link_that_was_used_says_so(look: Look) -> None:
    with look("zh") as seen:
        seen.page.context.clear_cookies()
        seen.page.goto("/open?key=used")
        seen.page.wait_for_selector("text=这个链接已经用过了")
        assert seen.serious() == []


def test_without_signing_in_there_is_the_way_in(look: Look) -> None:
    with look("en") as seen:
        seen.page.context.clear_cookies()
        seen.page.goto("/")
        seen.page.wait_for_selector("text=Open the link that was printed")
