"""The four don'ts at a step, as far as its events tell: don't make me wait, don't make me think."""

from __future__ import annotations

from typing import NamedTuple

from lvtu.analyses.intervals import wilson
from lvtu.core.units import duration, spell
from lvtu.core.words import spoken
from lvtu.maps.blueprint.rules import FEWEST, too_long
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value

UNMEASURED = ("annoy", "repeat")
"""Of those no event tells here: rage clicks, error loops and repeated contacts need detectors of their own."""


class Dont(NamedTuple):
    """One of the four at a step.

    Attributes:
        name: ``wait`` or ``think``.
        text: what events say.
        bad: whether that is over the step's standard.
    """

    name: str
    text: str
    bad: bool = False


def donts(sheet: Sheet, step: str) -> list[Dont]:
    """What events say of the four at a step; nothing of what they do not tell.

    Waiting is the time that nine in ten customers are within, against the step's standard: without a standard nobody
    has said how long is too long. Thinking is told by one sign alone: the share of those who went on that went back to
    an earlier step (Wilson's interval).

    Args:
        sheet: the map and its answers.
        step: the key of the step.
    """
    return [one for one in (_wait(sheet, step), _think(sheet, step)) if one is not None]


def _wait(sheet: Sheet, step: str) -> Dont | None:
    standard, times = sheet.steps[step].standard, sheet.filled.times.get(step)
    if standard is None or times is None:
        return None
    told = {"time": spoken(spell(times.p90), sheet.lang), "standard": spoken(spell(duration(standard)), sheet.lang)}
    bad = times.n >= FEWEST and too_long(times.p90, standard)
    return Dont("wait", sheet.say("donts.wait", **told, n=f"{times.n:,}"), bad)


def _think(sheet: Sheet, step: str) -> Dont | None:
    out = {target: way for (source, target), way in sheet.filled.ways.items() if source == step}
    if not out:
        return None
    left = max(way.n for way in out.values())
    back = round(sum(way.value * way.n for target, way in out.items() if sheet.place[target] < sheet.place[step]))
    share = Value(back / left, "share", left, *(wilson(back, left) or (None, None)))
    shown = number(share.value, "share", sheet.lang)
    return Dont("think", sheet.say("donts.think", share=shown, interval=interval(share, sheet.lang), n=f"{left:,}"))
