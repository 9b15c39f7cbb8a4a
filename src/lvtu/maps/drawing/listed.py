"""A lane of few numbers as a list: each step that has one, with its interval and n."""

from __future__ import annotations

from lvtu.maps.document import Lane
from lvtu.maps.drawing.curve import series_of, title_of
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.drawing.scene import Box, Label, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet

_HEAD, _ROW, _EDGE = 40.0, 36.0, 6.0


def listed_height(sheet: Sheet, lane: Lane, room: float) -> float:
    """How high the list is."""
    return _HEAD + _ROW * len(_values(sheet, lane)) + 2 * _EDGE


def _values(sheet: Sheet, lane: Lane) -> list[str]:
    return [key for key in sheet.steps if key in sheet.filled.values.get(lane.key, {})]


def listed(sheet: Sheet, lane: Lane, x: float, y: float, room: float) -> Part:
    """The list, its upper left corner at x, y."""
    theme, series = sheet.palette.theme, series_of(sheet, lane)
    high = listed_height(sheet, lane, room)
    shapes: list[Shape] = [
        Box(x + _EDGE, y + _EDGE, room - 2 * _EDGE, high - 2 * _EDGE, None, theme.line, 10),
        text(series.label, x + 18, y + 14, room - 36, 13, theme.ink, most=1, bold=True),
    ]
    for place, key in enumerate(_values(sheet, lane)):
        value, top = series.values[key], y + _HEAD + _ROW * place
        shown, small = number(value.value, value.unit, sheet.lang), interval(value, sheet.lang)
        below = " · ".join(part for part in (small, sheet.say("n", n=value.n)) if part)
        color = theme.worse if value.worse else theme.ink
        name = text(sheet.of(sheet.steps[key].name), x + 18, top + 4, room / 2 - 24, 11.5, theme.soft, most=1)
        row: tuple[Shape, ...] = (
            name,
            Label(x + room - 18, top + 15, (shown,), 12.5, color, bold=True, anchor="end"),
            Label(x + room - 18, top + 28, (below,), 9.5, theme.faint, anchor="end"),
        )
        shapes.append(Part("cell", f"{lane.key}/{key}", title_of(sheet, series, key, value), row))
    return Part("lane", lane.key, series.label, tuple(shapes))
