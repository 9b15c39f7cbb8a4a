"""A map read as a service blueprint: who does what at each step, and how it hangs together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lvtu.core.model.text import Text
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.words import Lang
from lvtu.maps.document import Card, JourneyMap, Lane, Link, Step
from lvtu.maps.document.lanes import Role
from lvtu.maps.live.filled import Filled

Zone = Literal["evidence", "customer", "onstage", "backstage", "support"]
"""What lies between two lines of a blueprint, from top to bottom; physical evidence lies above the customer."""

ZONES: Mapping[Zone, tuple[Role, ...]] = {
    "evidence": ("evidence",),
    "customer": ("customer",),
    "onstage": ("onstage_people", "onstage_technology"),
    "backstage": ("backstage_people", "backstage_technology"),
    "support": ("support",),
}
"""The roles of lanes in each zone, from top to bottom."""

LINES: Mapping[Zone, str] = {"onstage": "interaction", "backstage": "visibility", "support": "internal"}
"""The line above a zone. Lines follow from roles, so they cannot be in the wrong order."""

SERVICE: tuple[Zone, ...] = ("onstage", "backstage", "support")
"""Where the company acts."""

ACTS = frozenset({"text", "image"})
"""The kinds of cards that tell what is done; the others tell something of it."""

_ZONE_OF: Mapping[Role, Zone] = {role: zone for zone, roles in ZONES.items() for role in roles}


@dataclass(frozen=True)
class Reading:
    """A map as a blueprint.

    Attributes:
        map: the document.
        filled: what the data say to it.
        library: the touchpoints that its steps name, by id.
        named: what people call channels, by id.

    Example:
        >>> shop = JourneyMap.load({
        ...     "title": "Café", "stages": [{"key": "eat", "name": "Eat"}],
        ...     "steps": [{"key": "order", "stage": "eat", "name": "Order a coffee"}],
        ...     "lanes": [{"key": "bar", "role": "onstage_people", "label": "Barista"}],
        ...     "cards": [{"key": "asks", "lane": "bar", "step": "order", "text": "Asks for the name"}],
        ... })
        >>> reading = Reading(shop)
        >>> reading.acts("order"), [card.key for card in reading.at("onstage", "order")], reading.at("support", "order")
        (True, ['asks'], [])
    """

    map: JourneyMap
    filled: Filled = field(default_factory=Filled)
    library: Mapping[str, Touchpoint] = field(default_factory=dict)
    named: Mapping[str, Text] = field(default_factory=dict)

    def lanes(self, zone: Zone) -> list[Lane]:
        """The lanes of a zone, from top to bottom: by role, then as they stand in the map."""
        return [lane for role in ZONES[zone] for lane in self.map.lanes if lane.role == role]

    def zone(self, card: Card) -> Zone | None:
        """The zone of a card; None where its lane is none of a blueprint's."""
        return _ZONE_OF.get(self._roles[card.lane])

    def cards(self, *zones: Zone) -> list[Card]:
        """What is done in some zones, in the order of the document."""
        return [card for card in self.map.cards if card.kind in ACTS and self.zone(card) in zones]

    def at(self, zone: Zone, step: str) -> list[Card]:
        """What is done in a zone at a step; of physical evidence every card."""
        there = self._there.get((zone, step), [])
        return there if zone == "evidence" else [card for card in there if card.kind in ACTS]

    def department(self, card: Card) -> str | None:
        """Who does what a card tells: the department that it names, else that of its lane."""
        return card.owner or self.map.lane(card.lane).owner

    def acts(self, step: str) -> bool:
        """Whether the customer does something at a step; where no lane is theirs, every step is what they do."""
        return not self.lanes("customer") or bool(self.at("customer", step))

    def channels(self, step: Step) -> frozenset[str]:
        """The channels of a step: its own, else those of its touchpoints; none where nobody says."""
        named = (self.library[id].channels for id in step.touchpoints if id in self.library)
        return frozenset(step.channels) or frozenset(channel for some in named for channel in some)

    def channel_names(self, step: Step, lang: Lang) -> list[str]:
        """What people call the channels of a step; the id of one that nobody named."""
        return [self.named[id].get(lang) if id in self.named else id for id in sorted(self.channels(step))]

    @cached_property
    def into(self) -> dict[str, list[Link]]:
        """The links that lead to a card, by its key."""
        return self._links("target")

    @cached_property
    def out(self) -> dict[str, list[Link]]:
        """The links that begin at a card, by its key."""
        return self._links("source")

    @cached_property
    def standards(self) -> dict[str, list[Card]]:
        """What a service standard demands, by the key of the card of what is done by it.

        That is what a link joins the standard with. One that no link joins holds for what its own department does at
        its step, else for what is done there first. Standards in lanes of a blueprint have a card of their own in it.
        """
        found: dict[str, list[Card]] = {}
        for card in (card for card in self.map.cards if card.kind == "standard" and self.zone(card) is None):
            for key in self._ruled_by(card):
                found.setdefault(key, []).append(card)
        return found

    def _ruled_by(self, standard: Card) -> list[str]:
        ends = [link.target for link in self.out.get(standard.key, ())]
        ends += [link.source for link in self.into.get(standard.key, ())]
        acts = {card.key for card in self.cards(*SERVICE)}
        if joined := [key for key in dict.fromkeys(ends) if key in acts]:
            return joined
        there = [card for zone in SERVICE for card in self.at(zone, standard.step)]
        called = self.map.department
        own = [card for card in there if standard.owner and called(self.department(card)) == called(standard.owner)]
        return [card.key for card in (own or there)[:1]]

    @cached_property
    def card(self) -> dict[str, Card]:
        """The cards by key."""
        return {card.key: card for card in self.map.cards}

    @cached_property
    def steps(self) -> dict[str, tuple[str, ...]]:
        """The steps that a card stands over, by its key."""
        return {card.key: self.map.spanned(card) for card in self.map.cards}

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {lane.key: lane.role for lane in self.map.lanes}

    @cached_property
    def _there(self) -> dict[tuple[Zone, str], list[Card]]:
        there: dict[tuple[Zone, str], list[Card]] = {}
        for card in self.map.cards:
            if (zone := self.zone(card)) is not None:
                for step in self.steps[card.key]:
                    there.setdefault((zone, step), []).append(card)
        return there

    def _links(self, end: Literal["source", "target"]) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self.map.links:
            found.setdefault(getattr(link, end), []).append(link)
        return found
