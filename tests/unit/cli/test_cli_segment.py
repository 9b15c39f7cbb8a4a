"""Segments on the command line: how many, who, why, and what is said of a slip."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.shop import lvtu


def test_how_many_and_who(shop: Path) -> None:
    condition = "did 'Order Paid' and not 'Product Viewed' then 'Order Paid' within 2 days"
    found = json.loads(lvtu("segment", shop, condition, "--json").stdout)
    assert found["spec"] == {
        "analysis": "segment",
        "condition": 'did "Order Paid" and not "Product Viewed" then "Order Paid" within 2 days',
    }
    assert found["table"] == [
        {"condition": found["spec"]["condition"], "customers": 1, "everyone": 4, "share": 0.25}
    ]  # fmt: skip
    listed = json.loads(lvtu("segment", shop, condition, "--customers", "--json").stdout)
    assert listed["table"] == [{"customer": "蔡"}]
    assert lvtu("segment", shop, condition, "--customers").stdout.split() == ["customers:", "1", "customer", "蔡"]


def test_as_people_read_it(shop: Path) -> None:
    english = lvtu("segment", shop, "'Cart Filled' -> 'Order Paid'").stdout.splitlines()
    assert english[1].split()[-1] == "50.0%" and english[-1] == '· took the path “"Cart Filled" -> "Order Paid"”'
    chinese = lvtu("segment", shop, "did 'Order Paid' in the last 1 day", LVTU_LANG="zh").stdout
    assert chinese.startswith("条件") and chinese.endswith("· 最近 1 天做过“Order Paid”\n")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "  true: did “Order Paid”; 1 event"), ("zh", "  成立：做过“Order Paid”；1 个事件")]
)
def test_why(shop: Path, lang: str, said: str) -> None:
    assert said in lvtu("segment", shop, "did 'Order Paid'", "--explain", "ann", LVTU_LANG=lang).stdout.splitlines()


def test_a_slip(shop: Path) -> None:
    done = lvtu("segment", shop, "did 'Order Payed'", LVTU_LANG="zh")
    assert done.exit_code == 1 and "没有事件“Order Payed”；是不是“Order Paid”" in done.stderr
    assert "did (A or B)" in lvtu("funnel", shop, "Order Paid", "--where", "did A or B").stderr
