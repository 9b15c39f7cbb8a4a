"""The columns of a map that is drawn as a grid: which there are, how wide, and where."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lvtu.core.words import Lang
from lvtu.maps.drawing.heads import Column
from lvtu.maps.drawing.sheet import Sheet

MARGIN = 24.0
LANE = 112.0
"""How wide the names of lanes stand."""

WIDEST, FRAMED = 190.0, 320.0
"""How wide a column becomes at most: on a page, and in a frame that fills a screen."""

_NARROWEST: Mapping[str, float] = {"zh": 108.0, "en": 118.0}
"""How wide a column is at least: in English so that a long word of a card stays whole."""

_AIM = 1240.0
_STAGE, _SLOT = 190.0, 66.0
_HEAD = 140.0
"""How wide heads of steps stand at least, where many stand in one column."""


def columns_of(
    groups: Sequence[tuple[str, tuple[str, ...]]], lang: Lang, wide: bool = False, most: float = WIDEST
) -> list[Column]:  # fmt: skip
    """Columns as wide as people read well: of equal width, or by how many steps they stand for.

    Args:
        groups: the key and the steps of each.
        lang: in which language they are told.
        wide: whether a column stands for several steps.
        most: how wide a column of one step may become.
    """
    even = min(max((_AIM - LANE) / max(len(groups), 1), _NARROWEST[lang]), most)
    x, columns = MARGIN + LANE, []
    for key, steps in groups:
        room = max(_STAGE, _SLOT * len(steps)) * most / WIDEST if wide else even
        columns.append(Column(key, steps, x, room))
        x += room
    return columns


def side_by_side(column: Column) -> list[Column]:
    """A wide column of many steps as some narrower ones beside each other."""
    across = min(max(int(column.width // _HEAD), 1), math.ceil(len(column.steps) / 3))
    if across < 2:
        return [column]
    each, room = math.ceil(len(column.steps) / across), column.width / across
    return [
        Column(column.key, column.steps[place * each : (place + 1) * each], column.x + place * room, room)
        for place in range(across)
    ]


def steps_apart(sheet: Sheet) -> list[tuple[str, tuple[str, ...]]]:
    """A column for every step."""
    return [(step.key, (step.key,)) for step in sheet.map.steps]


def steps_by_stage(sheet: Sheet) -> list[tuple[str, tuple[str, ...]]]:
    """A column for every stage, with its steps below each other."""
    return [(stage.key, tuple(s.key for s in sheet.map.steps_of(stage.key))) for stage in sheet.map.stages]
