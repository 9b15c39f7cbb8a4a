"""The answers and the texts of a block as points."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from lvtu.analyses.base import Spec
from lvtu.analyses.means import UNIT
from lvtu.analyses.points.scales import TEXTS, Part, rule_of
from lvtu.analyses.scores.question import given
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

PARTS: tuple[Part, ...] = ("perception", "emotion", "effort")

_NOT_PERCEIVED = ("expectation", "importance")
"""Values of the property ``side`` of answers that do not tell how it was."""


class Told(NamedTuple):
    """Some answers or texts.

    Attributes:
        rows: of the block, ascending.
        parts: what each tells, a place in `PARTS`.
        points: 0 to 100.
        weights: in millionths.
    """

    rows: Array
    parts: Array
    points: Array
    weights: Array

    def where(self, which: Array) -> Told:
        """Some of them."""
        return Told(*(column[which] for column in self))


class Telling:
    """Which answers and texts count, as points.

    Args:
        spec: by whose ``where`` and time they are chosen.
        snapshot: where they are.
        weighted: whether survey weights count.
    """

    def __init__(self, spec: Spec, snapshot: Snapshot, *, weighted: bool) -> None:
        self.snapshot = snapshot
        self._scores = ScoresSpec.model_construct(
            where=spec.where, since=spec.since, until=spec.until, model=spec.model, weighted=weighted, metric="mean"
        )
        self._texts = self._scores.model_copy(update={"metric": "sentiment"})
        self.sided = snapshot.carry("side")
        snapshot.prepare(self.reads())

    def reads(self) -> set[str]:
        """The fields and properties that are read."""
        return {"score", "scale", "weight", "sentiment"} | ({"side"} if self.sided else set())

    def answers(self, block: Block) -> Told:
        """Answers that tell how something was, on scales whose names say their ends; beyond these none count."""
        rows = given(block, self.snapshot, self._scores, None)
        codes, names = block.codes("scale")
        rules = [rule_of(str(name)) if code else None for code, name in enumerate(names)]
        part = np.array([-1 if rule is None else PARTS.index(rule.part) for rule in rules], np.int64)
        worst, best = (
            np.array([np.nan if rule is None else getattr(rule, end) for rule in rules]) for end in ("worst", "best")
        )
        scale = codes[rows].astype(np.int64)
        rows, scale = (column[part[scale] >= 0] for column in (rows, scale))
        points = 100 * (block.numbers("score")[rows] - worst[scale]) / (best[scale] - worst[scale])
        within = (points >= 0) & (points <= 100)
        if self.sided:
            within &= ~self._of_sides(block, rows, _NOT_PERCEIVED)
        rows = rows[within]
        return Told(rows, part[scale[within]], points[within], self._weights(block, rows))

    def texts(self, block: Block) -> Told:
        """How texts feel, of those that say anything."""
        rows = given(block, self.snapshot, self._texts, None)
        points = 100 * (block.numbers("sentiment")[rows] - TEXTS.worst) / (TEXTS.best - TEXTS.worst)
        return Told(rows, np.full(len(rows), PARTS.index(TEXTS.part)), points, self._weights(block, rows))

    def all(self, block: Block) -> Told:
        """Answers and texts, in the order of their rows; of an event with both the answer first."""
        both = [np.concatenate(pair) for pair in zip(self.answers(block), self.texts(block), strict=True)]
        return Told(*both).where(np.argsort(both[0], kind="stable"))

    def _of_sides(self, block: Block, rows: Array, sides: Collection[str]) -> Array:
        codes, names = block.codes("side")
        found: Array = np.array([str(name) in sides for name in names])[codes[rows]]
        return found

    def _weights(self, block: Block, rows: Array) -> Array:
        if not self._scores.weighted:
            return np.full(len(rows), UNIT, np.int64)
        weights = block.numbers("weight")[rows]
        exact: Array = np.rint(np.where(np.isnan(weights), 1.0, weights) * UNIT).astype(np.int64)
        return exact
