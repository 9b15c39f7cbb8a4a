"""Variants on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from unit.cli.shop import lvtu


def test_variants(shop: Path) -> None:
    done = lvtu("variants", shop, "--top", 2, "--json")
    rows = json.loads(done.stdout)["table"]
    assert [(row["variant"], row["path"], row["customers"], row["cumulative"]) for row in rows] == [
        (1, ["Product Viewed", "Cart Filled", "Order Paid"], 2, 0.5),
        (2, ["Product Viewed", "Cart Filled"], 1, 0.75),
        (None, None, 1, 1.0),
    ]
    wide = lvtu("variants", shop, "--top", 2, COLUMNS="140").stdout
    assert "Product Viewed → Cart Filled → Order Paid" in wide.splitlines()[1]
    assert "all others" in wide and "different paths in all: 3; taken by one customer only: 2" in wide
    narrow = lvtu("variants", shop, "--top", 2, COLUMNS="60").stdout.splitlines()
    assert "   1  Product Viewed → Cart Filled → Order Paid" in narrow, "paths that are cut stand below the table"
    assert not any("…" in line for line in narrow)
    chinese = lvtu("variants", shop, "--top", 2, LVTU_LANG="zh").stdout
    assert "其他路径" in chinese and "共有 3 种不同的路径，其中 2 种只有一位客户走过" in chinese


def test_who_took_a_path(shop: Path) -> None:
    assert lvtu("variants", shop, "--customers", 1).stdout.split() == ["customers:", "2", "customer", "ann", "蔡"]
    assert lvtu("variants", shop, "--top", 2, "--customers", "other").stdout.split()[-1] == "dee"
    refused = lvtu("variants", shop, "--customers", "first")
    assert refused.exit_code == 1 and "no variant first" in refused.stderr
    text = lvtu("variants", shop, "--explain", "ann").stdout
    assert "variant 1, taken by 2 customers (50.0%)" in text
    assert "Product Viewed → Cart Filled → Order Paid (from 2026-03-01 09:00:00, 1d 9h)" in text
    left_out = lvtu("variants", shop, "--start", "Cart Filled", "--explain", "dee", LVTU_LANG="zh").stdout
    assert "未计入" in left_out
