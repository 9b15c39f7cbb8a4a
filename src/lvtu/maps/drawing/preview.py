"""A map at a glance, for galleries and lists: its stages, its steps, and how customers feel on the way."""

from __future__ import annotations

from collections.abc import Mapping

from lvtu.core.words import Lang, say
from lvtu.maps.document import JourneyMap
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.palette import PALETTES, Palette
from lvtu.maps.drawing.scene import Box, Dot, Line, Part, Scene, text

WIDTH, HEIGHT = 360.0, 150.0
_BAND, _EDGE, _PAD, _SIZE = 24.0, 12.0, 5.0, 10.5
_TOP, _LOW = 44.0, 126.0
_LONGEST = 84.0
"""Longer names of stages are cut off."""


def preview(map_: JourneyMap, lang: Lang, *, dark: bool = False) -> Scene:
    """A small picture of a map: a band for every stage, the wider the more steps it has; a dot for every step.

    Dots stand as high as people estimate that customers feel there (`lvtu.maps.document.CurvePoint`), and are hollow on
    the middle where nobody does; a ring marks moments of truth.

    Args:
        map_: the map.
        lang: the language.
        dark: whether it is for a dark page.
    """
    palette = PALETTES[dark]
    scene = Scene(WIDTH, HEIGHT, palette.theme.ground, map_.title.get(lang), _told(map_, lang))
    stages = _stages(map_, lang)
    places = _places(map_, stages)
    _bands(scene, map_, lang, palette, stages)
    middle = (_TOP + _LOW) / 2
    scene.add(Line(((_EDGE, middle), (WIDTH - _EDGE, middle)), palette.theme.line, dashed=True))
    felt = {point.step: point.value for point in map_.curve if point.persona is None}
    at = {key: middle - value / 2 * (_LOW - _TOP) / 2 for key, value in felt.items()}
    line = tuple((x, at[key]) for key, x in places.items() if key in at)
    if len(line) > 1:
        scene.add(Line(line, palette.theme.soft, thick=1.6))
    for step in map_.steps:
        x, name = places[step.key], step.name.get(lang)
        if step.moment != "none":
            scene.add(Dot(x, at.get(step.key, middle), 7.5, None, palette.theme.accent, 1.2))
        color = palette.feeling(felt[step.key]) if step.key in felt else palette.theme.ground
        dot = Dot(x, at.get(step.key, middle), 4.2, color, palette.theme.soft, 0.8)
        scene.add(Part("step", step.key, name, (dot,)))
    return scene


def _stages(map_: JourneyMap, lang: Lang) -> dict[str, tuple[float, float]]:
    """Where each stage with steps begins, and how wide it is: a third by its steps, the rest by its name."""
    steps = {stage.key: n for stage in map_.stages if (n := len(map_.steps_of(stage.key)))}
    names = {key: min(width(map_.stage(key).name.get(lang), _SIZE) + 16, _LONGEST) for key in steps}
    x = _EDGE
    found: dict[str, tuple[float, float]] = {}
    for key, n in steps.items():
        wide = (WIDTH - 2 * _EDGE) * (n / sum(steps.values()) + 2 * names[key] / sum(names.values())) / 3
        found[key] = (x, wide)
        x += wide
    return found


def _places(map_: JourneyMap, stages: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Where each step stands: those of a stage equally far apart."""
    found: dict[str, float] = {}
    for stage, (x, wide) in stages.items():
        steps = map_.steps_of(stage)
        found |= {step.key: x + wide * (number + 0.5) / len(steps) for number, step in enumerate(steps)}
    return found


def _bands(
    scene: Scene, map_: JourneyMap, lang: Lang, palette: Palette, stages: Mapping[str, tuple[float, float]]
) -> None:
    for key, (x, wide) in stages.items():
        words, room = map_.stage(key).name.get(lang), wide - 2 * _PAD - 2
        name = text(words, x + _PAD + 1, _EDGE + (_BAND - _SIZE) / 2 - 1.5, room, _SIZE, palette.theme.soft, most=1)
        scene.add(Box(x + 1, _EDGE, wide - 2, _BAND, palette.chip, radius=5), name)
        scene.add(Line(((x + wide, _TOP - 4), (x + wide, _LOW + 8)), palette.theme.line, thick=0.7))


def _told(map_: JourneyMap, lang: Lang) -> str:
    stages = say("maps.and_so_on", lang).join(stage.name.get(lang) for stage in map_.stages)
    return say("maps.described", lang, title=map_.title.get(lang), stages=stages, steps=len(map_.steps))
