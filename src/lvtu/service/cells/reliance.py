"""What is told about how far maps can be relied on: evidence, assumptions, what is stale."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from lvtu.service.session.schemas import Strict

EvidenceGroup = Literal["insight", "highlight", "document", "comment"]
"""Where evidence can be found."""


class EvidenceFound(BaseModel):
    """Something that a card could rest on.

    Attributes:
        group: where it is; `group_name` as people call it.
        kind: what kind of evidence it is; `kind_name` as people call it.
        source: its id, which evidence names.
        title: what it is called.
        quote: its words; null of what is named as a whole.
    """

    group: EvidenceGroup
    group_name: str
    kind: str
    kind_name: str
    source: str
    title: str
    quote: str | None


class EvidenceOffered(BaseModel):
    """What a card could rest on."""

    found: list[EvidenceFound]


class EvidenceKindOf(BaseModel):
    """How many cards rest on a kind of evidence.

    Attributes:
        kind: which; ``data`` where a question fills the cell. `name` is what people call it.
        cards: how many; a card with several kinds counts at each.
    """

    kind: str
    name: str
    cards: int


class AssumedCard(BaseModel):
    """A card that nothing supports.

    Attributes:
        key, lane, step: which, and where it stands.
        step_title, lane_title: what people call that.
        text: what it says.
    """

    key: str
    lane: str
    step: str
    step_title: str
    lane_title: str
    text: str


class WordsLeft(BaseModel):
    """A card that may hold what somebody said who asked to be forgotten, as somebody typed it.

    Attributes:
        card: its key.
        text: what it says now; empty where it is gone, and only the map's history has it.
        step, lane: where it stands; null where it is gone.
    """

    card: str
    text: str
    step: str | None
    lane: str | None


class WordsSettled(Strict):
    """What is to become of such a card.

    Attributes:
        card: its key.
        take: whether all that it says and ever said is taken out of the map, its history and its versions; otherwise it
            stays, for these are nobody's words.
    """

    card: str
    take: bool


class MapEvidence(BaseModel):
    """What the cards of a map rest on.

    Attributes:
        cards: how many there are; `supported` of them rest on something that is there.
        coverage: supported / cards; null without cards. `shown` as people read it.
        kinds: by kind of evidence, the most frequent first.
        assumptions: the cards that nothing supports.
        words: for editors, the cards that may hold what somebody said who asked to be forgotten.
    """

    cards: int
    supported: int
    coverage: float | None
    shown: str
    kinds: list[EvidenceKindOf]
    assumptions: list[AssumedCard]
    words: list[WordsLeft]


class StaleCell(BaseModel):
    """A number that is not to be relied on any more.

    Attributes:
        lane, step: where; null in the head.
        key: of its binding.
        title: what it is.
        kind: ``old``, ``moved`` or ``gone``.
        why: that in words.
        owner: the department that answers for it; null where nobody does.
    """

    lane: str | None
    step: str | None
    key: str
    title: str
    kind: Literal["old", "moved", "gone"]
    why: str
    owner: str | None


class MapFresh(BaseModel):
    """How far a map can be relied on.

    Attributes:
        map: its id.
        live: numbers that the data give.
        stale: of them, or of those that they gave, the ones that are not to be relied on any more.
        seen: when the numbers were kept or looked through last, ISO-8601; null where they never were.
        by: who did.
    """

    map: str
    live: int
    stale: list[StaleCell]
    seen: str | None
    by: str | None
