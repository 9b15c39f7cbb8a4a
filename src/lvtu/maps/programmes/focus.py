"""What to tackle first: how much each step matters for an outcome, beside how well customers rate it there."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING, Any, Literal

from lvtu.maps.compiled import model_of
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Filled, Value

if TYPE_CHECKING:
    from lvtu.maps.programmes.running import Guided

Quadrant = Literal["focus", "keep", "low", "enough"]
"""Matters and is rated low; matters and is rated high; matters little, rated low; matters little, rated high."""


@dataclass(frozen=True)
class Weighed:
    """A step on a scale, weighed.

    Attributes:
        step: its key.
        scale: the scale that it is rated on.
        importance: its share of what the ratings explain of the outcome, 0 … 1, with its 95 % interval.
        low, high: they.
        performance: the rating, as the map shows it.
        n: customers that the importance rests on.
        quadrant: where it stands.
    """

    step: str
    scale: str
    importance: float
    low: float | None
    high: float | None
    performance: Value
    n: int
    quadrant: Quadrant


def weighed(ws: Guided, map_: JourneyMap, filled: Filled, outcome: str) -> list[Weighed]:
    """The steps of a map by importance and performance, what to tackle first.

    Importance is that of the drivers of an outcome (`lvtu.analyses.drivers`: shares of R² that add up to 1), asked
    through the map, so that a driver is a step. Performance is the step's figure in the lane of the same scale, where
    that tells feelings (−2 … +2). The quadrants part at the mean of the importances and at the mean of the
    performances, as importance–performance analysis does (Martilla and James 1977).

    Args:
        ws: the workspace.
        map_: the map.
        filled: what the data say to it.
        outcome: a scale, an event with a score, or a condition.

    Returns:
        Nothing where too few answered to tell what matters.

    Raises:
        UnknownName: nobody did or answered what the outcome names.
        BadInput: the outcome cannot be read.
    """
    library = {one.touchpoint.id: one.touchpoint for one in ws.maps.touchpoints}
    span = filled.period or (None, None)
    found = ws.through(model_of(map_, library)).drivers(
        outcome, by="touchpoint", where=map_.where, since=span[0], until=span[1]
    )
    lanes = {one.spec["scale"]: one.lane for one in map_.bindings if one.lane and one.spec.get("metric") == "emotion"}
    rows = [
        (row, value)
        for row in found.table.to_pylist()
        if row["importance"] is not None
        and (value := filled.values.get(lanes.get(row["scale"]) or "", {}).get(row["driver"])) is not None
    ]
    if not rows:
        return []
    matters = mean(row["importance"] for row, _ in rows)
    rated = mean(value.value for _, value in rows)
    made = [_one(row, value, matters, rated) for row, value in rows]
    order = ("focus", "keep", "low", "enough")
    return sorted(made, key=lambda one: (order.index(one.quadrant), -one.importance))


def share(one: Weighed) -> str:
    """A step's importance with its interval: ``31.2% (24.0–38.1)``."""
    ends = "" if one.low is None or one.high is None else f" ({one.low * 100:.1f}–{one.high * 100:.1f})"
    return f"{100 * one.importance:.1f}%{ends}"


def _one(row: dict[str, Any], value: Value, matters: float, rated: float) -> Weighed:
    high, good = row["importance"] >= matters, value.value >= rated
    quadrant: Quadrant = ("keep" if good else "focus") if high else ("enough" if good else "low")
    return Weighed(
        row["driver"], row["scale"], row["importance"], row["low"], row["high"], value, row["n"], quadrant
    )  # fmt: skip
