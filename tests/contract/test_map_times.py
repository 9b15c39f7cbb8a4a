"""How long steps take and whether links are kept in time, counted once more by hand."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest

import lvtu
from lvtu.maps import Map
from unit.maps.shop import MODEL, events

STEP = {
    "Home Viewed": "home", "Product Viewed": "product", "Product Rated": "product", "Checkout Started": "checkout",
    "Checkout Rated": "checkout", "Delivery Made": "delivery", "Delivery Rated": "delivery",
    "Parcel Opened": "parcel-opened",
}  # fmt: skip
ORDER = ["home", "product", "checkout", "delivery", "parcel-opened"]
HOUR = 3_600_000_000


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Map]:
    with lvtu.open(tmp_path_factory.mktemp("times") / "shop") as ws:
        ws.ingest(those())
        ws.save_model(MODEL)
        drawn = ws.maps.autodraw()
        drawn.edit("put", part="lanes", made=[{"key": "work", "role": "backstage_people", "label": "Work"}])
        cards = [
            {"key": step, "lane": "work", "step": step, "text": "Pack", "owner": owner}
            for step, owner in (("product", "Shop"), ("checkout", "Till"), ("delivery", "Courier"))
        ]
        drawn.edit("put", part="cards", made=cards)
        links = [
            {"key": "buys", "source": "product", "target": "checkout", "kind": "hands_over", "sla": "40m"},
            {"key": "sends", "source": "checkout", "target": "delivery", "kind": "hands_over", "sla": "27h50m"},
            {"key": "tells", "source": "checkout", "target": "delivery", "kind": "informs"},
        ]
        drawn.edit("put", part="links", made=links)
        yield drawn


def those() -> list[dict[str, Any]]:
    """The events, and customers who come back to the first step days later: that is no time at the last one."""
    again = [
        {**one, "message_id": f"{one['message_id']}-again", "time": _later(one["time"])}
        for one in events()
        if one["event"] == "Home Viewed" and int(one["user_id"][1:]) % 2
    ]
    return [*events(), *again]


def _later(time: str) -> str:
    return (datetime.fromisoformat(time) + timedelta(days=4)).isoformat()


def lines() -> dict[str, list[tuple[int, str]]]:
    """The events of each customer: when, and at which step."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in sorted(those(), key=lambda one: one["time"]):
        micros = round(datetime.fromisoformat(one["time"]).timestamp() * 1_000_000)
        found[one["user_id"]].append((micros, STEP[one["event"]]))
    return found


def test_the_time_of_a_step_is_that_to_the_next_one(map_: Map) -> None:
    spent: dict[str, list[int]] = defaultdict(list)
    for own in lines().values():
        firsts = [own[0], *(after for before, after in itertools.pairwise(own) if after[1] != before[1])]
        for (began, step), (ended, after) in itertools.pairwise(firsts):
            if ORDER.index(step) < ORDER.index(after):
                spent[step].append(ended - began)
    found = map_.answers().times
    assert {step: times.n for step, times in found.items()} == {step: len(some) for step, some in spent.items()}
    assert "parcel-opened" not in found, "nothing follows the last step"
    for step, times in found.items():
        ordered = sorted(spent[step])
        assert times.median == pytest.approx(median(ordered), rel=0.01)
        assert times.p90 == pytest.approx(ordered[math.ceil(0.9 * len(ordered)) - 1], rel=0.01)


@pytest.mark.parametrize(
    ("key", "source", "target", "within"),
    [("buys", "product", "checkout", 40 / 60), ("sends", "checkout", "delivery", 27 + 5 / 6)],
)
def test_a_link_is_kept_where_the_next_step_follows_in_time(
    map_: Map, key: str, source: str, target: str, within: float
) -> None:
    counts: dict[str, int] = defaultdict(int)
    last = max(time for own in lines().values() for time, _ in own)
    for own in lines().values():
        for began, step in own:
            if step == source:
                took = [time - began for time, other in own if other == target and time >= began]
                late = took and min(took) > within * HOUR
                over = last - began > within * HOUR
                counts["late" if late else "kept" if took else "broken" if over else "pending"] += 1
                counts["mature"] += over
                counts["kept of mature"] += bool(over and took and not late)
    found = map_.answers().kept[key]
    assert (found.kept, found.late, found.broken) == (counts["kept"], counts["late"], counts["broken"])
    assert found.mature == counts["mature"] > 0 and found.share == counts["kept of mature"] / counts["mature"]
    assert found.low is not None and found.high is not None and found.low <= found.share <= found.high


def test_links_that_cannot_be_counted_are_left_out_and_the_matrix_has_the_rest(map_: Map) -> None:
    answers: Any = map_.answers()
    assert set(answers.kept) == {"buys", "sends"}
    rows = {(row["source"], row["target"]): row for row in map_.handoffs(answers).to_pylist()}
    assert set(rows) == {("Shop", "Till"), ("Till", "Courier")}
    sent = rows["Till", "Courier"]
    assert (sent["links"], sent["hand_offs"], sent["kept"]) == (2, 1, answers.kept["sends"].kept)


def test_a_standard_is_held_against_the_events(map_: Map) -> None:
    map_.edit("change", part="steps", key="home", fields={"standard": "1h"})
    map_.edit("change", part="steps", key="product", fields={"standard": "30m"})
    found = {one.id for one in map_.findings() if one.rule == "over_standard"}
    assert found == {"over_standard:product"}, "home takes an hour, which keeps its standard"
    assert "1h" in map_.blueprint("en")
