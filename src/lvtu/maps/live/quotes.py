"""What customers said at each step, such as stand for many: few words, clear feelings, no two alike."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import both, make, view_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import lines_at
from lvtu.analyses.scores.question import reads_of
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.analyses.scores.tallies import Answers
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.maps.live.filled import Quote
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

MOST = 3
"""Quotes of a step."""

_JUDGED = 40
"""Texts of a step among which quotes are chosen."""

_SHORTEST, _LONGEST = 6, 90
"""Characters of a text that reads well in a cell."""

_ALIKE = 0.35
"""Texts that share more of their pairs of characters than that are one quote."""


class Said(NamedTuple):
    """A text that may be quoted, in the order of how well it can be."""

    worth: float
    lot: bytes
    text: int
    event_id: int
    customer: str
    time: int
    feeling: float


class Saying:
    """The texts of each step that can be quoted best, as engines fold them.

    Args:
        where: only events for which this is true exist.
        since, until: when they happened, µs.
        snapshot: of what.
    """

    def __init__(self, where: str | None, since: int, until: int, snapshot: Snapshot) -> None:
        asked = {"metric": "sentiment", "where": where, "by": PLACE, "since": since, "until": until}
        self.spec: ScoresSpec = make(ScoresSpec, asked)
        self.snapshot = snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec) | {"text", "sentiment", PLACE}

    def empty(self, snapshot: Snapshot) -> dict[int, list[Said]]:
        """The state of no customers."""
        return {}

    @cached_property
    def long(self) -> Array:
        """How long each text is, by its code."""
        return np.array([len(text or "") for text in self.snapshot.names("text")])

    def partial(self, block: Block, state: dict[int, list[Said]]) -> dict[int, list[Said]]:
        """Add a block's customers."""
        answers, at = self.texts(block, placed=True)
        return self.added(block, answers, at, state)

    def texts(self, block: Block, *, placed: bool) -> tuple[Answers, Array]:
        """A block's texts, and the places among them of those at a step, or of those at none."""
        answers, (low, high) = Answers.of(block, "sentiment", self.spec.weighted), self.spec.span()
        seen = answers.seen(block, view_of(block, self.snapshot, self.spec.where))
        there = ((block.codes(PLACE)[0][answers.rows] != 0) == placed) & (answers.time >= low) & (answers.time < high)
        return answers, np.flatnonzero(both(there.view(np.uint8), seen))

    def added(self, block: Block, answers: Answers, at: Array, state: dict[int, list[Said]]) -> dict[int, list[Said]]:
        """The best of what was known by the code of its step, and of a block's texts."""
        codes = block.codes("text")[0][answers.rows[at]]
        long = self.long[codes]
        worth = np.abs(answers.scores[at]) * np.where((long >= _SHORTEST) & (long <= _LONGEST), 1.0, 0.2)
        where = block.codes(PLACE)[0][answers.rows[at]].astype(np.int64)
        order = np.lexsort((-worth, where))
        rank = np.arange(len(order)) - np.searchsorted(where[order], where[order], side="left")
        best = order[rank < 4 * _JUDGED]
        for place, said in zip(where[best].tolist(), self._said(block, answers, at[best], worth[best]), strict=True):
            state.setdefault(place, []).append(said)
        return {place: sorted(some)[:_JUDGED] for place, some in state.items()}

    def _said(self, block: Block, answers: Answers, at: Array, worth: Array) -> list[Said]:
        """Some texts of a block, by their places among the answers, with what each is worth."""
        rows, texts = answers.rows[at], self.snapshot.names("text")
        codes = block.codes("text")[0][rows].tolist()
        lots = {code: _lot(texts[code]) for code in set(codes)}
        names = block.names().take(pa.array(lines_at(block, rows))).cast(pa.string()).to_pylist()
        columns = (block.column("event_id")[rows], answers.time[at], answers.scores[at])
        more = zip(*(column.tolist() for column in columns), strict=True)
        return [
            Said(-round(each, 6), lots[code], code, event, name, time, felt)
            for each, code, name, (event, time, felt) in zip(worth.tolist(), codes, names, more, strict=True)
        ]

    def merge(self, left: dict[int, list[Said]], right: dict[int, list[Said]]) -> dict[int, list[Said]]:
        """Both."""
        for place, found in right.items():
            left[place] = sorted([*left.get(place, ()), *found])[:_JUDGED]
        return left


def quotes(
    where: str | None, since: int, until: int, snapshot: Snapshot, engine: Engine
) -> dict[str, tuple[Quote, ...]]:
    """What customers said, by step; nothing where nobody wrote anything."""
    if len(snapshot.names("text")) < 2:
        return {}
    question = Saying(where, since, until, snapshot)
    snapshot.prepare(question.reads())
    state: dict[int, list[Said]] = engine.fold(question, snapshot)
    places = values_of(snapshot, PLACE)
    return {str(places[place]): told_of(found, snapshot) for place, found in state.items()}


def told_of(found: Sequence[Said], snapshot: Snapshot) -> tuple[Quote, ...]:
    """The quotes that are chosen among some texts."""
    texts = snapshot.names("text")
    return tuple(_quote(one, texts) for one in _chosen(found, texts))


def _chosen(found: Sequence[Said], texts: Sequence[str | None]) -> list[Said]:
    """The best ones, of different customers, no two alike; of both signs where a quarter say otherwise."""
    ranked = sorted(found)
    signs = [one.feeling > 0 for one in ranked]
    mixed = 0.25 <= sum(signs) / len(signs) <= 0.75
    chosen: list[Said] = []
    for one in ranked:
        pairs = _pairs(texts[one.text])
        alike = any(_overlap(pairs, _pairs(texts[other.text])) > _ALIKE for other in chosen)
        again = one.customer in {other.customer for other in chosen}
        turn = mixed and len(chosen) == 1 and (one.feeling > 0) == (chosen[0].feeling > 0)
        if not (alike or again or turn):
            chosen.append(one)
        if len(chosen) == MOST:
            break
    return chosen


def _quote(one: Said, texts: Sequence[str | None]) -> Quote:
    return Quote(texts[one.text] or "", str(one.event_id), alias(one.customer), f"{moment(one.time):%Y-%m-%d}",
                 one.feeling)  # fmt: skip


def alias(customer: str) -> str:
    """A short pseudonym: always the same one for a customer, and no way back.

    Example:
        >>> alias("ann@example.com") == alias("ann@example.com"), len(alias("7"))
        (True, 4)
    """
    return hashlib.blake2b(customer.encode("utf-8", "replace"), digest_size=2).hexdigest()


def _lot(text: str | None) -> bytes:
    return hashlib.blake2b((text or "").encode("utf-8", "replace"), digest_size=8).digest()


def _pairs(text: str | None) -> frozenset[str]:
    said = "".join((text or "").lower().split())
    return frozenset(said[place : place + 2] for place in range(len(said) - 1))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)
