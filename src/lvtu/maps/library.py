"""The lanes that a map can have, and a map to begin with where there are no data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

from lvtu.core.model.text import Text
from lvtu.core.words import LANGS, say
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.document.lanes import BlueprintRole, ExperienceRole, Kind, Role

_KINDS: dict[str, Kind] = {
    "touchpoints": "chips", "channels": "chips", "owners": "chips", "feelings": "curve", "perception": "curve",
    "effort": "curve", "volume": "bars", "time": "number", "metrics": "number",
}  # fmt: skip
"""How the cells of a role are drawn; the others hold texts."""

_FIRST: tuple[Role, ...] = ("customer", "touchpoints", "thoughts", "feelings", "pains", "opportunities")
"""The lanes of a new map, from top to bottom."""


class LaneOffer(NamedTuple):
    """A lane that can be put into a map: what it is about, in which group it is offered, how it is drawn and called."""

    role: str
    group: Literal["experience", "blueprint"]
    kind: Kind
    label: Text


def lanes() -> tuple[LaneOffer, ...]:
    """Every lane of the library: those of the experience first, then those of a blueprint, from top to bottom.

    Example:
        >>> [(one.role, one.kind, one.label.en) for one in lanes()][3]
        ('touchpoints', 'chips', 'Touchpoints')
    """
    return (
        *(_offer(role, "experience") for role in get_args(ExperienceRole)),
        *(_offer(role, "blueprint") for role in get_args(BlueprintRole)),
    )


def _offer(role: str, group: Literal["experience", "blueprint"]) -> LaneOffer:
    label = Text(*(say(f"lanes.{role}.name", lang) for lang in LANGS))
    return LaneOffer(role, group, _KINDS.get(role, "text"), label)


def blank(title: str | Mapping[str, str]) -> JourneyMap:
    """A map of one stage with one step, and the lanes that most maps have; nothing stands in it.

    Args:
        title: what it is called.

    Example:
        >>> [lane.label.en for lane in blank("Moving house").lanes][:3]
        ['What customers do', 'Touchpoints', 'Thoughts']
    """
    offers = {one.role: one for one in lanes()}

    def words(key: str) -> dict[str, Any]:
        return {lang: say(f"maps.new.{key}", lang) for lang in LANGS}

    return JourneyMap.load({
        "title": title,
        "stages": [{"key": "stage-1", "name": words("stage")}],
        "steps": [{"key": "step-1", "stage": "stage-1", "name": words("step")}],
        "lanes": [
            {"key": role, "role": role, "kind": offers[role].kind,
             "label": {lang: offers[role].label.get(lang) for lang in LANGS}}
            for role in _FIRST
        ],
    })  # fmt: skip
