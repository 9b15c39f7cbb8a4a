"""A persona: somebody made up who stands for many."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, model_validator

from lvtu.core.documents import Document, loaded
from lvtu.core.model.rules import Key
from lvtu.core.model.text import Words
from lvtu.core.segments import as_condition, as_segment


class Said(Document):
    """What a persona says.

    Attributes:
        text: word for word, or made up.
        event: the id of the event in which a customer said it; None: it is made up, and marked so.
        speaker: a pseudonym of that customer.
        date: when they said it.

    Example:
        >>> Said(text="排队太久").event is None
        True
    """

    called: ClassVar[str] = "quote"

    text: str
    event: int | None = None
    speaker: str | None = None
    date: dt.date | None = None


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str | dict) else value


Several = Annotated[tuple[Words, ...], BeforeValidator(_several)]
"""Several texts; one may stand alone."""


class Persona(Document):
    """Somebody made up who stands for many customers.

    What people write of a persona is what they think; how many customers it stands for, what those do and how they feel
    is counted anew whenever somebody looks (`lvtu.maps.personas.profile`).

    Attributes:
        key: its stable name, which maps use.
        version: given by the workspace at each save.
        name: what people call it.
        role: who it is, in a few words.
        background: its story.
        traits: what it is like.
        goals: what it wants to get done.
        needs: what it needs for that.
        behaviours: what it does.
        quote: what it says.
        segment: the customers that it stands for: the name of a segment, or a condition; None: not known yet.

    Example:
        >>> persona = Persona.load('''
        ... key: flyer
        ... name: {zh: 常旅客, en: Frequent flyer}
        ... goals: {zh: 少排队, en: Queue less}
        ... segment: did 'Flight Taken' at least 3 times
        ... ''')
        >>> initials(persona.name.zh), persona.goals[0].en, persona.condition
        ('常', 'Queue less', 'did "Flight Taken" at least 3 times')
    """

    called: ClassVar[str] = "persona"

    key: Key
    version: int | None = None
    name: Words
    role: Words | None = None
    background: Words | None = None
    traits: Several = ()
    goals: Several = ()
    needs: Several = ()
    behaviours: Several = ()
    quote: Said | None = None
    segment: Annotated[str | None, BeforeValidator(lambda one: as_condition(one) if one else None)] = None

    @model_validator(mode="before")
    @classmethod
    def _plain_quote(cls, value: Any) -> Any:
        quote = value.get("quote") if isinstance(value, dict) else None
        return {**value, "quote": {"text": quote} if quote else None} if isinstance(quote, str) else value

    @classmethod
    def load(cls, value: Persona | dict[str, Any] | str | Path) -> Persona:
        """A persona from one, a dict, YAML text, or the path of a YAML file.

        Raises:
            BadInput: the file does not exist, a key is unknown.
            BadExpression: the condition of its segment cannot be read.
        """
        return loaded(cls, value)

    @property
    def condition(self) -> str | None:
        """Which customers it stands for, as a condition on customers."""
        return None if self.segment is None else as_segment(self.segment)

    def document(self) -> dict[str, Any]:
        """The persona as plain values, without what nobody said; `load` reads it."""
        return self.model_dump(mode="json", exclude_defaults=True)


def initials(name: str) -> str:
    """What stands for a name where there is no picture: a Chinese character, or one or two capitals.

    Example:
        >>> initials("常旅客"), initials("Frequent flyer"), initials("")
        ('常', 'FF', '·')
    """
    words = name.split()
    if not words:
        return "·"
    if not words[0].isascii():
        return words[0][0]
    return "".join(word[0] for word in words[:2]).upper()
