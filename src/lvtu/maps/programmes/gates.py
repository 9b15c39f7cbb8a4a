"""Gates: whether something is there, and where it is made if not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, get_args

import numpy as np

from lvtu.core.model.text import Text
from lvtu.engines.base import Engine
from lvtu.maps.document import JourneyMap
from lvtu.maps.programmes.definition import Field, Gate
from lvtu.maps.programmes.project import SENSES, Project
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.maps.live import Filled
    from lvtu.maps.map import Map
    from lvtu.maps.programmes.running import Guided

LEAST_STEPS, LEAST_IDEAS = 3, 3


@dataclass(frozen=True)
class State:
    """What gates look at.

    Attributes:
        ws: the workspace.
        project: the project.
        answers: what the data say to a map.
    """

    ws: Guided
    project: Project
    answers: Callable[[Map], Filled]

    @cached_property
    def drawn(self) -> Map | None:
        """The project's map, if it is there."""
        return next((one for one in self.ws.maps if one.id == self.project.map), None)

    @cached_property
    def map(self) -> JourneyMap | None:
        """That map's document."""
        return None if self.drawn is None else self.drawn.document

    @cached_property
    def filled(self) -> Filled | None:
        """What the data say to it."""
        return None if self.drawn is None else self.answers(self.drawn)

    @property
    def ideas(self) -> int:
        """How many ideas the map has, with those that became an opportunity or an action."""
        cards = () if self.map is None else self.map.cards
        return sum(card.kind == "idea" or card.key.startswith("idea-") for card in cards)

    @property
    def coverage(self) -> tuple[int, int]:
        """How many of the map's cards rest on something, and how many there are."""
        cards = () if self.map is None else self.map.cards
        return sum(bool(card.evidence) for card in cards), len(cards)


def _noted(name: Field) -> Callable[[State], bool]:
    return lambda state: bool(state.project.notes.get(name, "").strip())


def _scenario(state: State) -> bool:
    """Somebody who wants something."""
    return any(_said(one.who) and _said(one.goal) for one in (state.map.scenarios if state.map else ()))


def _scenario_whole(state: State) -> bool:
    """Who, where, when, set out by what, to have what."""
    return any(
        all(_said(part) for part in (one.who, one.where, one.when, one.trigger, one.goal))
        for one in (state.map.scenarios if state.map else ())
    )


def _said(text: Text | None) -> bool:
    return text is not None and bool(text.zh.strip() or text.en.strip())


def _live(state: State) -> bool:
    return state.filled is not None and (any(state.filled.values.values()) or any(state.filled.volume.values()))


def _whose(state: State) -> bool:
    return state.map is not None and bool(state.map.personas or state.map.where or state.map.actors)


def _pain(state: State) -> bool:
    return state.map is not None and any(card.kind == "pain" and card.evidence for card in state.map.cards)


def _opportunity(state: State) -> bool:
    cards = state.map.cards if state.map is not None else ()
    return any(card.kind in ("opportunity", "action") and card.owner for card in cards)


def _target(state: State) -> bool:
    return state.map is not None and any(one.target is not None for one in state.map.bindings)


def _version(state: State) -> bool:
    return state.map is not None and bool(state.ws.maps.of(state.map.id).versions())


def _scored(state: State) -> bool:
    """Customers answered on a scale at the steps of the map, or, without a map, anywhere."""
    if state.filled is not None and any(state.filled.values.values()):
        return True
    return state.ws.asked(_any_score)


def _any_score(snapshot: Snapshot, _engine: Engine) -> bool:
    snapshot.prepare({"score"})
    return any(bool(np.isfinite(block.numbers("score")).any()) for block in snapshot.blocks)


def _strategy(state: State) -> bool:
    rows = state.project.strategy
    return all(sense in rows and rows[sense].action.strip() and rows[sense].metric.strip() for sense in SENSES)


def _focus(state: State) -> bool:
    steps = {step.key for step in state.map.steps} if state.map is not None else set()
    return bool(steps & set(state.project.focus))


def _events(state: State) -> bool:
    return state.ws.asked(lambda snapshot, _engine: any(block.customers for block in snapshot.blocks))


def _known(state: State) -> bool:
    return bool(state.project.documents) or bool(state.coverage[0]) or _events(state)


GATES: Mapping[Gate, tuple[Callable[[State], bool], str]] = {
    **{name: (_noted(name), "") for name in get_args(Field)},
    "events": (_events, "start"),
    "scored": (_scored, "start"),
    "known": (_known, "#evidence"),
    "map": (lambda state: state.map is not None, "maps/library"),
    "steps": (lambda state: state.map is not None and len(state.map.steps) >= LEAST_STEPS, "maps/{map}/edit"),
    "scenario": (_scenario, ""),
    "scenario_whole": (_scenario_whole, ""),
    "live": (_live, "maps/{map}/edit"),
    "whose": (_whose, "maps/{map}/edit"),
    "pain": (_pain, "maps/{map}"),
    "opportunity": (_opportunity, ""),
    "target": (_target, "maps/{map}"),
    "version": (_version, ""),
    "inuse": (lambda state: state.map is not None and state.map.status == "live", "maps/library"),
    "focus": (_focus, ""),
    "ideas": (lambda state: state.ideas >= LEAST_IDEAS, ""),
    "strategy": (_strategy, ""),
}  # fmt: skip
"""By gate whether it is open, and the page where what is missing is made; empty, or a place on it: its own."""
