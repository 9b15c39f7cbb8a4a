"""What is asked and told about workshops on a map."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lvtu.maps.document.votings import MOST_DOTS

LONGEST = 24 * 60 * 60
"""Seconds that a timer can have."""


class TimerSet(BaseModel):
    """What a timer is set to.

    Attributes:
        seconds: how long it has from now on.
        running: whether it runs, or stands still with so many seconds left.
    """

    model_config = ConfigDict(extra="forbid")

    seconds: int = Field(ge=1, le=LONGEST)
    running: bool = True


class TimerOf(BaseModel):
    """The timer of a map.

    Attributes:
        seconds: how many it has left as this is told: whoever shows it counts on by their own clock. Less than none
            once it is over.
        running: whether it runs.
        by: who set it.
    """

    seconds: float
    running: bool
    by: str


class VotingNew(BaseModel):
    """A voting that is to begin.

    Attributes:
        title: what is asked; empty: nothing in particular.
        dots: how many dots each has.
        lanes: the keys of the lanes whose cards are voted on; none: all.
    """

    model_config = ConfigDict(extra="forbid")

    title: str = Field("", max_length=200)
    dots: int = Field(3, ge=1, le=MOST_DOTS)
    lanes: list[Annotated[str, Field(max_length=200)]] = []


class DotsGiven(BaseModel):
    """How many of one's own dots are to stand on a card."""

    model_config = ConfigDict(extra="forbid")

    card: str = Field(max_length=200)
    dots: int = Field(ge=0, le=MOST_DOTS)


class VotingOf(BaseModel):
    """A voting that is not over. What others chose is told to nobody.

    Attributes:
        id: it.
        title: what is asked.
        dots: how many dots each has.
        lanes: the keys of the lanes whose cards are voted on.
        by: who began it; empty where they are gone.
        voters: how many people have put dots.
        mine: one's own dots, by the key of the card.
        left: how many one has left.
    """

    id: str
    title: str
    dots: int
    lanes: list[str]
    by: str
    voters: int
    mine: dict[str, int]
    left: int
