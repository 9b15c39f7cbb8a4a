"""The journey maps of the demonstrations: drawn from the data, as anybody would draw them."""

from __future__ import annotations

from typing import Any

from lvtu.demo import airport
from lvtu.demo.model import MapPlan

_DRAWN = ("airport", "simulated")
_BY = "Lvtu"


def draw(name: str, ws: Any) -> None:
    """Draw a demonstration's map, unless its workspace has one.

    Args:
        name: the demonstration's.
        ws: its workspace.
    """
    if name not in _DRAWN or len(ws.maps):
        return
    made = ws.maps.autodraw(by=_BY)
    if name == "airport":
        made.edit("put", part="scenarios", made=[_scenario(airport.MODEL)], by=_BY)


def _scenario(plan: MapPlan) -> dict[str, Any]:
    """Who travels, and where the order of the steps is from."""
    said = {"who": plan.scenario, "trigger": plan.order}
    return {"key": "trip", **{name: {"zh": text.zh, "en": text.en} for name, text in said.items()}}
