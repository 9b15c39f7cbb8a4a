"""A shop whose checkout hurts, for maps: what customers did, scored and said, by a die of its own."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 1, 1, tzinfo=UTC)
MODEL: dict[str, Any] = {
    "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
    "touchpoints": [
        {"id": "home", "name": {"zh": "首页", "en": "Home"}, "events": "Home Viewed", "channels": ["web"]},
        {"id": "product", "name": {"zh": "商品页", "en": "Product page"}, "events": "Product *", "channels": ["web"]},
        {"id": "checkout", "name": {"zh": "结算", "en": "Checkout"}, "events": ["Checkout Started", "Checkout Rated"],
         "moment": "commercial"},
        {"id": "delivery", "name": {"zh": "配送", "en": "Delivery"}, "events": "Delivery *"},
        {"id": "unseen", "name": {"zh": "门店", "en": "Store"}, "events": "Store Visited"},
    ],
    "stages": [
        {"key": "look", "name": {"zh": "浏览", "en": "Look"}, "goal": {"zh": "找到想要的", "en": "Find it"},
         "entry": {"touchpoints": ["home", "product"]}},
        {"key": "buy", "name": {"zh": "购买", "en": "Buy"}, "entry": [{"touchpoints": ["checkout"]}]},
        {"key": "get", "name": {"zh": "收货", "en": "Get"}, "entry": ["Delivery *", "Parcel Opened"]},
        {"key": "visit", "name": {"zh": "到店", "en": "Visit"}, "entry": {"touchpoints": "unseen"}},
    ],
}  # fmt: skip
SAID = {
    "Product Rated": ("做工很好，很喜欢", "Lovely fabric, great value", "颜色很正，非常满意"),
    "Checkout Rated": ("结算页卡死了，太气人", "Payment failed three times, terrible", "排队半天还付不了款，差劲"),
    "Delivery Rated": ("送货很快，包装完好", "Arrived early, thank you", "快递小哥态度很好"),
}


def events(customers: int = 90) -> list[dict[str, Any]]:
    """What they did in a quarter; checkouts are rated low, the rest high."""
    dice = random.Random(11)
    found: list[dict[str, Any]] = []

    def event(who: int, name: str, hour: float, **more: Any) -> None:
        time = START + timedelta(days=who % 80, hours=hour)
        found.append({"message_id": f"m{len(found)}", "user_id": f"c{who}", "event": name, "time": time.isoformat(),
                      "channel": "web" if who % 3 else "app", **more})  # fmt: skip

    def rated(who: int, name: str, hour: float, low: int, high: int) -> None:
        said = {"text": SAID[name][who % 3]} if dice.random() < 0.5 else {}
        event(who, name, hour, score=dice.randint(low, high), scale="csat5", **said)

    for who in range(customers):
        event(who, "Home Viewed", 0)
        event(who, "Product Viewed", 1)
        if dice.random() < 0.7:
            rated(who, "Product Rated", 1.5, 3, 5)
        if dice.random() < 0.6:
            event(who, "Checkout Started", 2)
            rated(who, "Checkout Rated", 2.2, 1, 3)
            if dice.random() < 0.7:
                event(who, "Delivery Made", 30)
                rated(who, "Delivery Rated", 31, 4, 5)
                event(who, "Parcel Opened", 32)
    return found


def rated_events() -> list[dict[str, Any]]:
    """A shop where what customers say in the end hangs on the checkout, which they rate low."""
    dice = random.Random(5)
    found: list[dict[str, Any]] = []
    for who in range(300):
        scores = {
            "Home Viewed": dice.randint(2, 5),
            "Product Rated": dice.randint(3, 5),
            "Checkout Rated": dice.randint(1, 4),
        }
        last = min(10, max(0, 2 * scores["Checkout Rated"] + dice.randint(0, 2)))
        rows = [(name, score, "csat5", hour) for hour, (name, score) in enumerate(scores.items())]
        found += [
            {"user_id": f"c{who}", "event": name, "score": score, "scale": scale,
             "time": f"2026-03-{1 + who % 28:02}T0{hour}:00:00Z"}
            for name, score, scale, hour in (*rows, ("Asked", last, "nps", 8))
        ]  # fmt: skip
    return found
