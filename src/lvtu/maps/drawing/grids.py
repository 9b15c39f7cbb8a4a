"""Maps as grids: every lane with everything in it, or the numbers alone."""

from __future__ import annotations

from lvtu.maps.document import Lane
from lvtu.maps.document.lanes import Kind
from lvtu.maps.drawing.grid import FRAMED, LANE, MARGIN, WIDEST, Grid, columns_of, steps_apart, steps_by_stage
from lvtu.maps.drawing.heading import heading
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.volume import bars

_TALL = 190.0
_NUMBERS: tuple[Kind, ...] = ("curve", "number", "bars")


def told(sheet: Sheet, type: str) -> Scene:
    """Everything: all lanes below the steps."""
    grid, top = _begun(sheet, type)
    for lane in sheet.map.lanes:
        grid.lane(lane)
    return _done(grid, top)


def charted(sheet: Sheet, type: str) -> Scene:
    """The numbers: how many are at each step, the curves, higher, and what is known of few steps."""
    grid, top = _begun(sheet, type)
    grid.curve_height = _TALL
    bars(grid)
    for lane in _with_numbers(sheet):
        grid.lane(lane)
    return _done(grid, top)


def _with_numbers(sheet: Sheet) -> list[Lane]:
    return [lane for lane in sheet.map.lanes if lane.kind in _NUMBERS and sheet.filled.values.get(lane.key)]


def _begun(sheet: Sheet, type: str) -> tuple[Grid, float]:
    groups = steps_by_stage(sheet) if type == "stage" else steps_apart(sheet)
    scene = Scene(0, 0, sheet.palette.theme.ground, sheet.title, sheet.described())
    grid = Grid(sheet, scene, columns_of(groups, type == "stage", FRAMED if sheet.bare else WIDEST), 0)
    grid.y = top = heading(sheet, scene, max(grid.right - MARGIN, 600))
    grid.stages()
    grid.steps()
    scene.heads = (MARGIN + LANE, top, grid.y)
    return grid, top


def _done(grid: Grid, top: float) -> Scene:
    grid.frame(top)
    grid.scene.width, grid.scene.height = max(grid.right, 640) + MARGIN, grid.y + MARGIN
    return grid.scene
