"""The answers to statements about a service as engines fold them: which there are, then who gave which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from lvtu.analyses.base import names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.means import count
from lvtu.analyses.members import lines_at, rows_of
from lvtu.analyses.servqual.formulas import DIMENSIONS
from lvtu.analyses.servqual.spec import ServqualSpec
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

SIDES = ("perception", "expectation")
PROPERTIES = frozenset({"dimension", "item", "side"})


class Statement(NamedTuple):
    """What was answered: a statement of a dimension."""

    dimension: str
    item: str


class Round:
    """What both rounds share.

    Attributes:
        groups: the values of the breakdown by code.
    """

    def __init__(self, spec: ServqualSpec, scale: str, snapshot: Snapshot) -> None:
        self.spec, self.scale, self.snapshot = spec, scale, snapshot
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def answers(self, block: Block) -> tuple[Array, Array, Array]:
        """The rows of the answers that count, in order; the codes of their statements and their sides (0, 1)."""
        rows = rows_of(block, self.snapshot, self.spec.where, span=self.spec.span())
        scales, names = block.codes("scale")
        rows = rows[scales[rows] == list(names).index(self.scale)]
        weight = block.numbers("weight")[rows] if self.spec.weighted else np.full(len(rows), np.nan)
        rows = rows[count(block.numbers("score")[rows], weight)]
        (dimension, called), (item, items) = block.codes("dimension"), block.codes("item")
        side, sides = block.codes("side")
        known = np.array([name in DIMENSIONS for name in called])
        side_of = np.array([SIDES.index(name) if name in SIDES else -1 for name in sides])
        rows = rows[known[dimension[rows]] & (item[rows] > 0) & (side_of[side[rows]] >= 0)]
        return rows, dimension[rows].astype(np.int64) * len(items) + item[rows], side_of[side[rows]]

    def statement(self, block: Block, code: int) -> Statement:
        """What a code of `answers` stands for."""
        (_, called), (_, items) = block.codes("dimension"), block.codes("item")
        dimension, item = divmod(code, len(items))
        return Statement(str(called[dimension]), str(items[item]))


class Asked(Round):
    """Which statements were answered."""

    def empty(self, snapshot: Snapshot) -> Counter[Statement]:
        """None."""
        return Counter()

    def partial(self, block: Block, state: Counter[Statement]) -> Counter[Statement]:
        """Add a block's customers."""
        codes, counts = np.unique(self.answers(block)[1], return_counts=True)
        for code, number in zip(codes.tolist(), counts.tolist(), strict=True):
            state[self.statement(block, code)] += number
        return state

    def merge(self, left: Counter[Statement], right: Counter[Statement]) -> Counter[Statement]:
        """Both."""
        left.update(right)
        return left


def in_order(statements: Counter[Statement]) -> list[Statement]:
    """Statements by dimension, in the order of the instrument."""
    return sorted(statements, key=lambda one: (DIMENSIONS.index(one.dimension), one.item))


@dataclass
class Respondents:
    """Customers who answered, once in each group, in parts.

    Attributes:
        parts: the first halves of the customers' keys, the codes of their groups, their answers (respondents,
            statements, sides; NaN where there is none) and their weights.
    """

    parts: list[tuple[Array, Array, Array, Array]] = field(default_factory=list)

    def all(self, statements: int) -> tuple[Array, Array, Array]:
        """Groups, answers and weights, in the order of the customers' keys."""
        nobody = np.empty(0, np.uint64), np.empty(0, np.int64), np.empty((0, statements, 2)), np.empty(0)
        keys, groups, answers, weights = (np.concatenate(part) for part in zip(nobody, *self.parts, strict=True))
        flat = answers.reshape(len(answers), 2 * statements)
        order = np.lexsort((*flat.T, weights, groups, keys))  # two of one key in an order that is the same, too
        return groups[order], answers[order], weights[order]


class Gathering(Round):
    """The answers of every respondent.

    Attributes:
        statements: what the columns are about, see `in_order`.
    """

    def __init__(self, spec: ServqualSpec, scale: str, snapshot: Snapshot, statements: Sequence[Statement]) -> None:
        super().__init__(spec, scale, snapshot)
        self.statements = list(statements)

    @property
    def items(self) -> list[int]:
        """How many statements each dimension has."""
        return [sum(one.dimension == name for one in self.statements) for name in DIMENSIONS]

    def empty(self, snapshot: Snapshot) -> Respondents:
        """Nobody."""
        return Respondents()

    def partial(self, block: Block, state: Respondents) -> Respondents:
        """Add a block's customers."""
        lines, groups, answers, weights = self.respondents(block)
        if len(lines):
            state.parts.append((block.column("hi")[lines], groups, answers, weights))
        return state

    def respondents(self, block: Block) -> tuple[Array, Array, Array, Array]:
        """The lines of a block's respondents, the codes of their groups, their answers and their weights."""
        rows, codes, side = self.answers(block)
        group = block.codes(self.spec.by)[0][rows].astype(np.int64) if self.spec.by else np.zeros(len(rows), np.int64)
        number = {one: place for place, one in enumerate(self.statements)}
        distinct, which = np.unique(codes, return_inverse=True)
        column = np.array([number[self.statement(block, code)] for code in distinct.tolist()], np.int64)[which]
        who, place = np.unique(lines_at(block, rows) * len(self.groups) + group, return_inverse=True)
        answers = np.full((len(who), len(self.statements), 2), np.nan)
        answers[place, column, side] = block.numbers("score")[rows]  # rows are in order: the last one stays
        weights = np.ones(len(who))
        if self.spec.weighted:
            given = block.numbers("weight")[rows]
            weights[place] = np.where(np.isnan(given), 1.0, given)
        lines, groups = np.divmod(who, len(self.groups))
        return lines, groups, answers, weights

    def merge(self, left: Respondents, right: Respondents) -> Respondents:
        """Both."""
        left.parts += right.parts
        return left


def reads_of(spec: ServqualSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | ({spec.by} if spec.by else set()) | PROPERTIES | {"score", "scale", "weight"}
