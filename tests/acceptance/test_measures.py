"""Measures equal tables worked out by hand, and every number opens what is behind it: I10, K4, K5."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

import lvtu
from acceptance.fixtures import ORDERS, ORDERS_MAPPING, shop_events


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.ingest(shop_events()[:9])
        ws.append(shop_events()[9:])  # some lie in the base, some in the tail
        yield ws


def test_i10_every_number_opens_the_customers_and_their_records(shop: Any) -> None:
    funnel = shop.funnel(["Viewed", "Cart", "Paid"], within="7d", by="channel")
    behind = {
        ("web", 1): ["ann", "bo"], ("web", 2): ["ann", "bo"], ("web", 3): ["ann"],
        ("app", 1): ["cy", "dee", "eve"], ("app", 2): ["cy"], ("app", 3): ["cy"],
        ("store", 1): ["fay"], ("store", 2): ["fay"], ("store", 3): [],
    }  # fmt: skip
    for row in funnel.table.to_pylist():
        names = funnel.customers(row["step"], group=row["channel"])
        assert names == behind[row["channel"], row["step"]] and len(names) == row["customers"]
    graph = shop.graph()
    moves = {
        ("Viewed", "Cart"): ["ann", "bo", "cy", "fay"], ("Cart", "Paid"): ["ann", "bo", "cy"],
        ("Cart", "Viewed"): ["eve"],
    }  # fmt: skip
    for row in graph.table.to_pylist():
        names = graph.customers(row["source"], row["target"])
        assert names == moves[row["source"], row["target"]] and len(names) == row["customers"]
    retention = shop.retention("Viewed", "Paid", period="day", periods=1)
    assert [retention.customers(day) for day in (0, 1)] == [["cy"], ["ann"]]
    assert [row["returned"] for row in retention.table.to_pylist()] == [1, 1]
    trend = shop.trend("Cart", period="week")
    weeks = {row["period"].date().isoformat(): row["customers"] for row in trend.table.to_pylist()}
    assert weeks == {"2026-03-02": 4, "2026-03-09": 1}
    assert trend.customers("2026-03-02") == ["ann", "bo", "cy", "eve"] and trend.customers("2026-03-09") == ["fay"]
    # from a customer on to the source records, and to the ones that made the difference
    records = shop.timeline("bo").table.to_pylist()
    assert [(r["event"], r["source"], r["message_id"]) for r in records] == [
        ("Viewed", "till", "s3"), ("Cart", "till", "s4"), ("Paid", "till", "s5"),
    ]  # fmt: skip
    why = shop.funnel(["Viewed", "Cart", "Paid"], within="7d").explain("bo").steps
    assert [(step.status, step.message_id) for step in why] == [("matched", "s3"), ("matched", "s4"), ("expired", "s5")]


def test_k5_conversion_is_the_hand_made_table(shop: Any) -> None:
    within_a_week = shop.funnel(["Viewed", "Cart", "Paid"], within="7d").table.to_pylist()
    assert [(row["customers"], row["from_previous"], row["from_start"]) for row in within_a_week] == [
        (6, None, 1.0), (4, 4 / 6, 4 / 6), (2, 2 / 4, 2 / 6),
    ]  # fmt: skip
    ever = shop.funnel(["Viewed", "Cart", "Paid"]).table.to_pylist()
    assert [row["customers"] for row in ever] == [6, 4, 3]
    web = shop.journeys(where="channel = 'web'").funnel(["Viewed", "Paid"], within="7d").table["from_start"].to_pylist()
    assert web == [1.0, 1 / 2]
    minutes = [
        time and time / 60e6 for time in shop.funnel(["Viewed", "Cart"], within="1d").table["median_time"].to_pylist()
    ]
    assert minutes[0] is None and minutes[1] == pytest.approx(10, rel=0.01)  # 1, 10 and 30 minutes


def test_k4_repurchase_within_a_window_is_the_hand_made_table(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(tmp_path / "orders.csv", ORDERS_MAPPING)
        result = ws.retention(
            "Order Placed", "Order Placed", mode="bracket", brackets=[(0, 29), (0, 69), (0, 79)], clock="rolling"
        )
        # the last event is Bo's order of 20 May: 80 days have passed only since 1 March (Ann)
        told = [(r["customers"], r["mature"], r["returned"], r["rate"]) for r in result.table.to_pylist()]
        assert told == [(5, 5, 1, 1 / 5), (5, 4, 1, 1 / 4), (5, 1, 2, 1.0)]
        assert result.customers((0, 29)) == ["ann"] and result.customers((0, 79)) == ["ann", "bo"]
        assert result.customers((0, 69), returned=None, mature=True) == ["ann", "bo", "cy", "dee"]


def test_k4_repurchase_in_a_real_shop_is_another_engines(root: Path, tmp_path: Path) -> None:
    """Within 90 days of the first order, of those whose 90 days are over; counted by Polars."""
    lines = pl.read_parquet(root / "src" / "lvtu" / "demo" / "data" / "retail.parquet")
    invoices = (
        lines.filter(pl.col("CustomerID").is_not_null(), pl.col("InvoiceNo").str.contains(r"^\d"))
        .group_by("InvoiceNo")
        .agg(pl.col("CustomerID").min().alias("customer"), pl.col("InvoiceDate").min().alias("time"))
        .sort("customer", "time")
    )
    first = pl.col("time").first().over("customer")
    later = pl.int_range(pl.len()).over("customer") > 0
    customers = (
        invoices.with_columns(
            first.alias("first"), (later & (pl.col("time") - first < pl.duration(days=90))).alias("again")
        )
        .group_by("customer")
        .agg(pl.col("first").first(), pl.col("again").any())
        .with_columns((pl.col("first") + pl.duration(days=90) <= invoices["time"].max()).alias("mature"))
    )
    mature = customers.filter("mature")
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        mapping = {
            "fields": {
                "user_id": "customer",
                "message_id": "InvoiceNo",
                "event": {"constant": "Order Placed"},
                "time": "time",
            }
        }
        ws.ingest(invoices, mapping)
        result = ws.retention("Order Placed", "Order Placed", mode="bracket", brackets=[(0, 89)], clock="rolling")
        [row] = result.table.to_pylist()
        assert (row["customers"], row["mature"]) == (customers.height, mature.height) == (4339, 3370)
        assert row["rate"] == mature["again"].mean()
        assert result.customers((0, 89), mature=True) == sorted(mature.filter("again")["customer"].cast(str))
