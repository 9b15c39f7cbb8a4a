"""Annotations as documents, and what is said about them over HTTP."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.boards.schemas import Time


class Annotation(BaseModel):
    """What happened at a time, for people: a release, a campaign, an outage.

    Attributes:
        time: when.
        text: what.
    """

    model_config = ConfigDict(extra="forbid")

    time: Time
    text: str = Field(min_length=1, max_length=500)


class AnnotationOf(Annotation):
    """An annotation with what is known about it.

    Attributes:
        id: its name in addresses.
        version: one more with each change.
        author: the id of who wrote it.
        author_name: what they are called.
        created: when it was written.
    """

    id: str
    version: int
    author: str | None
    author_name: str
    created: str


class ChangedAnnotation(Annotation):
    """An annotation as it is now.

    Attributes:
        version: the one that was changed.
    """

    version: int
