"""Word of mouth as engines fold it: recommendations, mentions and referrals by group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from lvtu.analyses.base import mask_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.jackknife import groups_of
from lvtu.analyses.means import UNIT, Scores
from lvtu.analyses.members import lines_at, rows_of
from lvtu.analyses.points import sums as summed
from lvtu.analyses.scores.formulas import DETRACTS, PROMOTES
from lvtu.analyses.scores.question import given
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.analyses.word_of_mouth.spec import WordOfMouthSpec
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

PARTS = ("willing", "said")
"""What the index is made of: who would recommend, and how what is said sounds."""

_POINTS = np.array([100.0, 50.0, 0.0])
"""Of promoters and positive texts, passives and neutral texts, detractors and negative texts."""

LABELS = ("positive", "neutral", "negative")
FATES = ("converted", "lost", "open")
"""What comes of promoters: they recommended in time; they did not; they still have time."""

_SCALE = "nps"
_LOWEST, _HIGHEST = 0, 10
_MOST_GROUPS = 1 << 12


class Some(NamedTuple):
    """Some events of a block.

    Attributes:
        rows: them.
        groups: the codes of their groups.
        kinds: what each is: of answers 0 a promoter, 1 passive, 2 a detractor; of texts a place in `LABELS`; of
            promoters one in `FATES`; of referrals 0.
    """

    rows: Array
    groups: Array
    kinds: Array


@dataclass
class State:
    """Sums by group.

    Attributes:
        sums: by group, group of customers and part; see `lvtu.analyses.points.sums`.
        scores: the answers from 0 to 10, by group.
        answers: promoters, passives and detractors.
        texts: by label.
        promoters: customers by what came of them.
        referrals, referrers: events by which somebody recommends, and customers with one.
    """

    sums: Array
    answers: Array
    texts: Array
    promoters: Array
    referrals: Array
    referrers: Array
    scores: dict[int, Scores] = field(default_factory=dict)


_COUNTS = ("sums", "answers", "texts", "promoters", "referrals", "referrers")


class WordOfMouthQuestion:
    """Word of mouth by group.

    Attributes:
        groups: the values of the breakdown by code.
        horizon: the end of what is known, µs.
    """

    def __init__(self, spec: WordOfMouthSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        if len(self.groups) > _MOST_GROUPS:
            raise BadInput("scores_too_large", periods=1, values=len(self.groups))
        self.horizon = min(snapshot.times[1], spec.span()[1])
        self._scores = ScoresSpec.model_construct(
            where=spec.where, since=spec.since, until=spec.until, model=spec.model, weighted=spec.weighted
        )
        self._texts = self._scores.model_copy(update={"metric": "sentiment", "weighted": False})

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        groups = len(self.groups)
        answers, texts, promoters = np.zeros((3, groups, 3), np.int64)
        return State(summed.empty(groups, len(PARTS)), answers, texts, promoters, *np.zeros((2, groups), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        hashed = groups_of(block).astype(np.int64)
        answers, texts, promoters = self.answers(block), self.texts(block), self.promoters(block)
        weights = np.full(len(answers.rows), UNIT, np.int64)
        if self.spec.weighted:
            told = block.numbers("weight")[answers.rows]
            weights = np.rint(np.where(np.isnan(told), 1.0, told) * UNIT).astype(np.int64)
        one_each = np.full(len(texts.rows), UNIT, np.int64)
        for part, (some, of) in enumerate(((answers, weights), (texts, one_each))):
            whose = hashed[lines_at(block, some.rows)]
            summed.add(state.sums, some.groups, whose, np.full(len(whose), part), _POINTS[some.kinds], of)
        for counts, some in ((state.answers, answers), (state.texts, texts), (state.promoters, promoters)):
            np.add.at(counts, (some.groups, some.kinds), 1)
        referrals = self.referrals(block)
        np.add.at(state.referrals, referrals.groups, 1)
        who = np.unique(lines_at(block, referrals.rows) * len(self.groups) + referrals.groups) % len(self.groups)
        np.add.at(state.referrers, who, 1)
        self._add_scores(block, answers, weights, state)
        return state

    def _add_scores(self, block: Block, answers: Some, weights: Array, state: State) -> None:
        scores = block.numbers("score")[answers.rows]
        for group in np.unique(answers.groups).tolist():
            own = answers.groups == group
            state.scores.setdefault(group, Scores()).add(scores[own], weights[own] / UNIT)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in _COUNTS:
            getattr(left, name)[...] += getattr(right, name)
        for group, scores in right.scores.items():
            left.scores.setdefault(group, Scores()).merge(scores)
        return left

    # What counts in a block.

    def answers(self, block: Block) -> Some:
        """Answers from 0 to 10 to whether somebody would recommend."""
        rows = given(block, self.snapshot, self._scores, None)
        codes, names = block.codes("scale")
        score = block.numbers("score")[rows]
        rows = rows[np.array([str(name) == _SCALE for name in names])[codes[rows]]
                    & (score >= _LOWEST) & (score <= _HIGHEST)]  # fmt: skip
        score = block.numbers("score")[rows]
        return Some(rows, self._group(block, rows), (score < PROMOTES).astype(np.int64) + (score <= DETRACTS))

    def texts(self, block: Block) -> Some:
        """Texts that say anything, by how they feel."""
        rows = given(block, self.snapshot, self._texts, None)
        mask = mask_of(block, self.spec.mentions)
        rows = rows[mask[rows] != 0] if len(mask) else rows
        codes, names = block.codes("sentiment_label")
        known = np.array([LABELS.index(str(name)) if name in LABELS else -1 for name in names])[codes[rows]]
        rows, known = rows[known >= 0], known[known >= 0]
        return Some(rows, self._group(block, rows), known)

    def referrals(self, block: Block) -> Some:
        """Events by which somebody recommends."""
        rows = rows_of(block, self.snapshot, self.spec.where, self.spec.referral, span=self.spec.span())
        return Some(rows, self._group(block, rows), np.zeros(len(rows), np.int64))

    def promoters(self, block: Block) -> Some:
        """The first answer of each promoter in each group, and what came of it.

        The referral is the customer's next one in order, wherever it happens.
        """
        answers, time = self.answers(block), block.column("time")
        promoting = Some(*(column[answers.kinds == 0] for column in answers))
        lines = lines_at(block, promoting.rows)
        first = np.sort(np.unique(lines * len(self.groups) + promoting.groups, return_index=True)[1])
        rows, groups, lines = promoting.rows[first], promoting.groups[first], lines[first]
        after = self.referrals(block).rows
        place = np.searchsorted(after, rows, side="right")
        there = place < len(after)
        there[there] &= lines_at(block, after[place[there]]) == lines[there]
        done = there.copy()
        done[there] &= time[after[place[there]]] - time[rows[there]] <= self.spec.within
        waiting = ~done & (self.horizon - time[rows] <= self.spec.within)
        return Some(rows, groups, np.where(done, 0, np.where(waiting, 2, 1)))

    def _group(self, block: Block, rows: Array) -> Array:
        if not self.spec.by:
            return np.zeros(len(rows), np.int64)
        found: Array = block.codes(self.spec.by)[0][rows].astype(np.int64)
        return found
