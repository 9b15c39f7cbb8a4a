"""Channels: how customers move between them, and whether the same is true of all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

import numpy as np
from pydantic import Field

from lvtu.analyses.base import Duration, Spec, names_in
from lvtu.analyses.channels.result import ChannelsResult
from lvtu.analyses.groups import values_of
from lvtu.analyses.jackknife import GROUPS, groups_of
from lvtu.analyses.means import Scores, given_in
from lvtu.analyses.members import lines_at, rows_of
from lvtu.analyses.paths import Paths, paths_of
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.attribution import OPEN, steps
from lvtu.kernels.paths import neighbours
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_MOST = 1 << 8


class ChannelsSpec(Spec):
    """Transitions between channels, and the same measures of each of them side by side.

    Attributes:
        goal: an event (or several): the share of customers who reach it is compared between the channels with which
            they began. Scores that customers gave are always compared, scale by scale.
        within: the goal counts no later than this after the customer's first event with a channel.
        margin: channels whose shares differ by less are alike: 0.05 for five percentage points.
        score_margin: channels whose mean scores differ by less are alike: points of the scale.
        by: what a channel is: channel, touchpoint, or another column that holds names; events without a value in it
            are left out.
        since, until: select events.
    """

    analysis: ClassVar[str] = "channels"

    goal: str | tuple[str, ...] | None = None
    within: Duration | None = None
    margin: float = Field(default=0.05, gt=0, lt=1)
    score_margin: float = Field(default=0.5, gt=0)
    by: str = "channel"


SPEC = ChannelsSpec


class Key(NamedTuple):
    """A channel's code, and the scale of scores given in it; None where it is missing."""

    code: int
    scale: str | None


@dataclass
class State:
    """Integers, by the code of the channel.

    Attributes:
        steps: by group of customers (64, codes × (codes + 1)), as `lvtu.kernels.attribution.steps` has them.
        customers: with each transition, (codes × codes).
        began: customers by the channel with which they began; `reached`: those of them who reached the goal.
        scores: by channel and scale.
    """

    steps: Array
    customers: Array
    began: Array
    reached: Array
    scores: defaultdict[Key, Scores] = field(default_factory=lambda: defaultdict(Scores))


class Channels:
    """Channels as engines fold them."""

    def __init__(self, spec: ChannelsSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)
        if len(self.names) > _MOST:
            raise BadInput("channels_too_large", by=spec.by, names=len(self.names) - 1, most=_MOST)
        goals = (spec.goal,) if isinstance(spec.goal, str) else spec.goal or ()
        self.goals = [snapshot.code(name) for name in goals]

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        names = len(self.names)
        customers, began, reached = (np.zeros(size, np.int64) for size in (names * names, names, names))
        return State(np.zeros((GROUPS, names * (names + 1)), np.int64), customers, began, reached)

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        paths, names = self.paths(block), len(self.names)
        open_ = np.full(len(paths), OPEN, np.int64)
        steps(paths.who, paths.starts[:-1], paths.starts[1:], open_, paths.places, groups_of(block), names, state.steps)
        last = np.full(names * names, -1, np.int64)
        neighbours(paths.who, paths.starts, paths.places, names, last, state.customers)
        codes = paths.places[paths.starts[:-1]]
        state.began += np.bincount(codes, minlength=names)
        if self.goals:
            state.reached += np.bincount(codes[self._reached(block, paths)], minlength=names)
        self._add_scores(block, paths, state)
        return state

    def paths(self, block: Block) -> Paths:
        """The channels of each customer in order."""
        return paths_of(block, self.snapshot, self.spec.by, self.spec)

    def _reached(self, block: Block, paths: Paths) -> Array:
        """Who reached the goal, by path."""
        reached = np.zeros(block.customers, bool)
        reached[self.goals_of(block, paths)[0]] = True
        found: Array = reached[paths.who]
        return found

    def goals_of(self, block: Block, paths: Paths) -> tuple[Array, Array]:
        """The goals that count, with the first event that has a channel or later: each customer's line, and the row."""
        first = np.full(block.customers, block.rows, np.int64)
        first[paths.who] = paths.row_of(paths.starts[:-1])
        rows = rows_of(block, self.snapshot, self.spec.where, codes=self.goals, span=self.spec.span())
        who = lines_at(block, rows)
        counts = rows >= first[who]
        if self.spec.within is not None:
            time = block.column("time")
            counts &= time[rows] - time[np.minimum(first[who], block.rows - 1)] <= self.spec.within
        return who[counts], rows[counts]

    def scored(self, block: Block, paths: Paths) -> Array:
        """The rows of the scores that count."""
        given = given_in(block)
        if paths.rows is None or not len(given):
            return given
        return given[np.isin(given, paths.rows[: paths.starts[-1]])]

    def _add_scores(self, block: Block, paths: Paths, state: State) -> None:
        rows = self.scored(block, paths)
        if not len(rows):
            return
        scores, weights = block.numbers("score"), block.numbers("weight")
        codes, (scales, names) = block.codes(self.spec.by)[0][rows].astype(np.int64), block.codes("scale")
        pairs = codes * len(names) + scales[rows]
        for pair in np.unique(pairs).tolist():
            code, scale = divmod(pair, len(names))
            some = rows[pairs == pair]
            state.scores[Key(code, names[scale] if scale else None)].add(scores[some], weights[some])

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("steps", "customers", "began", "reached"):
            getattr(left, name)[...] += getattr(right, name)
        for key, scores in right.scores.items():
            left.scores[key].merge(scores)
        return left


def reads_of(spec: ChannelsSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | {spec.by, "score", "scale", "weight"}


def run(spec: ChannelsSpec, snapshot: Snapshot, engine: Engine) -> ChannelsResult:
    """Answer the question."""
    snapshot.prepare(reads_of(spec))
    question = Channels(spec, snapshot)
    return ChannelsResult(question, engine.fold(question, snapshot), engine)
