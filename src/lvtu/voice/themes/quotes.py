"""Quotes: what customers really wrote about a theme, such as stand for many, no two of them alike."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lvtu.analyses.explained.rows import message_ids
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice.themes.finding import telling
from lvtu.voice.themes.question import Themes
from lvtu.voice.themes.reading import UNFELT, UNIT
from lvtu.voice.themes.words import counted, overlap

_JUDGED = 400
"""Places of a theme among which quotes are chosen."""

_SHORTEST, _LONGEST = 4, 160
"""Characters of a comment that is pleasant to read."""

_ALIKE = 0.4
"""Comments that share more of their words than that are one quote."""


@dataclass(frozen=True)
class Candidate:
    """A place that may be quoted.

    Attributes:
        text: the code of the comment.
        start, end: where it speaks of the theme.
        worth: how well it stands for the theme.
        words: of the place.
    """

    text: int
    start: int
    end: int
    worth: float
    words: tuple[str, ...]


def quotes_of(
    question: Themes, themes: Sequence[int], many: int, engine: Engine
) -> dict[int, list[dict[str, Any]]]:  # fmt: skip
    """Quotes by number of the theme: ``text``, ``start``, ``end``, ``customer``, ``message_id``, ``time``, …

    Args:
        question: what was asked.
        themes: of which.
        many: how many of each at most.
        engine: finds out who wrote them.
    """
    if not many or not themes:
        return {}
    candidates = _candidates(question, themes, engine)
    wanted = sorted({one.text for own in candidates.values() for one in _apart(own, 3 * many)})
    where = engine.fold(Writers(question, np.array(wanted, np.int64)), question.snapshot)
    found: dict[int, list[dict[str, Any]]] = {}
    for theme, own in candidates.items():
        chosen: dict[str, Candidate] = {}
        for one in _apart(own, 3 * many):
            if one.text in where and len(chosen) < many:
                chosen.setdefault(where[one.text].customer, one)
        found[theme] = [_told(question, one, where[one.text]) for one in chosen.values()]
    events = [quote["event_id"] for own in found.values() for quote in own]
    called = message_ids(question.snapshot, events)
    return {
        theme: [quote | {"message_id": called[quote.pop("event_id")]} for quote in own] for theme, own in found.items()
    }


def _told(question: Themes, one: Candidate, written: Written) -> dict[str, Any]:
    feelings = question.reading.feelings
    felt = int(feelings[one.text])
    return {
        "text": question.snapshot.names("text")[one.text], "start": one.start, "end": one.end,
        "customer": written.customer, "time": moment(written.time), "event_id": written.event_id,
        "event": question.snapshot.events[written.event], "sentiment": None if felt == UNFELT else felt / UNIT,
    }  # fmt: skip


def _candidates(question: Themes, themes: Sequence[int], engine: Engine) -> dict[int, list[Candidate]]:
    """Of each theme the places that stand best for it, first ones first."""
    texts = question.snapshot.names("text")
    places = _places(question, engine)
    drawn = {theme: _drawn(places.get(theme, []), texts) for theme in themes}
    flat = [(theme, *place) for theme, own in drawn.items() for place in own]
    words, _ = counted(texts[text][start:end] for _, text, start, end in flat)
    number = {theme: at for at, theme in enumerate(themes)}
    weights = telling(words, np.array([number[theme] for theme, *_ in flat], np.int64))
    found: dict[int, list[Candidate]] = {theme: [] for theme in themes}
    for (theme, text, start, end), own in zip(flat, words, strict=True):
        known = weights[number[theme]]
        worth = sum(known[word] for word in set(own)) / math.sqrt(len(own) + 2)
        whole = len(texts[text])
        worth *= 1.0 if _SHORTEST <= whole <= _LONGEST else 0.3
        found[theme].append(Candidate(text, start, end, round(worth, 9), tuple(own)))
    for own_candidates in found.values():
        own_candidates.sort(key=lambda one: (-one.worth, texts[one.text], one.start))
    return found


def _places(question: Themes, engine: Engine) -> dict[int, list[tuple[int, int, int]]]:
    """Where each theme is spoken of: the code of the text, from which character on and before which."""
    places = question.reading.places
    if question.reading.of_places:
        columns = [places.theme, places.key, places.start, places.end]
    else:
        theme, text = engine.fold(Said(question), question.snapshot).pairs()
        ends = np.array([len(question.snapshot.names("text")[code]) for code in text.tolist()], np.int64)
        columns = [theme, text, np.zeros(len(text), np.int64), ends]
    found: dict[int, list[tuple[int, int, int]]] = {}
    for theme, *place in zip(*(column.tolist() for column in columns), strict=True):
        found.setdefault(theme, []).append((place[0], place[1], place[2]))
    return found


def _drawn(places: list[tuple[int, int, int]], texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """Some places, the same ones in whatever order they come."""

    def draw(place: tuple[int, int, int]) -> tuple[bytes, int]:
        return hashlib.blake2b(texts[place[0]].encode("utf-8", "replace"), digest_size=8).digest(), place[1]

    return sorted(places, key=draw)[:_JUDGED]


def _apart(candidates: Sequence[Candidate], many: int) -> list[Candidate]:
    """The best ones of which no two are alike."""
    found: list[Candidate] = []
    for one in candidates:
        if len(found) == many:
            break
        if all(one.text != other.text and overlap(one.words, other.words) <= _ALIKE for other in found):
            found.append(one)
    return found


@dataclass(frozen=True, order=True)
class Written:
    """When a comment was written, and by whom."""

    time: int
    event_id: int
    customer: str
    event: int


class Writers:
    """Who wrote some texts first, by code of the text, as engines fold it.

    Args:
        question: which comments count.
        texts: the codes, in ascending order.
    """

    def __init__(self, question: Themes, texts: Array) -> None:
        self._question, self._texts = question, texts

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self._question.reads()

    def empty(self, snapshot: Snapshot) -> dict[int, Written]:
        """The state of no customers."""
        return {}

    def partial(self, block: Block, state: dict[int, Written]) -> dict[int, Written]:
        """Add a block's customers."""
        from lvtu.analyses.members import lines_at

        rows = self._question.comments(block)
        codes = block.codes("text")[0][rows]
        rows = rows[np.isin(codes, self._texts)]
        names, lines = block.names(), lines_at(block, rows)
        columns = (block.codes("text")[0], block.column("time"), block.column("event_id"), block.column("event"))
        for line, text, time, event_id, event in zip(
            lines.tolist(), *(column[rows].tolist() for column in columns), strict=True
        ):
            one = Written(time, event_id, str(names[line].as_py()), event)
            state[text] = min(one, state.get(text, one))
        return state

    def merge(self, left: dict[int, Written], right: dict[int, Written]) -> dict[int, Written]:
        """Both."""
        for text, one in right.items():
            left[text] = min(one, left.get(text, one))
        return left


@dataclass
class Pairs:
    """Themes and the texts of the comments that speak of them, in parts."""

    parts: list[Array] = field(default_factory=list)

    def pairs(self) -> tuple[Array, Array]:
        """Each once, in order: numbers of themes, codes of texts."""
        every = np.concatenate([np.empty((0, 2), np.int64), *self.parts])
        found = np.unique(every, axis=0)
        return found[:, 0], found[:, 1]


class Said:
    """What was written beside codes, as engines fold it."""

    def __init__(self, question: Themes) -> None:
        self._question = question

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self._question.reads()

    def empty(self, snapshot: Snapshot) -> Pairs:
        """The state of no customers."""
        return Pairs()

    def partial(self, block: Block, state: Pairs) -> Pairs:
        """Add a block's customers."""
        rows = self._question.comments(block)
        comment, at = self._question.mentions(block, rows)
        text = block.codes("text")[0][rows][comment].astype(np.int64)
        pairs = np.stack([self._question.reading.themes[at].astype(np.int64), text], axis=1)[text != 0]
        state.parts.append(np.unique(pairs, axis=0))
        return state

    def merge(self, left: Pairs, right: Pairs) -> Pairs:
        """Both."""
        left.parts += right.parts
        return left
