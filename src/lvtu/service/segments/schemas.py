"""What is said over HTTP about named segments."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from lvtu.core.model.text import Words
from lvtu.service.uploads.schemas import Said


class Definition(BaseModel):
    """Who is in a segment: one of the two says it.

    Attributes:
        condition: of customers, or of events, of which a customer must have one.
        customers: identifiers of any kind.
        title: what people call it; the key if not given.
        description: what it says, in a sentence.
    """

    model_config = ConfigDict(extra="forbid")

    condition: str | None = Field(default=None, max_length=20_000)
    customers: list[str] | None = Field(default=None, max_length=200_000)
    title: Words | None = None
    description: Words | None = None


class Saving(Definition):
    """A segment to be saved.

    Attributes:
        version: the one that was changed; null where there was none, or whatever there is.
    """

    version: int | None = None


class SegmentOf(BaseModel):
    """A named segment.

    Attributes:
        key: its stable name, which stands in conditions.
        version: the newest one; null for those that every workspace has.
        title: what people call it.
        description: what it says.
        condition: its condition; null for a list.
        size: how many customers a list holds; null for a condition.
        said: the condition in words.
        notes: whom of a list nobody knows.
    """

    key: str
    version: int | None
    title: Words
    description: Words | None
    condition: str | None
    size: int | None
    said: str | None
    notes: list[Said]


class SegmentPreview(BaseModel):
    """Who would be in a segment.

    Attributes:
        customers: how many.
        of: how many there are at all.
        condition: the condition in its usual spelling; null for a list.
        said: the same in words.
        unknown: identifiers of a list that nobody has.
        shared: identifiers of a list that several customers have.
        token: the snapshot that was counted.
    """

    customers: int
    of: int
    condition: str | None
    said: str | None
    unknown: int
    shared: int
    token: str
