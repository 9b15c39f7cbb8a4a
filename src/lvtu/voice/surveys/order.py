"""The order in which one respondent sees things: random, and the same whenever it is worked out from the response."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.definition import Page, Survey
from lvtu.voice.surveys.parts import Option

_Kept = TypeVar("_Kept")


def pages_of(survey: Survey, response: str) -> list[tuple[Page, list[q.Question]]]:
    """Each page with its questions in the order of a response.

    Args:
        survey: it.
        response: the response's id, which seeds the order.
    """
    return [
        (page, shuffled(page.questions, [one.key for one in page.questions], f"{survey.key}/{number}/{response}"))
        if page.shuffle
        else (page, list(page.questions))
        for number, page in enumerate(survey.pages)
    ]


def options_of(survey: Survey, question: q.Single | q.Multi | q.Ranking | q.Matrix, response: str) -> list[Option]:
    """The options of a question, or the rows of a matrix, in the order of a response; fixed ones keep their place."""
    options = question.rows if isinstance(question, q.Matrix) else question.options
    if not question.shuffle:
        return list(options)
    moving = [one for one in options if not one.fixed]
    seed = f"{survey.key}/{question.key}/{response}"
    mixed = iter(shuffled(moving, [one.key for one in moving], seed))
    return [one if one.fixed else next(mixed) for one in options]


def shuffled(things: Sequence[_Kept], keys: Sequence[str], seed: str) -> list[_Kept]:
    """Things by the SHA-256 of seed and key, which any language can work out: every order is equally likely.

    Example:
        >>> shuffled("abc", "abc", "r3"), shuffled("abc", "abc", "r4")
        (['a', 'b', 'c'], ['b', 'c', 'a'])
    """
    drawn = [sha256(f"{seed}/{key}".encode(errors="backslashreplace")).digest() for key in keys]
    return [things[place] for place in sorted(range(len(things)), key=drawn.__getitem__)]
