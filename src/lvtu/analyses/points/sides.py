"""Two sides of the same thing as engines fold them: perceived and expected, or satisfaction and importance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lvtu.analyses.base import Spec, names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.jackknife import groups_of
from lvtu.analyses.members import lines_at
from lvtu.analyses.points import sums as summed
from lvtu.analyses.points.answers import Telling
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_MOST_CELLS = 1 << 13


class Sided(NamedTuple):
    """Each customer's latest answer to each side of each thing.

    Attributes:
        rows: of the block.
        cells: place, then thing.
        sides: 0 and 1, as the question names them.
        points: 0 to 100.
        weights: in millionths.
        paired: whether the customer answered the other side of it too, on the same scale.
    """

    rows: Array
    cells: Array
    sides: Array
    points: Array
    weights: Array
    paired: Array

    def where(self, which: Array) -> Sided:
        """Some of them."""
        return Sided(*(column[which] for column in self))


@dataclass
class State:
    """Sums by cell.

    Attributes:
        customers: who is counted.
        alone: answers without their other side, by side.
        sums: by cell, group of customers and side; see `lvtu.analyses.points.sums`.
    """

    customers: Array
    alone: Array
    sums: Array


class SidesQuestion:
    """Two sides by place and thing.

    Args:
        spec: by whose ``where`` and time answers are chosen.
        snapshot: of what.
        sides: the values of the property ``side`` that each of the two has.
        by: what tells places apart.
        item: what tells apart the things that were asked about.
        told_apart: whether each thing has cells of its own; else those of a place are counted together.
        paired: whether only answers count whose other side was answered too.
        weighted: whether survey weights count; both answers of a pair count with the weight of the first side.

    Attributes:
        groups, items: the values of both by code; of things that are not told apart one.
    """

    def __init__(
        self, spec: Spec, snapshot: Snapshot, sides: Sequence[Sequence[str]], by: str | None, item: str, *,
        told_apart: bool, paired: bool, weighted: bool,
    ) -> None:  # fmt: skip
        self.spec, self.snapshot, self.by, self.sides, self.paired = spec, snapshot, by, sides, paired
        self.telling = Telling(spec, snapshot, weighted=weighted)
        self.item = item if snapshot.carry(item) else None
        self.groups: list[str | None] = values_of(snapshot, by) if by else [None]
        self.items: list[str | None] = values_of(snapshot, self.item) if told_apart and self.item else [None]
        if self.cells > _MOST_CELLS:
            raise BadInput("scores_too_large", periods=len(self.items), values=len(self.groups))

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.groups) * len(self.items)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.telling.reads() | {name for name in (self.by, self.item) if name} | names_in(self.spec.where)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(self.cells, np.int64), np.zeros((self.cells, 2), np.int64), summed.empty(self.cells, 2))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        every = self.answers(block)
        np.add.at(state.alone, (every.cells[~every.paired], every.sides[~every.paired]), 1)
        told = self.counted(every)
        lines = lines_at(block, told.rows)
        hashed = groups_of(block).astype(np.int64)[lines]
        summed.add(state.sums, told.cells, hashed, told.sides, told.points, told.weights)
        state.customers += np.bincount(np.unique(lines * self.cells + told.cells) % self.cells, minlength=self.cells)
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("customers", "alone", "sums"):
            getattr(left, name)[...] += getattr(right, name)
        return left

    def counted(self, every: Sided) -> Sided:
        """Those that count."""
        return every.where(every.paired) if self.paired else every

    def answers(self, block: Block) -> Sided:
        """The latest answer of each customer to each side of each thing at each place."""
        names = [name for side in self.sides for name in side]
        told = self.telling.answers(block, names)
        codes, known = block.codes("side") if self.telling.sided else (np.zeros(block.rows, np.uint8), ("",))
        side = np.array([int(name in self.sides[1]) for name in known])[codes[told.rows]]
        place = block.codes(self.by)[0][told.rows].astype(np.int64) if self.by else np.zeros(len(side), np.int64)
        thing = block.codes(self.item)[0][told.rows].astype(np.int64) if self.item else np.zeros(len(side), np.int64)
        things = int(thing.max(initial=0)) + 1
        key = (lines_at(block, told.rows) * len(self.groups) + place) * things + thing
        last = len(key) - 1 - np.unique((2 * key + side)[::-1], return_index=True)[1]
        key, side, thing, place = key[last], side[last], thing[last], place[last]
        told, scale = told.where(last), block.codes("scale")[0][told.rows[last]]
        pair = np.zeros(len(key), bool)
        meet = np.flatnonzero((key[1:] == key[:-1]) & (scale[1:] == scale[:-1]))  # the first side comes first
        pair[meet], pair[meet + 1] = True, True
        weights = told.weights.copy()
        if self.paired:
            weights[meet + 1] = weights[meet]
        cells = place * len(self.items) + (thing if len(self.items) > 1 else 0)
        return Sided(told.rows, cells, side, told.points, weights, pair)
