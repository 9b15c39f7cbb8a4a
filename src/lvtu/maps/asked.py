"""Which questions were answered, on which scales, and in which order they were asked: one pass over the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np

from lvtu.analyses.base import view_of
from lvtu.analyses.members import lines_at
from lvtu.maps.live.observed import QUESTION
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot

SECTION = "section"
"""The property that names the page or group of a survey in which a question stands."""


@dataclass
class Seen:
    """By question and scale how many answers there are, and the sum of their places in the response; by question when
    it was answered last, and in which section it stands; pairs of questions of which the second was answered next."""

    answers: dict[tuple[str, str | None], list[float]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    after: set[tuple[str, str]] = field(default_factory=set)
    sections: dict[str, str] = field(default_factory=dict)

    def add(self, question: str, scale: str | None, n: float, places: float) -> None:
        """Count some answers."""
        sums = self.answers.setdefault((question, scale), [0.0, 0.0])
        sums[0] += n
        sums[1] += places


class Answered:
    """The pass over all answers, as engines fold it."""

    def __init__(self, where: str | None, since: int, until: int, snapshot: Snapshot) -> None:
        self.where, self.since, self.until, self.snapshot = where, since, until, snapshot
        self.sections = snapshot.carry(SECTION)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return {QUESTION, "scale", "score", "text", *((SECTION,) if self.sections else ())}

    def empty(self, snapshot: Snapshot) -> Seen:
        """The state of no customers."""
        return Seen()

    def partial(self, block: Block, state: Seen) -> Seen:
        """Add a block's customers."""
        codes, titles = block.codes(QUESTION)
        scales, names = block.codes("scale")
        time, view = block.column("time"), view_of(block, self.snapshot, self.where)
        asked = (codes != 0) & (time >= self.since) & (time < self.until)
        if len(view):
            asked &= view != 0
        if len(block.keep):
            asked &= block.keep[lines_at(block, np.arange(block.rows))] != 0
        rows = np.flatnonzero(asked)
        if not len(rows):
            return state
        lines = lines_at(block, rows)
        first = np.r_[True, (np.diff(lines) != 0) | (np.diff(time[rows]) != 0)]
        at = np.arange(len(rows))
        places = at - np.maximum.accumulate(np.where(first, at, 0))
        scored = ~np.isnan(block.numbers("score")[rows])
        said = block.codes("text")[0][rows] != 0
        for one, on in ((scored, True), (said & ~scored, False)):
            keys = codes[rows][one].astype(np.int64) * (len(names) + 1) + (scales[rows][one] if on else 0)
            for key in np.unique(keys).tolist():
                code, scale = divmod(key, len(names) + 1)
                mine = keys == key
                state.last[titles[code]] = max(state.last.get(titles[code], 0), int(time[rows][one][mine].max()))
                state.add(titles[code], names[scale] if on and scale else None if on else "", int(mine.sum()),
                          float(places[one][mine].sum()))  # fmt: skip
        inside = np.flatnonzero(~first[1:])
        pairs = np.unique(np.stack([codes[rows][inside], codes[rows][inside + 1]]), axis=1)
        state.after |= {(titles[one], titles[other]) for one, other in pairs.T.tolist()}
        if self.sections:
            told, named = block.codes(SECTION)
            pages = np.unique(np.stack([codes[rows], told[rows]]), axis=1)
            state.sections |= {titles[one]: named[page] for one, page in pages.T.tolist() if page}
        return state

    def merge(self, left: Seen, right: Seen) -> Seen:
        """Add two states."""
        for (question, scale), (n, places) in right.answers.items():
            left.add(question, scale, n, places)
        for question, time in right.last.items():
            left.last[question] = max(left.last.get(question, 0), time)
        left.after |= right.after
        left.sections |= right.sections
        return left


def in_order(places: Mapping[str, float], after: Collection[tuple[str, str]]) -> list[str]:
    """Questions as they were asked: none before one that it was answered after.

    Args:
        places: by question its usual place among those that were answered; who skips some moves it.
        after: pairs of questions of which the second was answered next, by somebody.

    Example:
        >>> in_order({"Room": 0.6, "Why?": 0.5, "Desk": 1.1}, {("Room", "Why?"), ("Room", "Desk"), ("Why?", "Desk")})
        ['Room', 'Why?', 'Desk']
    """
    first: dict[str, set[str]] = {one: set() for one in (*places, *(one for pair in after for one in pair))}
    for one, other in after:
        if one != other and (other, one) not in after:
            first[other].add(one)
    left, found = sorted(first, key=lambda one: (places.get(one, inf), one)), []
    while left:
        free = next((one for one in left if not first[one] & set(left)), left[0])  # in no order: the usual one
        left.remove(free)
        found.append(free)
    return [one for one in found if one in places]


def surveys_of(last: Mapping[str, int], after: Collection[tuple[str, str]]) -> list[set[str]]:
    """The questions of each survey that are rated or answered in words, the one that was answered last first.

    What is neither, as the choice of an answer, holds a survey together all the same.
    """
    of = {title: {title} for title in (*last, *(title for pair in after for title in pair))}
    for one, other in sorted(after):
        if of[one] is not of[other]:
            of[one] |= of[other]
            for title in of[other]:
                of[title] = of[one]
    found = {id(titles): titles & last.keys() for titles in of.values()}
    return sorted(filter(None, found.values()), key=lambda titles: (-max(last[one] for one in titles), min(titles)))
