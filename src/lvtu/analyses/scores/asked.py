"""Who was asked for an answer, and answered: survey by survey, where events say of which one they are.

Whoever was sent one survey was not asked by another: an answer goes with what was sent of the same survey (the property
``survey``), and on a scale only those count as asked whose survey asks on it. Events that name no survey are of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from lvtu.analyses.base import codes_of
from lvtu.analyses.scores.measures import OF_TEXT
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

SENT = "Survey Sent"
"""The event by which somebody is asked for an answer, unless the question says otherwise."""

SURVEY = "survey"
"""The property that says of which survey an event is."""


class Asked:
    """By which events somebody is asked, and of which survey events are.

    Args:
        spec: the question.
        snapshot: of what.

    Attributes:
        sent: the codes of the events by which somebody is asked; None where nobody is.
        reads: the properties it reads.
    """

    def __init__(self, spec: ScoresSpec, snapshot: Snapshot) -> None:
        self.sent = _sent(spec, snapshot)
        self.reads = {SURVEY} if self.sent and _known(snapshot) else set[str]()

    def surveys(self, block: Block, rows: Array) -> Array:
        """The codes of the surveys of some rows; 0 for none named."""
        found: Array = block.codes(SURVEY)[0][rows].astype(np.int64) if self.reads else np.zeros(len(rows), np.int64)
        return found

    def sendings(self, block: Block) -> Array:
        """The rows by which somebody is asked."""
        sent = np.zeros(len(block.dictionary.names("event")), bool)
        sent[self.sent or []] = True
        return np.flatnonzero(sent[block.column("event")])

    def apart(self, block: Block, answers: Array, surveys: frozenset[int]) -> Iterator[tuple[Array, Array]]:
        """What was sent and what was answered of each survey, one byte a row each.

        Args:
            block: whose rows.
            answers: those with an answer.
            surveys: which ones ask for such answers.
        """
        sendings = self.sendings(block)
        mine, theirs = self.surveys(block, sendings), self.surveys(block, answers)
        for survey in sorted(surveys & {*np.unique(mine).tolist()}):
            yield _flags(block, sendings[mine == survey]), _flags(block, answers[theirs == survey])


class Surveys:
    """Which surveys ask on which scale, as engines fold it: pairs of codes of scales and surveys.

    Args:
        asked: of which survey events are.
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return {"score", "scale", *self._asked.reads}

    def empty(self, snapshot: Snapshot) -> set[tuple[int, int]]:
        """None."""
        return set()

    def partial(self, block: Block, state: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Add a block's customers."""
        rows = np.flatnonzero(~np.isnan(block.numbers("score")))
        pairs = np.stack([block.codes("scale")[0][rows].astype(np.int64), self._asked.surveys(block, rows)], axis=1)
        state |= {(scale, survey) for scale, survey in np.unique(pairs, axis=0).tolist()}
        return state

    def merge(self, left: set[tuple[int, int]], right: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Both."""
        left |= right
        return left


def surveys_on(asked: Asked, snapshot: Snapshot, engine: Engine) -> dict[int, frozenset[int]]:
    """By the code of a scale the codes of the surveys that ask on it; of the unnamed one, if events name none."""
    if not asked.sent:
        return defaultdict(frozenset)
    if not asked.reads:
        return defaultdict(lambda: frozenset({0}))
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for scale, survey in engine.fold(Surveys(asked), snapshot):
        found[scale] |= {survey}
    return found


def _flags(block: Block, rows: Array) -> Array:
    found = np.zeros(block.rows, np.uint8)
    found[rows] = 1
    return found


def _sent(spec: ScoresSpec, snapshot: Snapshot) -> list[int] | None:
    if spec.sent is not None:
        return codes_of(snapshot, spec.sent)
    if spec.metric in OF_TEXT:
        return None
    return codes_of(snapshot, SENT) if SENT in snapshot.events else None


def _known(snapshot: Snapshot) -> bool:
    try:
        snapshot.prepare({SURVEY})
    except UnknownName:
        return False
    return True
