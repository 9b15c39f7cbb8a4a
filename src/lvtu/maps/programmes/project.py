"""A project: somebody's way through a programme, with what they wrote on it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field as Of
from pydantic import field_validator

from lvtu.catalog.ids import uuid7
from lvtu.core.documents import Document
from lvtu.core.model.rules import Key
from lvtu.maps.programmes.definition import Field, programme

Sense = Literal["perception", "emotion", "behaviour", "touchpoint"]
SENSES: tuple[Sense, ...] = ("perception", "emotion", "behaviour", "touchpoint")
"""The four rows of a strategy."""


DOTS = 3
"""How many dots everybody has to vote with in a project."""


class Strategy(Document):
    """One row of a strategy.

    Attributes:
        action: what will be done.
        metric: by what one sees that it works.
    """

    called: ClassVar[str] = "strategy"

    action: str = Of(default="", max_length=2000)
    metric: str = Of(default="", max_length=500)


class Question(Document):
    """A question that ideas answer: “How might we …?”

    Attributes:
        key: its stable name.
        text: the question, without those words.
        step: the key of the map's step that it is about; None: the whole journey.
        ideas: the keys of the cards that answer it.
    """

    called: ClassVar[str] = "question of a project"

    key: Key
    text: str = Of(min_length=1, max_length=500)
    step: Key | None = None
    ideas: tuple[Key, ...] = ()


class Passed(Document):
    """A step that is done.

    Attributes:
        step: its key.
        time: when, ISO-8601.
        by: who said so.
    """

    called: ClassVar[str] = "passed step"

    step: Key
    time: str
    by: str


class Project(Document):
    """A project.

    Attributes:
        id: it, among all projects.
        programme: the key of the programme.
        title: what people call it.
        map: the id of the map that it is about; None while there is none.
        notes: what people wrote, by field.
        outcome: what importance is measured against: a scale, or a condition.
        focus: the keys of the map's steps that were chosen.
        documents: the ids of the interviews, notes and documents that were brought in for it.
        questions: those that ideas answer.
        votes: whose dots stand on which ideas: the keys of cards by person, a card as often as it has a dot of theirs.
        strategy: the rows of the strategy.
        passed: the steps that are done, in order.
        started: when, ISO-8601.
        by: who began it.
    """

    called: ClassVar[str] = "project"

    id: str = Of(default_factory=uuid7)
    programme: Key
    title: str = Of(min_length=1, max_length=200)
    map: str | None = None
    notes: dict[Field, str] = Of(default_factory=dict)
    outcome: str | None = None
    focus: tuple[Key, ...] = ()
    documents: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    votes: dict[str, tuple[Key, ...]] = Of(default_factory=dict)
    strategy: dict[Sense, Strategy] = Of(default_factory=dict)
    passed: tuple[Passed, ...] = ()
    started: str
    by: str

    @field_validator("programme")
    @classmethod
    def _there(cls, value: str) -> str:
        return programme(value).key
