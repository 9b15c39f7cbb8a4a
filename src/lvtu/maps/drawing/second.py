"""A second curve beside the first: whom a perspective is compared with, and where the two differ."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import number, told
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Gap, Value

_MARK = 7.0


def color_of(sheet: Sheet) -> str:
    """The colour of the second curve."""
    return sheet.palette.theme.groups[1]


def others(sheet: Sheet, lane: str, steps: Iterable[str]) -> dict[str, Value]:
    """What the others answered on a lane; nothing where nobody is compared."""
    beside = sheet.filled.beside
    values = {} if beside is None else beside.values.get(lane, {})
    return {step: values[step] for step in steps if step in values}


def second(
    sheet: Sheet, lane: str, columns: Mapping[str, tuple[float, float]], at: Callable[[float], float]
) -> list[Shape]:  # fmt: skip
    """The second curve of a lane, dashed and with square marks; a bracket where the two differ by more than chance.

    Args:
        sheet: what is drawn.
        lane: the key of the lane.
        columns: x and width of each step's column, in order.
        at: the height of a value.
    """
    values, color = others(sheet, lane, columns), color_of(sheet)
    middle = {key: columns[key][0] + columns[key][1] / 2 for key in values}
    shapes: list[Shape] = []
    for one, other in itertools.pairwise(columns):
        if one in values and other in values:
            ends = (middle[one], at(values[one].value)), (middle[other], at(values[other].value))
            shapes.append(Line(ends, color, thick=1.6, dashed=True))
    for key, value in values.items():
        shapes.append(_mark(sheet, lane, key, value, middle[key], at(value.value)))
        gap = sheet.filled.gaps.get(lane, {}).get(key)
        mine = sheet.value(lane, key)
        if gap is not None and gap.significant and mine is not None:
            shapes.append(_bracket(sheet, lane, key, gap, mine, middle[key], (at(mine.value), at(value.value))))
    return shapes


def _mark(sheet: Sheet, lane: str, key: str, value: Value, x: float, y: float) -> Part:
    theme, color = sheet.palette.theme, color_of(sheet)
    half = _MARK / 2
    shapes = (
        Box(x - half, y - half, _MARK, _MARK, theme.ground if value.few else color, color, 1, thick=1.5),
        Label(x + 9, y + 1, (number(value.value, value.unit, sheet.lang),), 11, color, bold=True),
        Label(x + 9, y + 11, (sheet.say("n", n=value.n),), 9.5, theme.faint),
    )
    whose = "" if sheet.filled.beside is None else sheet.of(sheet.filled.beside.whose)
    return Part("other", f"{lane}/{key}", f"{whose} · {told(value, sheet.lang)}", shapes)


def _bracket(
    sheet: Sheet, lane: str, key: str, gap: Gap, mine: Value, x: float, levels: tuple[float, float]
) -> Part:  # fmt: skip
    theme = sheet.palette.theme
    top, bottom = min(levels), max(levels)
    left = x - 10
    words = number(gap.difference, mine.unit, sheet.lang)
    words = words if words[:1] in "+−" else f"+{words}"
    shapes = (
        Line(((left + 4, top), (left, top), (left, bottom), (left + 4, bottom)), theme.ink, thick=1.3),
        Label(left - 4, (top + bottom) / 2 + 4, (f"≠ {words}",), 10.5, theme.ink, bold=True, anchor="end"),
    )
    return Part("gap", f"{lane}/{key}", sheet.say("differs", difference=words), shapes)


def legend(sheet: Sheet, scene: Scene, x: float, y: float) -> float:
    """Whom the two curves are about, each with n; returns how far down it reaches."""
    beside = sheet.filled.beside
    if beside is None:
        return y
    theme = sheet.palette.theme
    shapes: list[Shape] = []
    for filled, color, first in ((sheet.filled, theme.accent, True), (beside, color_of(sheet), False)):
        shapes.append(Line(((x, y + 8), (x + 26, y + 8)), color, thick=2 if first else 1.6, dashed=not first))
        half = _MARK / 2
        mark = (
            Dot(x + 13, y + 8, 4, color) if first else Box(x + 13 - half, y + 8 - half, _MARK, _MARK, color, radius=1)
        )
        words = sheet.say("with_n", text=sheet.of(filled.whose), n=filled.customers or 0)
        shapes += [mark, Label(x + 33, y + 12, (words,), 12, theme.ink, bold=True)]
        x += 33 + width(words, 12, bold=True) + 28
    words = sheet.say("differs_mark" if any(_significant(sheet)) else "differs_nowhere")
    shapes.append(Label(x, y + 12, (words,), 11, theme.soft))
    scene.add(*shapes)
    return y + 24


def _significant(sheet: Sheet) -> Sequence[bool]:
    return [gap.significant for some in sheet.filled.gaps.values() for gap in some.values()]
