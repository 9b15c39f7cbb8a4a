"""Groups of customers against tables worked out by hand: H15, L7."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu

LINES = """\
user_id,time,event,channel,value,currency
ann,2026-01-05T10:00:00Z,Order Paid,web,100,EUR
ann,2026-03-20T10:00:00Z,Order Paid,app,60,EUR
ann,2026-05-28T10:00:00Z,Order Paid,app,80,EUR
bo,2026-01-07T10:00:00Z,Order Paid,web,40,EUR
bo,2026-03-30T10:00:00Z,Order Paid,web,20,EUR
cy,2026-02-03T10:00:00Z,Order Paid,app,80,EUR
dee,2026-05-20T10:00:00Z,Product Viewed,web,,
eve,2026-05-30T10:00:00Z,Product Viewed,web,,
"""
"""Five customers; three have ordered, two of them more than once; the data end on May 30."""


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    (tmp_path / "shop.csv").write_text(LINES, encoding="utf-8")
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest(tmp_path / "shop.csv")
        yield ws


def test_h15_a_rule_and_a_list_have_names_everywhere(shop: Any) -> None:
    shop.save_segment("VIP", "did 'Order Paid' at least 2 times")
    shop.save_segment("invited", customers=["ann", "eve", "nobody"])
    assert shop.segment("VIP").customers() == ["ann", "bo"]
    assert shop.segment("in segment VIP and in segment invited").customers() == ["ann"]
    assert shop.funnel(["Order Paid"], where="in segment 'VIP'").steps == [2]
    shop.save_segment("VIP", "did 'Order Paid' at least 3 times")
    assert (shop.segment("VIP").size, shop.segment("VIP@1").size) == (1, 2)


def test_h15_the_life_cycle(shop: Any) -> None:
    found = {name: shop.segment(f"'lifecycle:{name}'").customers() for name in ("new", "active", "at_risk", "dormant")}
    assert found == {"new": ["dee", "eve"], "active": ["ann"], "at_risk": ["bo"], "dormant": ["cy"]}


def test_h15_by_recency_frequency_and_money(shop: Any) -> None:
    """Ann ordered 3 times for 240, 2 days before the end; Bo twice for 60, 61 days; Cy once for 80, 116 days before."""
    found = shop.rfm(
        "Order Paid", recency=["30d", "60d", "90d", "120d"], frequency=[1, 2, 3, 4], money=[50, 100, 150, 200]
    )
    scores = {
        found.customers(scores=[row[s] for s in "rfm"])[0]: tuple(row[s] for s in "rfm")
        for row in found.cells.to_pylist()
    }
    assert scores == {"ann": (5, 3, 5), "bo": (3, 2, 2), "cy": (2, 1, 2)}
    assert [(row["segment"], row["value"]) for row in found.table.to_pylist() if row["customers"]] == [
        ("big", 240.0), ("attention", 60.0), ("hibernating", 80.0),
    ]  # fmt: skip


def test_h15_how_segments_overlap(shop: Any) -> None:
    shop.save_segment("VIP", "did 'Order Paid' at least 2 times")
    shop.save_segment("app", "channel = 'app'")
    both = shop.overlap("VIP", "app")
    assert {tuple(row["segments"]): row["customers"] for row in both.table.to_pylist()} == {
        ("VIP",): 1, ("app",): 1, ("VIP", "app"): 1,
    }  # fmt: skip
    [pair] = both.pairs.to_pylist()
    assert (both.union, pair["jaccard"], pair["lift"]) == (3, 1 / 3, 1 * 5 / (2 * 2))


def test_h15_how_a_segment_changes(shop: Any) -> None:
    """Who ordered in the 30 days before the end of each month: in January ann and bo, in February cy, …"""
    rows = shop.drift("did 'Order Paid' in the last 30 days").table.to_pylist()
    assert [(row["inside"], row["entered"], row["exited"]) for row in rows] == [
        (2, 2, 0), (1, 1, 2), (2, 2, 1), (0, 0, 2), (1, 1, 0),
    ]  # fmt: skip
    assert rows[-1]["inside"] == shop.segment("did 'Order Paid' in the last 30 days").size


def test_l7_a_persona_shows_how_many_there_are_now(shop: Any) -> None:
    """A persona stands for a segment: its size is that of the moment."""
    shop.save_segment("regular", "did 'Order Paid' at least 2 times")
    [row] = shop.segment("regular").table.to_pylist()
    assert (row["customers"], row["everyone"], row["share"]) == (2, 5, 0.4)
    shop.append([{"user_id": "cy", "event": "Order Paid", "time": "2026-05-31T10:00:00Z"}])
    assert shop.segment("regular").size == 3
