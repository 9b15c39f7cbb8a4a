"""How long each step takes: nine in ten customers by the events, against the standard."""

from __future__ import annotations

from lvtu.core.units import duration, spell
from lvtu.core.words import spoken
from lvtu.maps.blueprint.reading import Reading
from lvtu.maps.blueprint.rules import FEWEST, over
from lvtu.maps.document import Step
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.heads import Column
from lvtu.maps.drawing.scene import Part, text
from lvtu.maps.drawing.sheet import Sheet

_HEIGHT = 56.0
_NOTHING = "—"


def times(sheet: Sheet, reading: Reading, grid: Grid) -> None:
    """A row of times; none where no step has a standard and no event tells."""
    if not sheet.filled.times and not any(step.standard for step in sheet.map.steps):
        return
    grid.row(_HEIGHT)
    grid.name(sheet.say("time"), sheet.say("time_about"))
    for column in grid.columns:
        grid.scene.add(_cell(sheet, reading, sheet.map.step(column.key), column, grid.y))
    grid.y += _HEIGHT


def _cell(sheet: Sheet, reading: Reading, step: Step, column: Column, y: float) -> Part:
    """Nine in ten, quiet where few times tell it; small below it the standard, the median and n."""
    theme, found = sheet.palette.theme, sheet.filled.times.get(step.key)
    x, room = column.x + 16, column.width - 28
    main, small = _NOTHING, []
    if step.standard is not None:
        small.append(sheet.say("standard", time=spoken(spell(duration(step.standard)), sheet.lang)))
    if found is not None:
        main = sheet.say("p90", time=spoken(spell(found.p90), sheet.lang))
        small += [sheet.say("median", time=spoken(spell(found.median), sheet.lang)), sheet.say("n", n=f"{found.n:,}")]
    many = found is not None and found.n >= FEWEST
    color = theme.worse if over(reading, step.key) else theme.ink if many else theme.faint
    shapes = (
        text(main, x, y + 7, room, 12.5, color, most=1, bold=many),
        text(" · ".join(small), x, y + 25, room, 10, theme.faint, most=2),
    )
    told = sheet.say("times_told", step=sheet.of(step.name), told=" · ".join((main, *small)))
    return Part("cell", f"time/{step.key}", told, shapes)
