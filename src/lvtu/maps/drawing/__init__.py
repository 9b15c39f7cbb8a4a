"""How maps are drawn: one document, five types, four styles, one renderer."""

from __future__ import annotations

from lvtu.maps.drawing.grid import MARGIN, Grid, columns_of, lanes_shown, steps_apart
from lvtu.maps.drawing.heading import heading
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.sheet import Sheet


def linear_timeline(sheet: Sheet) -> Scene:
    """Steps in a row from left to right, all lanes below."""
    columns = columns_of(steps_apart(sheet))
    scene = Scene(0, 0, sheet.palette.theme.ground, sheet.title, sheet.described())
    grid = Grid(sheet, scene, columns, 0)
    grid.y = top = heading(sheet, scene, grid.right - MARGIN)
    grid.stages()
    grid.steps()
    for lane in lanes_shown(sheet.map.lanes):
        grid.lane(lane)
    grid.frame(top)
    scene.width, scene.height = grid.right + MARGIN, grid.y + MARGIN
    return scene
