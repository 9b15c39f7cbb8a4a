"""A workspace of simulated customers says so on each of its pages, and where something of it is shared."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from browser.conftest import heard
from lvtu.simulator.install import install
from service.running import running

TREND = {"analysis": "trend", "spec": {"analysis": "trend", "period": "month"}, "title": "Months"}


def test_simulated_data_say_so(browser: Browser, tmp_path: Path) -> None:
    install(tmp_path / "made", 60, 1)[0].close()
    with running(tmp_path) as server:
        context = browser.new_context(base_url=server.address, locale="en-US")
        page = context.new_page()
        with heard(page):
            page.goto(server.link())
            for path in ("overview", "customers", "data/sources"):
                page.goto(f"/w/made/{path}")
                expect(page.get_by_role("banner").get_by_text("Simulated", exact=True)).to_be_visible()
            page.goto("/w/made/overview")
            expect(page.get_by_role("main")).to_contain_text("These data are simulated: nobody did or said any of it")
            csrf = {"X-CSRF-Token": context.request.get("/api/session").json()["csrf"]}
            shown = {"title": "To show", "questions": [TREND]}
            key = context.request.post("/api/w/made/shares", data=shown, headers=csrf).json()["key"]
            page.goto(f"/shared/{key}")
            expect(page.get_by_role("banner").get_by_text("Simulated", exact=True)).to_be_visible()
        context.close()
