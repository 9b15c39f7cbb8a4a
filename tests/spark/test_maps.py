"""Maps asked on Spark: the answers of this machine, from everybody's perspective, a segment's, one customer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from contract.cases import Case
from lvtu.maps import Map
from lvtu.maps.live import Filled

CHANNELS = ("web", "store")


def document() -> dict[str, Any]:
    """Two steps that the same events show, and lanes that are asked in one pass."""
    steps = {"look": ["A"], "again": ["A"], "want": ["B"], "have": ["C", "D"]}
    lanes = [("felt", "curve", None), *((f"nps-{name}", "number", f"channel = '{name}'") for name in CHANNELS)]
    return {
        "title": "T", "stages": [{"key": "before", "name": "Before"}, {"key": "after", "name": "After"}],
        "steps": [
            {"key": key, "stage": "after" if key == "have" else "before", "name": key, "entry": entry}
            for key, entry in steps.items()
        ],
        "lanes": [{"key": key, "role": "metrics", "kind": kind, "label": key} for key, kind, _ in lanes],
        "bindings": [
            {"key": key, "lane": key, "analysis": "scores",
             "spec": {"metric": "nps", "scale": "nps"} | ({"where": where} if where else {})}
            for key, _, where in lanes
        ],
    }  # fmt: skip


def alike(here: Filled, there: Filled) -> None:
    for field in fields(Filled):
        one, other = getattr(here, field.name), getattr(there, field.name)
        if field.name == "beside":
            assert (one is None) == (other is None)
            if one is not None:
                alike(one, other)
        elif field.name == "failed":
            assert {key: str(why) for key, why in one.items()} == {key: str(why) for key, why in other.items()}
        else:
            assert one == other, field.name


@pytest.mark.parametrize("who", [None, "did 'B'", "customer:{}"])
def test_a_map_says_the_same_on_spark(everything: Case, on_spark: Callable[[Case], Case], who: str | None) -> None:
    counts: dict[str, int] = {}
    for event in everything.events:
        counts[event.customer] = counts.get(event.customer, 0) + 1
    who = who and who.format(max(counts, key=lambda one: (counts[one], one)))
    ws: Any = everything.ws
    remote: Any = on_spark(everything).ws
    here: Map = ws.maps.load(document())
    there: Map = remote.maps[here.id]
    found = here.answers(who)
    assert found.customers and found.volume and found.values["felt"]
    assert who is None or not who.startswith("customer") or found.customers == 1
    alike(found, there.answers(who))
    if who is not None:
        alike(here.answers(who, "everybody"), there.answers(who, "everybody"))
    assert here.live.customers("look") == there.live.customers("look")
