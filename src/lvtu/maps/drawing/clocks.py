"""Times at the steps: the median since customers' first step, or of one customer the days themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lvtu.core.units import moment
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import roughly, told
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Shape
from lvtu.maps.drawing.sheet import Sheet

HEIGHT = 32.0
"""How high the row of them is."""

_SIZE, _SMALL = 9.5, 9.0


@dataclass(frozen=True)
class Stamp:
    """A time at a step.

    Attributes:
        words: it.
        below: of how many it is the median, or the time of day; empty where only the day is known.
        title: what is read aloud.
        few: whether it rests on too few to be told like the others.
    """

    words: str
    below: str
    title: str
    few: bool = False

    @property
    def line(self) -> str:
        """It in one line."""
        return f"{self.words} · {self.below}" if self.below else self.words


def stamp(sheet: Sheet, step: str) -> Stamp | None:
    """The time at a step; None where nothing is known, and where times stand between steps.

    Args:
        sheet: what is drawn.
        step: its key.
    """
    name = sheet.of(sheet.steps[step].name)
    if sheet.times == "relative" and (value := sheet.filled.since.get(step)) is not None:
        words = f"T+{roughly(value.value, sheet.lang) if round(value.value) else 0}"
        title = f"{name} · {sheet.say('marks.since')}: {told(value, sheet.lang)}"
        return Stamp(words, sheet.say("n", n=value.n), title, value.few)
    if sheet.times == "absolute" and (met := (sheet.filled.met or {}).get(step)) is not None:
        there = moment(met.time).astimezone(ZoneInfo(sheet.zone))
        clock = f"{there:%H:%M}" if met.exact else ""
        title = f"{name} · {sheet.say('marks.met')}: {there.date().isoformat()} {clock}".rstrip()
        return Stamp(there.date().isoformat(), clock, title)
    return None


def kind_of(sheet: Sheet) -> str:
    """What kind of part a stamp is."""
    return "since" if sheet.times == "relative" else "met"


def axis(sheet: Sheet, steps: Sequence[tuple[str, float]], y: float) -> list[Shape]:
    """Stamps on a line that is broken where nothing is known.

    Args:
        sheet: what is drawn.
        steps: their keys and middles, in order.
        y: the upper edge of the row.
    """
    theme, level = sheet.palette.theme, y + 9
    shapes: list[Shape] = []
    parts: list[Part] = []
    before: float | None = None
    for key, x in steps:
        found = stamp(sheet, key)
        if found is None:
            before = None
            continue
        if before is not None:
            shapes.append(Line(((before, level), (x, level)), theme.faint, thick=0.8))
        before = x
        wide = width(found.words, _SIZE) + 14
        small = [Label(x, level + 18, (found.below,), _SMALL, theme.faint, anchor="middle")] if found.below else []
        parts.append(
            Part(kind_of(sheet), key, found.title, (
                Box(x - wide / 2, level - 8, wide, 16, theme.ground, theme.line, radius=8, dashed=found.few),
                Label(x, level + 3.5, (found.words,), _SIZE, theme.soft, anchor="middle"),
                *small,
            ))
        )  # fmt: skip
    return [*shapes, *parts]
