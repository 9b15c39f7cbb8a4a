"""A second curve beside the first: whom a perspective is compared with, and where the two differ."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import number, told
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Filled, Gap, Value

_MARK = 7.0

BELOW = 54.0
"""The room below a curve that has a second one: for its numbers, and where the two differ."""


def color_of(sheet: Sheet) -> str:
    """The colour of the second curve."""
    return sheet.palette.theme.groups[1]


def others(sheet: Sheet, lane: str, steps: Iterable[str]) -> dict[str, Value]:
    """What the others answered on a lane, or those of them who are an actor; nothing where nobody is compared."""
    values = {} if sheet.filled.beside is None else _of(sheet, sheet.filled.beside, lane)
    return {step: values[step] for step in steps if step in values}


def _of(sheet: Sheet, filled: Filled, lane: str) -> Mapping[str, Value]:
    """Answers on a lane by step; of an actor those at the steps that they take."""
    if lane in filled.values or lane not in filled.roles:
        return filled.values.get(lane, {})
    return {step: value for step, value in filled.roles[lane].items() if lane in sheet.steps[step].actors}


def second(
    sheet: Sheet, lane: str, columns: Mapping[str, tuple[float, float]], at: Callable[[float], float],
    reach: Mapping[str, tuple[float, float]],
) -> list[Shape]:  # fmt: skip
    """The second curve of a lane, dashed and with square marks; told where the two differ by more than chance.

    Of two numbers at a step the larger stands above.

    Args:
        sheet: what is drawn.
        lane: the key of the lane.
        columns: x and width of each step's column, in order.
        at: the height of a value.
        reach: how far up and how far down anything is at a step.
    """
    values, color = others(sheet, lane, columns), color_of(sheet)
    middle = {key: columns[key][0] + columns[key][1] / 2 for key in values}
    shapes: list[Shape] = []
    for one, other in itertools.pairwise(columns):
        if one in values and other in values:
            ends = (middle[one], at(values[one].value)), (middle[other], at(values[other].value))
            shapes.append(Line(ends, color, thick=1.6, dashed=True))
    for key, value in values.items():
        gap, mine = sheet.filled.gaps.get(lane, {}).get(key), _of(sheet, sheet.filled, lane).get(key)
        (top, low), level = reach[key], at(value.value)
        if mine is not None:
            shapes.append(Line(((middle[key], level), (middle[key], at(mine.value))), sheet.palette.theme.faint))
        above = mine is None or mine.value < value.value
        shapes.append(_mark(sheet, lane, key, value, middle[key], level, top - 18 if above else low + 15))
        if gap is not None and gap.significant and mine is not None:
            shapes.append(_differs(sheet, lane, key, gap, mine, middle[key], low + 38))
    return shapes


def _mark(sheet: Sheet, lane: str, key: str, value: Value, x: float, y: float, first: float) -> Part:
    """The square of a value, and its number with n, at a height."""
    theme, color = sheet.palette.theme, color_of(sheet)
    half = _MARK / 2
    words, small = number(value.value, value.unit, sheet.lang), sheet.say("n", n=value.n)
    shapes = (
        Box(x - half, y - half, _MARK, _MARK, theme.ground if value.few else color, color, 1, thick=1.5),
        Label(x, first, (words,), 11, color, bold=True, anchor="middle", halo=theme.ground),
        Label(x, first + 11, (small,), 9.5, theme.faint, anchor="middle", halo=theme.ground),
    )
    whose = "" if sheet.filled.beside is None else sheet.of(sheet.filled.beside.whose)
    return Part("other", f"{lane}/{key}", f"{whose} · {told(value, sheet.lang)}", shapes)


def _differs(sheet: Sheet, lane: str, key: str, gap: Gap, mine: Value, x: float, y: float) -> Part:
    """That the two differ by more than chance, and by how much, below the numbers."""
    words = number(gap.difference, mine.unit, sheet.lang)
    words = words if words[:1] in "+−" else f"+{words}"
    label = Label(x, y, (f"≠ {words}",), 10.5, sheet.palette.theme.ink, bold=True, anchor="middle")
    return Part("gap", f"{lane}/{key}", sheet.say("differs", difference=words), (label,))


def beside(sheet: Sheet, lane: str, key: str, x: float, top: float, high: float) -> tuple[list[Shape], float]:
    """What the others answered, below a number that is so far so high; and how high both are."""
    value = others(sheet, lane, [key]).get(key)
    if value is None:
        return [], high
    color, half = color_of(sheet), _MARK / 2
    gap = sheet.filled.gaps.get(lane, {}).get(key)
    words = number(value.value, value.unit, sheet.lang) + (" ≠" if gap is not None and gap.significant else "")
    level = top + high + 8
    shapes: list[Shape] = [
        Box(x, level - half, _MARK, _MARK, sheet.palette.theme.ground if value.few else color, color, 1, thick=1.5),
        Label(x + 12, level + 4, (words,), 11, color, bold=True),
        Label(x + 18 + width(words, 11, bold=True), level + 4, (sheet.say("n", n=value.n),), 9.5,
              sheet.palette.theme.faint),
    ]  # fmt: skip
    return shapes, high + 18


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
    all_ = sheet.say("everybody") in (sheet.of(sheet.filled.whose), sheet.of(beside.whose))
    differs = "differs_others" if all_ else "differs_mark"
    words = sheet.say(differs if any(_significant(sheet)) else "differs_nowhere")
    shapes.append(Label(x, y + 12, (words,), 11, theme.soft))
    scene.add(*shapes)
    return y + 24


def _significant(sheet: Sheet) -> Sequence[bool]:
    return [gap.significant for some in sheet.filled.gaps.values() for gap in some.values()]
