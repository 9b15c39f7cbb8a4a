"""The overview: its figures are what a plain count of the events says, and each stage leads to its customers."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import STAGED, WORKSPACE, Look
from lvtu.demo.build import EVENTS
from lvtu.demo.files import read

_STAGES = {"投诉": "Complaint Received", "转交": "Complaint Sent to Company"}


def test_without_a_model_there_is_one_next_step(look: Look) -> None:
    with look("en") as seen:
        seen.go("overview")
        page = seen.page
        expect(page.get_by_role("heading", name="No stages to show yet")).to_be_visible()
        expect(page.get_by_role("link", name="journey model")).to_have_count(1)


def test_stages_lead_to_their_customers(look: Look) -> None:
    events = EVENTS[WORKSPACE](read(WORKSPACE)).to_pylist()
    reached = {
        name: len({one["anonymous_id"] for one in events if one["event"] == event}) for name, event in _STAGES.items()
    }
    everybody = len({one["anonymous_id"] for one in events})
    with look("zh") as seen:
        page = seen.page
        seen.go(f"/w/{STAGED}/overview")
        expect(page.get_by_role("heading", level=1)).to_have_text("从投诉到答复")
        expect(page.locator("main")).to_contain_text("最近 28 天没有数据，改为显示全部")
        expect(page.locator("main")).to_contain_text(f"{everybody:,}")
        cells = page.get_by_role("row", name="客户").get_by_role("cell")
        for place, count in enumerate(reached.values()):
            expect(cells.nth(place)).to_contain_text(f"{count:,}")
        dwell = page.get_by_role("row", name="停留时间").get_by_role("cell").all_inner_texts()
        assert set(dwell) == {"—"}, "only days are known, so no time in a stage is"
        assert seen.serious() == []

        page.get_by_role("button", name="转交").click()
        drawer = page.get_by_role("dialog")
        expect(drawer).to_contain_text(f"{reached['转交']:,} 位客户")
        drawer.get_by_role("link", name="在自助分析中查看").click()
        page.wait_for_url("**/explore/stages?**")
