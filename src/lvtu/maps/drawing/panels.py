"""What is most telling of each stage, in panels to both sides of a ring."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lvtu.maps.document.cards import Card
from lvtu.maps.drawing.cards import card, quote
from lvtu.maps.drawing.ring import Ring
from lvtu.maps.drawing.scene import Box, Part, Scene, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Quote

PANEL = 260.0
"""How wide they are."""

_CARDS, _QUOTES, _BETWEEN = 3, 2, 18.0
_FIRST = ("pain", "need", "gain", "opportunity", "insight", "idea", "action")
"""What is told first."""


def panels(
    sheet: Sheet, scene: Scene, ring: Ring, left: float, right: float, top: float, colors: Mapping[str, str]
) -> float:
    """A panel for each stage, on its side of the ring and as near to its height as the others allow.

    Returns:
        How far down they reach.
    """
    bottom = top
    for side, keys in _sides(ring).items():
        keys = [key for key in keys if telling(sheet, key)]
        x, heights = (right if side else left), [panel(sheet, key, 0, 0, colors[key])[1] for key in keys]
        for key, y in zip(keys, _placed(ring, keys, heights, top), strict=True):
            shapes, height = panel(sheet, key, x, y, colors[key])
            scene.add(*shapes)
            bottom = max(bottom, y + height)
    return bottom


def telling(sheet: Sheet, key: str) -> bool:
    """Whether there is anything to say of a stage besides its name."""
    steps = [step.key for step in sheet.map.steps_of(key)]
    return bool(sheet.stages[key].goal or _cards(sheet, steps) or _quotes(sheet, steps))


def panels_height(sheet: Sheet, ring: Ring) -> float:
    """How high the panels of the higher side are together."""
    sides = [[panel(sheet, key, 0, 0, "")[1] + _BETWEEN for key in keys if telling(sheet, key)]
             for keys in _sides(ring).values()]  # fmt: skip
    return max(map(sum, sides))


def _sides(ring: Ring) -> dict[bool, list[str]]:
    """The stages to the left (False) and to the right of the middle, from top to bottom."""
    right = [key for key in ring.stages if ring.middle_of(key) <= math.pi]
    return {False: [key for key in reversed(list(ring.stages)) if key not in right], True: right}


def _placed(ring: Ring, keys: Sequence[str], heights: Sequence[float], top: float) -> list[float]:
    """Where panels begin, from top to bottom, none over another."""
    wanted = [
        ring.y - ring.radius * math.cos(ring.middle_of(key)) - high / 2 for key, high in zip(keys, heights, strict=True)
    ]
    low = ring.y + ring.radius + 40
    places: list[float] = []
    for place, high in zip(reversed(wanted), reversed(heights), strict=True):
        low = min(place, low - high)
        places.append(low)
        low -= _BETWEEN
    places.reverse()
    free = top
    for number, high in enumerate(heights):
        places[number] = max(places[number], free)
        free = places[number] + high + _BETWEEN
    return places


def panel(sheet: Sheet, key: str, x: float, y: float, color: str) -> tuple[list[Shape], float]:
    """A stage: its name and goal, the cards that matter most, what customers said; and how high it is."""
    theme, stage, room = sheet.palette.theme, sheet.stages[key], PANEL - 16
    name = text(sheet.of(stage.name), x + 14, y, room, 14, theme.ink, most=1, bold=True)
    goal = text(sheet.of(stage.goal), x + 14, y + 21, room, 11, theme.faint, most=2)
    high = 23 + (goal.height + 4 if goal.lines else 0)
    steps = [step.key for step in sheet.map.steps_of(key)]
    cards, quotes = _cards(sheet, steps), _quotes(sheet, steps)
    inside: list[Shape] = []

    def whose(step: str) -> float:
        """Say of which step the next thing is, unless it is called as the stage; how high that is."""
        called = sheet.of(sheet.steps[step].name)
        if called == sheet.of(stage.name):
            return 2.0
        inside.append(text(called, x + 14, y + high, room, 10, theme.faint, most=1))
        return 15.0

    for step, one in cards[:_CARDS]:
        high += whose(step)
        drawn, more = card(sheet, one, x + 14, y + high, room)
        inside.append(drawn)
        high += more + 7
    for step, said in quotes[:_QUOTES]:
        high += whose(step) - 1
        drawn, more = quote(sheet, said, x + 12, y + high, room)
        inside.append(drawn)
        high += more + 6
    if (left := len(cards) - _CARDS) > 0:
        inside.append(text(sheet.say("more_cards", n=left), x + 14, y + high, room, 10.5, theme.faint, most=1))
        high += 18
    head = Part("stage", key, sheet.of(stage.name), (name, goal) if goal.lines else (name,))
    return [Box(x, y, 4, high, color, radius=2), head, *inside], high


def _cards(sheet: Sheet, steps: Sequence[str]) -> list[tuple[str, Card]]:
    """The cards of some steps: what rests on something before what does not, pains first."""
    found = [(one.step, one) for one in sheet.map.cards if one.step in steps and one.text is not None]
    order = {kind: place for place, kind in enumerate(_FIRST)}
    return sorted(found, key=lambda pair: (order.get(pair[1].kind, len(order)), sheet.assumed(pair[1])))


def _quotes(sheet: Sheet, steps: Sequence[str]) -> list[tuple[str, Quote]]:
    """What customers said at some steps, the clearest feelings first, one of a step."""
    firsts = [(step, sheet.filled.quotes[step][0]) for step in steps if sheet.filled.quotes.get(step)]
    return sorted(firsts, key=lambda pair: -abs(pair[1].feeling or 0.0))
