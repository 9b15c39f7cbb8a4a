"""What is asked and told about a bell."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lvtu.service.comments.schemas import PersonNamed
from lvtu.service.session.schemas import Strict

BellKind = Literal[
    "mentioned", "concerns", "replied", "asked", "approved", "changes", "old", "moved", "gone", "missed"
]  # fmt: skip
"""Somebody named one, said something about what one answers for, or answered; asked one for a review, approved, wants
changes; a number is old, has moved, is gone, or misses its target."""


class BellItem(BaseModel):
    """Something that whoever asks is to know.

    Attributes:
        id: by which it is read.
        kind: what happened.
        map, title: the map.
        at: the step or ``lane/step`` that it is about, as addresses name it; null where it is about no such place.
        place: what people call the part that it is about; empty where that is the map.
        author: who did it; null where nobody did, or they are gone.
        body: what was said, or what is wrong with a number.
        when: ISO-8601.
        read: whether they have read it.
    """

    id: str
    kind: BellKind
    map: str
    title: str
    at: str | None
    place: str
    author: PersonNamed | None
    body: str
    when: str
    read: bool


class Bell(BaseModel):
    """What whoever asks is to know of the maps of a workspace.

    Attributes:
        new: how much of it they have not read; older things than those told count too.
        items: the newest first.
    """

    new: int
    items: list[BellItem]


class BellNew(BaseModel):
    """How much whoever asks has not read yet."""

    new: int


class ReadBell(Strict):
    """What was read.

    Attributes:
        ids: what is under the bell; null: all of it.
        map: where what was said on a map was read, its id.
    """

    ids: Annotated[list[str], Field(max_length=1000)] | None = None
    map: str | None = None
