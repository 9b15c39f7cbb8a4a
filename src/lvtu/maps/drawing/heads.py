"""The heads of steps: their names, who was there or what an overlay says, and the time from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lvtu.maps.drawing.clocks import stamp
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import roughly, told
from lvtu.maps.drawing.overlay import Tint
from lvtu.maps.drawing.scene import Box, Label, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value

_PAD = 8.0
_SMALL = 10.5
_LEAST = 0.01
"""The least share of those who get no further that is told."""


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        key: the step's, or the stage's.
        steps: the keys of the steps it stands for.
        x, width: its place.
    """

    key: str
    steps: tuple[str, ...]
    x: float
    width: float


@dataclass(frozen=True)
class Head:
    """The head of a step, to be put into a row.

    Attributes:
        key: the step's.
        x, y, width, height: its place; y from the top of the row.
        labels: its name, and what stands below it.
        tint: what an overlay says of it.
        title: what is read aloud.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    labels: tuple[Label, ...]
    tint: Tint | None
    title: str

    def at(self, top: float, height: float) -> Part:
        """It, in a row that begins at a height, its tint as high as is said."""
        shapes: list[Shape] = [replace(label, y=label.y + top) for label in self.labels]
        if self.tint is not None:
            shapes.insert(0, Box(self.x + 1, top + self.y + 1, self.width - 2, height - 2, self.tint.color, radius=4))
        return Part("step", self.key, self.title, tuple(shapes))


def head_of(
    sheet: Sheet, key: str, column: Column, y: float, tint: Tint | None, *, counted: bool, timed: bool = False
) -> Head:  # fmt: skip
    """The head of a step.

    Args:
        sheet: what is drawn.
        key: the step's.
        column: where.
        y: how far below the top of the row.
        tint: what the overlay says of it.
        counted: whether there is anything to tell below its name.
        timed: whether its time stands there, too (`lvtu.maps.drawing.clocks`).
    """
    theme, step = sheet.palette.theme, sheet.steps[key]
    x, room = column.x + _PAD, column.width - 2 * _PAD
    star = " ★" if step.moment != "none" else ""
    top = y + (_PAD if y == 0 else 6)
    name = text(sheet.of(step.name) + star, x, top, room, 12.5, theme.ink, most=6, bold=True)
    labels, bottom = [name], top + name.height + 3
    if counted:
        color = theme.faint if tint is None else theme.ink
        if told := _below(sheet, key, tint):
            labels.append(text(told, x, bottom - 2, room, _SMALL, color, most=1))
        bottom += _SMALL * 1.35
        if share := _leave(sheet, key):
            labels.append(text(share, x, bottom - 1, room, _SMALL, theme.soft if tint is None else theme.ink, most=1))
            bottom += _SMALL * 1.35
    title = sheet.of(step.name) if tint is None else f"{sheet.of(step.name)} · {tint.title}"
    if timed and (found := stamp(sheet, key)) is not None:
        labels.append(text(found.line, x, bottom - 1, room, _SMALL, theme.soft if tint is None else theme.ink, most=1))
        bottom, title = bottom + _SMALL * 1.35, f"{title} · {found.title}"
    return Head(key, column.x, y, column.width, bottom - y, tuple(labels), tint, title)


def _below(sheet: Sheet, key: str, tint: Tint | None) -> str:
    if tint is not None:
        return tint.words
    if sheet.filled.customers is None:
        return ""
    volume = sheet.filled.volume.get(key)
    return "—" if volume is None or sheet.overlay is not None else sheet.say("customers", n=volume.n)


def _leave(sheet: Sheet, key: str) -> str:
    """How many get no further than a step; empty of the last stage: who is there came to the end."""
    value = sheet.filled.drop_off.get(key)
    ended = len(sheet.stages) > 1 and sheet.steps[key].stage == list(sheet.stages)[-1]
    if value is None or value.few or value.value < _LEAST or ended:
        return ""
    return sheet.say("no_further", share=f"{100 * value.value:.0f}%")


def between(sheet: Sheet, columns: Sequence[Column]) -> list[tuple[float, tuple[str, str], Value]]:
    """Where two steps stand beside each other and the time from one to the other is known: x, which, the median."""
    found = []
    for one, other in pairwise(column for column in columns if len(column.steps) == 1):
        pair = one.steps[0], other.steps[0]
        if (value := sheet.filled.between.get(pair)) is not None:
            found.append((other.x, pair, value))
    return found


def pill(sheet: Sheet, x: float, y: float, pair: tuple[str, str], value: Value) -> Part:
    """The median time from one step to the next, its middle at x, y."""
    theme = sheet.palette.theme
    words = roughly(value.value, sheet.lang)
    wide = width(words, 9.5) + 14
    names = " → ".join(sheet.of(sheet.steps[key].name) for key in pair)
    shapes = (
        Box(x - wide / 2, y - 8, wide, 16, theme.ground, theme.line, radius=8, dashed=value.few),
        Label(x, y + 3.5, (words,), 9.5, theme.soft, anchor="middle"),
    )
    title = f"{names} · {sheet.say('elapsed')}: {told(value, sheet.lang)}"
    return Part("between", " ".join(pair), title, shapes)
