"""A need, a pain, a strength, an opportunity or an action of a map, with its place and its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from lvtu.core.model.text import Text
from lvtu.maps.document.details import Money, Rung, Status

EntryKind = Literal["need", "pain", "gain", "opportunity", "action"]
"""What registers list."""

KINDS: tuple[EntryKind, ...] = get_args(EntryKind)

Source = Literal["survey", "events", "step", "person", "pains", "formula"]
"""Where a number is known from: answers to the very question, events that show it, what is known of its step,
somebody's estimate, the pains it stems from, other numbers."""


@dataclass(frozen=True)
class Known:
    """A number of an entry.

    Attributes:
        value: it.
        source: where it is known from.
        n: what it rests on; None where nobody was counted.
        low, high: its 95 % interval.
        estimate: what somebody estimated, where the data say it.
    """

    value: float
    source: Source
    n: int | None = None
    low: float | None = None
    high: float | None = None
    estimate: float | None = None


NUMBERS: Mapping[EntryKind, tuple[str, ...]] = {
    "need": ("opportunity", "importance", "satisfaction"),
    "pain": ("severity", "reach", "share", "frequency"),
    "gain": ("strength", "reach", "share", "frequency"),
    "opportunity": ("opportunity", "rice", "reach", "impact", "confidence", "effort", "value", "value_per_effort"),
    "action": (),
}
"""By kind the numbers that are known of it, that by which it is ranked first."""


@dataclass(frozen=True)
class Entry:
    """Something that stands on a card.

    Attributes:
        id: ``MAP/CARD``: what other maps call it by.
        kind: what it is.
        map, card: the id of its map, the key of its card.
        title: what people call the map.
        stage, step, lane: what people call its place; `at` is the key of the step, `row` that of the lane.
        text: what it says.
        owner: who answers for it: as its card says, else as its step, else as its stage.
        persona: the key of the persona it is about.
        rung: of a need, how deep it lies.
        status: of a pain, how far one is with it.
        latent: whether nobody said it.
        evidence: the kinds of what it rests on; ``data`` for a question that fills its cell.
        numbers: what is known of it in numbers, by `NUMBERS`.
        money: what may be lost by a pain, what a strength brings, what an action costs.
        expected, due: of an action, what it is expected to change, and until when it is to be done.
        stems_from, leads_to: the ids of what it stems from, and of what stems from it.
        metrics: of an action, what people call the questions by which its effect is seen, by their keys.
        places: the ids of cards of other maps that stand for it.
        failed: why the data say nothing to it, where they were asked.
    """

    id: str
    kind: EntryKind
    map: str
    card: str
    title: Text
    stage: Text
    step: Text
    lane: Text
    at: str
    row: str
    text: Text
    owner: Text | None = None
    persona: str | None = None
    rung: Rung | None = None
    status: Status | None = None
    latent: bool = False
    evidence: tuple[str, ...] = ()
    numbers: Mapping[str, Known] = field(default_factory=dict)
    money: Money | None = None
    expected: Text | None = None
    due: dt.date | None = None
    stems_from: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    metrics: Mapping[str, Text] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    failed: Exception | None = None

    @property
    def assumed(self) -> bool:
        """Whether nothing supports it."""
        return not self.evidence

    @property
    def hypothesis(self) -> bool:
        """Whether nobody said it and nothing supports it: a latent need must rest on something, or it is a guess."""
        return self.latent and self.assumed
