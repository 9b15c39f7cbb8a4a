"""What is asked and told about comments on maps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from lvtu.catalog.comments import WORDS
from lvtu.service.session.schemas import Strict

Part = Literal["map", "stages", "steps", "lanes", "cards", "cells"]
"""What of a map a comment may be about."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=WORDS)]

Ids = Annotated[list[str], Field(max_length=50)]


class NewWords(Strict):
    """What is said.

    Attributes:
        body: it.
        mentions: the ids of the people whom it names; they are told.
    """

    body: Words
    mentions: Ids = Field(default_factory=list)


class NewThread(NewWords):
    """What is said about a part of a map.

    Attributes:
        part: what sort of part.
        key: its key; of a cell ``lane/step``; empty for the map itself.
    """

    part: Part
    key: str = Field("", max_length=400)


class Settled(Strict):
    """Whether a thread is settled."""

    resolved: bool


class PersonNamed(BaseModel):
    """Somebody, as others see them."""

    id: str
    name: str


class CommentOf(BaseModel):
    """Something that was said.

    Attributes:
        id: its name in addresses.
        author: who said it; null where they are gone.
        body: it; empty where it was taken back.
        mentions: whom it names.
        created, edited: when, ISO-8601.
        yours: whether whoever asks said it.
    """

    id: str
    author: PersonNamed | None
    body: str
    mentions: list[PersonNamed]
    created: str
    edited: str | None
    yours: bool


class ThreadOf(BaseModel):
    """What was said about a part of a map.

    Attributes:
        id: of the thread, and of its first comment.
        part: what sort of part.
        key: where it is now; null where it is no longer on the map.
        called: what sort of part that is, in words.
        name: what people call the part.
        resolved: since when it is settled, ISO-8601; null: it is open.
        resolver: who settled it.
        comments: the first first.
    """

    id: str
    part: Part
    key: str | None
    called: str
    name: str
    resolved: str | None
    resolver: PersonNamed | None
    comments: list[CommentOf]


class MapThreads(BaseModel):
    """What was said about a map.

    Attributes:
        threads: the one that was begun last first.
        settles: whether whoever asks may settle threads of others.
        removes: whether they may take away comments of others.
    """

    threads: list[ThreadOf]
    settles: bool
    removes: bool
