"""The journey maps of the demonstrations: drawn from the data, as anybody would draw them, and what people add to them.

What stands behind the steps nobody measured: each such card is an assumption, and is shown as one.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from lvtu.demo import airport
from lvtu.demo.model import MapPlan

_DRAWN = ("airport", "simulated")
_BY = "Lvtu"
_INTERNATIONAL = {"zh": "国际航班旅客", "en": "International passengers"}


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
        ws.save_segment("international", "flight = 'international'", title=_INTERNATIONAL)
        made.edit("put", part="scenarios", made=[_scenario(airport.MODEL)], by=_BY)
    _add(made, yaml.safe_load(files("lvtu.demo").joinpath(f"data/blueprint-{name}.yaml").read_text(encoding="utf-8")))


def _scenario(plan: MapPlan) -> dict[str, Any]:
    """Who travels, and where the order of the steps is from."""
    said = {"who": plan.scenario, "trigger": plan.order}
    return {"key": "trip", **{name: {"zh": text.zh, "en": text.en} for name, text in said.items()}}


def _add(made: Any, added: dict[str, Any]) -> None:
    """What stands behind the steps, who does it and how long it may take, in one edit each."""
    for part in ("scenarios", "lanes", "cards", "links", "waivers"):
        if part in added:
            made.edit("put", part=part, made=added[part], by=_BY)
    if called := {name: added[name] for name in ("departments", "systems") if name in added}:
        made.edit("describe", fields=called, by=_BY)
    for key, title in added.get("titles", {}).items():
        made.edit("change", part="bindings", key=key, fields={"title": title}, by=_BY)
    for step in made.document.steps:
        own = {field: added[f"{field}s"][step.key] for field in ("owner", "standard")
               if step.key in added.get(f"{field}s", {})}  # fmt: skip
        if own:
            made.edit("change", part="steps", key=step.key, fields=own, by=_BY)
