"""Cells go stale when nothing feeds them any more, or when they left the interval that somebody saw; not by chance."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.maps import Map
from lvtu.maps.live import Filled, Value
from lvtu.maps.live.freshness import Marked, remembered, stale
from lvtu.workspace import Workspace
from unit.maps.shop import MODEL, START, events


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        yield ws


def rated(event: str, score: int, day: float, who: int) -> dict[str, Any]:
    time = START + timedelta(days=day, minutes=who)
    return {"message_id": f"n{who}", "user_id": f"n{who}", "event": event, "time": time.isoformat(), "score": score,
            "scale": "csat5"}  # fmt: skip


def bound(map_: Map) -> str:
    return next(one.key for one in map_.document.bindings if one.lane == "csat5")


def test_a_cell_is_old_when_its_cadence_has_passed_since_the_newest_answer(ws: Workspace) -> None:
    map_ = ws.maps.autodraw()
    assert map_.stale() == [] and map_.answers().newest == {}
    map_.edit("change", part="bindings", key=bound(map_), fields={"cadence": "30d"})
    newest: dict[str, str] = {}
    for one in events():
        step = {"Product Rated": "product", "Checkout Rated": "checkout", "Delivery Rated": "delivery"}.get(
            one["event"]
        )
        if step and "score" in one:
            newest[step] = max(newest.get(step, ""), one["time"][:10])
    found = map_.stale()
    assert {one.step: one.why.values["day"] for one in found} == newest and {one.kind for one in found} == {"old"}
    assert map_.answers().values["csat5"]["checkout"].stale == next(one.why for one in found if one.step == "checkout")
    map_.edit("change", part="bindings", key=bound(map_), fields={"cadence": "36500d"})
    assert map_.stale() == []


def test_a_cell_has_moved_when_it_left_what_was_seen(ws: Workspace) -> None:
    map_ = ws.maps.autodraw()
    map_.edit("put", part="scenarios", made=[{"key": "home", "who": "Parents", "goal": "Dinner"}])
    map_.publish("First")
    assert map_.stale() == []
    before = map_.answers().values["csat5"]["checkout"]
    ws.ingest([rated("Checkout Rated", 5, 79.5, who) for who in range(200)])
    moved = [one for one in map_.stale() if one.kind == "moved"]
    assert [(one.lane, one.step) for one in moved] == [("csat5", "checkout")]
    assert "version 1" in str(moved[0].why) and before.value < map_.answers().values["csat5"]["checkout"].value
    map_.live.see()
    assert map_.stale() == []
    map_.restore(1)
    assert map_.stale() == [], "nothing was changed, so nothing was restored"


def test_a_cell_without_answers_says_that_it_had_some(ws: Workspace) -> None:
    map_ = ws.maps.autodraw()
    map_.live.see()
    map_.edit("change", part="steps", key="checkout", fields={"entry": ["Checkout Started"]})
    assert [(one.step, one.kind) for one in map_.stale() if one.lane == "csat5"] == [("checkout", "gone")]
    map_.edit("remove", part="steps", keys=["checkout"])
    assert map_.stale() == [], "of what is not on the map any more nothing is told"


def test_chance_moves_few_cells() -> None:
    """Two samples of one size and no change: one value in six leaves the other's interval; of 200 cells next to none is
    told. What really changed is."""
    dice = random.Random(5)
    steps = [f"s{number}" for number in range(200)]
    map_ = lvtu.maps.JourneyMap.load({
        "title": "Many", "stages": [{"key": "a", "name": "A"}],
        "lanes": [{"key": "l", "role": "feelings", "label": "L"}],
        "steps": [{"key": key, "stage": "a", "name": key} for key in steps],
        "bindings": [{"key": "b", "lane": "l", "analysis": "scores", "spec": {"metric": "emotion", "scale": "csat5"}}],
    })  # fmt: skip

    def sampled(shift: dict[str, float]) -> Filled:
        values = {}
        for key in steps:
            some = [dice.gauss(shift.get(key, 0.0), 1) for _ in range(60)]
            mean = sum(some) / 60
            half = 1.96 * math.sqrt(sum((one - mean) ** 2 for one in some) / 59 / 60)
            values[key] = Value(mean, "feeling", 60, mean - half, mean + half)
        return Filled(values={"l": values})

    first, second = sampled({}), sampled({"s7": -1.5, "s8": 1.5})
    seen = Marked(None, 0, "ann", {cell: tuple(one) for cell, one in remembered(map_, first).items()})
    left = [key for key in steps if not _within(first.values["l"][key], second.values["l"][key])]
    assert len(left) > 20, "the naive rule would tell these"
    assert {one.step for one in stale(map_, second, seen, 0)} == {"s7", "s8"}


def _within(first: Value, second: Value) -> bool:
    assert first.low is not None and first.high is not None
    return first.low <= second.value <= first.high
