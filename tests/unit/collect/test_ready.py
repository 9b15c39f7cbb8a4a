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
    assert group["event"] == "group" and group["properties"] == {"group_name": "Acme", "group_id": "g1"}
    assert alias["event"] == "alias" and alias["identifiers"] == {"previous_id": "u1"}


def test_a_segment_group_is_not_the_customer(tmp_path):
    """https://segment.com/docs/connections/spec/group/: groupId and traits are the group's; context says more."""
    context = {"groupId": "g2", "traits": {"email": "ann@x", "plan": "pro"}, "ip": "192.0.2.7"}
    messages = [
        {"type": "group", "groupId": "g2", "userId": "u1", "context": context, "timestamp": "2026-01-01T09:00:00Z",
         "traits": {"name": "Acme", "email": "office@acme", "phone": "1", "id": 7, "employees": 12,
                    "address": {"city": "Bonn"}, "plan": "enterprise"}},
        {"type": "group", "groupId": "g2", "userId": "u1", "context": context, "timestamp": "2026-01-01T09:00:00Z"},
        {"type": "track", "event": "Paid", "userId": "u1", "context": context, "timestamp": "2026-01-01T09:00:00Z"},
        {"type": "identify", "userId": "u1", "context": context, "timestamp": "2026-01-01T09:00:00Z"},
    ]  # fmt: skip
    records, rejected = all_of(write_lines(tmp_path / "g.ndjson", messages), "segment")
    assert rejected == []
    full, bare, track, identify = (
        {name: value for name, value in row["properties"].items() if name != "context"} for row in records
    )
    assert full == {
        "group_id": "g2", "group_name": "Acme", "group_email": "office@acme", "group_phone": "1",
        "group_employees": 12, "group_address": {"city": "Bonn"}, "group_plan": "enterprise",
    }  # fmt: skip
    assert bare == track == {"group_id": "g2"}
    assert identify == {"group_id": "g2", "email": "ann@x", "plan": "pro"}
    assert {tuple(row["identifiers"].items()) for row in records} == {(("email", "ann@x"),)}


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
def test_m1_ga4_export(tmp_path, form):
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


def test_ga4_order_of_events_that_share_a_time(tmp_path):
    """By page, then by request, then by place in it; an app's events have only the number of their bundle."""
    places = [(1767258000000, 1, 0), (1767258000000, 1, 1), (1767258000000, 2, 0), (1767258000000, 12, 24),
              (1767258000001, 1, 0)]  # fmt: skip
    rows = [GA4 | {"batch_page_id": p, "batch_ordering_id": o, "batch_event_index": str(i)} for p, o, i in places]
    bundle = {key: value for key, value in GA4.items() if key != "batch_event_index"} | {
        "event_bundle_sequence_id": "77"
    }
    records, rejected = all_of(write_lines(tmp_path / "a.json", [*rows, bundle]), "ga4")
    assert rejected == []
    sequences = [row["sequence"] for row in records]
    assert sequences[:5] == sorted(set(sequences[:5])) and sequences[5] == 77


def test_ga4_items_refunds_and_users(tmp_path):
    row = {key: value for key, value in GA4.items() if key != "user_properties"} | {
        "event_name": "refund", "platform": "ANDROID", "user_id": "u1", "is_active_user": True,
        "ecommerce": {"refund_value": 5.25, "purchase_revenue": None, "transaction_id": "T1"},
        "items": [
            {"item_id": "SKU", "quantity": "2",
             "item_params": [param("size", string_value="L"), param("lot", int_value="8")]}
        ],
        "user_properties": [
            {"key": "tier", "value": {"string_value": "gold", "set_timestamp_micros": "1767258000000000"}}
        ],
        "session_traffic_source_last_click": {"manual_campaign": {"source": "letter", "medium": None}},
        "event_value_in_usd": 6.1, "user_ltv": {"revenue": 30.0, "currency": "USD"},
    }  # fmt: skip
    [record], rejected = all_of(write_lines(tmp_path / "a.json", [row]), "ga4")
    assert rejected == []
    assert (record["user_id"], record["anonymous_id"], record["channel"], record["value"]) == (
        "u1",
        "123.456",
        "app",
        5.25,
    )
    properties = record["properties"]
    assert properties["items"] == [{"item_id": "SKU", "quantity": "2", "item_params": {"size": "L", "lot": 8}}]
    assert (properties["user_tier"], properties["event_value_in_usd"], properties["is_active_user"]) == (
        "gold",
        6.1,
        True,
    )
    assert properties["session_traffic_source_last_click"] == {"manual_campaign": {"source": "letter"}}


def test_ga4_without_any_id_is_set_aside(tmp_path):
    """Without consent there is no user_pseudo_id."""
    _, rejected = all_of(write_lines(tmp_path / "a.json", [GA4 | {"user_pseudo_id": None}]), "ga4")
    assert [row["reason"] for row in rejected] == ["neither user_id nor anonymous_id"]


UUID, OTHER = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6", "0a6e1b3c-1111-4222-8333-444455556666"
AT = {"time": 1767258000}


@pytest.mark.parametrize(
    ("event", "properties", "user", "device", "previous"),
    [
        ("Seen", {"distinct_id": "ann"}, "ann", None, None),
        ("Seen", {"distinct_id": "$device:d1", "$device_id": "d1"}, None, "d1", None),
        ("Seen", {"distinct_id": "ann", "$device_id": "d1", "$user_id": "ann"}, "ann", "d1", None),
        # the device is merged into ann: what was sent counts, so that who had it when is still told by sign-ins
        ("Seen", {"distinct_id": "ann", "$distinct_id_before_identity": "$device:d1"}, None, "d1", None),
        ("Seen", {"distinct_id": "ann", "$distinct_id_before_identity": UUID}, None, UUID, None),
        # the merger may be called by the device
        ("Seen", {"distinct_id": UUID, "$distinct_id_before_identity": "ann"}, "ann", None, None),
        ("Seen", {"distinct_id": UUID, "$distinct_id_before_identity": "ann", "$device_id": UUID}, "ann", UUID, None),
        ("Seen", {"distinct_id": UUID}, UUID, None, None),
        ("$identify", {"distinct_id": "ann", "$identified_id": "ann", "$anon_id": UUID}, "ann", UUID, None),
        ("$create_alias", {"distinct_id": UUID, "alias": "ann"}, "ann", None, UUID),
        ("$merge", {"$distinct_ids": [UUID, "ann"]}, "ann", None, UUID),
        ("$merge", {"$distinct_ids": ["ann", "anna"]}, "ann", None, "anna"),
        ("$merge", {"$distinct_ids": [f"$device:{OTHER}", "ann"]}, "ann", None, OTHER),
    ],
)  # fmt: skip
def test_whose_a_mixpanel_event_is(event, properties, user, device, previous):
    [record], rejected = all_of([{"event": event, "properties": AT | properties}], "mixpanel")
    assert rejected == []
    assert (record.get("user_id"), record.get("anonymous_id")) == (user, device)
    assert (record.get("identifiers") or {}).get("previous_id") == previous
    assert record["event"] == ("alias" if previous else event)


def test_mixpanel_counts_an_insert_id_with_name_id_and_time():
    def ids(*rows):
        records, _ = all_of([{"event": e, "properties": {"$insert_id": "order-7"} | p} for e, p in rows], "mixpanel")
        return [row["message_id"] for row in records]

    placed = ("Placed", {"time": 1767258000, "distinct_id": "ann"})
    same = [
        placed,
        ("Placed", {"time": 1767258000874, "distinct_id": "ann"}),  # exported with time_in_ms
        ("Placed", {"time": 1767258000, "distinct_id": UUID, "$distinct_id_before_identity": "ann"}),  # merged since
    ]
    assert len(set(ids(*same))) == 1
    others = [
        ("Shipped", placed[1]),
        ("Placed", placed[1] | {"time": 1767258001}),
        ("Placed", placed[1] | {"distinct_id": "bo"}),
    ]  # fmt: skip
    assert len(set(ids(placed, *others))) == 4
    assert all(each.startswith("order-7/") and "ann" not in each for each in ids(placed, *others))


def test_mixpanel_says_when_it_got_an_event():
    properties = AT | {"distinct_id": "u", "mp_processing_time_ms": 1767258060500}
    [record], _ = all_of([{"event": "A", "properties": properties}], "mixpanel")
    assert record["received_at"] == utc("2026-01-01T09:01:00.500")
    assert "mp_processing_time_ms" not in record.get("properties", {})


def test_m2_mixpanel_export(tmp_path):
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
    assert signed.pop("message_id").startswith("i1/")
    assert signed == {
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
