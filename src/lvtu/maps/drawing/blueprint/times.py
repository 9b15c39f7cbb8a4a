"""How long each step takes: nine in ten customers by the events, against the standard."""

from __future__ import annotations

from collections.abc import Iterator

from lvtu.core.units import duration, spell
from lvtu.core.words import spoken
from lvtu.maps.blueprint.reading import Reading
from lvtu.maps.blueprint.rules import FEWEST, over
from lvtu.maps.document import Step
from lvtu.maps.drawing.blueprint.columns import INSET
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.heads import Column
from lvtu.maps.drawing.scene import Label, Part, joined, text
from lvtu.maps.drawing.sheet import Sheet

ROW = "time/"
"""What the row is called among those of a page."""

_HEIGHT, _ROW, _LEAST = 30.0, 13.5, 56.0
_SMALL = 10.0
_ASIDE = INSET + 4.0
_NOTHING = "—"


def times(sheet: Sheet, reading: Reading, grid: Grid) -> None:
    """A row of times; none where no step has a standard and no event tells."""
    if not sheet.filled.times and not any(step.standard for step in sheet.map.steps):
        return
    if not grid.begin(ROW):
        return
    below = [_below(sheet, sheet.map.step(column.key), column.width - _ASIDE) for column in grid.columns]
    height = max(_LEAST, _HEIGHT + _ROW * max(map(len, below)))
    grid.row(height)
    grid.name(sheet.say("time"), sheet.say("time_about"))
    for column, lines in zip(grid.columns, below, strict=True):
        grid.scene.add(_cell(sheet, reading, sheet.map.step(column.key), column, grid.y, lines))
    grid.y += height


def _below(sheet: Sheet, step: Step, room: float) -> tuple[str, ...]:
    """The standard, the median and n, in lines."""
    return joined(_small(sheet, step), room, _SMALL)


def _small(sheet: Sheet, step: Step) -> Iterator[str]:
    if step.standard is not None:
        yield sheet.say("standard", time=spoken(spell(duration(step.standard)), sheet.lang))
    if (found := sheet.filled.times.get(step.key)) is not None:
        yield sheet.say("median", time=spoken(spell(found.median), sheet.lang))
        yield sheet.say("n", n=f"{found.n:,}")


def _cell(sheet: Sheet, reading: Reading, step: Step, column: Column, y: float, lines: tuple[str, ...]) -> Part:
    """Nine in ten, quiet where few times tell it; small below it the standard, the median and n."""
    theme, found = sheet.palette.theme, sheet.filled.times.get(step.key)
    x, room = column.x + INSET, column.width - _ASIDE
    main = _NOTHING if found is None else sheet.say("p90", time=spoken(spell(found.p90), sheet.lang))
    many = found is not None and found.n >= FEWEST
    color = theme.worse if over(reading, step.key) else theme.ink if many else theme.faint
    shapes = (
        text(main, x, y + 7, room, 12.5, color, most=1, bold=many),
        Label(x, y + 25 + _SMALL, lines, _SMALL, theme.faint),
    )
    told = sheet.say("times_told", step=sheet.of(step.name), told=" · ".join((main, *_small(sheet, step))))
    return Part("cell", f"time/{step.key}", told, shapes)
