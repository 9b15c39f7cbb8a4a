"""Choices as engines fold them: how often each option was shown, the best and the worst, in sums over customers."""

from __future__ import annotations

import json
from typing import NamedTuple

import numpy as np

from lvtu.analyses.base import names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.maxdiff.formulas import Counts
from lvtu.analyses.maxdiff.spec import MaxdiffSpec
from lvtu.analyses.members import lines_at, rows_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


class Compared(NamedTuple):
    """What was compared.

    Attributes:
        group: a value of the breakdown.
        question: which question.
        option: which option.
    """

    group: str | None
    question: str | None
    option: str


class Chosen(NamedTuple):
    """What customers chose: a place in each for each customer, group, question and option.

    Attributes:
        lines: the customers' lines.
        groups, questions, options: codes; of `options` within this block.
        shown, best, worst: how often.
        named: the options of this block by their codes.
    """

    lines: Array
    groups: Array
    questions: Array
    options: Array
    shown: Array
    best: Array
    worst: Array
    named: list[str]


class Choices:
    """The choices.

    Attributes:
        groups, questions: the values of the breakdown and of the questions, by code.
    """

    def __init__(self, spec: MaxdiffSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        self.questions = values_of(snapshot, spec.asked)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> dict[Compared, Counts]:
        """None."""
        return {}

    def partial(self, block: Block, state: dict[Compared, Counts]) -> dict[Compared, Counts]:
        """Add a block's customers."""
        found = self.chosen(block)
        key = (found.groups * len(self.questions) + found.questions) * len(found.named) + found.options
        kinds, of = np.unique(key, return_inverse=True)
        d, n = found.best - found.worst, found.shown
        sums = [
            np.bincount(of, one, len(kinds))
            for one in (np.ones_like(n), n, found.best, found.worst, d * d, d * n, n * n)
        ]
        for at, kind in enumerate(kinds.tolist()):
            rest, option = divmod(kind, len(found.named))
            group, question = divmod(rest, len(self.questions))
            compared = Compared(self.groups[group], self.questions[question], found.named[option])
            counts = Counts(*(int(one[at]) for one in sums))
            state[compared] = state.get(compared, Counts()).plus(counts)
        return state

    def merge(self, left: dict[Compared, Counts], right: dict[Compared, Counts]) -> dict[Compared, Counts]:
        """Both."""
        for compared, counts in right.items():
            left[compared] = left.get(compared, Counts()).plus(counts)
        return left

    def chosen(self, block: Block) -> Chosen:
        """What the customers of a block chose."""
        rows = rows_of(block, self.snapshot, self.spec.where, span=self.spec.span())
        codes, names = block.codes("shown")
        sets = [_options(name) for name in names]
        named = sorted({option for one in sets for option in one})
        place = {option: at for at, option in enumerate(named)}
        sizes = np.array([len(one) for one in sets], np.int64)
        flat = np.array([place[option] for one in sets for option in one], np.int64)
        best, worst = _places(block, "best", place), _places(block, "worst", place)
        rows = rows[(sizes[codes[rows]] > 0) & (best[rows] >= 0) & (worst[rows] >= 0)]
        many = sizes[codes[rows]]
        each = np.repeat(rows, many)
        begins = (np.cumsum(sizes) - sizes)[codes[rows]]
        option = flat[np.repeat(begins - (np.cumsum(many) - many), many) + np.arange(many.sum())]
        group = block.codes(self.spec.by)[0][each].astype(np.int64) if self.spec.by else np.zeros(len(each), np.int64)
        asked = block.codes(self.spec.asked)[0][each].astype(np.int64)
        key = ((lines_at(block, each) * len(self.groups) + group) * len(self.questions) + asked) * max(1, len(named))
        _, first, of = np.unique(key + option, return_index=True, return_inverse=True)
        shown, won, lost = (
            np.bincount(of, one, len(first)).astype(np.int64)
            for one in (np.ones(len(of)), option == best[each], option == worst[each])
        )
        return Chosen(
            lines_at(block, each)[first], group[first], asked[first], option[first], shown, won, lost, named
        )  # fmt: skip


def _options(written: str | None) -> list[str]:
    """The options of a set, each once; none where the property is no list of texts."""
    try:
        found = json.loads(written or "[]")
    except ValueError:
        return []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return []
    return [*dict.fromkeys(found)]


def _places(block: Block, end: str, place: dict[str, int]) -> Array:
    """The option that each row names at an end; −1 for none of those shown anywhere."""
    codes, names = block.codes(end)
    known: Array = np.array([place.get(name, -1) if name is not None else -1 for name in names], np.int64)[codes]
    return known


def reads_of(spec: MaxdiffSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | ({spec.by} if spec.by else set()) | {spec.asked, "shown", "best", "worst"}
