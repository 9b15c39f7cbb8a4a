"""A map as a journey model: what tells which events show which of its steps."""

from __future__ import annotations

from collections.abc import Mapping

from lvtu.core.model import JourneyModel
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.maps.document import JourneyMap, Step

_KEY = "map"


def model_of(map_: JourneyMap, library: Mapping[str, Touchpoint]) -> JourneyModel:
    """The journey model that a map's questions are read through: its steps are the touchpoints, its stages the stages.

    A step is shown by what its own rules say, else by what shows its touchpoints. An event that fits several steps
    shows the first of them, so that no event counts twice.

    Args:
        map_: the map.
        library: the touchpoints of the workspace, by id.

    Example:
        >>> shop = JourneyMap.load({
        ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay", "entry": "Order Paid"}],
        ... })
        >>> model = model_of(shop, {})
        >>> [touchpoint.id for touchpoint in model.touchpoints], model.usage("pay")
        (['pay'], ('buy',))
    """
    steps = [_as_touchpoint(step, library) for step in map_.steps]
    shown = {one.id for one in steps if one.events}
    stages = [
        {"key": stage.key, "name": stage.name, "goal": stage.goal, "owner": stage.owner,
         "entry": {"touchpoints": there}}
        for stage in map_.stages
        if (there := [step.key for step in map_.steps_of(stage.key) if step.key in shown])
    ]  # fmt: skip
    return JourneyModel.model_validate(
        {"key": _KEY, "title": map_.title, "stages": stages, "touchpoints": [one for one in steps if one.events]}
    )


def _as_touchpoint(step: Step, library: Mapping[str, Touchpoint]) -> Touchpoint:
    known = [library[id] for id in step.touchpoints if id in library]
    events = step.entry or tuple(rule for one in known for rule in one.events)
    online = {one.online for one in known}
    return Touchpoint(
        id=step.key, name=step.name, events=events, owner=step.owner, moment=step.moment,
        online=online.pop() if len(online) == 1 else None,
    )  # fmt: skip
