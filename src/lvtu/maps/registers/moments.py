"""The key moments of maps: how each does beside what it should, in a report of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lvtu.core.model.text import Text
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Filled, Value

MomentKind = Literal["service", "commercial"]
"""A moment at which service shows; one at which something is decided."""

MomentState = Literal["met", "near", "missed", "no_target", "unknown"]
"""The target is met; missed, which may be chance; missed beyond chance; there is none; nothing was measured."""


@dataclass(frozen=True)
class KeyMoment:
    """A number at a moment of truth; one without any has a row too.

    Attributes:
        map: the id of its map.
        title, stage, step, owner: what people call the map, its place, and who answers for it.
        at: the key of the step.
        kind: what kind of moment it is.
        row, lane: the key of the lane whose number it is, and what people call it; None without one.
        value: the number; None where nothing was measured.
    """

    map: str
    title: Text
    stage: Text
    step: Text
    owner: Text | None
    at: str
    kind: MomentKind
    row: str | None = None
    lane: Text | None = None
    value: Value | None = None

    @property
    def state(self) -> MomentState:
        """How it does beside its target.

        Example:
            >>> one = KeyMoment("m", *[Text("", "")] * 3, None, "pay", "service", value=Value(
            ...     0.4, "feeling", 90, 0.2, 0.6, target=0.5))
            >>> one.state
            'near'
        """
        value = self.value
        if value is None:
            return "unknown"
        if value.short is None or value.target is None:
            return "no_target"
        if value.short <= 0:
            return "met"
        best = value.high if value.aim == "up" else value.low
        if best is None or value.few:
            return "near"
        return "missed" if (best < value.target if value.aim == "up" else best > value.target) else "near"


def moments(map_: JourneyMap, filled: Filled) -> Iterator[KeyMoment]:
    """The numbers at the moments of truth of a map, in the order of its steps and lanes.

    Args:
        map_: the map.
        filled: what the data say to it.
    """
    for step in map_.steps:
        if step.moment == "none":
            continue
        stage = map_.stage(step.stage)
        owner = map_.department(step.owner or stage.owner)
        place = (map_.id, map_.title, stage.name, step.name, owner, step.key, step.moment)
        found = [
            KeyMoment(*place, lane.key, lane.label, value)
            for lane in map_.lanes
            if (value := filled.values.get(lane.key, {}).get(step.key)) is not None
        ]
        yield from found or [KeyMoment(*place)]
