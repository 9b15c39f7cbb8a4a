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


def test_segments_by_name(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "vip.yaml").write_text("key: VIP\ntitle: {zh: 贵宾, en: Best}\ncondition: did 'Order Paid'\n", "utf-8")
    (tmp_path / "some.txt").write_text("ann\n\n蔡\nnobody\n", "utf-8")
    assert lvtu("segments", shop, tmp_path / "vip.yaml").stdout == "VIP is saved as version 1\n"
    assert lvtu("segments", shop, tmp_path / "some.txt", "--list", "some", LVTU_LANG="zh").stdout.splitlines() == [
        "some 已保存为第 1 版", "· 名单中有 1 个标识没有对应的客户，未列入：nobody",
    ]  # fmt: skip
    saved = json.loads(lvtu("segments", shop, tmp_path / "some.txt", "--list", "some", "--json").stdout)
    assert (saved["version"], saved["notes"][0]["code"], saved["notes"][0]["members"]) == (2, "unknown_members", 1)
    assert lvtu("segment", shop, "some", "--customers").stdout.split()[-2:] == ["ann", "蔡"]
    same = [json.loads(lvtu("segment", shop, text, "--json").stdout)["table"][0]["customers"]
            for text in ("VIP", "VIP@1", "did 'Order Paid'")]  # fmt: skip
    assert len(set(same)) == 1
    english = lvtu("segments", shop).stdout.splitlines()
    assert english[1].startswith("lifecycle:new") and english[-1].endswith("  a list of 2 customers")
    assert "贵宾" in lvtu("segments", shop, LVTU_LANG="zh").stdout
    assert lvtu("segments", shop, "--show", "VIP").stdout.splitlines()[0] == "key: VIP"
    assert json.loads(lvtu("segments", shop, "--show", "some@1", "--json").stdout)["size"] == 2
    assert len(json.loads(lvtu("segments", shop, "--json").stdout)["segments"]) == 6
    assert "identifier a line" in lvtu("segments", shop, "--list", "some").stderr
    assert "no segment" in lvtu("segments", shop, tmp_path / "none.txt", "--list", "some").stderr


def test_how_segments_overlap_and_change(shop: Path) -> None:
    overlap = lvtu("overlap", shop, "did 'Order Paid'", "did 'Cart Filled'").stdout
    assert "are in at least one of the segments" in overlap and "Two at a time" in overlap and "lift" in overlap
    assert "两两比较" in lvtu("overlap", shop, "did 'Order Paid'", "did 'Cart Filled'", LVTU_LANG="zh").stdout
    asked = ("overlap", shop, "did 'Order Paid'", "did 'Cart Filled'", "--json")
    rows = json.loads(lvtu(*asked).stdout)["table"]
    for row in rows:
        named = [word for name in row["segments"] for word in ("--customers", name)]
        assert len(json.loads(lvtu(*asked, *named).stdout)["table"]) == row["customers"]
    nobody = json.loads(lvtu(*asked, "--customers", "").stdout)["table"]
    assert len(nobody) + sum(row["customers"] for row in rows) == 4
    drift = ("drift", shop, "did 'Order Paid'", "--period", "month", "--json")
    last = json.loads(lvtu(*drift).stdout)["table"][-1]
    listed = json.loads(lvtu(*drift, "--customers", last["period"], "inside").stdout)["table"]
    assert len(listed) == last["inside"] == 2


def test_scores(shop: Path) -> None:
    told = lvtu("rfm", shop, "Order Paid").stdout
    assert "Champions" in told and "What earns each score" in told
    assert "重要价值客户" in lvtu("rfm", shop, "Order Paid", LVTU_LANG="zh").stdout
    rows = json.loads(lvtu("rfm", shop, "Order Paid", "--json").stdout)["table"]
    best = next(row for row in rows if row["customers"])
    listed = json.loads(lvtu("rfm", shop, "Order Paid", "--json", "--customers", best["segment"]).stdout)["table"]
    assert len(listed) >= best["customers"]
    assert sum(row["customers"] for row in rows) == 2
