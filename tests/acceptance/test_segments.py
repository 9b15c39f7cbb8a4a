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
    found = {name: shop.segment(f"'lifecycle:{name}'").customers() for name in ("new", "active", "at risk", "dormant")}
    assert found == {"new": ["dee", "eve"], "active": ["ann"], "at risk": ["bo"], "dormant": ["cy"]}


def test_l7_a_persona_shows_how_many_there_are_now(shop: Any) -> None:
    """A persona stands for a segment: its size is that of the moment."""
    shop.save_segment("regular", "did 'Order Paid' at least 2 times")
    [row] = shop.segment("regular").table.to_pylist()
    assert (row["customers"], row["everyone"], row["share"]) == (2, 5, 0.4)
    shop.append([{"user_id": "cy", "event": "Order Paid", "time": "2026-05-31T10:00:00Z"}])
    assert shop.segment("regular").size == 3
