"""Where a journey is meant to be: what its to-be map estimates, and what it aims at."""

from __future__ import annotations

from dataclasses import dataclass

from lvtu.maps.document import JourneyMap


@dataclass(frozen=True)
class Meant:
    """Where a step is meant to be.

    Attributes:
        value: in the unit of the lane.
        by, reason: who says so, and why; empty where it is the target of a number.
    """

    value: float
    by: str = ""
    reason: str = ""


def meant(to_be: JourneyMap, as_is: JourneyMap | None = None) -> dict[str, dict[str, Meant]]:
    """Where each lane of a to-be map is meant to be, by lane and step.

    The targets of its numbers; on the lane of feelings what people estimate for everybody counts before those.

    Args:
        to_be: the map that tells how the journey is to be; its steps and lanes have the keys of the map it was made of.
        as_is: that map: what it says likewise was copied, and is left out.

    Example:
        >>> shop = JourneyMap.load({
        ...     "title": "Shop", "state": "to_be",
        ...     "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}, {"key": "get", "stage": "buy", "name": "Get"}],
        ...     "lanes": [{"key": "felt", "role": "feelings", "kind": "curve", "label": "Felt"}],
        ...     "bindings": [{"key": "b", "lane": "felt", "analysis": "scores", "spec": {}, "target": {"value": 1.0}}],
        ...     "curve": [{"key": "e", "step": "pay", "value": 1.5, "by": "Ann", "reason": "One click"}],
        ... })
        >>> {step: one.value for step, one in meant(shop)["felt"].items()}
        {'pay': 1.5, 'get': 1.0}
        >>> meant(shop, shop)
        {}
    """
    now = {} if as_is is None else _said(as_is)
    return {
        lane: some
        for lane, all_ in _said(to_be).items()
        if (some := {step: one for step, one in all_.items() if one != now.get(lane, {}).get(step)})
    }


def _said(map_: JourneyMap) -> dict[str, dict[str, Meant]]:
    found: dict[str, dict[str, Meant]] = {}
    steps = [step.key for step in map_.steps]
    for binding in map_.bindings:
        if binding.lane is not None and binding.target is not None:
            for step in steps if binding.step is None else (binding.step,):
                found.setdefault(binding.lane, {})[step] = Meant(binding.target.value)
    curves = [lane.key for lane in map_.lanes if lane.role == "feelings" and lane.kind == "curve"]
    for guess in map_.curve if curves else ():
        if guess.persona is None:
            found.setdefault(curves[0], {})[guess.step] = Meant(guess.value, guess.by, guess.reason)
    return {lane: {step: some[step] for step in steps if step in some} for lane, some in found.items()}
