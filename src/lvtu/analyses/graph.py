"""The transition graph: what directly follows what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import FOREVER, Duration, Result, Spec, names_in, view_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import names_of
from lvtu.analyses.members.graph import members
from lvtu.analyses.scratch import scratch
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.durations import BINS, medians
from lvtu.kernels.graph import add_bins, by_line, transitions
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_MOST_NAMES = 4096


class GraphSpec(Spec):
    """Transitions between neighbouring events of each customer.

    Attributes:
        by: what a place in the graph is: ``event``, ``channel``, or a property.
        within: neighbours further apart are no transition.
        fold: take a run of the same name as one (its first event), so that nothing leads to itself.
        since, until: select events.
    """

    analysis: ClassVar[str] = "graph"

    by: str = "event"
    within: Duration | None = None
    fold: bool = False


SPEC = GraphSpec


@dataclass
class State:
    """Transitions by pair of codes.

    Attributes:
        slots: the line of each pair (source × names + target), -1 for none.
        pairs: how many lines are in use.
        totals, customers: transitions and distinct customers by line.
        bins: durations by line.
        starts, ends: first and last events by code.
    """

    slots: Array
    pairs: int
    totals: Array
    customers: Array
    bins: Array
    starts: Array
    ends: Array


class Graph:
    """A transition graph as engines fold it."""

    def __init__(self, spec: GraphSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)
        if len(self.names) > _MOST_NAMES:
            raise BadInput(
                f"{spec.by} has {len(self.names) - 1:,} values; a graph of more than {_MOST_NAMES:,} cannot be read",
                try_="choose another column for by=, or a filter in a property with fewer values",
            )

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where) | {self.spec.by}

    def empty(self, snapshot: Snapshot, room: int = 1024) -> State:
        """The state of no customers."""
        names = len(self.names)
        room = min(room, names * names)
        slots, bins = np.full(names * names, -1, np.int32), np.zeros((room, BINS), np.uint32)
        totals, customers = np.zeros(room, np.int64), np.zeros(room, np.int64)
        return State(slots, 0, totals, customers, bins, np.zeros(names, np.int64), np.zeros(names, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers; where there prove to be more pairs than room, make room and count it again."""
        most = len(self.names) ** 2
        while True:
            sure = len(state.totals) == most
            before = (
                None if sure else [getattr(state, name).copy() for name in ("slots", "customers", "starts", "ends")]
            )
            pairs = state.pairs
            if self._add(block, state):
                return state
            assert before is not None
            state.slots, state.customers, state.starts, state.ends = before
            state.pairs = pairs
            state = _with_room(state, min(4 * len(state.totals), most))

    def _add(self, block: Block, state: State) -> bool:
        """Count a block into a state; False when it had too little room, before totals and bins were touched."""
        spec, room = self.spec, len(state.totals)
        here = np.zeros(room, np.int64)
        lines, places = scratch("lines", block.rows, np.uint32), scratch("places", block.rows, np.uint16)
        state.pairs = transitions(
            block.column("offsets"), block.column("time"), block.codes(spec.by)[0], block.keep,
            view_of(block, self.snapshot, spec.where), *spec.span(), FOREVER if spec.within is None else spec.within,
            int(spec.fold), len(self.names), state.slots, np.full(room, -1, np.int32), state.pairs, here,
            state.customers, state.starts, state.ends, lines, places,
        )  # fmt: skip
        if state.pairs > room:
            return False
        ends = np.cumsum(here)
        ordered = scratch("ordered", block.rows, np.uint16)
        by_line(lines, places, int(ends[-1]), ends - here, ordered)
        add_bins(ends, ordered, state.bins)
        state.totals += here
        return True

    def merge(self, left: State, right: State) -> State:
        """Add two states, pair by pair."""
        pairs = np.flatnonzero(right.slots >= 0)
        missing = pairs[left.slots[pairs] < 0]
        needed = left.pairs + len(missing)
        if needed > len(left.totals):
            left = _with_room(left, max(needed, 2 * len(left.totals)))
        left.slots[missing] = np.arange(left.pairs, needed, dtype=np.int32)
        left.pairs = needed
        into, source = left.slots[pairs], right.slots[pairs]
        left.totals[into] += right.totals[source]
        left.customers[into] += right.customers[source]
        left.bins[into] += right.bins[source]
        left.starts += right.starts
        left.ends += right.ends
        return left


def _with_room(state: State, room: int) -> State:
    bins = np.zeros((room, BINS), np.uint32)
    bins[: state.pairs] = state.bins[: state.pairs]
    totals, customers = np.zeros(room, np.int64), np.zeros(room, np.int64)
    totals[: state.pairs], customers[: state.pairs] = state.totals[: state.pairs], state.customers[: state.pairs]
    return State(state.slots, state.pairs, totals, customers, bins, state.starts, state.ends)


class GraphResult(Result):
    """A graph's answer.

    Attributes:
        table: one row per pair, most frequent first: ``source``, ``target``, ``transitions``, ``customers``,
            ``median_time`` (µs, ±1 %).
        starts: ``name``, ``customers``: how many time lines start with each name.
        ends: likewise how many end with it.
    """

    def __init__(self, question: Graph, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        size = len(question.names)
        pairs = np.flatnonzero(state.slots >= 0)
        line = state.slots[pairs]
        order = np.lexsort((pairs, -state.totals[line]))
        pairs, line = pairs[order], line[order]
        names = pa.array(question.names, pa.string())
        table = pa.table(
            {
                "source": names.take(pa.array(pairs // max(size, 1))),
                "target": names.take(pa.array(pairs % max(size, 1))),
                "transitions": state.totals[line],
                "customers": state.customers[line],
                "median_time": pa.array(medians(state.bins[line]), pa.int64()),
            }
        )
        super().__init__(question.spec, table, question.snapshot.token)
        self.starts, self.ends = (_edges(names, counts) for counts in (state.starts, state.ends))

    def customers(
        self, source: str | None, target: str | None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a transition: the customers who went from a source to a target at least once.

        Args:
            source, target: names of the graph, None for missing.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the graph has no such name.
            Erased: somebody was forgotten since the graph was counted.
        """
        found = members(self._question, source, target)
        return names_of(self._engine, self._question.snapshot, found, limit, offset)


def _edges(names: pa.Array, counts: Array) -> pa.Table:
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    return pa.table({"name": names.take(pa.array(order)), "customers": counts[order]})


def run(spec: GraphSpec, snapshot: Snapshot, engine: Engine) -> GraphResult:
    """Answer the question."""
    snapshot.prepare([*names_in(spec.where), spec.by])
    question = Graph(spec, snapshot)
    return GraphResult(question, engine.fold(question, snapshot), engine)
