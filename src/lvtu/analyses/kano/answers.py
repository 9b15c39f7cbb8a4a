"""Pairs of answers as engines fold them: how many customers put each feature into which category."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from lvtu.analyses.base import names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.kano.formulas import ANSWERS, Category, kano
from lvtu.analyses.kano.spec import KanoSpec
from lvtu.analyses.members import lines_at, rows_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_CATEGORIES = np.array([[kano(one, other) for other in ANSWERS] for one in ANSWERS])


class Judged(NamedTuple):
    """What was judged and how.

    Attributes:
        group: a value of the breakdown.
        feature: which feature.
        category: where the pair puts it.
    """

    group: str | None
    feature: str | None
    category: Category


class Pairs:
    """The pairs of answers.

    Attributes:
        groups, features: the values of the breakdown and of the features, by code.
    """

    def __init__(self, spec: KanoSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        self.features = values_of(snapshot, spec.feature)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> Counter[Judged]:
        """None."""
        return Counter()

    def partial(self, block: Block, state: Counter[Judged]) -> Counter[Judged]:
        """Add a block's customers."""
        _, groups, features, categories = self.pairs(block)
        for group, feature, category in zip(groups.tolist(), features.tolist(), categories.tolist(), strict=True):
            state[Judged(self.groups[group], self.features[feature], category)] += 1
        return state

    def merge(self, left: Counter[Judged], right: Counter[Judged]) -> Counter[Judged]:
        """Both."""
        left.update(right)
        return left

    def pairs(self, block: Block) -> tuple[Array, Array, Array, Array]:
        """The lines of a block's respondents, the codes of groups and features, and the categories: one for each."""
        lines, groups, features, there, missing = self.given(block)
        return lines, groups, features, _CATEGORIES[there, missing]

    def given(self, block: Block) -> tuple[Array, Array, Array, Array, Array]:
        """The same, with the places of both answers in `ANSWERS` instead of the category."""
        rows = rows_of(block, self.snapshot, self.spec.where, span=self.spec.span())
        there, missing = (_places(block, side) for side in ("functional", "dysfunctional"))
        rows = rows[(there[rows] >= 0) & (missing[rows] >= 0)]
        group = block.codes(self.spec.by)[0][rows].astype(np.int64) if self.spec.by else np.zeros(len(rows), np.int64)
        feature = block.codes(self.spec.feature)[0][rows].astype(np.int64)
        key = (lines_at(block, rows) * len(self.groups) + group) * len(self.features) + feature
        latest = len(key) - 1 - np.unique(key[::-1], return_index=True)[1]
        rows = rows[latest]
        return lines_at(block, rows), group[latest], feature[latest], there[rows], missing[rows]


def _places(block: Block, side: str) -> Array:
    """The place of each row's answer in `ANSWERS`; −1 for none of them."""
    codes, names = block.codes(side)
    known: Array = np.array([ANSWERS.index(name) if name in ANSWERS else -1 for name in names])[codes]
    return known


def reads_of(spec: KanoSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | ({spec.by} if spec.by else set()) | {spec.feature, "functional", "dysfunctional"}
