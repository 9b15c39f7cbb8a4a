"""Small companies, written down so that every number can be counted by hand."""

from __future__ import annotations

from typing import Any

ORDERS = """\
order_id,customer,placed,amount
o1,ann,2026-03-01T10:00:00Z,100
o2,bo,2026-03-02T10:00:00Z,50
o3,ann,2026-03-10T10:00:00Z,30
o4,cy,2026-03-05T10:00:00Z,80
o5,dee,2026-03-06T10:00:00Z,20
o6,bo,2026-05-20T10:00:00Z,60
o7,eve,2026-03-20T10:00:00Z,10
o8,ann,2026-04-15T10:00:00Z,40
"""
"""Eight orders of five customers. Ann buys again after 9 days, Bo after 79; the others never do."""

ORDERS_MAPPING: dict[str, Any] = {
    "fields": {
        "user_id": "customer",
        "time": "placed",
        "value": "amount",
        "message_id": "order_id",
        "event": {"constant": "Order Placed"},
        "source": {"constant": "shop"},
        "channel": {"constant": "web"},
    }
}

REFUNDS: list[dict[str, Any]] = [
    {"id": "r1", "order": "o3", "who": "ann", "at": 1773568800, "cents": 3000},  # 2026-03-15 10:00
    {"id": "r2", "order": "o4", "who": "cy", "at": 1772877600, "cents": 8000},  # 2026-03-07 10:00
]
"""What a payment service's API answers: seconds since 1970, cents."""

REFUNDS_MAPPING: dict[str, Any] = {
    "fields": {
        "user_id": "who",
        "time": {"column": "at", "unit": "s"},
        "message_id": "id",
        "event": {"constant": "Refund Issued"},
        "source": {"constant": "payments"},
    }
}

SHOP: list[tuple[str, str, str, str]] = [
    ("ann", "web", "Viewed", "2026-03-02T09:00"), ("ann", "web", "Cart", "2026-03-02T09:10"),
    ("ann", "web", "Paid", "2026-03-03T09:00"),
    ("bo", "web", "Viewed", "2026-03-02T10:00"), ("bo", "web", "Cart", "2026-03-02T10:30"),
    ("bo", "web", "Paid", "2026-03-12T10:00"),  # ten days: too late for a week
    ("cy", "app", "Viewed", "2026-03-03T08:00"), ("cy", "app", "Cart", "2026-03-03T08:01"),
    ("cy", "app", "Paid", "2026-03-03T08:02"),
    ("dee", "app", "Viewed", "2026-03-04T20:00"),
    ("eve", "app", "Cart", "2026-03-04T21:00"), ("eve", "app", "Viewed", "2026-03-04T22:00"),  # the wrong way round
    ("fay", "store", "Viewed", "2026-03-05T11:00"), ("fay", "store", "Cart", "2026-03-09T11:00"),
]  # fmt: skip
"""Six customers: six view, four then fill a cart, two pay within a week (ann, cy)."""


def shop_events() -> list[dict[str, Any]]:
    """`SHOP` as records, in an order that is not theirs."""
    fields = ("user_id", "channel", "event", "time")
    events = [dict(zip(fields, row, strict=True), message_id=f"s{n}", source="till") for n, row in enumerate(SHOP)]
    return events[::2] + events[1::2]
