"""How far the quotes of an insight carry it: by how many people say it, and in how many kinds of sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["none", "lead", "emerging", "supported", "strong"]

HALF = 4
"""With so many voices the breadth of people is half of what it may be."""

ENOUGH_SOURCES = 3
"""More kinds of sources add nothing."""

_LEVELS: tuple[tuple[float, Level], ...] = ((75, "strong"), (50, "supported"), (20, "emerging"), (0, "lead"))


@dataclass(frozen=True)
class Reliability:
    """How far the quotes of an insight carry it.

    Attributes:
        value: 0 to 100. A rule of thumb for how broad the base is: no probability, and no word on whether it is true.
        level: ``none`` without a quote; from 0 ``lead``, from 20 ``emerging``, from 50 ``supported``, from 75
            ``strong``.
        quotes: how many there are, without those whose words are gone.
        speakers: how many customers and other speakers they come from; a document counts as one.
        sources: the kinds of sources they come from, in the order of the alphabet.
        voices: what the quotes of all speakers add up to: see `reliability`.
    """

    value: float
    level: Level
    quotes: int
    speakers: int
    sources: tuple[str, ...]
    voices: float


def reliability(quotes: Iterable[tuple[str, str]]) -> Reliability:
    """How far some quotes carry what they are quoted for.

    The first quote of a speaker is one voice, each further one half of the one before: somebody who says it ten times
    is not ten people, and never two. With ``v`` voices in ``t`` kinds of sources it is
    ``100 · v / (v + 4) · (1 + min(t, 3)) / 4``: four voices are half of what people can give; one kind of source gives
    half of what sources can, two three quarters, three all.

    Args:
        quotes: of each who says it, and the kind of source.

    Example:
        >>> reliability([("ann", "review")]).value
        10.0
        >>> found = reliability([("ann", "review"), ("ann", "review"), ("bo", "ticket"), ("cy", "interview")])
        >>> found.voices, found.value, found.level, found.sources
        (3.5, 46.7, 'emerging', ('interview', 'review', 'ticket'))
        >>> reliability([]).level
        'none'
    """
    given = list(quotes)
    said = Counter(speaker for speaker, _ in given)
    sources = tuple(sorted({kind for _, kind in given}))
    voices = sum(2 - 2.0 ** (1 - times) for times in said.values())
    breadth = (1 + min(len(sources), ENOUGH_SOURCES)) / (1 + ENOUGH_SOURCES)
    value = round(100 * voices / (voices + HALF) * breadth, 1) if given else 0.0
    level: Level = next(name for least, name in _LEVELS if value >= least) if given else "none"
    return Reliability(value, level, len(given), len(said), sources, voices)
