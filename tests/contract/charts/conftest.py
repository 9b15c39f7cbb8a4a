"""Two workspaces whose charts can be foreseen."""

from __future__ import annotations

from typing import Any

import pytest

import lvtu
from contract.charts.drawing import DAY
from naive.journeys import Event
from property.strategies import START


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """300 customers over six weeks with a week without entries, three channels, money in one currency."""
    found: list[Event] = []
    for i in range(300):
        week = (0, 1, 2, 4, 5)[i % 5]  # nobody comes in week 3
        t, channel = START + week * 7 * DAY + i * 60_000_000, ("web", "app", "store")[i % 3]
        found.append(Event(f"{i}a", t, f"c{i}", "Visit", channel=channel))
        if i % 2 or channel == "app":
            found.append(Event(f"{i}b", t + 3_600_000_000, f"c{i}", "Cart", channel=channel))
            if i % 4 == 1:
                found.append(Event(f"{i}c", t + DAY + i, f"c{i}", "Pay", channel=channel, value=10.0 + i))
    with lvtu.open(tmp_path_factory.mktemp("charts") / "shop.lvtu") as ws:
        ws.ingest([event.record() for event in found])
        yield ws


@pytest.fixture(scope="session")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Six customers: two come by web with a csat5 score and two with an nps score, one by app with neither."""
    rows = [
        ("ann", "1T09:00", "Viewed", "web", 5, "csat5", "exact"),
        ("ann", "2T09:00", "Paid", "web", None, None, "exact"),
        ("bo", "1T10:00", "Viewed", "web", 3, "csat5", "exact"),
        ("bo", "1T12:00", "Paid", "app", None, None, "exact"),
        ("cy", "1T11:00", "Viewed", "web", 9, "nps", "exact"),
        ("cy", "4T00:00", "Paid", "web", None, None, "day"),
        ("dee", "1T11:30", "Viewed", "web", 7, "nps", "exact"),
        ("eve", "1T12:00", "Viewed", "app", None, None, "exact"),
        ("fu", "1T12:00", "Returned", "store", 1, "csat5", "exact"),
    ]  # fmt: skip
    names = ("user_id", "time", "event", "channel", "score", "scale", "time_basis")
    stages = [
        ("look", "浏览", "Look", "Viewed"),
        ("buy", "购买", "Buy", "Paid"),
        ("return", "退货", "Return", "Returned"),
    ]
    document = {
        "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
        "stages": [{"key": key, "name": {"zh": zh, "en": en}, "entry": event} for key, zh, en, event in stages],
        "behaviours": [{"key": "paid", "name": {"zh": "付款", "en": "Has paid"}, "events": "Paid"}],
    }  # fmt: skip
    with lvtu.open(tmp_path_factory.mktemp("charts") / "rated.lvtu") as ws:
        ws.append([{**dict(zip(names, row, strict=True)), "time": f"2026-01-0{row[1]}:00Z"} for row in rows])
        ws.save_model(document)
        yield ws
