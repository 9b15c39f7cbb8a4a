"""Planned against actual as a row: how each step of a map went beside its happy path."""

from __future__ import annotations

from lvtu.maps.document import Path
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.overlay import beside_plan
from lvtu.maps.drawing.scene import Box, Label, Part, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import AsPlanned
from lvtu.maps.live.planned import happy_path

SIGNS = {"completed": "✓", "missing": "✗", "skipped": "○", "failing": "!", "ad_hoc": "+"}
"""The sign of each count: colours alone do not tell them."""

_HEIGHT, _LINE = 30.0, 15.0
_NARROW = 80.0
"""Below this room the counts stand below each other."""


def signs(sheet: Sheet) -> list[str]:
    """Which of `SIGNS` the row has; none where it is not drawn.

    It is where the map says how it is meant to be passed, and something is known of how it was.
    """
    if _plan(sheet) is None:
        return []
    optional = {one.optional for one in sheet.filled.plan.values() if one.planned}
    left_out = {"missing": False, "skipped": True}
    return [name for name in SIGNS if name not in left_out or left_out[name] in optional]


def plan_row(grid: Grid) -> None:
    """A row with a bar and the four counts of each step, which names the path that counts as planned.

    Nothing where the map has no happy path. That of a map that was discovered is what most customers did: nobody
    planned it, so the row says what it is. A step of the path that no event shows has “—”.
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
        elif key in plan.steps:
            title = f"{sheet.of(sheet.steps[key].name)} · {sheet.say('plan_unknown')}"
            grid.scene.add(Part("plan", key, title, (Label(x + 8, grid.y + 30, ("—",), 10, sheet.palette.theme.soft),)))
    grid.y += height


def _plan(sheet: Sheet) -> Path | None:
    return happy_path(sheet.map) if sheet.filled.plan else None


def _cell(sheet: Sheet, key: str, kept: AsPlanned, x: float, y: float, room: float, across: int) -> Part:
    theme = sheet.palette.theme
    out = {"skipped": kept.skipped} if kept.optional else {"missing": kept.missing}
    counts = {"completed": kept.completed, **out, "failing": kept.failing, "ad_hoc": kept.ad_hoc}
    judged = kept.completed + kept.missing + kept.failing
    shapes: list[Shape] = []
    if judged:
        done, failing = room * kept.completed / judged, room * kept.failing / judged
        bars = ((room, theme.track), (done + failing, sheet.palette.feelings[1]), (done, theme.accent))
        shapes += [Box(x, y, wide, 6, color, radius=3) for wide, color in bars if wide > 0]
    shown = list(counts.items()) if kept.planned else [("ad_hoc", kept.ad_hoc)]
    for place, (name, count) in enumerate(shown):
        words = f"{SIGNS[name]} {number(count, 'count', sheet.lang)}"
        at = x + 0.54 * room * (place % across), y + 20 + _LINE * (place // across)
        ink = theme.ink if name == "completed" or not kept.planned else theme.soft
        shapes.append(Label(*at, (words,), 10, ink, bold=name == "completed"))
    return Part("plan", key, f"{sheet.of(sheet.steps[key].name)} · {beside_plan(sheet, kept)}", tuple(shapes))
