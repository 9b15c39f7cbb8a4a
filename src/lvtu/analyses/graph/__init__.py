"""The transition graph: what directly follows what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import FOREVER, Duration, Result, Spec, names_in, view_of
from lvtu.analyses.durations import all_exact, exact_rows
from lvtu.analyses.explained import Explained
from lvtu.analyses.graph.explain import explain
from lvtu.analyses.graph.members import members, visitors
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import Group, names_of
from lvtu.analyses.scratch import scratch
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.durations import MARK_BITS, bin_of, medians
from lvtu.kernels.graph import TRANSITION, add_bins, by_pair, merge_bins, transitions
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_MOST_NAMES = 4096

_ROOM = 1024
"""Lines to begin with; what is not used costs nothing."""

_SMALL = 1 << 20
"""Pairs whose marks fit 32 bits."""


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

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | {self.by, "time_basis"}


SPEC = GraphSpec


@dataclass
class State:
    """Transitions by pair of codes; only pairs that occur have a line.

    Attributes:
        line_of: the line of each pair (source × names + target), -1 for none.
        totals, customers: transitions and distinct customers by line.
        bins: durations by line, as far as the longest possible one.
        starts, ends: first and last events by code.
    """

    line_of: Array
    totals: Array
    customers: Array
    bins: Array
    starts: Array
    ends: Array
    used: int = 0

    def lines(self, pairs: Array) -> Array:
        """The lines of some pairs; those that have none get one."""
        missing = pairs[self.line_of[pairs] < 0]
        needed = self.used + len(missing)
        if needed > len(self.totals):
            more = max(needed, 2 * len(self.totals)) - len(self.totals)
            self.totals, self.customers = (
                np.append(a, np.zeros(more, np.int64)) for a in (self.totals, self.customers)
            )
            self.bins = np.concatenate([self.bins, np.zeros((more, self.bins.shape[1]), np.uint32)])
        self.line_of[missing] = np.arange(self.used, needed, dtype=np.int32)
        self.used = needed
        found: Array = self.line_of[pairs]
        return found


class Graph:
    """A transition graph as engines fold it."""

    def __init__(self, spec: GraphSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)
        if len(self.names) > _MOST_NAMES:
            raise BadInput("graph_too_large", by=spec.by, names=len(self.names) - 1, most=_MOST_NAMES)
        first, last = snapshot.times
        self.within = min(FOREVER if spec.within is None else spec.within, last - first)  # no gap is longer than all
        self.bins = int(bin_of(self.within)) + 1

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        names = len(self.names)
        room = min(names * names, _ROOM)
        lines = np.zeros(room, np.int64), np.zeros(room, np.int64), np.zeros((room, self.bins), np.uint32)
        return State(np.full(names * names, -1, np.int32), *lines, np.zeros(names, np.int64), np.zeros(names, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        spec, pairs, exact = self.spec, len(state.line_of), exact_rows(block)
        seen = scratch("seen", 2 * pairs, np.int64).reshape(pairs, 2)
        seen[:] = (0, -1)
        marks = scratch("marks", block.rows, np.uint32 if pairs <= _SMALL else np.uint64)
        known = transitions(
            block.column("offsets"), block.column("time"), exact, block.codes(spec.by)[0], block.keep,
            view_of(block, self.snapshot, spec.where), *spec.span(), self.within, int(spec.fold), len(self.names), seen,
            state.starts, state.ends, marks,
        )  # fmt: skip
        here = np.flatnonzero(seen[:, 0])
        totals, customers = seen[here, 0] // TRANSITION, seen[here, 0] % TRANSITION
        timed = np.bincount(marks[:known] >> MARK_BITS, minlength=pairs)[here] if len(exact) else totals
        ends = np.cumsum(timed)
        first = np.zeros(pairs, np.int64)
        first[here] = ends - timed
        ordered = scratch("ordered", block.rows, np.uint16)
        by_pair(marks, known, first, ordered)
        lines = state.lines(here)
        add_bins(ends, lines, ordered, state.bins)
        state.totals[lines] += totals
        state.customers[lines] += customers
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states, pair by pair."""
        pairs = np.flatnonzero(right.line_of >= 0)
        into, source = left.lines(pairs), right.line_of[pairs]
        left.totals[into] += right.totals[source]
        left.customers[into] += right.customers[source]
        merge_bins(left.bins, into, right.bins, source)
        left.starts += right.starts
        left.ends += right.ends
        return left


class GraphResult(Result):
    """A graph's answer.

    Attributes:
        table: one row per pair, most frequent first: ``source``, ``target``, ``transitions``, ``customers``,
            ``median_time`` (µs, ±1 %; of those whose two times are exact, null where none are).
        starts: ``name``, ``customers``: how many time lines start with each name.
        ends: likewise how many end with it.
    """

    def __init__(self, question: Graph, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        size = len(question.names)
        pairs = np.flatnonzero(state.line_of >= 0)
        line = state.line_of[pairs]
        times = medians(state.bins[: state.used])
        order = np.lexsort((pairs, -state.totals[line]))
        pairs, line = pairs[order], line[order]
        names = pa.array(question.names, pa.string())
        table = pa.table(
            {
                "source": names.take(pa.array(pairs // max(size, 1))),
                "target": names.take(pa.array(pairs % max(size, 1))),
                "transitions": state.totals[line],
                "customers": state.customers[line],
                "median_time": pa.array([times[i] for i in line.tolist()], pa.int64()),
            }
        )
        notes = []
        if not all_exact(question.snapshot):
            untimed = int(state.totals.sum()) - int(state.bins.sum(dtype=np.int64))
            notes += [Note("untimed_times", times=untimed)] if untimed else []
        super().__init__(question.spec, table, question.snapshot.token, notes)
        self.starts, self.ends = (_edges(names, counts) for counts in (state.starts, state.ends))

    def customers(
        self, source: str | None = None, target: str | None = None, *, place: Group = ..., limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who is behind a transition: the customers who went from a source to a target at least once.

        Args:
            source, target: names of the graph, None for missing.
            place: instead of both: who was at this one at least once.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the graph has no such name.
            Erased: somebody was forgotten since the graph was counted.
        """
        found = members(self._question, source, target) if place is ... else visitors(self._question, place)
        return names_of(self._engine, self._question.snapshot, found, limit, offset)

    def explain(self, customer: str) -> Explained:
        """One customer's transitions: a row for each that is counted, in order.

        Its columns: ``source``, ``target``, ``began`` and ``ended`` (when both events were), ``time`` (between them,
        µs; null where one of both is not exact), ``source_message_id`` and ``target_message_id``.

        Args:
            customer: any identifier of theirs.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the graph was counted.
        """
        return explain(self, self._question, customer)


def _edges(names: pa.Array, counts: Array) -> pa.Table:
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    return pa.table({"name": names.take(pa.array(order)), "customers": counts[order]})


def run(spec: GraphSpec, snapshot: Snapshot, engine: Engine) -> GraphResult:
    """Answer the question."""
    snapshot.prepare(spec.reads())
    question = Graph(spec, snapshot)
    return GraphResult(question, engine.fold(question, snapshot), engine)
