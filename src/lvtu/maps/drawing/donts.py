"""The four don'ts at a step, as far as its events tell: don't make me wait, don't annoy me, don't make me think or
repeat myself."""

from __future__ import annotations

from typing import NamedTuple

from lvtu.analyses.intervals import wilson
from lvtu.core.units import duration, spell
from lvtu.core.words import spoken
from lvtu.maps.blueprint.rules import FEWEST, too_long
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value


class Dont(NamedTuple):
    """One of the four at a step.

    Attributes:
        name: ``wait``, ``annoy``, ``think`` or ``repeat``.
        text: what events say.
        bad: whether that is over the step's standard.
        means: what the number is of, where the text does not say it.
    """

    name: str
    text: str
    bad: bool = False
    means: str = ""


def donts(sheet: Sheet, step: str) -> list[Dont]:
    """What events say of the four at a step; nothing of what they do not tell.

    Waiting is the time that nine in ten customers are within, against the step's standard: without a standard nobody
    has said how long is too long. Who was annoyed, and who had to repeat themselves: `lvtu.maps.live.bothered`.
    Thinking is told by one sign alone: the share of those who went on that went back to an earlier step (Wilson's
    interval).

    Args:
        sheet: the map and its answers.
        step: the key of the step.
    """
    some = (_wait(sheet, step), _bothered(sheet, step, "annoy"), _think(sheet, step), _bothered(sheet, step, "repeat"))
    return [one for one in some if one is not None]


def unmeasured(sheet: Sheet) -> str:
    """Which of the four no event tells at any step, in words; empty where each is told at one."""
    told = {one.name for step in sheet.steps for one in donts(sheet, step)}
    names = [sheet.say(f"donts.names.{name}") for name in ("wait", "annoy", "think", "repeat") if name not in told]
    return sheet.say("donts.unmeasured", names=sheet.say("and_so_on").join(names)) if names else ""


def _wait(sheet: Sheet, step: str) -> Dont | None:
    standard, times = sheet.steps[step].standard, sheet.filled.times.get(step)
    if standard is None or times is None:
        return None
    told = {"time": spoken(spell(times.p90), sheet.lang), "standard": spoken(spell(duration(standard)), sheet.lang)}
    bad = times.n >= FEWEST and too_long(times.p90, standard)
    return Dont("wait", sheet.say("donts.wait", **told, n=f"{times.n:,}"), bad)


def _bothered(sheet: Sheet, step: str, name: str) -> Dont | None:
    share = sheet.filled.bothered.get(name, {}).get(step)
    if share is None:
        return None
    shown = number(share.value, "share", sheet.lang)
    told = {"share": shown, "interval": interval(share, sheet.lang), "n": f"{share.n:,}"}
    return Dont(name, sheet.say(f"donts.{name}", **told), means=sheet.say(f"donts.means.{name}"))


def _think(sheet: Sheet, step: str) -> Dont | None:
    out = {target: way for (source, target), way in sheet.filled.ways.items() if source == step}
    if not out:
        return None
    left = max(way.n for way in out.values())
    back = round(sum(way.value * way.n for target, way in out.items() if sheet.place[target] < sheet.place[step]))
    share = Value(back / left, "share", left, *(wilson(back, left) or (None, None)))
    shown = number(share.value, "share", sheet.lang)
    return Dont("think", sheet.say("donts.think", share=shown, interval=interval(share, sheet.lang), n=f"{left:,}"))
