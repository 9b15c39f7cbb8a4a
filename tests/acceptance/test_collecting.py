"""Data comes in from where companies keep it: H10, M1, M2, O9."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import lvtu
from acceptance.fixtures import ORDERS, ORDERS_MAPPING, REFUNDS, REFUNDS_MAPPING
from lvtu.collect import READY, guess


def rates(ws: Any) -> dict[str, float]:
    """Refund rate by count and by value, and the share of customers who bought again, within 30 days and ever."""
    orders, refunds = (ws.trend(name, period="month").table for name in ("Order Placed", "Refund Issued"))
    again = [ws.funnel(["Order Placed", "Order Placed"], within=within, entry="first") for within in ("30d", None)]
    count, value = (sum(refunds[name].to_pylist()) / sum(orders[name].to_pylist()) for name in ("events", "value"))
    return {
        "refunds": count, "refunded": value,
        "again in 30 days": again[0].table["from_start"][1].as_py(), "again": again[1].table["from_start"][1].as_py(),
    }  # fmt: skip


def test_h10_orders_refunds_and_contacts_give_the_same_rates_every_time(tmp_path: Path) -> None:
    """A CSV of orders, an API's answer with refunds, a database table of contacts."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    refunds = [{**row, "value": row["cents"] / 100} for row in REFUNDS]
    mapping = {"fields": {**REFUNDS_MAPPING["fields"], "value": "value"}}
    crm = duckdb.connect()
    crm.execute("create table contacts as select * from (values ('ann', 'ann@x.cn'), ('bo', 'bo@x.cn')) t(id, mail)")
    contacts = {
        "fields": {
            "user_id": "id", "event": {"constant": "Contact Updated"}, "time": {"constant": "2026-02-01"},
            "source": {"constant": "crm"},
        },
        "identifiers": {"email": "mail"},
    }  # fmt: skip
    # 2 of 8 orders; 30 + 80 of 390; ann of 5 customers within 30 days, ann and bo ever
    by_hand = {"refunds": 2 / 8, "refunded": 110 / 390, "again in 30 days": 1 / 5, "again": 2 / 5}
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        assert ws.ingest(tmp_path / "orders.csv", ORDERS_MAPPING).accepted == 8
        assert ws.ingest(refunds, mapping).accepted == 2
        assert ws.ingest(crm.table("contacts"), contacts).accepted == 2
        assert rates(ws) == by_hand
        assert ws.timeline("ann@x.cn").table["event"].to_pylist() == [
            "Contact Updated", "Order Placed", "Order Placed", "Refund Issued", "Order Placed",
        ]  # fmt: skip
        assert ws.ingest(tmp_path / "orders.csv", ORDERS_MAPPING).duplicates == 8
        assert rates(ws) == by_hand
        ws.compact()
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        assert rates(ws) == by_hand


def parameter(key: str, **value: Any) -> dict[str, Any]:
    return {"key": key, "value": {"string_value": None, "int_value": None, "double_value": None, **value}}


def ga4(name: str, device: str, micros: int, user: str | None = None, **more: Any) -> dict[str, Any]:
    row = {"event_date": "20260101", "event_timestamp": micros, "event_name": name, "user_pseudo_id": device}
    session = parameter("ga_session_id", int_value=7)
    return {**row, "user_id": user, "platform": "WEB", "event_params": [session], "ecommerce": None, **more}


def test_m1_a_ga4_export_becomes_events(tmp_path: Path) -> None:
    second, start = 1_000_000, 1_767_258_000_000_000  # 2026-01-01 09:00 UTC
    revenue = {"ecommerce": {"purchase_revenue": 19.5, "transaction_id": "T1"}}
    rows = [
        ga4("session_start", "1.1", start),
        ga4("view_item", "1.1", start + 5 * second),
        ga4("login", "1.1", start + 60 * second, "ann"),
        ga4("purchase", "1.1", start + 90 * second, "ann", **revenue),
        ga4("session_start", "2.2", start + 7 * second, platform="ANDROID"),
        ga4("view_item", "2.2", start + 8 * second, platform="ANDROID"),
    ]
    lines = [json.dumps({**row, "event_timestamp": str(row["event_timestamp"])}) for row in rows]
    (tmp_path / "events.json").write_text("\n".join(lines), encoding="utf-8")
    assert guess(tmp_path / "events.json").mapping.shape == "ga4"
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        report = ws.ingest(tmp_path / "events.json", "ga4")
        assert (report.accepted, report.rejected) == (6, 0)
        funnel = ws.funnel(["session_start", "view_item", "purchase"])
        assert funnel.steps == [2, 2, 1] and funnel.customers(3) == ["ann"]
        line = ws.timeline("ann").table.to_pylist()
        assert [row["event"] for row in line] == ["session_start", "view_item", "login", "purchase"]
        assert [row["time"].second for row in line] == [0, 5, 0, 30] and line[3]["value"] == 19.5
        assert json.loads(line[0]["properties"])["ga_session_id"] == 7
        assert ws.funnel(["view_item"], by="channel").table.select(["channel", "customers"]).to_pylist() == [
            {"channel": "web", "customers": 1}, {"channel": "app", "customers": 1},
        ]  # fmt: skip
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "events.parquet")
        assert ws.ingest(tmp_path / "events.parquet", "ga4").duplicates == 6, "the same export in another form"


def test_m2_a_mixpanel_export_becomes_events(tmp_path: Path) -> None:
    start = 1_767_258_000
    visit = {"time": start, "distinct_id": "$device:d1", "$insert_id": "i1", "mp_lib": "web"}
    ann = {"distinct_id": "ann", "$user_id": "ann"}
    told = [
        ("Visit", visit),
        ("Sign Up", {**ann, "time": start + 9, "$device_id": "d1", "$insert_id": "i2", "plan": "pro"}),
        ("Paid", {**ann, "time": start + 60, "$insert_id": "i3", "$amount": 12.5}),
        ("Visit", {"time": start + 3, "distinct_id": "$device:d2", "$insert_id": "i4"}),
        ("Visit", visit),
        ("Lost", {"time": start}),
    ]
    rows = [{"event": event, "properties": properties} for event, properties in told]
    (tmp_path / "raw.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        report = ws.ingest(tmp_path / "raw.jsonl", "mixpanel")
        assert (report.accepted, report.duplicates, report.rejected) == (4, 1, 1)
        assert [reason.code for reason in report.reasons()] == ["nobody"]
        funnel = ws.funnel(["Visit", "Sign Up", "Paid"])
        assert funnel.steps == [2, 1, 1] and funnel.customers(3) == ["ann"]
        assert [row["time"].isoformat() for row in ws.timeline("d1").table.to_pylist()] == [
            "2026-01-01T09:00:00+00:00", "2026-01-01T09:00:09+00:00", "2026-01-01T09:01:00+00:00",
        ]  # fmt: skip
        assert sum(ws.trend("Paid").table["value"].to_pylist()) == 12.5


def test_o9_what_lies_in_many_systems_comes_together(tmp_path: Path) -> None:
    """A file with Chinese headings through a guessed mapping, two exports by name, a table of a program's own."""
    (tmp_path / "会员.csv").write_text(
        "会员号,下单时间,事件,渠道,订单金额\nann,2026-03-01 10:00,下单,门店,99.5\nbo,2026-03-02 11:00,下单,门店,20\n",
        encoding="gb18030",
    )
    segment = {"type": "track", "event": "Order Completed", "messageId": "m1", "userId": "ann",
               "timestamp": "2026-03-03T09:00:00Z", "properties": {"revenue": 10}}  # fmt: skip
    assert {"segment", "ga4", "mixpanel"} <= set(READY)
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        proposed = guess(tmp_path / "会员.csv")
        assert proposed.sample["user_id"].to_pylist() == ["ann", "bo"] and ws.info().events == 0
        ws.ingest(tmp_path / "会员.csv", proposed.mapping, source_name="till")
        ws.ingest([segment], "segment", source_name="site")
        ws.ingest([ga4("login", "9.9", 1_772_524_800_000_000, "ann")], "ga4", source_name="ga4")  # 2026-03-03 08:00
        table = pa.table({"user_id": ["bo"], "event": ["Called"], "time": ["2026-03-04"], "channel": ["hotline"]})
        ws.ingest(table, source_name="callcentre")
        line = ws.timeline("ann").table.to_pylist()
        assert [(row["event"], row["source"]) for row in line] == [
            ("下单", "till"), ("login", "ga4"), ("Order Completed", "site"),
        ]  # fmt: skip
        assert line[0]["value"] == 99.5 and line[0]["channel"] == "门店"
        assert {v.name: (v.events, v.customers) for v in ws.info().by_source} == {
            "till": (2, 2), "site": (1, 1), "ga4": (1, 1), "callcentre": (1, 1),
        }  # fmt: skip
