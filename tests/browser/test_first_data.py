"""From an empty workspace to the first customer's time line, by hand."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Look

_ROWS = [
    {"买家": f"甲{number % 3}", "下单时间": f"2026-03-0{1 + number} 09:30", "状态": "下单", "实付": f"{10 * number}.5"}
    for number in range(6)
] + [{"买家": "甲1", "下单时间": "不详", "状态": "下单", "实付": "1"}]


def _make(page: Page, name: str) -> None:
    """A workspace that holds nothing."""
    csrf = page.request.get("/api/session").json()["csrf"]
    made = page.request.post("/api/workspaces", data={"name": name}, headers={"X-CSRF-Token": csrf})
    assert made.status in (201, 409)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "订单.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(_ROWS[0]))
        writer.writeheader()
        writer.writerows(_ROWS)
    return path


def test_from_a_file_to_a_time_line(look: Look, orders: Path) -> None:
    good = _ROWS[:-1]
    with look("zh") as seen:
        page: Any = seen.page
        _make(page, "first")
        page.goto("/w/first/overview")
        expect(page.get_by_role("heading", level=1)).to_have_text("你手上有什么？")
        assert seen.serious() == []
        page.get_by_role("link", name="订单").click()
        expect(page.get_by_text("示例为虚构数据")).to_be_visible()
        page.get_by_role("link", name="上传文件").click()

        # what each column is taken for can be mended; the preview says what would come of it
        page.locator("input[type=file]").set_input_files(orders)
        expect(page.get_by_role("row", name="下单时间")).to_be_visible()
        for column, role in (("买家", "客户编号"), ("状态", "事件名"), ("实付", "金额")):
            choice = page.get_by_role("combobox", name=f"“{column}”读作").or_(
                page.get_by_role("textbox", name=f"“{column}”读作")
            )
            choice.first.click()
            page.get_by_role("option", name=role, exact=True).click()
        expect(page.get_by_text(f"将得到 {len(good)} 个事件，来自 3 位客户；1 行会转入待处理数据")).to_be_visible()
        assert seen.serious() == []

        page.get_by_role("button", name="导入", exact=True).click()
        report = page.get_by_role("status")
        expect(report.filter(has_text="新增事件")).to_contain_text(f"新增事件\n{len(good)}", use_inner_text=True)
        expect(page.get_by_role("link", name="查看待处理的行")).to_be_visible()

        # a customer of the file, with what they did
        page.get_by_role("link", name="查看客户").click()
        counts = Counter(row["买家"] for row in good)
        row = page.get_by_role("row").filter(has_text="甲1")
        expect(row).to_contain_text(str(counts["甲1"]))
        row.get_by_role("link").click()
        expect(page.locator("li[data-place]")).to_have_count(counts["甲1"])
        expect(page.locator("li[data-place]").first).to_contain_text("40.50")
        expect(page.locator("li[data-place] time").first).to_have_text("09:30")
        assert seen.serious() == []

        # what needs a journey model leads to one; what can do without begins with what there is
        page.goto("/w/first/explore/stages")
        expect(page.get_by_role("heading", name="这个问题需要旅程模型")).to_be_visible()
        expect(page.get_by_role("link", name="选择旅程模型")).to_have_attribute("href", "/w/first/settings/models")
        page.goto("/w/first/explore/conformance")
        expect(page.get_by_role("heading", level=1)).to_contain_text("下单")
        refused = [said for said in seen.complaints if "400" in said]
        assert len(refused) == len(seen.complaints)  # the browser's own word for each question that was refused
        seen.complaints.clear()


def test_rows_that_name_nobody_are_said_to_be_alone(look: Look, tmp_path: Path) -> None:
    sheet = tmp_path / "answers.csv"
    sheet.write_text("Submitted,Comment\n2026-03-01,Fine\n2026-03-02,Slow\n", encoding="utf-8")
    with look("en", width=390) as seen:
        page = seen.page
        _make(page, "alone")
        page.goto("/w/alone/start/upload?has=survey")
        page.locator("input[type=file]").set_input_files(sheet)
        expect(page.get_by_text("every row becomes an anonymous customer of its own")).to_be_visible()
        expect(page.get_by_label("Call each row’s event")).to_have_value("Survey Answered")
        expect(page.get_by_text("2 events")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert seen.serious() == []
