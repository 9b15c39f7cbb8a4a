"""How many customers are at each step, as bars, and how many of those of the step before."""

from __future__ import annotations

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.scene import Box, Label, Part
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.under import under

_HEIGHT = 120.0
_ABOVE, _BELOW = 26.0, 8.0


def bar_of(sheet: Sheet) -> str:
    """The colour of bars that tell how many customers there are."""
    return mixed(sheet.palette.theme.ground, sheet.palette.theme.accent, 0.62)


def bars(grid: Grid) -> None:
    """A row of bars from a baseline of zero; nothing where nobody is counted."""
    sheet, theme = grid.sheet, grid.sheet.palette.theme
    reached = sheet.filled.volume
    most = max((value.value for value in reached.values()), default=0.0)
    if not most or not grid.begin("volume/"):
        return
    names, more = under(sheet, reached, grid.slots() if grid.several else {}, grid.y + _HEIGHT)
    height = _HEIGHT + more
    grid.row(height)
    grid.scene.add(*names)
    grid.name(sheet.say("volume"), sheet.say("volume_unit"))
    floor = grid.y + _HEIGHT - _BELOW
    for key, (x, wide) in grid.slots().items():
        value = reached.get(key)
        if value is None:
            continue
        high = max((_HEIGHT - _ABOVE - _BELOW) * value.value / most, 1.5)
        bar = min(wide - 16, 44.0)
        middle = x + wide / 2
        shapes = (
            Box(middle - bar / 2, floor - high, bar, high, bar_of(sheet), radius=2),
            Label(middle, floor - high - 6, (number(value.value, "count", sheet.lang),), 11.5, theme.ink, bold=True,
                  anchor="middle"),
        )  # fmt: skip
        name = f"{sheet.of(sheet.map.step(key).name)}: {sheet.say('customers', n=value.n)}"
        grid.scene.add(Part("volume", key, name, shapes))
    grid.y += height
