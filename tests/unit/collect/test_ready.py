"""Segment, GA4 and Mixpanel: rows of our own in the shape their documentation gives."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lvtu.collect import guess
from unit.collect.collecting import all_of, utc

TRACK = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m1",
    "userId": "u1",
    "anonymousId": "d1",
    "channel": "browser",
    "properties": {"revenue": 39.5, "currency": "EUR", "order_id": "o1"},
    "originalTimestamp": "2026-01-01T10:00:00.000Z",
    "sentAt": "2026-01-01T10:00:10.000Z",
    "receivedAt": "2026-01-01T09:00:10.000Z",
    "timestamp": "2026-01-01T09:00:00.000Z",
    "context": {
        "library": {"name": "analytics.js"},
        "page": {"path": "/pay"},
        "traits": {"email": "a@x"},
        "device": {"id": "dev"},
    },
}
SEGMENT = [
    TRACK,
    {"type": "page", "name": "Home", "category": "Docs", "anonymousId": "d1", "timestamp": "2026-01-01T09:00:00Z"},
    {
        "type": "screen",
        "name": "Cart",
        "anonymousId": "d2",
        "timestamp": "2026-01-01T09:00:00Z",
        "context": {"library": {"name": "analytics-ios"}},
    },
    {
        "type": "identify",
        "userId": "u1",
        "anonymousId": "d1",
        "timestamp": "2026-01-01T09:00:00Z",
        "traits": {"email": "b@x", "plan": "pro"},
    },
    {"type": "group", "userId": "u1", "groupId": "g1", "timestamp": "2026-01-01T09:00:00Z", "traits": {"name": "Acme"}},
    {"type": "alias", "userId": "u2", "previousId": "u1", "timestamp": "2026-01-01T09:00:00Z"},
]


def write_lines(path, lines):
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_segment_messages(tmp_path):
    records, rejected = all_of(write_lines(tmp_path / "s.ndjson", SEGMENT), "segment")
    assert rejected == []
    track, page, screen, identify, group, alias = records
    assert track["time"] == utc("2026-01-01T09:00:00") and track["received_at"] == utc("2026-01-01T09:00:10")
    assert (track["message_id"], track["value"], track["currency"], track["channel"]) == ("m1", 39.5, "EUR", "web")
    assert track["identifiers"] == {"email": "a@x", "device": "dev"}
    assert track["properties"]["order_id"] == "o1" and track["properties"]["context"]["page"] == {"path": "/pay"}
    assert page["event"] == "Page Viewed" and page["properties"] == {"name": "Home", "category": "Docs"}
    assert screen["event"] == "Screen Viewed" and screen["channel"] == "app"
    assert (
        identify["event"] == "identify"
        and identify["identifiers"] == {"email": "b@x"}
        and identify["properties"]["plan"] == "pro"
    )
    assert group["properties"] == {"name": "Acme", "group_id": "g1"}
    assert alias["event"] == "alias" and alias["identifiers"] == {"previous_id": "u1"}


def test_segment_clock_correction_and_batches(tmp_path):
    raw = {key: TRACK[key] for key in ("type", "event", "userId")} | {"timestamp": "2026-01-01T10:00:00Z"}
    batch = {
        "batch": [raw, "?", {"type": "track", "userId": "u1"}],
        "sentAt": "2026-01-01T10:00:10Z",
        "receivedAt": "2026-01-01T09:00:10Z",
    }
    (tmp_path / "b.json").write_text(json.dumps(batch, indent=2), encoding="utf-8")
    records, rejected = all_of(tmp_path / "b.json", "segment")
    assert [row["time"] for row in records] == [utc("2026-01-01T09:00:00")]
    assert sorted(row["field"] for row in rejected) == ["event", "event"]
    only_original = {key: value for key, value in TRACK.items() if key != "timestamp"}
    assert all_of([only_original], "segment")[0][0]["time"] == utc("2026-01-01T09:00:00")


def param(key, **value):
    empty = {"string_value": None, "int_value": None, "float_value": None, "double_value": None}
    return {"key": key, "value": empty | value}


GA4 = {
    "event_date": "20260101",
    "event_timestamp": 1767258000123456,
    "event_name": "purchase",
    "platform": "WEB",
    "user_id": None,
    "user_pseudo_id": "123.456",
    "batch_event_index": 2,
    "event_params": [
        param("currency", string_value="USD"),
        param("ga_session_id", int_value=77),
        param("ratio", double_value=0.5),
    ],
    "user_properties": [param("tier", string_value="gold")],
    "ecommerce": {"purchase_revenue": 19.5, "transaction_id": "T1", "tax_value": None},
    "device": {"category": "mobile", "vendor_id": None},
    "items": [{"item_id": "SKU", "price": 19.5, "coupon": None}],
}


@pytest.mark.parametrize("form", ["ndjson", "parquet", "bigquery text"])
def test_ga4_export(tmp_path, form):
    row = GA4
    if form == "bigquery text":
        params = [GA4["event_params"][0], param("ga_session_id", int_value="77"), GA4["event_params"][2]]
        row = GA4 | {"event_timestamp": str(GA4["event_timestamp"]), "event_params": params, "batch_event_index": "2"}
    path = tmp_path / ("a.parquet" if form == "parquet" else "a.json")
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist([row]), path)
    else:
        write_lines(path, [row])
    assert all_of(path, "ga4") == (
        [
            {
                "time": utc("2026-01-01T09:00:00.123456"),
                "anonymous_id": "123.456",
                "event": "purchase",
                "channel": "web",
                "value": 19.5,
                "currency": "USD",
                "sequence": 2,
                "properties": {
                    "currency": "USD",
                    "ga_session_id": 77,
                    "ratio": 0.5,
                    "user_tier": "gold",
                    "platform": "WEB",
                    "device": {"category": "mobile"},
                    "ecommerce": {"purchase_revenue": 19.5, "transaction_id": "T1"},
                    "items": [{"item_id": "SKU", "price": 19.5}],
                },
            }
        ],
        [],
    )


def test_mixpanel_export(tmp_path):
    common = {"time": 1767258000, "$insert_id": "i1"}
    lines = [
        {
            "event": "Signed up",
            "properties": {**common, "distinct_id": "$device:d1", "mp_lib": "web", "plan": "pro", "n": 3},
        },
        {
            "event": "Paid",
            "properties": {
                **common,
                "distinct_id": "u1",
                "$user_id": "u1",
                "$device_id": "d1",
                "$email": "a@x",
                "$amount": "5",
            },
        },
        {"event": "Opened", "properties": {"time": 1767258000000, "distinct_id": "u9"}},
        {"event": "$create_alias", "properties": {**common, "distinct_id": "old", "alias": "new"}},
        {"event": "Lost", "properties": {"time": 1767258000}},
    ]
    path = write_lines(tmp_path / "m.jsonl", lines)
    records, rejected = all_of(path, "mixpanel")
    signed, paid, opened, alias = records
    at = utc("2026-01-01T09:00:00")
    assert signed == {
        "message_id": "i1",
        "time": at,
        "anonymous_id": "d1",
        "event": "Signed up",
        "channel": "web",
        "properties": {"mp_lib": "web", "plan": "pro", "n": 3},
    }
    assert (paid["user_id"], paid["anonymous_id"], paid["identifiers"], paid["value"]) == (
        "u1",
        "d1",
        {"email": "a@x"},
        5.0,
    )
    assert (opened["user_id"], opened["time"]) == ("u9", at)
    assert (alias["user_id"], alias["event"], alias["identifiers"]) == ("new", "alias", {"previous_id": "old"})
    assert [row["place"] for row in rejected] == ["m.jsonl:5"]
    local, _ = all_of(path, {"shape": "mixpanel", "zone": "Asia/Shanghai"})
    assert {row["time"] for row in local} == {utc("2026-01-01T01:00:00")}


def test_a_ready_reader_can_be_overridden(tmp_path):
    mapping = {"shape": "segment", "fields": {"source": {"constant": "site"}, "channel": None}}
    records, _ = all_of(write_lines(tmp_path / "s.ndjson", SEGMENT[:1]), mapping)
    assert records[0]["source"] == "site" and "channel" not in records[0]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("segment", TRACK),
        ("ga4", GA4),
        ("mixpanel", {"event": "A", "properties": {"time": 1767258000, "distinct_id": "u"}}),
    ],
)
def test_exports_are_recognised(name, row):
    found = guess([row])
    assert found.mapping.shape == name and found.sample.num_rows == 1
