"""What is asked and told about a bell."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lvtu.service.comments.schemas import PersonNamed
from lvtu.service.session.schemas import Strict

BellKind = Literal[
    "mentioned", "concerns", "replied", "asked", "approved", "changes", "old", "moved", "gone", "missed",
    "words",
]  # fmt: skip
"""Somebody named one, said something about what one answers for, or answered; asked one for a review, approved, wants
changes; a number is old, has moved, is gone, or misses its target; a card may hold words of somebody forgotten."""


class BellNumber(BaseModel):
    """A number that is not to be relied on, or misses its target.

    Attributes:
        place: what people call it.
        why: what is wrong with it, in words.
        at: the step or ``lane/step`` where it stands, as addresses name it; null in the head.
    """

    place: str
    why: str
    at: str | None


class BellItem(BaseModel):
    """Something that whoever asks is to know.

    Attributes:
        id: by which it is read.
        kind: what happened.
        map, title: the map.
        about: the part that was spoken of, as ``part/key``; null where that is the map, or is gone.
        place: what people call that part; empty where it is the map.
        author: who did it; null where nobody did, or they are gone.
        body: what was said.
        numbers: those that were found at one look; what was edited away since is left out.
        when: ISO-8601.
        read: whether they have read it.
    """

    id: str
    kind: BellKind
    map: str
    title: str
    about: str | None
    place: str
    author: PersonNamed | None
    body: str
    numbers: list[BellNumber]
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
