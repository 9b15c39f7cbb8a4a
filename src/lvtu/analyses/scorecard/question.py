"""The scorecard as engines fold it: points by place, attribute and source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lvtu.analyses.groups import values_of
from lvtu.analyses.jackknife import groups_of
from lvtu.analyses.members import lines_at
from lvtu.analyses.points import sums as summed
from lvtu.analyses.points.answers import Telling
from lvtu.analyses.scorecard.spec import ITEMS, ScorecardSpec
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

SOURCES = ("answers", "texts")

_MOST_CELLS = 1 << 13


class Perceived(NamedTuple):
    """What tells of attributes.

    Attributes:
        rows: of the block; of a text that speaks of several attributes once for each.
        cells: place, then attribute.
        sources: a place in `SOURCES`.
        points: 0 to 100.
        weights: in millionths.
    """

    rows: Array
    cells: Array
    sources: Array
    points: Array
    weights: Array


@dataclass
class State:
    """Sums by cell: place, then attribute.

    Attributes:
        customers: who told.
        sums: by cell, group of customers and source; see `lvtu.analyses.points.sums`.
    """

    customers: Array
    sums: Array


class ScorecardQuestion:
    """Attributes by place.

    Attributes:
        groups: the values of the breakdown by code.
    """

    def __init__(self, spec: ScorecardSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.telling = Telling(spec, snapshot, weighted=spec.weighted)
        self.items = [spec.item] if spec.item else [name for name in ITEMS if snapshot.carry(name)]
        snapshot.prepare({"topics_read"})
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        if self.cells > _MOST_CELLS:
            raise BadInput("scores_too_large", periods=len(spec.attributes), values=len(self.groups))

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.groups) * len(self.spec.attributes)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads() | self.telling.reads() | {*self.items, "topics_read"}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(self.cells, np.int64), summed.empty(self.cells, len(SOURCES)))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        told = self.perceived(block)
        lines = lines_at(block, told.rows)
        hashed = groups_of(block).astype(np.int64)[lines]
        summed.add(state.sums, told.cells, hashed, told.sources, told.points, told.weights)
        state.customers += np.bincount(np.unique(lines * self.cells + told.cells) % self.cells, minlength=self.cells)
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        left.sums += right.sums
        return left

    def perceived(self, block: Block) -> Perceived:
        """What tells of attributes, in the order of the rows."""
        parts = [self._rated(block)] if self.spec.take != "texts" else []
        parts += [self._written(block)] if self.spec.take != "answers" else []
        found = Perceived(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
        order = np.argsort(found.rows, kind="stable")
        return Perceived(*(column[order] for column in found))

    def _rated(self, block: Block) -> Perceived:
        told = self.telling.answers(block)
        attribute = np.full(len(told.rows), -1, np.int64)
        number = {item: place for place, one in reversed(list(enumerate(self.spec.attributes))) for item in one.rated}
        said = np.zeros(len(told.rows), bool)
        for name in self.items:
            codes, names = block.codes(name)
            own = codes[told.rows]
            known = np.array([number.get(str(value), -1) for value in names], np.int64)[own]
            attribute = np.where(said, attribute, known)
            said |= own > 0
        told, attribute = told.where(attribute >= 0), attribute[attribute >= 0]
        return self._at(block, told.rows, attribute, 0, told.points, told.weights)

    def _written(self, block: Block) -> Perceived:
        told = self.telling.texts(block)
        codes, names = block.codes("topics_read")
        topics = [json.loads(str(text)) if text else [] for text in names]
        of = np.array([[any(map(one.told_by, some)) for one in self.spec.attributes] for some in topics], bool)
        text, attribute = np.nonzero(of.reshape(-1, len(self.spec.attributes))[codes[told.rows]])
        return self._at(block, told.rows[text], attribute, 1, told.points[text], told.weights[text])

    def _at(
        self, block: Block, rows: Array, attribute: Array, source: int, points: Array, weights: Array
    ) -> Perceived:  # fmt: skip
        place = block.codes(self.spec.by)[0][rows].astype(np.int64) if self.spec.by else np.zeros(len(rows), np.int64)
        cells = place * len(self.spec.attributes) + attribute
        return Perceived(rows, cells, np.full(len(rows), source, np.int64), points, weights)
