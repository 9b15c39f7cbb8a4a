"""Votings: what people at a workshop chose among the cards of a map, kept with it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from pydantic import Field

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key
from lvtu.core.model.text import Words

MOST_DOTS = 20
"""Dots that a person has at most in one voting."""


class Tally(Document):
    """What one card got.

    Attributes:
        card: its key; it may have gone from the map since.
        dots: how many dots stand on it, all together.
        voters: how many people put some on it.
    """

    called: ClassVar[str] = "tally"

    card: Key
    dots: int = Field(ge=1)
    voters: int = Field(ge=1)


class Voting(Document):
    """A voting that is over: nobody's dots were seen until then, and whose they were is not kept.

    Attributes:
        key: a stable name.
        title: what was asked.
        dots: how many dots each had.
        voters: how many people voted.
        by: who ended it.
        on: when.
        tally: what the cards got that got anything.

    Example:
        >>> Voting(key="v", title="What first?", dots=3, voters=2, tally=[{"card": "c1", "dots": 4, "voters": 2}]).tally
        (Tally(card='c1', dots=4, voters=2),)
    """

    called: ClassVar[str] = "voting"

    key: Key
    title: Words | None = None
    dots: int = Field(ge=1, le=MOST_DOTS)
    voters: int = Field(ge=0)
    by: str | None = None
    on: dt.date | None = None
    tally: tuple[Tally, ...] = ()
