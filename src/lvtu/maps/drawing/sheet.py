"""What every picture of a map needs: the map, its answers, the names of things, the colours and the language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lvtu.analyses.naming import scale_name
from lvtu.core.model.text import Text
from lvtu.core.words import Lang, say
from lvtu.maps.document import JourneyMap, Lane, Stage, Step
from lvtu.maps.document.cards import Card
from lvtu.maps.drawing.palette import PALETTES, Palette
from lvtu.maps.images import Shown
from lvtu.maps.live.filled import Filled, Value
from lvtu.maps.live.meant import Meant

if TYPE_CHECKING:
    from lvtu.maps.personas.persona import Persona


@dataclass(frozen=True)
class Sheet:
    """A map about to be drawn.

    Attributes:
        map: the document.
        filled: its answers.
        lang: the language.
        dark: whether the page is.
        touchpoints, channels: what people call them, by id.
        headed: whether title, scenario and the journey's numbers stand above the map.
        zone: in whose days its period is told.
        bare: whether it is as wide as a screen: a frame (`lvtu.maps.drawing.frames`).
        persona: the one whose card stands above it, in the style of that name.
        stands: for how many customers it stands, and of how many; None where nobody has said which.
        beyond: of a frame the steps that it leaves out: what they are called, and whether they come before the others.
        whole: of a frame or a page the map that it is a part of; None: it is all of one.
        rows: of a page the rows below the steps that stand on it (`lvtu.maps.drawing.scene.Scene.rows`); None: all.
        overlay: by what the steps are tinted (`lvtu.maps.drawing.overlay`); None: by nothing.
        pictures: those of its cards, by id, as large as they are drawn.
        times: which times stand at the steps (`lvtu.maps.drawing.clocks`).
        to_be: where the curve of each lane is meant to be, by step (`lvtu.maps.live.meant`); none: it is not drawn.
    """

    map: JourneyMap
    filled: Filled
    lang: Lang
    dark: bool = False
    touchpoints: Mapping[str, Text] = field(default_factory=dict)
    channels: Mapping[str, Text] = field(default_factory=dict)
    headed: bool = True
    bare: bool = False
    zone: str = "UTC"
    persona: Persona | None = None
    stands: tuple[int, int] | None = None
    overlay: str | None = None
    beyond: Mapping[str, tuple[Text, bool]] = field(default_factory=dict)
    whole: JourneyMap | None = None
    rows: frozenset[str] | None = None
    pictures: Mapping[str, Shown] = field(default_factory=dict)
    times: str = "elapsed"
    to_be: Mapping[str, Mapping[str, Meant]] = field(default_factory=dict)

    @property
    def palette(self) -> Palette:
        """Its colours."""
        return PALETTES[self.dark]

    def say(self, key: str, **values: object) -> str:
        """Words of the drawing, ``maps.KEY``."""
        return say(f"maps.{key}", self.lang, **values)

    def of(self, text: Text | None) -> str:
        """People's words in the language of the drawing; empty for none."""
        return "" if text is None else text.get(self.lang)

    def named(self, kind: Mapping[str, Text], id: str) -> str:
        """What a touchpoint or channel is called; its id where nobody says."""
        return kind[id].get(self.lang) if id in kind else id

    def shows(self, row: str) -> bool:
        """Whether a row below the steps stands on this page."""
        return self.rows is None or row in self.rows

    def step_named(self, key: str) -> str:
        """What a step is called, also one that a frame leaves out."""
        return self.of(self.steps[key].name if key in self.steps else self.beyond[key][0])

    def value(self, lane: str, step: str) -> Value | None:
        """What the data say in a cell."""
        return self.filled.values.get(lane, {}).get(step)

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """The steps by key, in order."""
        return {step.key: step for step in self.map.steps}

    @cached_property
    def stages(self) -> Mapping[str, Stage]:
        """The stages by key, in order."""
        return {stage.key: stage for stage in self.map.stages}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each step stands among all, from 0."""
        return {step.key: place for place, step in enumerate(self.map.steps)}

    @cached_property
    def _cells(self) -> Mapping[tuple[str, str], list[Card]]:
        cells: dict[tuple[str, str], list[Card]] = defaultdict(list)
        for card in self.map.cards:
            cells[card.lane, card.step].append(card)
        return cells

    @cached_property
    def _bound(self) -> frozenset[tuple[str | None, str | None]]:
        return frozenset((one.lane, one.step) for one in self.map.bindings)

    def cards(self, lane: str, step: str) -> Sequence[Card]:
        """The cards that begin in a cell, in order."""
        return self._cells.get((lane, step), ())

    @cached_property
    def _rows(self) -> Mapping[str, list[Card]]:
        rows: dict[str, list[Card]] = defaultdict(list)
        for card in self.map.cards:
            rows[card.lane].append(card)
        return rows

    def cards_in(self, lane: str) -> Sequence[Card]:
        """All cards of a lane, in order."""
        return self._rows.get(lane, ())

    def spanned(self, card: Card) -> tuple[str, ...]:
        """The keys of the steps that a card stands over, in order."""
        if card.until is None:
            return (card.step,)
        first = self.place[card.step]
        return tuple(step.key for step in self.map.steps[first : self.place[card.until] + 1])

    @cached_property
    def feelings(self) -> Lane | None:
        """The lane that tells how customers feel: the first such curve that data fill, else the first there is."""
        curves = [lane for lane in self.map.lanes if lane.role == "feelings" and lane.kind == "curve"]
        return next((lane for lane in curves if self.filled.values.get(lane.key)), curves[0] if curves else None)

    def felt(self, role: str) -> tuple[str, Mapping[str, Value]]:
        """How customers feel at the steps, or how easy it is (``feeling``, ``effort``): what it is called, and by step.

        What the map's lane of that kind shows; else what customers answered on the scale that tells most.
        """
        lanes = [self.feelings] if role == "feeling" else [lane for lane in self.map.lanes if lane.role == "effort"]
        for lane in lanes:
            found = {} if lane is None else self.filled.values.get(lane.key, {})
            if lane is not None and any(one.unit == "feeling" for one in found.values()):
                return self.of(lane.label), found
        layer = self.filled.feeling if role == "feeling" else self.filled.effort
        return scale_name(layer.scale, self.lang) if layer.scale else "", layer.values

    def chips(self, lane: Lane, step: Step) -> list[str]:
        """The short texts of a cell: a step's own touchpoints or channels, and what is written on its cards."""
        own: list[str] = []
        if lane.role == "touchpoints":
            own = [self.named(self.touchpoints, id) for id in step.touchpoints]
        elif lane.role == "channels":
            own = [self.named(self.channels, id) for id in step.channels]
        elif lane.role == "owners" and step.owner:
            own = [step.owner]
        return [*own, *(self.of(card.text) for card in self.cards(lane.key, step.key))]

    def assumed(self, card: Card) -> bool:
        """Whether nothing supports a card: no evidence, and the data are asked neither for it nor for its cell."""
        bound = (card.lane, None) in self._bound or (card.lane, card.step) in self._bound
        return not card.evidence and not card.asks and not bound

    @property
    def title(self) -> str:
        """The map's title."""
        return self.of(self.map.title)

    @property
    def bounds(self) -> str:
        """Where the map begins and ends; empty where nobody said."""
        ends = [self.of(one) for one in (self.map.begins, self.map.ends)]
        return self.say("from_to", begins=ends[0] or "…", ends=ends[1] or "…") if any(ends) else ""

    def described(self) -> str:
        """The map in sentences, for who cannot see it."""
        names = self.say("and_so_on").join(
            f"{self.of(stage.name)} ({len(self.map.steps_of(stage.key))})" for stage in self.map.stages
        )
        return self.say("described", title=self.title, stages=names, steps=len(self.map.steps))
