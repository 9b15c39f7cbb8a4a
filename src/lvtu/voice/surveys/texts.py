"""Texts of a definition: that each is in every language, and that the answers it repeats were given before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.findings import Advice, Finding, Flaw, Place, nearest, spelled
from lvtu.voice.surveys.piping import PLACE, SAYABLE


def texts_of(survey: Survey) -> Iterator[Finding]:
    """What is wrong with the texts of a survey."""
    every = {question.key: question for question in survey.questions()}
    for place, text in _texts((), survey):
        yield from _languages(place, text, survey)
        earlier = _before(survey, place)
        for language, said in text.items():
            for key in dict.fromkeys(PLACE.findall(said)):
                yield from _piped((*place, language), key, every, earlier)


def _texts(place: Place, part: Any) -> Iterator[tuple[Place, dict[str, str]]]:
    """Every text with its place; the only objects in a definition that are not parts are texts."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _texts((*place, name), getattr(part, name))
    elif isinstance(part, tuple):
        for at, one in enumerate(part):
            yield from _texts((*place, at), one)
    elif isinstance(part, dict):
        yield place, part


def _languages(place: Place, text: dict[str, str], survey: Survey) -> Iterator[Finding]:
    for language in dict.fromkeys(survey.languages):
        if not text.get(language, "").strip():
            yield Finding(spelled(place), Flaw("language_missing", language=language), Advice("translate"))
    for language in sorted(text.keys() - set(survey.languages)):
        advice = Advice("list_language", language=language)
        yield Finding(spelled((*place, language)), Flaw("language_extra", language=language), advice, level="warning")


def _before(survey: Survey, place: Place) -> set[str]:
    """The questions that have been answered where a text is read."""
    if place[0] != "pages":
        return {question.key for question in survey.questions()} if place[0] == "thanks" else set()
    page_at = int(place[1])
    page = survey.pages[page_at]
    earlier = {question.key for one in survey.pages[:page_at] for question in one.questions}
    if place[2] == "questions" and not page.shuffle:
        earlier |= {question.key for question in page.questions[: int(place[3])]}
    return earlier


def _piped(place: Place, key: str, every: dict[str, q.Question], earlier: set[str]) -> Iterator[Finding]:
    if key not in every:
        advice = nearest(key, every, Advice("known_questions", names=", ".join([*every][:12])))
        yield Finding(spelled(place), Flaw("no_question", key=key), advice)
    elif key not in earlier:
        yield Finding(spelled(place), Flaw("piped_forward", key=key), Advice("earlier"))
    elif not isinstance(every[key], SAYABLE):
        yield Finding(spelled(place), Flaw("piped_kind", key=key), Advice("leave_out", name=f"{{{key}}}"))
