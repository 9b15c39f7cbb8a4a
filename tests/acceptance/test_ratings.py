"""What customers say in numbers equals tables worked out by hand: C1, K1, K2, K3."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu


def answers(scale: str, scores: dict[float, int], **more: Any) -> list[dict[str, Any]]:
    """So many answers of each score, each of a customer of their own."""
    every = [score for score, times in scores.items() for _ in range(times)]
    return [
        {"user_id": f"{scale}{number}", "event": "Rated", "time": "2026-03-01", "score": score, "scale": scale} | more
        for number, score in enumerate(every)
    ]


@pytest.fixture
def ws(tmp_path: Path) -> Any:
    with lvtu.open(tmp_path / "shop.lvtu") as workspace:
        yield workspace


def test_k1_satisfaction_is_the_share_of_the_two_best_answers(ws: Any) -> None:
    ws.ingest(answers("csat5", {5: 30, 4: 12, 3: 5, 1: 3}))
    row = ws.scores(metric="csat").table.to_pylist()[0]
    assert (row["value"], row["n"]) == (0.84, 50)
    assert (100 * row["low"], 100 * row["high"]) == pytest.approx((71.5, 91.7), abs=0.05)


def test_k2_recommendation_and_its_difference(ws: Any) -> None:
    ws.ingest(answers("nps", {10: 20, 8: 12, 2: 8}))
    row = ws.scores(metric="nps").table.to_pylist()[0]
    assert (row["value"], row["n"]) == (30.0, 40)
    assert (row["low"], row["high"]) == pytest.approx((4.6, 51.2), abs=0.05)
    assert (row["low"] + row["high"]) / 2 == pytest.approx(27.9, abs=0.05)


def test_k3_effort_is_a_mean_of_seven_points_and_the_share_of_the_best(ws: Any) -> None:
    ws.ingest(answers("ces7", {7: 4, 6: 3, 5: 1, 2: 2}))
    row = ws.scores(metric="ces").table.to_pylist()[0]
    assert (row["value"], row["n"], row["top"]) == (pytest.approx(5.5), 10, pytest.approx(0.8))
    # by hand: the squares add up to 9 + 0.75 + 0.25 + 24.5, over 9 and 10; t of 9 degrees is 2.262157
    half = 2.262157 * (34.5 / 9 / 10) ** 0.5
    assert (row["low"], row["high"]) == pytest.approx((5.5 - half, 5.5 + half), abs=1e-5)
    assert (100 * row["top_low"], 100 * row["top_high"]) == pytest.approx((49.0, 94.3), abs=0.05)


def test_c1_attributes_are_rated_at_each_touchpoint(ws: Any) -> None:
    """Product quality, attitude and brand image, each with n and its interval, touchpoint by touchpoint."""
    for touchpoint, ratings in {
        "Store": {"quality": {5: 6, 3: 2}, "attitude": {2: 5}},
        "App": {"quality": {4: 4}},
    }.items():
        for attribute, scores in ratings.items():
            given = answers("csat5", scores, event=f"{touchpoint} Rated", properties={"attribute": attribute})
            ws.ingest([one | {"user_id": f"{touchpoint} {attribute} {one['user_id']}"} for one in given])
    points = [{"id": name.lower(), "name": name, "events": f"{name} Rated"} for name in ("Store", "App")]
    ws.save_model({"key": "shop", "title": "Shop", "touchpoints": points}, default=True)
    found = {}
    for touchpoint in ("store", "app"):
        table = ws.scores("mean", by="attribute", where=f"touchpoint = '{touchpoint}'").table.to_pylist()
        found |= {(touchpoint, row["attribute"]): (row["value"], row["n"], row["low"] is not None) for row in table}
    assert found == {
        ("store", "quality"): (4.5, 8, True), ("store", "attitude"): (2.0, 5, True), ("app", "quality"): (4.0, 4, True),
    }  # fmt: skip
