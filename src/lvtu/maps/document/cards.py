"""Cards: what stands in the cells of a map, and how cards hang together."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key, Names
from lvtu.core.model.text import Words
from lvtu.maps.document.details import Details, detailed
from lvtu.maps.document.evidence import Evidence
from lvtu.maps.document.steps import Span

CardKind = Literal[
    "text", "image", "quote", "need", "pain", "gain", "insight", "idea", "opportunity", "action", "standard"
]  # fmt: skip
"""What a card is: it decides how it looks, and where it can go later."""

Mark = Literal["fail", "wait", "decision"]
"""A place where it may fail, where somebody waits, where a decision is taken: F, W and D of a blueprint."""

LOWEST, HIGHEST = -2.0, 2.0
"""The scale of feelings."""


class Card(Document):
    """Something that people wrote, or that was drawn from the data, in a cell or over several.

    Attributes:
        key: its stable name.
        lane: its row.
        step: its column; the first, where it spans several.
        until: the last column that it spans; None: `step` alone.
        kind: what it is.
        text: what it says: Markdown of a line or several.
        image: the id of a picture.
        alt: what the picture shows, for who cannot see it.
        owner: the department that does it, or answers for it.
        person: who answers for it; see `Step`.
        system: the system that does it.
        marks: where it may fail, where somebody waits, where a decision is taken.
        latent: whether nobody said it: a need that was inferred, say.
        refers: ``MAP/CARD``: the card of another map that it stands for, as where one pain hurts on several journeys.
        details: what else is said of a need, a pain, a strength, an opportunity, an action or a standard.
        evidence: what it rests on; without any it is an assumption.

    Example:
        >>> Card(key="c1", lane="said", step="pay", text={"zh": "怎么又要排队？", "en": "Another queue?"}).evidence
        ()
    """

    called: ClassVar[str] = "card"

    key: Key
    lane: Key
    step: Key
    until: Key | None = None
    kind: CardKind = "text"
    text: Words | None = None
    image: str | None = None
    alt: Words | None = None
    owner: str | None = None
    person: str | None = None
    system: str | None = None
    marks: tuple[Mark, ...] = ()
    latent: bool = False
    refers: str | None = None
    details: Details | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it names what shows it in the data: events, or answers to a question."""
        return bool(getattr(self.details, "where", None) or getattr(self.details, "item", None))

    @field_validator("details", mode="before")
    @classmethod
    def _of_its_kind(cls, value: Any, info: ValidationInfo) -> Any:
        return detailed(info.data.get("kind", "text"), value)


class Link(Document):
    """How one card leads to another: the hand-offs of a blueprint stand on it.

    Attributes:
        key: its stable name.
        source: the card it begins at.
        target: the card it leads to.
        kind: how.
        sla: within what time.
    """

    called: ClassVar[str] = "link"

    key: Key
    source: Key
    target: Key
    kind: Literal["triggers", "informs", "hands_over"] = "triggers"
    sla: Span | None = None


class CurvePoint(Document):
    """What somebody estimates that customers feel at a step: shown beside the data, never instead of it.

    Attributes:
        key: its stable name.
        step: the step.
        persona: the id of the persona it holds for; None: everybody.
        value: −2 … +2.
        by: who says so.
        reason: why.
        on: when it was said.
    """

    called: ClassVar[str] = "curve point"

    key: Key
    step: Key
    persona: str | None = None
    value: float = Field(ge=LOWEST, le=HIGHEST)
    by: str
    reason: str
    on: dt.date | None = None


class Frame(Document):
    """A part of the map that is shown by itself when it is presented.

    Attributes:
        key: its stable name.
        title: its heading.
        text: what is said with it.
        steps: the columns; none: all.
        lanes: the rows; none: all.
    """

    called: ClassVar[str] = "frame"

    key: Key
    title: Words
    text: Words | None = None
    steps: Names = ()
    lanes: Names = ()


class Waiver(Document):
    """A finding of the blueprint's checks that somebody accepted.

    Attributes:
        key: the finding's.
        reason: why it is accepted.
        by: who accepted it.
        on: when.
    """

    called: ClassVar[str] = "waiver"

    key: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    by: str
    on: dt.date | None = None


class Verdict(Document):
    """What somebody decided about a step that was proposed as a moment of truth.

    Attributes:
        key: a stable name.
        step: the key of the step.
        moment: what kind of moment it is; None: it is none.
        reason: why.
        by: who decided.
        on: when.
        weight, low, high: the step's share of what explains recommendation, with its interval, as it was seen then.
    """

    called: ClassVar[str] = "verdict"

    key: Key
    step: Key
    moment: Literal["commercial", "service"] | None = None
    reason: str | None = None
    by: str | None = None
    on: dt.date | None = None
    weight: float | None = None
    low: float | None = None
    high: float | None = None
