"""A survey: its pages and questions, its languages, where it asks, and whether anybody may know who answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from lvtu.core.documents import read_yaml
from lvtu.voice.surveys.parts import Condition, Key, Language, Name, Part, Text
from lvtu.voice.surveys.questions import AnyQuestion, Question

UNCHECKED = "unchecked"
"""In the context of a validation: look at the form only, not at whether the parts go together."""


class Page(Part):
    """Questions that are shown together.

    Attributes:
        title: its heading.
        description: what stands below it.
        show_if: when it is shown; always if not given.
        shuffle: whether its questions come in an order of each respondent's own.
        questions: what is asked.
    """

    title: Text | None = None
    description: Text | None = None
    show_if: Condition | None = None
    shuffle: bool = False
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1, max_length=200)]


class Quota(Part):
    """How many responses of a kind are wanted: whoever would be one more is thanked, and asked no further.

    Attributes:
        key: what it is known by; what was counted under it goes on counting in later versions.
        when: for which responses, by their answers; for all if not given.
        most: so many complete responses.
        closing: what whoever comes after reads.
    """

    key: Key
    when: Condition | None = None
    most: int = Field(ge=1, le=100_000_000)
    closing: Text | None = None


class Survey(Part):
    """A survey, sound in itself: made of a definition with a flaw, it is refused (`lvtu.voice.surveys.check`).

    Attributes:
        format: of the definition; there is one so far.
        key: what the survey is known by.
        version: of its wording; events carry it.
        title: its name.
        description: what stands at its beginning.
        languages: those that every text must be in; the first is shown where nothing says which.
        touchpoint: where it asks.
        channel: how it reaches people, where the response does not say it.
        anonymous: whether nothing that identifies who answered is kept.
        purpose: ``survey``, or ``feedback``: each response is an idea, a complaint or praise that gets an answer.
        hidden: what the link may say beside, as ``?order=17``, and the events then tell under the same names.
        pages: what is asked.
        quotas: how many responses of which kind are wanted.
        thanks: what stands at its end.

    Example:
        >>> survey = Survey.load('''
        ... key: delivery
        ... title: {zh: 配送, en: Delivery}
        ... pages:
        ...   - questions:
        ...       - {key: q1, kind: nps, title: {zh: 您会推荐我们吗？, en: "Would you recommend us?"}}
        ... ''')
        >>> [question.key for question in survey.questions()]
        ['q1']
    """

    format: Literal[1] = 1
    key: Key
    version: int = Field(default=1, ge=1)
    title: Text
    description: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=50)] = ("zh", "en")
    touchpoint: Name | None = None
    channel: Name | None = None
    anonymous: bool = False
    purpose: Literal["survey", "feedback"] = "survey"
    hidden: Annotated[tuple[Key, ...], Field(max_length=20)] = ()
    pages: Annotated[tuple[Page, ...], Field(min_length=1, max_length=100)]
    quotas: Annotated[tuple[Quota, ...], Field(max_length=50)] = ()
    thanks: Text | None = None

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Survey:
        if info.context != UNCHECKED:
            from lvtu.voice.surveys.checks import refuse

            refuse(self)
        return self

    @classmethod
    def load(cls, definition: Any) -> Survey:
        """A survey from its definition: a dict, JSON or YAML, or the path of a file of either.

        Raises:
            BadInput: there is no such file, or the definition has a flaw: the first is told, `check` tells all.
        """
        from lvtu.voice.surveys.checks import sound

        return sound(document_of(definition))

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        for page in self.pages:
            yield from page.questions

    def to_dict(self) -> dict[str, Any]:
        """The definition, as it was given: what it left out stays out."""
        found: dict[str, Any] = self.model_dump(mode="json", exclude_unset=True)
        return found


def document_of(definition: Any) -> Any:
    """The definition as JSON has it, whatever way it was given."""
    if isinstance(definition, Survey):
        return definition.to_dict()
    return read_yaml(definition, "survey") if isinstance(definition, str | Path) else definition


def as_json(document: Any) -> str:
    """A definition as the text of JSON; days that YAML has read are written as days.

    Raises:
        ValueError, TypeError, RecursionError: there is no JSON of it.
    """
    return json.dumps(document, default=_day)


def _day(value: Any) -> str:
    from datetime import date

    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
