"""What every picture of a map needs: the map, its answers, the names of things, the colours and the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lvtu.core.model.text import Text
from lvtu.core.words import Lang, say
from lvtu.maps.document import JourneyMap, Lane, Step
from lvtu.maps.document.cards import Card
from lvtu.maps.drawing.palette import PALETTES, Palette
from lvtu.maps.live.filled import Filled, Value

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
        bare: whether it is as wide as a screen: a frame (`lvtu.maps.drawing.frames`).
        persona: the one whose card stands above it, in the style of that name.
        stands: for how many customers it stands, and of how many; None where nobody has said which.
    """

    map: JourneyMap
    filled: Filled
    lang: Lang
    dark: bool = False
    touchpoints: Mapping[str, Text] = field(default_factory=dict)
    channels: Mapping[str, Text] = field(default_factory=dict)
    headed: bool = True
    bare: bool = False
    persona: Persona | None = None
    stands: tuple[int, int] | None = None

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

    def value(self, lane: str, step: str) -> Value | None:
        """What the data say in a cell."""
        return self.filled.values.get(lane, {}).get(step)

    def chips(self, lane: Lane, step: Step) -> list[str]:
        """The short texts of a cell: a step's own touchpoints or channels, and what is written on its cards."""
        own: list[str] = []
        if lane.role == "touchpoints":
            own = [self.named(self.touchpoints, id) for id in step.touchpoints]
        elif lane.role == "channels":
            own = [self.named(self.channels, id) for id in step.channels]
        elif lane.role == "owners" and step.owner:
            own = [step.owner]
        return [*own, *(self.of(card.text) for card in self.map.cell(lane.key, step.key))]

    def assumed(self, card: Card) -> bool:
        """Whether nothing supports a card: no evidence, and no question answers its cell."""
        bound = any(one.lane == card.lane and one.step in (None, card.step) for one in self.map.bindings)
        return not card.evidence and not bound

    @property
    def title(self) -> str:
        """The map's title."""
        return self.of(self.map.title)

    def described(self) -> str:
        """The map in sentences, for who cannot see it."""
        names = self.say("and_so_on").join(
            f"{self.of(stage.name)} ({len(self.map.steps_of(stage.key))})" for stage in self.map.stages
        )
        return self.say("described", title=self.title, stages=names, steps=len(self.map.steps))
