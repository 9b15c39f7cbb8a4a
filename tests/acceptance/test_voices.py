"""What customers say, against tables worked out by hand: I2, I3, K10."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu

FIRST = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Any]:
    with lvtu.open(tmp_path / "shop.lvtu") as workspace:
        yield workspace


def said(week: int, number: int, text: str) -> dict[str, Any]:
    when = FIRST + timedelta(weeks=week, hours=number)
    return {"user_id": f"w{week}-{number}", "event": "Review Posted", "time": when.isoformat(), "text": text,
            "message_id": f"m{week}-{number}"}  # fmt: skip


def test_i2_a_planted_shift_of_feedback_is_told_with_its_size_and_time(ws: Any) -> None:
    """Of 40 comments a week 4 are about the parcel, from the eleventh week on 12; the others speak of the shop."""
    for_parcel, for_shop = ("包裹太慢", "包裹丢了", "包裹坏了"), ("店员热情", "店员专业", "店员耐心")
    ws.ingest([
        said(week, number, for_parcel[number % 3] if number < (4 if week < 10 else 12) else for_shop[number % 3])
        for week in range(20) for number in range(40)
    ])  # fmt: skip
    themes = ws.themes(themes=2, period="week")
    rows = {row["theme"][:2]: row for row in themes.table.to_pylist()}
    assert {name: row["comments"] for name, row in rows.items()} == {"店员": 640, "包裹": 160}
    parcel = rows["包裹"]
    assert (parcel["trend"], parcel["since"]) == ("rising", FIRST + timedelta(weeks=10))
    assert (parcel["share_before"], parcel["share_after"]) == (pytest.approx(0.1), pytest.approx(0.3))
    whole = next(row for row in themes.changes.to_pylist() if row["theme"] is None)
    assert whole["measure"] == "sentiment" and whole["period"] == FIRST + timedelta(weeks=10)
    assert whole["difference"] < 0 and whole["p_adjusted"] < 0.05


OURS = """
name: Ours
topics:
  - key: delivery
    name: {zh: 配送, en: Delivery}
    topics:
      - {key: speed, name: {zh: 快慢, en: Speed}, keywords: [太慢, late]}
      - {key: parcel, name: {zh: 包裹, en: Parcel}, keywords: [包裹, parcel]}
  - {key: shop, name: {zh: 门店, en: Shop}, keywords: [店员, shop]}
"""


def test_i3_topics_of_a_tree_with_offsets_and_what_belongs_nowhere(ws: Any) -> None:
    texts = ["包裹太慢", "the parcel was late", "店员热情", "nice shop", "包裹丢了", "ok"]
    ws.ingest([said(0, number, text) for number, text in enumerate(texts)])
    themes = ws.themes(taxonomy=OURS, quotes=5)
    assert {row["theme"]: row["comments"] for row in themes.table.to_pylist()} == {
        "delivery": 3, "delivery.parcel": 3, "delivery.speed": 2, "shop": 2
    }  # fmt: skip
    assert (themes.coverage, themes.unthemed) == (pytest.approx(5 / 6), 1) and themes.customers(None) == ["w0-5"]
    told = themes.explain("w0-1").table.to_pylist()
    assert {(row["theme"], row["text"][row["start"] : row["end"]]) for row in told} == {
        ("delivery", "parcel"), ("delivery", "late"), ("delivery.parcel", "parcel"), ("delivery.speed", "late")
    }  # fmt: skip
    assert themes.called("delivery.speed", "zh") == "配送 › 快慢"


def test_k10_how_much_of_what_is_said_is_positive(ws: Any) -> None:
    texts = ["店员非常热情，服务太好了"] * 7 + ["店员态度恶劣，非常失望"] * 3
    ws.ingest([said(0, number, text) for number, text in enumerate(texts)])
    row = ws.themes(codes="event", quotes=0).table.to_pylist()[0]
    assert (row["theme"], row["comments"], row["rated"]) == ("Review Posted", 10, 10)
    assert (row["positive"], row["negative"]) == (0.7, 0.3)
    assert (100 * row["positive_low"], 100 * row["positive_high"]) == pytest.approx((39.7, 89.2), abs=0.05)  # Wilson
