"""What a programme is: steps in order, each with what people write in it, its gates, and what helps."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, ClassVar, Literal

import yaml
from pydantic import BeforeValidator

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key
from lvtu.core.model.text import Text, Words
from lvtu.errors import UnknownName

Field = Literal["persona", "goal", "metric", "owner", "task", "effect"]
"""What people write in a project: each is a gate too, which asks that it is there."""

Gate = Literal[
    Field, "events", "scored", "known", "map", "steps", "scenario", "scenario_whole", "live", "whose", "pain",
    "opportunity", "target", "version", "inuse", "focus", "ideas", "strategy",
]  # fmt: skip
"""What must be there before a step is done (`lvtu.maps.programmes.gates`)."""

Aid = Literal["quotes", "focus", "ideas", "strategy"]
"""What helps in a step: what customers said, importance beside performance, ideas, the four rows of a strategy."""


def _told(value: object) -> object:
    if not isinstance(value, str):
        return value
    zh, _, en = value.partition(" | ")
    return Text(zh.strip(), en.strip())


_Told = Annotated[Words, BeforeValidator(_told)]


class ProgrammeStep(Document):
    """A step of a programme.

    Attributes:
        key: its stable name.
        title: what people call it.
        about: what is to be done.
        fields: what people write.
        gates: what must be there.
        aids: what helps.
    """

    called: ClassVar[str] = "programme step"

    key: Key
    title: _Told
    about: _Told
    fields: tuple[Field, ...] = ()
    gates: tuple[Gate, ...]
    aids: tuple[Aid, ...] = ()


class Programme(Document):
    """A programme.

    Attributes:
        key: its stable name.
        title, about: what people call it, and what it is for.
        steps: in order.
    """

    called: ClassVar[str] = "programme"

    key: Key
    title: _Told
    about: _Told
    steps: tuple[ProgrammeStep, ...]


@cache
def programmes() -> dict[str, Programme]:
    """The programmes there are, by key.

    Example:
        >>> {key: [step.key for step in one.steps] for key, one in programmes().items()}["project-5"]
        ['position', 'scene', 'focus', 'ideas', 'strategy']
    """
    text = (files(__package__) / "programmes.yaml").read_text(encoding="utf-8")
    found = [Programme.model_validate(one) for one in yaml.safe_load(text)]
    return {one.key: one for one in found}


def programme(key: str) -> Programme:
    """One of them.

    Raises:
        UnknownName: there is none of that key.
    """
    if key not in programmes():
        raise UnknownName("programme", key, list(programmes()))
    return programmes()[key]
