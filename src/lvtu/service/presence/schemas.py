"""What is asked and told about people on a map."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.workshops.schemas import TimerOf, VotingOf


class Whereabouts(BaseModel):
    """Where somebody is.

    Attributes:
        tab: by which a browser tells this tab from its others: a UUID, say.
        place: the part of the map: ``cards/c1``, ``cells/said/pay``; empty: none in particular.
        sight: what is in the middle of what they see, as ``lane/step``; others can follow them by it.
    """

    model_config = ConfigDict(extra="forbid")

    tab: str = Field(min_length=1, max_length=64)
    place: str = Field("", max_length=400)
    sight: str = Field("", max_length=400)


class PersonHere(BaseModel):
    """Somebody who has the map open.

    Attributes:
        id: who.
        name: what they are called.
        you: whether it is whoever asks.
        places: where they are, one for each of their tabs that says so.
        sight: what is in the middle of what they see, as ``lane/step``; empty where no tab says so.
    """

    id: str
    name: str
    you: bool
    places: list[str]
    sight: str


class LockOf(BaseModel):
    """A card that somebody types in; others cannot change it until then.

    Attributes:
        card: its key.
        person: the id of who types.
        name: what they are called.
        yours: whether it is whoever asks.
        until: until when it holds if it is not renewed, ISO-8601.
    """

    card: str
    person: str
    name: str
    yours: bool
    until: str


class MapTogether(BaseModel):
    """What happens on a map now.

    Attributes:
        step: how often it has been edited; where it is more than one knows of, ``…/changes`` tells the rest.
        people: who has it open; whoever asks comes first.
        locks: cards that somebody types in.
        said: is otherwise once there are other comments or verdicts than before.
        timer: the timer of a workshop; null: there is none.
        voting: the voting that is not over; null: there is none.
    """

    step: int
    said: str
    people: list[PersonHere]
    locks: list[LockOf]
    timer: TimerOf | None
    voting: VotingOf | None


class MadeEdit(BaseModel):
    """An edit that was made.

    Attributes:
        step: its number.
        by: who made it.
        yours: whether it was whoever asks.
        what: the name of the edit.
        changes: what is otherwise.
    """

    step: int
    by: str
    yours: bool
    what: str
    changes: list[dict[str, Any]]


class MapChanges(BaseModel):
    """What was done to a map since one last looked.

    Attributes:
        step: how often it has been edited.
        edits: those behind the step that was named, in order.
    """

    step: int
    edits: list[MadeEdit]
