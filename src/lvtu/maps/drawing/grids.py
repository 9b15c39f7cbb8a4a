"""Maps as grids: every lane with everything in it, or the numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lvtu.maps.document import Lane
from lvtu.maps.document.lanes import Kind
from lvtu.maps.drawing.columns import FRAMED, LANE, MARGIN, WIDEST, columns_of, steps_apart, steps_by_stage
from lvtu.maps.drawing.cyclic import around, around_numbers
from lvtu.maps.drawing.footer import footer
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.heading import heading
from lvtu.maps.drawing.planned import plan_row
from lvtu.maps.drawing.roles import role_rows
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.swim import NOT_OF_CHANNELS, channel_heat, channel_rows
from lvtu.maps.drawing.volume import bars

_TALL = 190.0
_NUMBERS: tuple[Kind, ...] = ("curve", "number", "bars")

_ROWS: Mapping[str, tuple[Callable[[Grid], None], Callable[[Grid], None]]] = {
    "channel": (channel_rows, channel_heat),
    "role": (role_rows, role_rows),
}
"""What stands between the steps and the lanes, by type: where everything is told, and where numbers alone are."""


def told(sheet: Sheet, type: str) -> Scene:
    """Everything: all lanes below the steps."""
    if type == "cyclic":
        return around(sheet)
    grid, top = _begun(sheet, type, elapsed=True)
    plan_row(grid)
    if type in _ROWS:
        _ROWS[type][0](grid)
    if not _with_numbers(sheet):
        bars(grid)
    for lane in _left(sheet, type, sheet.map.lanes):
        grid.lane(lane)
    return _done(grid, top)


def charted(sheet: Sheet, type: str) -> Scene:
    """The numbers: how many are at each step, the curves, higher, and what is known of few steps."""
    if type == "cyclic":
        return around_numbers(sheet, _with_numbers(sheet))
    grid, top = _begun(sheet, type)
    plan_row(grid)
    grid.curve_height = _TALL
    if type in _ROWS:
        _ROWS[type][1](grid)
    bars(grid)
    lanes = _left(sheet, type, _with_numbers(sheet))
    for lane in lanes:
        grid.lane(lane)
    if not lanes and type not in _ROWS and not sheet.filled.volume and sheet.rows is None:
        grid.nothing()
    return _done(grid, top)


def _left(sheet: Sheet, type: str, lanes: Iterable[Lane]) -> list[Lane]:
    """The lanes that neither the steps nor what stands between them and the lanes tell already."""
    lanes = [lane for lane in lanes if not _repeats(sheet, lane)]
    if type == "channel":
        return [lane for lane in lanes if lane.role not in NOT_OF_CHANNELS]
    told_already = type == "role" and not sheet.map.actors
    return [lane for lane in lanes if not told_already or lane != sheet.feelings]


def _repeats(sheet: Sheet, lane: Lane) -> bool:
    """Whether a lane of touchpoints has nothing but the names of the steps once more."""
    if lane.role != "touchpoints":
        return False
    told = [(sheet.of(step.name), sheet.chips(lane, step)) for step in sheet.map.steps]
    return any(some for _, some in told) and all(some in ([], [name]) for name, some in told)


def _with_numbers(sheet: Sheet) -> list[Lane]:
    guessed = sheet.feelings if sheet.map.curve else None
    told = {*sheet.filled.values, *sheet.to_be, *([] if guessed is None else [guessed.key])}
    known = {key for key in told if key not in sheet.filled.values or sheet.filled.values[key]}
    return [lane for lane in sheet.map.lanes if lane.kind in _NUMBERS and lane.key in known]


def _begun(sheet: Sheet, type: str, *, elapsed: bool = False) -> tuple[Grid, float]:
    groups = steps_by_stage(sheet) if type == "stage" else steps_apart(sheet)
    scene = Scene(0, 0, sheet.palette.theme.ground, sheet.title, sheet.described())
    grid = Grid(sheet, scene, columns_of(groups, sheet.lang, type == "stage", FRAMED if sheet.bare else WIDEST), 0)
    grid.y = top = heading(sheet, scene, max(grid.right - MARGIN, 600))
    grid.stages()
    grid.steps(elapsed=elapsed)
    scene.heads = (MARGIN + LANE, top, grid.y)
    return grid, top


def _done(grid: Grid, top: float) -> Scene:
    grid.frame(top)
    room = max(grid.right, 640) - grid.left
    bottom = footer(grid.sheet, grid.scene, grid.left, grid.y + 8, room, plan=True)
    grid.scene.width, grid.scene.height = max(grid.right, 640) + MARGIN, bottom + 8
    return grid.scene
