"""``--explain CUSTOMER``: what of one customer an answer counts, for people of both languages and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.shop import lvtu

MODEL = """\
key: shop
title: {zh: 店, en: Shop}
stages:
  - {key: look, name: {zh: 看, en: Look}, entry: Product Viewed}
  - {key: buy, name: {zh: 买, en: Buy}, entry: Order Paid}
"""
SEGMENTS = ("did 'Order Paid'", "did 'Cart Filled' at least 2 times")
EXPLAINED = {
    "trend": (["Order Paid", "--period", "month"],
              ["蔡: 1 event counted", "  2026-03-01: 1 event, worth 120.00"],
              ["蔡：计入 1 个事件", "  2026-03-01：1 个事件，金额 120.00"]),
    "retention": (["--start", "Product Viewed", "--period", "week", "--periods", "1"],
                  ["蔡: in 1 cohort", "  cohort of 2026-03-02: entered by Product Viewed at 2026-03-03 12:00:00",
                   "  period 0: came back by Cart Filled at 2026-03-04 08:00:00", "  period 1: did not come back"],
                  ["蔡：属于 1 个同期群", "  2026-03-02 的同期群：始于 2026-03-03 12:00:00 的“Product Viewed”",
                   "  第 0 期：2026-03-04 08:00:00 以“Cart Filled”回访", "  第 1 期：没有回访"]),
    "metric": (["churn"],
               ["蔡 and “Churn rate”: counted 0 times",
                "  not counted: at the start of no period had there been an event within 90d"],
               ["蔡 与“流失率”：计入 0 次", "  未计入：任何一期开始前的 90天内都没有事件"]),
    "rollup": (["--model", "shop"],
               ["蔡: counted in 3 places", "  Shop: counted, stayed 16d 20h",
                "  Shop › Look: entered by Product Viewed at 2026-03-03 12:00:00, stayed 16d 20h",
                "  Shop › Buy: entered by Order Paid at 2026-03-20 08:00:00"],
               ["蔡：计入 3 处", "  店：计入，停留 16天20小时",
                "  店 › 看：因 Product Viewed 进入，时间 2026-03-03 12:00:00，停留 16天20小时",
                "  店 › 买：因 Order Paid 进入，时间 2026-03-20 08:00:00"]),
    "overlap": ([*SEGMENTS],
                ["蔡: in 1 of 2 segments", "  in: did “Order Paid”", "  — true: did “Order Paid”; 1 event",
                 "  not in: did “Cart Filled” at least 2 times",
                 "  — not true: did “Cart Filled” at least 2 times; 1 event"],
                ["蔡：2 个客户分群中属于 1 个", "  属于：做过“Order Paid”", "  — 成立：做过“Order Paid”；1 个事件",
                 "  不属于：做过“Cart Filled”至少 2 次", "  — 不成立：做过“Cart Filled”至少 2 次；1 个事件"]),
    "drift": ([SEGMENTS[0], "--period", "week"],
              ["蔡: inside at the end of 1 of 4 periods", "  2026-02-23: no event that counts yet",
               "  2026-03-02 – 2026-03-09: not inside", "  2026-03-16: entered", "  — true: did “Order Paid”; 1 event"],
              ["蔡：4 个期末中有 1 个属于", "  2026-02-23：还没有计入的事件", "  2026-03-02 – 2026-03-09：不属于",
               "  2026-03-16：进入", "  — 成立：做过“Order Paid”；1 个事件"]),
    "rfm": (["Order Paid"],
            ["蔡: 1 order counted"], ["蔡：计入 1 次"]),
}  # fmt: skip


@pytest.mark.parametrize("analysis", EXPLAINED)
def test_what_of_one_customer_counts(shop: Path, tmp_path: Path, analysis: str) -> None:
    options, english, chinese = EXPLAINED[analysis]
    (tmp_path / "shop.yaml").write_text(MODEL, encoding="utf-8")
    assert lvtu("model", shop, tmp_path / "shop.yaml").exit_code == 0
    asked = [analysis, shop, *options, "--explain", "蔡"]
    assert lvtu(*asked).stdout.splitlines()[: len(english)] == english
    assert lvtu(*asked, LVTU_LANG="zh").stdout.splitlines()[: len(chinese)] == chinese
    document = json.loads(lvtu(*asked, "--json").stdout)
    assert document["customer"] == "蔡" and isinstance(document["table"], list)


def test_what_a_change_moves(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(MODEL, encoding="utf-8")
    lvtu("model", shop, tmp_path / "shop.yaml")
    (tmp_path / "new.yaml").write_text(MODEL.replace("entry: Order Paid", "entry: Cart Filled"), encoding="utf-8")
    asked = ["model-change", shop, tmp_path / "new.yaml", "--explain", "bo"]
    assert lvtu(*asked).stdout.splitlines() == [
        "bo before the change: Look; after it: Buy",
        "  Look: entered by Product Viewed at 2026-03-01 10:00:00, before and after",
        "  Buy, before: not entered: no such event; after: entered by Cart Filled at 2026-03-01 10:02:00",
    ]  # fmt: skip
    assert lvtu(*asked, LVTU_LANG="zh").stdout.splitlines()[0] == "bo 改动前：看；改动后：买"
    rows = json.loads(lvtu(*asked, "--json").stdout)["table"]
    assert [(row["stage"], row["before"], row["after"]) for row in rows] == [("look", True, True), ("buy", False, True)]
