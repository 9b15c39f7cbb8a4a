"""Attribution: which touches conversions are credited to."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lvtu.analyses.attribution.markov_long import LongSteps
from lvtu.analyses.attribution.result import AttributionResult
from lvtu.analyses.attribution.spec import AttributionSpec, Model
from lvtu.analyses.base import FOREVER, names_in, view_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.jackknife import GROUPS, groups_of
from lvtu.analyses.members import ALWAYS
from lvtu.analyses.scratch import scratch
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.attribution import (
    OPEN,
    by_age,
    by_place,
    by_set,
    journeys,
    long_steps,
    share_out,
    steps,
    targets,
    walk,
)
from lvtu.kernels.periods import NO_VALUE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

SPEC = AttributionSpec

_MOST_NAMES, _MOST_MARKOV = 1 << 14, 1 << 8
_KEYS = 1 << 62


@dataclass
class Lines:
    """A block's journeys (`lvtu.kernels.attribution.journeys`). Arrays are this thread's until its next block."""

    who: Array
    starts: Array
    ends: Array
    closing: Array
    rows: Array
    places: Array
    seen: Array


@dataclass
class State:
    """Integers by the group of the customer (64) and the code of the touch.

    Attributes:
        journeys, goals: with touches, by group.
        untouched: goals without any touch.
        seen: 1 for codes that a touch has.
        credits: by model (groups, codes), in `UNIT` parts of a goal.
        money: by model (groups, currencies, codes), in millionths.
        worth: (groups, currencies) of goals with touches; `lost`: (currencies,) of those without.
        steps: (groups, codes × (codes + 1)) of a chain of order 1; `long`: of a longer memory.
        loose: goals among whose touches are some of which only the order is known.
    """

    journeys: Array
    goals: Array
    untouched: int
    seen: Array
    credits: dict[Model, Array]
    money: dict[Model, Array]
    worth: Array
    lost: Array
    steps: Array
    long: LongSteps = field(default_factory=LongSteps.none)
    loose: int = 0


class Attribution:
    """An attribution as engines fold it."""

    def __init__(self, spec: AttributionSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)
        self.currencies = list(snapshot.names("currency")) if spec.money else [""]
        self._check()
        self.goals = np.zeros(len(snapshot.events), np.uint8)
        self.goals[[snapshot.code(name) for name in spec.goals]] = 1

    def _check(self) -> None:
        names, order = len(self.names), self.spec.order
        chain = "markov" in self.spec.models
        most = _MOST_MARKOV if chain and order == 1 else _MOST_NAMES
        if names > most:
            raise BadInput("attribution_too_large", by=self.spec.by, names=names - 1, most=most)
        if chain and GROUPS * names**order * (names + 1) >= _KEYS:
            raise BadInput("markov_too_long", by=self.spec.by, names=names - 1, order=order)

    @property
    def divided(self) -> list[Model]:
        """The models that divide each goal among its own touches."""
        return [model for model in self.spec.models if model != "markov"]

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        names, kinds = len(self.names), len(self.currencies)
        chain = "markov" in self.spec.models and self.spec.order == 1
        money = self.divided if self.spec.money else []
        return State(
            np.zeros(GROUPS, np.int64), np.zeros(GROUPS, np.int64), 0, np.zeros(names, np.uint8),
            {model: np.zeros((GROUPS, names), np.int64) for model in self.divided},
            {model: np.zeros((GROUPS * kinds, names), np.int64) for model in money},
            np.zeros((GROUPS, kinds), np.int64), np.zeros(kinds, np.int64),
            np.zeros((GROUPS, names * (names + 1) if chain else 0), np.int64),
        )  # fmt: skip

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        if self.spec.plain_chain:
            self._walk_on(block, state)
            return state
        lines, groups = self.journeys(block), groups_of(block)
        touched, reached = lines.ends > lines.starts, lines.closing != OPEN
        mine = groups[lines.who]
        state.journeys += np.bincount(mine[touched], minlength=GROUPS)
        state.goals += np.bincount(mine[touched & reached], minlength=GROUPS)
        state.untouched += int((reached & ~touched).sum())
        state.seen |= lines.seen
        if self.spec.money:
            self._add_worth(block, lines, mine, state)
        self._divide(block, lines, groups, state)
        if "markov" in self.spec.models:
            self._walk(block, lines, groups, state)
        return state

    def journeys(self, block: Block) -> Lines:
        """The journeys of a block."""
        spec, size = self.spec, block.rows
        codes, most = block.codes(spec.by)[0], block.rows + block.customers
        whole = (scratch(f"way_{name}", most, np.int64) for name in ("starts", "ends", "closing"))
        who, (starts, ends, closing) = scratch("way_who", most, np.uint32), whole
        rows, places = scratch("way_rows", size, np.uint32), scratch("way_places", size, codes.dtype)
        seen = np.zeros(len(self.names), np.uint8)
        n = journeys(
            block.column("offsets"), block.column("time"), block.column("event"), codes, self.goals, block.keep,
            view_of(block, self.snapshot, spec.where), *spec.span(), int(spec.own), int(spec.fold),
            FOREVER if spec.lookback is None else spec.lookback, who, starts, ends, closing, rows, places, seen,
        )  # fmt: skip
        return Lines(who[:n], starts[:n], ends[:n], closing[:n], rows, places, seen)

    def weights(self, model: Model, block: Block, lines: Lines) -> Array:
        """How much each touch weighs among those of its journey."""
        weights = scratch("way_weights", block.rows, np.float64)
        if model == "linear":
            weights[:] = 1
        elif model == "decay":
            by_age(lines.starts, lines.ends, lines.rows, block.column("time"), self.loose(block), self.spec.half_life,
                   weights)  # fmt: skip
        elif model == "shapley":
            by_set(lines.starts, lines.ends, lines.places, np.full(len(self.names), -1, np.int64), weights)
        else:
            places = {"first": (1, 0, 0), "last": (0, 0, 1)}.get(model, self.spec.weights)
            by_place(lines.starts, lines.ends, *places, weights)
        return weights

    def loose(self, block: Block) -> Array:
        """Which rows have a time that says nothing but their order, one byte each; empty for none."""
        codes, names = block.codes("time_basis")
        return (codes == list(names).index("order")).view(np.uint8) if "order" in names else NOTHING

    def _divide(self, block: Block, lines: Lines, groups: Array, state: State) -> None:
        parts = lines.who, lines.starts, lines.ends, lines.closing, lines.places
        for model in self.divided:
            weights = self.weights(model, block, lines)
            share_out(*parts, weights, groups, NOTHING, NOTHING, 1, state.credits[model])
            if self.spec.money:
                kinds = block.codes("currency")[0]
                value, most = block.column("value"), len(self.currencies)
                share_out(*parts, weights, groups, value, kinds, most, state.money[model])
            if model == "decay" and len(loose := self.loose(block)):
                some = np.add.accumulate(np.append(0, loose[lines.rows[: self._end(lines)]]), dtype=np.int64)
                state.loose += int(((some[lines.ends] > some[lines.starts]) & (lines.closing != OPEN)).sum())

    @staticmethod
    def _end(lines: Lines) -> int:
        return int(lines.ends.max()) if len(lines.ends) else 0

    def _walk(self, block: Block, lines: Lines, groups: Array, state: State) -> None:
        parts, names = (lines.who, lines.starts, lines.ends, lines.closing, lines.places, groups), len(self.names)
        if self.spec.order == 1:
            steps(*parts, names, state.steps)
            return
        keys = scratch("way_keys", block.rows + len(lines.who), np.int64)
        known = long_steps(*parts, names, names**self.spec.order, keys)
        state.long = state.long.merge(*np.unique(keys[:known], return_counts=True))

    def _walk_on(self, block: Block, state: State) -> None:
        """Count a plain chain's steps, from which all else follows, right from the rows."""
        names, span = len(self.names), self.spec.span()
        time = NOTHING if span == ALWAYS else block.column("time")
        ways = scratch("way_targets", block.rows, np.uint16)
        targets(
            time, block.column("event"), block.codes(self.spec.by)[0], np.flatnonzero(self.goals),
            view_of(block, self.snapshot, self.spec.where), *span, names, ways,
        )  # fmt: skip
        even, odd = np.zeros((2, GROUPS * (names + 1) * (names + 2)), np.uint32)
        walk(block.column("offsets"), ways, block.keep, groups_of(block), names, even, odd)
        found = np.add(even, odd, dtype=np.int64).reshape(GROUPS, names + 1, names + 2)[:, :, : names + 1]
        found[:, 0] += found[:, names]  # after a goal the next journey starts
        found[:, 0, 0] = 0
        state.untouched += int(found[:, 0, names].sum())
        found[:, 0, names] = 0
        state.journeys += found[:, 0].sum(axis=1)
        state.goals += found[:, :names, names].sum(axis=1)
        state.seen |= (found[:, :names, :names].sum(axis=(0, 1)) > 0) & (np.arange(names) > 0)
        state.steps += found[:, :names].reshape(GROUPS, -1)

    def _add_worth(self, block: Block, lines: Lines, mine: Array, state: State) -> None:
        goals = np.flatnonzero(lines.closing != OPEN)
        rows = lines.closing[goals]
        value, kinds = block.column("value")[rows], block.codes("currency")[0][rows].astype(np.int64)
        for touched in (True, False):
            some = ((lines.ends > lines.starts)[goals] == touched) & (value != NO_VALUE)
            if touched:
                np.add.at(state.worth, (mine[goals[some]], kinds[some]), value[some])
            else:
                np.add.at(state.lost, kinds[some], value[some])

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("journeys", "goals", "worth", "lost", "steps"):
            getattr(left, name)[...] += getattr(right, name)
        for mine, others in ((left.credits, right.credits), (left.money, right.money)):
            for model, credits in others.items():
                mine[model] += credits
        left.seen |= right.seen
        left.untouched += right.untouched
        left.loose += right.loose
        left.long = left.long.merge(right.long.keys, right.long.counts)
        return left


def reads_of(spec: AttributionSpec) -> set[str]:
    """The fields and properties that the question reads."""
    more = {"currency"} if spec.money else set()
    return names_in(spec.where) | {spec.by} | more | ({"time_basis"} if "decay" in spec.models else set())


def run(spec: AttributionSpec, snapshot: Snapshot, engine: Engine) -> AttributionResult:
    """Answer the question."""
    snapshot.prepare(reads_of(spec))
    question = Attribution(spec, snapshot)
    return AttributionResult(question, engine.fold(question, snapshot), engine)
