"""Planned against actual as a row: how each step went beside the map's happy path."""

from __future__ import annotations

from lvtu.maps.document import Path
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.scene import Box, Label, Part, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import AsPlanned

SIGNS = {"completed": "✓", "missing": "✗", "failing": "!", "ad_hoc": "+"}
"""The sign of each count: colours alone do not tell them."""

_HEIGHT, _LINE = 30.0, 15.0
_NARROW = 80.0
"""Below this room the counts stand below each other."""


def has_plan(sheet: Sheet) -> bool:
    """Whether the map says how it is meant to be passed, and something is known of how it was."""
    return _plan(sheet) is not None


def plan_row(grid: Grid) -> None:
    """A row with a bar and the four counts of each step, which names the path that counts as planned.

    Nothing where the map has no happy path. That of a map that was discovered is what most customers did: nobody
    planned it, so the row says what it is.
    """
    sheet = grid.sheet
    plan = _plan(sheet)
    if plan is None or not grid.begin("plan/"):
        return
    narrow = min(wide for _, wide in grid.slots().values()) - 16 < _NARROW
    named = sheet.say("overlays.plan"), sheet.of(plan.name)
    height = max(_HEIGHT + _LINE * (4 if narrow else 2), grid.naming(*named))
    grid.row(height)
    grid.name(*named)
    for key, (x, wide) in grid.slots().items():
        if (kept := sheet.filled.plan.get(key)) is not None:
            grid.scene.add(_cell(sheet, key, kept, x + 8, grid.y + 10, wide - 16, across=1 if narrow else 2))
    grid.y += height


def _plan(sheet: Sheet) -> Path | None:
    return next((one for one in sheet.map.paths if one.kind == "happy" and one.steps and sheet.filled.plan), None)


def _cell(sheet: Sheet, key: str, kept: AsPlanned, x: float, y: float, room: float, across: int) -> Part:
    theme = sheet.palette.theme
    counts = {"completed": kept.completed, "missing": kept.missing, "failing": kept.failing, "ad_hoc": kept.ad_hoc}
    judged = kept.completed + kept.missing + kept.failing
    shapes: list[Shape] = []
    if judged:
        done, failing = room * kept.completed / judged, room * kept.failing / judged
        bars = ((room, theme.track), (done + failing, sheet.palette.feelings[1]), (done, theme.accent))
        shapes += [Box(x, y, wide, 6, color, radius=3) for wide, color in bars if wide > 0]
    told = list(counts.items()) if kept.planned else [("ad_hoc", kept.ad_hoc)]
    for place, (name, count) in enumerate(told):
        words = f"{SIGNS[name]} {number(count, 'count', sheet.lang)}"
        at = x + 0.54 * room * (place % across), y + 20 + _LINE * (place // across)
        ink = theme.ink if name == "completed" or not kept.planned else theme.soft
        shapes.append(Label(*at, (words,), 10, ink, bold=name == "completed"))
    title = f"{sheet.of(sheet.steps[key].name)} · {sheet.say('plan_told' if kept.planned else 'plan_extra', **counts)}"
    return Part("plan", key, title, tuple(shapes))
