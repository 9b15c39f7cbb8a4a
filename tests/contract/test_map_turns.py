"""Steps that one event shows are counted each at its own turn, as counting along every line by hand does."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import lvtu

START = datetime(2026, 1, 1, tzinfo=UTC)
STAGES = ("first", "second", "regular")


def orders() -> list[dict[str, Any]]:
    dice = random.Random(3)
    found: list[dict[str, Any]] = []
    for who in range(60):
        for number in range(dice.randint(1, 6)):
            time = START + timedelta(days=number * 9 + dice.random() * 5)
            name = "Order Placed" if dice.random() < 0.8 else "Shop Seen"
            found.append({"message_id": f"{who}/{number}", "user_id": f"c{who}", "event": name, "time": time,
                          "score": dice.randint(1, 5), "scale": "csat5"})  # fmt: skip
    dice.shuffle(found)
    return [{**one, "time": one["time"].isoformat()} for one in found]


def test_each_order_is_counted_at_its_own_turn(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(orders())
        order = {"id": "order", "name": {"zh": "下单", "en": "Order"}, "events": "Order Placed"}
        ws.save_model({
            "key": "orders", "title": "Orders", "touchpoints": [order],
            "stages": [{"key": key, "name": key, "entry": "Order Placed"} for key in STAGES],
        })  # fmt: skip
        map_ = ws.maps.autodraw(since="2026-01-01", until="2026-04-01")
        steps = [step.key for step in map_.document.steps]
        assert steps == ["order", "order-second", "order-regular"]
        assert [step.name.en for step in map_.document.steps] == list(STAGES), "each is called as its stage"
        assert map_.document.in_turns and map_.answers().again is None, "nobody comes to a first order again"
        lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in sorted(orders(), key=lambda one: one["time"]):
            if one["event"] == "Order Placed":
                lines[one["user_id"]].append(one)
        reached: Counter[str] = Counter()
        scores: dict[str, list[int]] = defaultdict(list)
        for line in lines.values():
            reached.update({steps[min(turn, 2)] for turn in range(len(line))})
            for turn, one in enumerate(line):
                scores[steps[min(turn, 2)]].append(one["score"] - 3)
        found = map_.answers()
        assert {step: value.n for step, value in found.volume.items()} == dict(reached)
        values = found.values["csat5"]
        assert {step: (round(value.value, 9), value.n) for step, value in values.items()} == {
            step: (round(sum(some) / len(some), 9), len(some)) for step, some in scores.items()
        }
        assert map_.live.customers("order-second") == sorted(who for who, line in lines.items() if len(line) > 1)
        map_.edit("change", part="steps", key="order-second", fields={"entry": ["Shop Seen"], "touchpoints": None})
        later = map_.answers().volume
        assert later["order"].n == reached["order"], "the others keep their turns"
        assert later["order-regular"].n == reached["order-second"]


def test_without_scores_it_is_told_where_most_stop_and_where_fewest(tmp_path: Path) -> None:
    """Of 300 customers 180 order once, 24 of the others twice, 20 of the rest three times, the rest to the fifth."""
    counts = {1: 180, 2: 24, 3: 20, 5: 76}
    made: list[dict[str, Any]] = []
    for number, many in counts.items():
        for who in range(many):
            made += [
                {
                    "message_id": f"{number}/{who}/{turn}",
                    "user_id": f"c{number}-{who}",
                    "event": "Order Placed",
                    "time": (START + timedelta(days=turn, minutes=who)).isoformat(),
                }
                for turn in range(number)
            ]
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(made)
        ws.save_model({
            "key": "orders", "title": "Orders",
            "touchpoints": [{"id": "order", "name": "Order", "events": "Order Placed"}],
            "stages": [{"key": f"o{turn}", "name": f"Order {turn}", "entry": "Order Placed"} for turn in range(1, 6)],
        })  # fmt: skip
        map_ = ws.maps.autodraw(since="2026-01-01", until="2026-04-01")
        left = {"order": 180 / 300, "order-o2": 24 / 120, "order-o3": 20 / 96, "order-o4": 0.0}
        assert {step: value.value for step, value in map_.answers().drop_off.items()} == left
        assert {lane.role for lane in map_.document.lanes} == {"touchpoints", "pains", "gains"}, "nobody was asked"
        cards = {card.step: (card.lane, card.text.en, card.evidence[0].source) for card in map_.document.cards}
        assert cards == {
            "order": ("pains", "60.0% stop here, more than anywhere else", "drop_off"),
            "order-o4": ("gains", "Only 0.0% stop here, fewer than anywhere else", "drop_off"),
        }
        picture = map_.svg(language="en")
        assert "60% stop here" in picture and 'data-kind="volume"' in picture and 'data-kind="loop"' not in picture
