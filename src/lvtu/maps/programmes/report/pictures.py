"""The pictures of a report: the project's map, and how its customers feel on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lvtu.core.words import Lang
from lvtu.maps.drawing.frames import frames_of
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.showing import showing
from lvtu.maps.look import Look

if TYPE_CHECKING:
    from lvtu.maps.live import Filled
    from lvtu.maps.map import Map

_ALWAYS = frozenset({"touchpoints", "channels"})

_MANY = 8
"""Steps from which on a map is shown stage by stage too: on one page it can only be overlooked."""


def pictures(map_: Map, filled: Filled, lang: Lang) -> Iterator[tuple[str, Scene]]:
    """The map with the lanes that say something: numbers, cards, touchpoints, what customers said.

    A long one is shown whole, and then in its frames, each with its title.
    """
    shown = showing(map_.document)
    written = {card.lane for card in shown.cards}
    told = [
        lane.key
        for lane in shown.lanes
        if lane.key in written or lane.role in _ALWAYS or filled.values.get(lane.key)
        or (lane.role == "thoughts" and any(filled.quotes.values()))
    ]  # fmt: skip
    look = Look(language=lang, lanes=told or None, headed=False)
    yield "", map_.scene(look, filled)
    if len(shown.steps) < _MANY:
        return
    for frame in frames_of(shown):
        if frame.steps and len(frame.steps) < len(shown.steps):
            yield frame.title.get(lang), map_.scene(replace(look, frame=frame.key), filled)


def curve(map_: Map, filled: Filled, lang: Lang) -> Scene | None:
    """How customers feel from step to step: the map's curves alone; None where nobody was asked or estimated."""
    document = map_.document
    curves = [
        lane.key
        for lane in document.lanes
        if lane.kind == "curve" and (filled.values.get(lane.key) or (lane.role == "feelings" and document.curve))
    ]
    return map_.scene(Look(language=lang, lanes=curves, headed=False), filled) if curves else None
