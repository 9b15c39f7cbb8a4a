"""In which stages the rated questions of a survey stand: told by the survey, seen in the questions, or not at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from lvtu.maps.stages.known import journeys, places

By = Literal["section", "heading", "beginning", "words", ""]
"""What stages are told by: the survey's pages; what stands before a colon or a dash, or heads a grid; words with which
several questions in a row begin; words that speak of the stages of a common journey; nothing."""

GUESSES: tuple[By, By] = ("beginning", "words")
"""Those of them that are a guess: the survey itself does not say so."""

TOLD = 0.6
"""The share of questions that must be seen to be in a stage, for the others to be in that of the one before."""

ASTRAY = 0.25
"""The share of those that may be seen in a stage that is over, or one question."""

_FIRST = re.compile(r"[a-z]+(?:[-'’][a-z]+)*", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


class Asked(NamedTuple):
    """A rated question, as stages are guessed from it.

    Attributes:
        name: what it is about.
        heading: what stands before it, or above it in a grid, where that names something; else empty.
        section: the title of its page or group; empty where the survey tells none.
    """

    name: str
    heading: str = ""
    section: str = ""


class Guess(NamedTuple):
    """Stages of questions, and what they are told by; without evidence all are empty."""

    stages: list[str]
    by: By


def guessed(asked: Sequence[Asked]) -> Guess:
    """Stages of some questions in the order of a survey.

    The survey's own come first: its pages, its headings. Then beginnings that all questions share with a neighbour, as
    "Room: …" would be without the colon. Then the words of that common journey whose stages most of the questions speak
    of, in the order of the questions. One that tells nothing is in the stage of the question before.

    Example:
        >>> guessed([Asked("Booking the room"), Asked("Check-in"), Asked("Bed"), Asked("Staff"), Asked("Check-out")])
        Guess(stages=['Booking', 'Arriving', 'Staying', 'Staying', 'Leaving'], by='words')
        >>> guessed([Asked("挂号速度"), Asked("挂号态度"), Asked("取药速度"), Asked("取药指导")])
        Guess(stages=['挂号', '挂号', '取药', '取药'], by='beginning')
        >>> guessed([Asked("Price"), Asked("Staff"), Asked("Cleanliness")])
        Guess(stages=['', '', ''], by='')
    """
    ways: tuple[tuple[By, list[str]], ...] = (
        ("section", [one.section for one in asked]),
        ("heading", [one.heading for one in asked]),
        ("beginning", _beginnings([one.name for one in asked])),
    )
    for by, told in ways:
        found = _runs(told)
        if found:
            return Guess(found, by)
    found = _of_words(asked)
    return Guess(found, "words") if found else Guess([""] * len(asked), "")


def _runs(told: Sequence[str]) -> list[str]:
    """Stages as some questions tell them, those that tell none with the one before; nothing where too few do, all of
    them tell the same, or one comes back after another."""
    named = list(filter(None, told))
    order = [name for name, _ in groupby(named)]
    if len(named) < TOLD * len(told) or len(order) < 2 or len(set(order)) < len(order):
        return []
    return _filled(told)


def _filled(told: Sequence[str]) -> list[str]:
    """Without gaps: of the one before, at the beginning of the one after."""
    found, last = [], next(filter(None, told))
    for name in told:
        last = name or last
        found.append(last)
    return found


def _beginnings(names: Sequence[str]) -> list[str]:
    """The words with which questions begin, where each does as a neighbour; else nothing."""
    first = [_begins(name) for name in names]
    runs = [list(some) for _, some in groupby(first, key=str.lower)]
    return [some[0] for some in runs for _ in some] if all(some[0] and len(some) > 1 for some in runs) else []


def _begins(name: str) -> str:
    """The first word of a name, where more follows; of English one that is written with a dash counts as one."""
    from rjieba import cut

    chinese = _CHINESE.match(name)
    if chinese is None:
        word = _FIRST.match(name)
        return word[0] if word and len(word[0]) > 2 and word[0] != name else ""
    begins: str = cut(chinese[0])[0]
    return begins if len(begins) > 1 and begins != name else ""


def _of_words(asked: Sequence[Asked]) -> list[str]:
    """Stages of the common journey that most of the questions speak of; nothing where too few do, or in no order."""
    best: tuple[int, list[str]] = (0, [])
    for line, stages in journeys().items():
        seen = places([one.name for one in asked], line)
        kept = _in_order(seen)
        n = len(kept)
        spoken = sum(place is not None for place in seen)
        enough = n >= TOLD * len(asked) and spoken - n <= max(1, ASTRAY * spoken)
        if n > best[0] and enough and 1 < len({seen[at] for at in kept}) < len(asked):
            chinese = sum(_CHINESE.search(one.name) is not None for one in asked) * 2 >= len(asked)
            names = [stage.name.zh if chinese else stage.name.en for stage in stages]
            told = [names[place] if at in kept and place is not None else "" for at, place in enumerate(seen)]
            best = n, _filled(told)
    return best[1]


def _in_order(seen: Sequence[int | None]) -> set[int]:
    """Most questions of which none is in a stage before that of an earlier one: the longest that does not fall."""
    ends: list[int] = []  # the lowest stage that as many end with
    last: list[int] = []  # which question that is
    before: dict[int, int | None] = {}
    for at, place in enumerate(seen):
        if place is None:
            continue
        n = bisect_right(ends, place)
        before[at] = last[n - 1] if n else None
        ends[n : n + 1], last[n : n + 1] = [place], [at]
    found: set[int] = set()
    one: int | None = last[-1] if last else None
    while one is not None:
        found.add(one)
        one = before[one]
    return found
