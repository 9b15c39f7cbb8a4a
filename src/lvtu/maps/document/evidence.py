"""What a card rests on, and the questions whose answers fill cells."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key
from lvtu.core.model.text import Words
from lvtu.errors import BadInput
from lvtu.maps.document.steps import Span

EvidenceKind = Literal[
    "interview", "survey", "ticket", "review", "analytics", "document", "observation", "model"
]  # fmt: skip
"""Where something is known from."""


class Evidence(Document):
    """Something that a card rests on. A card with none of it, and no binding, is an assumption.

    Attributes:
        kind: where it is known from.
        source: what it is in there: the id of an event, a highlight, a document, a saved question.
        title: what people call the source.
        quote: what was said, word for word.
        start, end: where the quote stands in the text of the source, in characters.
        speaker: a pseudonym of who said it.
        date: when it was said, seen or published.
        url: an address where it can be read.

    Example:
        >>> Evidence(kind="interview", source="h-7", quote="找了半天入口", start=4, end=10).quote
        '找了半天入口'
    """

    called: ClassVar[str] = "evidence"

    kind: EvidenceKind
    source: str | None = None
    title: str | None = None
    quote: str | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    speaker: str | None = None
    date: dt.date | None = None
    url: str | None = None

    @model_validator(mode="after")
    def _offsets_go_together(self) -> Evidence:
        if (self.start is None) != (self.end is None) or (self.start or 0) > (self.end or 0):
            raise BadInput("quote_offsets", first=str(self.start), last=str(self.end))
        return self


class Target(Document):
    """What a number should be.

    Attributes:
        value: it.
        better: in which direction it gets better.
        by: until when.
    """

    called: ClassVar[str] = "target"

    value: float
    better: Literal["up", "down"] = "up"
    by: dt.date | None = None


class Binding(Document):
    """A question whose answer fills a cell, a whole lane, or a number of the journey.

    It holds on to its place by stable keys, so it survives whatever is edited around it.

    Attributes:
        key: its stable name.
        lane: the lane it fills; None: a number of the whole journey, in the head of the map.
        step: the step whose cell it fills; None with a lane: all its cells, each by its own step.
        title: what people call the number.
        analysis: the name of the question (`lvtu.analyses.registry`).
        spec: the question as plain values; the place of the cell and the map's perspective are added when it is asked.
        value: the column of the answer that is shown; the question's first number if not given.
        target: what it should be.
        cadence: how old an answer may be before it is stale.

    Example:
        >>> Binding(key="nps", analysis="scores", spec={"metric": "nps"}, cadence="90 days").cadence
        '90d'
    """

    called: ClassVar[str] = "binding"

    key: Key
    lane: Key | None = None
    step: Key | None = None
    title: Words | None = None
    analysis: str
    spec: dict[str, Any] = Field(default_factory=dict)
    value: str | None = None
    target: Target | None = None
    cadence: Span | None = None

    @model_validator(mode="after")
    def _cell_has_a_lane(self) -> Binding:
        if self.step is not None and self.lane is None:
            raise BadInput("binding_without_lane", binding=self.key)
        return self
