"""Every page in both languages, light and dark: it shows itself, complains of nothing, and everybody can use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import BARE, SCORED, STAGED, WORKSPACE, Look, Seen, Served
from lvtu.core.words import Lang
from lvtu.voice.surveys.ready import preset

_STEPS = ["Complaint Received", "Complaint Sent to Company", "Company Responded"]
_FUNNEL = 'explore/funnel?steps=["{}","{}","{}"]'.format(*_STEPS)
_DRAWN = "[role=application] svg path"
_SETTINGS = ("workspace", "models", "channels", "people", "keys", "webhooks", "audit", "tokens", "account")
_DATA = ("sources", "events", "contracts", "quarantine", "identity", "send")
_PAGES = {
    "overview": (f"/w/{STAGED}/overview", "main table td"),
    "funnel": (_FUNNEL, _DRAWN),
    "graph": ("explore/graph", _DRAWN),
    "retention": ("explore/retention?start=Complaint Received&period=month", _DRAWN),
    "table": (f"{_FUNNEL}&~as=table", "main table tbody tr"),
    "begin": ("explore", "main button"),
    "voice": (f"/w/{SCORED}/voice", "main blockquote"),
    "voice-of-texts": ("voice", "main blockquote"),
    "voice-bare": (f"/w/{BARE}/voice", "main h2"),
    "inbox": ("inbox", "main blockquote"),
    "inbox-bare": (f"/w/{BARE}/inbox", "main h2"),
    "maps": ("maps", "main table tbody tr"),
    "maps-bare": (f"/w/{BARE}/maps", "main h2"),
    "map-templates": ("maps/templates", "main article svg"),
    "map-touchpoints": (f"/w/{SCORED}/maps/touchpoints", "main table tbody tr"),
    "map-programmes": ("maps/programmes", "main article ol"),
    "map": ("maps/{map}", "main svg [data-kind=step]"),
    "map-edit": ("maps/{map}/edit", "main article"),
    "map-chart": ("maps/{map}?type=stage&style=chart", "main svg [data-kind=volume]"),
    "insights": ("insights", "main ul li a"),
    "insights-bare": (f"/w/{BARE}/insights", "main h2"),
    "insight": ("insights/{insight}", "main blockquote"),
    "interviews": ("interviews/texts", "main table tbody tr"),
    "interviews-bare": (f"/w/{BARE}/interviews", "main h2"),
    "interview": ("interviews/{interview}", "main mark"),
    "highlights": ("interviews/highlights", "main blockquote"),
    "linked": (f"/w/{SCORED}/explore/drivers?outcome=did 'Order Completed'&by=scale&~as=linked", _DRAWN),
    "boards": ("boards", "main a[href*='/boards/']"),
    "board": ("boards/{board}", _DRAWN),
    "shared": ("/shared/{share}", _DRAWN),
    "start": ("start", "main ul a"),
    "start-orders": ("start/orders", "main table td"),
    "start-upload": ("start/upload", "main input[type=file]"),
    "surveys": ("surveys", "main table tbody tr"),
    "survey-edit": ("surveys/{survey}/edit", "[data-question]"),
    "survey-share": ("surveys/{survey}/share", "main input[type=checkbox]"),
    "survey-results": ("surveys/{survey}/results", "main a[href*='share']"),
    "customers": ("customers", "main table tbody tr"),
    "customer": ("customers/{customer}", "li[data-place]"),
    "data-event": ("data/events/Complaint Received", "main h2"),
    "data-contract": ("data/contracts/Complaint Received", "main h2"),
    "data-contract-kept": (f"data/contracts/{_STEPS[2]}", "main table input"),
    "model": ("settings/models/aida", "main h2"),
    "sign-in": ("/sign-in", "main"),
    **{f"data-{tab}": (f"data/{tab}", "main nav [aria-current=page]") for tab in _DATA},
    **{f"settings-{tab}": (f"settings/{tab}", "main nav [aria-current=page]") for tab in _SETTINGS},
}
_READERS: list[tuple[Lang, str]] = [("zh", "light"), ("en", "dark")]
"""Each language and each scheme once, changed as people do: from the menu, on the page."""


@pytest.fixture(scope="module")
def there(browser: Browser, served: Served) -> Iterator[dict[str, str]]:
    """What pages need to be there: a board, a shared link, the name of a customer."""
    context = browser.new_context(base_url=served.address)
    context.add_cookies(served.cookies)
    csrf = {"X-CSRF-Token": context.request.get("/api/session").json()["csrf"]}
    base = f"/api/w/{WORKSPACE}"

    def post(path: str, body: Any) -> Any:
        return context.request.post(f"{base}/{path}", data=body, headers=csrf).json()

    tile = {"id": "a", "question": {"analysis": "funnel", "steps": _STEPS}, "x": 0, "y": 0, "w": 6, "h": 4}
    board = post("boards", {"title": "Every page", "tiles": [tile]})["id"]
    share = post("shares", {"title": "Every page", "questions": [{"analysis": "funnel", "spec": {"steps": _STEPS}}]})
    properties = {"company": {"type": ["string"]}, "a_property_with_a_name": {"enum": ["one", "two"]}}
    contract = {"event": _STEPS[2], "mode": "observe", "required": ["company"], "properties": properties}
    context.request.put(f"{base}/contracts/{_STEPS[2]}", data={"contract": contract}, headers=csrf)
    customers = context.request.get(f"{base}/customers?limit=1").json()["customers"]
    survey = post("surveys", {"definition": preset("nps")})["id"]
    post(f"surveys/{survey}/publish", {})
    comment = context.request.get(f"{base}/inbox?limit=1").json()["said"][0]["id"]
    quotes = [{"source": "comment", "comment": comment}]
    noted = {"title": "Every page", "owner": "Us", "place": {"step": "asks"}, "quotes": quotes}
    insight = post("insights", noted)["id"]
    said = "Interviewer: How was it?\nAnn: We waited for weeks.\nInterviewer: And then?\nAnn: Nothing."
    interview = post("interviews", {"title": "A talk", "text": said})["id"]
    where = said.index("waited")
    marked = {"start": where, "end": where + 6, "quote": "waited", "codes": ["waiting"], "note": "For weeks"}
    post(f"interviews/{interview}/highlights", marked)
    lane = {"key": "said", "role": "thoughts", "label": {"zh": "客户原话", "en": "What they say"}}
    drawn = post("maps", {
        "title": {"zh": "投诉", "en": "Complaining"}, "stages": [{"key": "ask", "name": {"zh": "求助", "en": "Ask"}}],
        "steps": [{"key": f"s{place}", "stage": "ask", "name": event, "entry": [event]} for place, event in
                  enumerate(_STEPS)],
        "lanes": [lane], "cards": [{"key": "c", "lane": "said", "step": "s0", "text": "Why does it take so long?"}],
    })["id"]  # fmt: skip
    made = {"board": board, "share": share["key"], "customer": customers[0]["id"], "survey": survey}
    yield {**made, "insight": insight, "interview": interview, "map": drawn}
    kept = (f"boards/{board}", f"shares/{share['id']}", f"surveys/{survey}", f"insights/{insight}")
    for one in (*kept, f"interviews/{interview}", f"maps/{drawn}"):
        context.request.delete(f"{base}/{one}", headers=csrf)
    context.close()


def _fits(seen: Seen) -> bool:
    width: int = seen.page.evaluate("document.documentElement.scrollWidth")
    return width <= 390


@pytest.mark.parametrize("name", _PAGES)
def test_p4_a_page_is_there_for_everybody(look: Look, there: dict[str, str], name: str) -> None:
    address, data = _PAGES[name]
    with look(*_READERS[0]) as seen:
        page = seen.page
        if name == "sign-in":
            page.context.clear_cookies()
        seen.go(address.format(**there))
        for lang, scheme in _READERS:
            seen.turn(lang, scheme)
            page.wait_for_selector(data, state="attached")
            expect(page.locator("h1")).to_be_visible()
            expect(page.locator(".mantine-Skeleton-root")).to_have_count(0)
            expect(page.locator("html")).to_have_attribute("lang", lang)
            expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
            expect(page.locator("main")).to_have_count(1)
            expect(page).to_have_title(re.compile("旅图$" if lang == "zh" else "Lvtu$"))
            assert seen.serious() == []
            if lang == "en" and name not in _SPEAKS_BOTH:
                expect(page.locator("main")).not_to_have_text(re.compile("[一-鿿]"))
        page.set_viewport_size({"width": 390, "height": 900})
        assert _fits(seen)
        assert seen.serious() == []
        seen.turn("zh", "light")
        assert _fits(seen)


_SPEAKS_BOTH = ("settings-account", "sign-in", "model", "voice", "survey-edit", "survey-share")
"""Where a language is named in itself, a model shown as its file has it, or customers speak theirs."""


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


def test_a_page_that_does_not_come_says_so_and_comes_on_another_try(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("overview")
        page.route("**/assets/boards-*.js", lambda route: route.abort())
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Boards").click()
        expect(page.get_by_role("alert")).to_contain_text("Something on this page broke")
        assert any("Failed to load" in one for one in seen.complaints)
        seen.complaints.clear()
        page.unroute_all()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("heading", level=1, name="Boards")).to_be_visible()
