"""The catalogue of metrics against tables worked out by hand: K4 to K9, K14, B17."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu

LINES = """\
user_id,time,event,channel,value,currency,score,scale
ann,2026-01-05T10:00:00Z,Product Viewed,web,,,,
ann,2026-01-05T11:00:00Z,Order Completed,web,100,EUR,,
ann,2026-01-20T10:00:00Z,Order Completed,app,60,EUR,,
ann,2026-01-25T10:00:00Z,NPS Answered,email,,,10,nps
ann,2026-01-26T10:00:00Z,Invite Sent,app,,,,
bo,2026-01-06T10:00:00Z,Product Viewed,web,,,,
bo,2026-01-07T10:00:00Z,Order Completed,web,40,EUR,,
bo,2026-01-09T10:00:00Z,Order Refunded,web,40,EUR,,
bo,2026-01-10T10:00:00Z,Complaint Opened,hotline,,,,
bo,2026-01-11T10:00:00Z,NPS Answered,email,,,3,nps
cy,2026-01-08T10:00:00Z,Product Viewed,app,,,,
cy,2026-02-03T10:00:00Z,Order Completed,app,80,EUR,,
cy,2026-02-04T10:00:00Z,NPS Answered,email,,,9,nps
dee,2026-02-10T10:00:00Z,Product Viewed,app,,,,
eve,2026-02-12T10:00:00Z,Order Completed,store,120,EUR,,
eve,2026-05-30T10:00:00Z,Product Viewed,web,,,,
"""
"""Five customers. Four view first and three of them order; five orders, one refund, one complaint."""


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    (tmp_path / "shop.csv").write_text(LINES, encoding="utf-8")
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest(tmp_path / "shop.csv")
        yield ws


def figures(result: Any, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in result.table.to_pylist()]


def test_k4_the_repurchase_rate_is_the_hand_made_one(shop: Any) -> None:
    # ann again after 14 days; bo, cy and eve never; the data end on 30 May, so that all have had their 90 days
    result = shop.metric("repurchase")
    assert figures(result, "count", "n", "rate", "immature") == [(1, 4, 0.25, 0)]
    assert result.customers() == ["ann"] and result.customers(counted=False) == ["ann", "bo", "cy", "eve"]
    by = shop.metric("repurchase", by="channel")
    assert figures(by, "channel", "count", "n") == [("web", 1, 2), ("app", 0, 1), ("store", 0, 1)]


def test_k5_conversion_is_the_hand_made_one(shop: Any) -> None:
    result = shop.metric("conversion")  # eve views after her order: no conversion
    assert figures(result, "count", "n", "rate") == [(3, 5, 0.6)]
    assert result.customers() == ["ann", "bo", "cy"]
    # the same customers as the funnel's
    funnel = shop.funnel(["Product Viewed", "Order Completed"])
    assert funnel.customers(2) == result.customers()
    assert figures(shop.metric("conversion", by="channel"), "channel", "count", "n") == [("web", 2, 3), ("app", 1, 2)]


def test_k6_sales_and_growth_are_the_hand_made_ones(shop: Any) -> None:
    assert figures(shop.metric("sales"), "currency", "value") == [("EUR", 400.0)]
    by_month = shop.metric("sales", period="month")
    assert figures(by_month, "value") == [(200.0,), (200.0,)]
    growth = shop.metric("growth")
    assert figures(growth, "value", "earlier", "growth") == [(200.0, 200.0, 0.0), (0.0, 200.0, -1.0)]
    assert [f"{row['period']:%Y-%m}" for row in growth.table.to_pylist()] == ["2026-02", "2026-03"]


def test_k7_the_complaint_rate_is_the_hand_made_one(shop: Any) -> None:
    assert figures(shop.metric("complaint"), "count", "n", "rate") == [(1, 5, 0.2)]
    per_customer = {
        "key": "complainers",
        "title": "C",
        "of": {"behaviour": "complained"},
        "per": {"behaviour": "ordered"},
    }
    shop.save_metric(per_customer)
    assert figures(shop.metric("complainers"), "count", "n", "rate") == [(1, 4, 0.25)]


def test_k8_refund_rates_are_the_hand_made_ones(shop: Any) -> None:
    assert figures(shop.metric("refund"), "count", "n", "rate") == [(1, 5, 0.2)]
    assert figures(shop.metric("refund_value"), "currency", "count", "n", "rate") == [("EUR", 40.0, 400.0, 0.1)]


def test_k9_the_churn_rate_is_the_hand_made_one_and_its_definition_can_be_edited(shop: Any) -> None:
    # 90 days before 30 May is 1 March; all five were active in the 90 days before that, eve alone came back since
    result = shop.metric("churn")
    assert figures(result, "count", "n", "rate") == [(4, 5, 0.8)]
    assert result.customers() == ["ann", "bo", "cy", "dee"]
    shop.save_metric("{key: churn, title: Churn, of: {silent: 30d}}")
    # at the end of January ann, bo and cy are active; at the end of February cy (4 Feb), dee (10th) and eve (12th)
    monthly = shop.metric("churn", period="month")
    told = [(f"{row['period']:%m}", row["count"], row["n"]) for row in monthly.table.to_pylist()]
    assert told == [("02", 2, 3), ("03", 3, 3)]  # ann and bo are gone by March; by April so are cy, dee and eve
    assert monthly.customers(period="2026-03-01") == ["cy", "dee", "eve"]


def test_k14_a_metric_is_measured_at_any_stage_or_touchpoint(shop: Any) -> None:
    shop.save_model(
        {
            "key": "shop", "title": "Shop",
            "touchpoints": [{"id": "hotline", "name": "Hotline", "events": "Complaint *"}],
            "stages": [{"key": "look", "name": "Look", "entry": "Product Viewed"},
                       {"key": "buy", "name": "Buy", "entry": "Order *"}],
        }
    )  # fmt: skip
    told = figures(shop.metric("sales", by="stage"), "stage", "value")
    assert told == [("buy", 400.0)]
    at_hotline = {
        "key": "calls",
        "title": "Calls",
        "of": {"count": "events", "events": {"where": "channel = 'hotline'"}},
    }
    shop.save_metric(at_hotline)
    assert figures(shop.metric("calls", by="touchpoint"), "touchpoint", "events") == [("hotline", 1)]
    assert shop.metric("sales", where="stage = 'look'").table.num_rows == 0


def test_b17_promoters_who_refer_are_the_hand_made_ones(shop: Any) -> None:
    result = shop.metric("promoter_referral")  # ann (10) and cy (9) are promoters, ann invites somebody
    assert figures(result, "count", "n", "rate") == [(1, 2, 0.5)]
    assert result.customers() == ["ann"] and result.customers(counted=False) == ["ann", "cy"]
    assert figures(shop.metric("referral"), "count", "n") == [(1, 4)]
