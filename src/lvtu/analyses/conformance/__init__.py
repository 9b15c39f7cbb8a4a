"""Conformance: whether customers keep to a designed order of steps, and how they leave it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.columns import model_columns
from lvtu.analyses.conformance.spec import ConformanceSpec, Planned
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.groups import values_of
from lvtu.analyses.intervals import wilson
from lvtu.analyses.members import Members, code_of, names_of
from lvtu.analyses.paths import Paths, paths_of
from lvtu.analyses.scratch import scratch
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.kernels import alignments as kernels
from lvtu.kernels.distinct import distinct
from lvtu.kernels.durations import BINS, medians
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.conformance.explain import ConformanceExplained

SPEC = ConformanceSpec

Status = Literal["completed", "late", "out_of_order", "missing", "skipped", "pending"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""What may become of a step, in the order of the kernels' numbers (`lvtu.kernels.alignments`)."""

_JUDGED = 4
"""The statuses before this one count in shares: who skipped an optional step or still has time does not."""


@dataclass
class State:
    """Integers.

    Attributes:
        counts: customers by step and status.
        repeated: customers by step who did it more than once.
        bins: times since the step before, (steps, bins).
        untimed: such times left out because they are not exact, (1,).
        pending: customers with a step that still has time, (1,).
        strange: by code of a place that the design does not know: customers and events.
        detours: by pair of steps (from × steps + to): customers and such events on the way.
        cases: customers by (what the alignment of their path costs, places in it).
    """

    counts: Array
    repeated: Array
    bins: Array
    untimed: Array
    pending: Array
    strange: Array
    detours: Array
    cases: Counter[tuple[int, int]]


@dataclass
class Aligned:
    """The paths of a block beside the design. Arrays are this thread's until its next block.

    Attributes:
        paths: the customers' places.
        begins, kept, kinds: the places that the design knows: where each path's begin, their numbers, their kinds.
        which, first, moves: the distinct path of each path, the first path that has it, and the step that each of that
            one's places fills (-1 for none).
        cost: by path, what its alignment costs.
        status, took: by path and step (see `lvtu.kernels.alignments.judge`).
    """

    paths: Paths
    begins: Array
    kept: Array
    kinds: Array
    which: Array
    first: Array
    moves: Array
    cost: Array
    status: Array
    took: Array


class Conformance:
    """A design and the paths beside it, as engines fold them.

    Attributes:
        steps: of the design.
        names: what a place may be, by code.
        kinds_of: by code, what kind of place it is to the design (0: none).
        limited: whether a step has a time.
        steps_of: by kind, the steps that it may fill (bit s for step s).
        shortest: the places of the shortest path that keeps to the design.
    """

    def __init__(self, spec: ConformanceSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.steps: Sequence[Planned] = spec.order or _stages(snapshot)
        self.names = values_of(snapshot, spec.by)
        bits = np.zeros(len(self.names), np.int64)
        for place, step in enumerate(self.steps):
            for name in step.places:
                bits[_code(snapshot, spec.by, name)] |= 1 << place
        self.steps_of, kinds = np.unique(np.append(0, bits), return_inverse=True)
        self.kinds_of = kinds[1:].astype(np.uint16)
        self.optional = np.array([step.optional for step in self.steps], np.int64)
        self.repeatable = np.array([step.repeatable for step in self.steps], np.int64)
        self.limited = any(step.within is not None for step in self.steps)
        self.shortest = sum(not step.optional for step in self.steps)
        self.within = np.array([kernels.NO_LIMIT if s.within is None else s.within for s in self.steps])

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        n = len(self.steps)
        shapes = ((n, len(STATUSES)), n, (n, BINS), 1, 1, (len(self.names), 2), (n * n, 2))
        return State(*(np.zeros(shape, np.int64) for shape in shapes), Counter())  # type: ignore[call-arg, arg-type]

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        found, n = self.aligned(block), len(self.steps)
        state.untimed += kernels.tally_steps(found.status, found.took, state.counts, state.bins)
        if self.limited:
            state.pending += (found.status == kernels.PENDING).any(1).sum()
        seen = np.full(n * n, -1, np.int64)
        kernels.tally_moves(
            found.begins, found.kinds, found.kept, found.which, found.first, found.moves, self.steps_of,
            np.zeros(n, np.int64), seen, state.repeated, state.detours,
        )  # fmt: skip
        self._add_strange(found.paths, state.strange)
        lengths = np.diff(found.paths.starts)
        cases, customers = np.unique(found.cost << 32 | lengths, return_counts=True)
        for case, number in zip(cases.tolist(), customers.tolist(), strict=True):
            state.cases[case >> 32, case & 0xFFFFFFFF] += number
        return state

    def _add_strange(self, paths: Paths, strange: Array) -> None:
        """Count the places that the design does not know."""
        seen = np.full((len(self.names), 2), (0, -1), np.int64)
        kernels.tally_places(paths.starts, paths.places, seen)
        for column, counts in enumerate((seen[:, 0] % kernels.PLACE, seen[:, 0] // kernels.PLACE)):
            strange[:, column] += np.where(self.kinds_of == 0, counts, 0)

    def aligned(self, block: Block) -> Aligned:
        """The paths of a block beside the design: distinct ones are aligned once, and times judged for each."""
        spec, n = self.spec, len(self.steps)
        paths = paths_of(block, self.snapshot, spec.by, spec, fold=spec.fold)
        size, places = len(paths), int(paths.starts[-1]) if len(paths) else 0
        begins = scratch("begins", size + 1, np.int64)
        kept, kinds = scratch("kept", places, np.uint32), scratch("kinds", places, np.uint16)
        listed = kernels.designed(paths.starts, paths.places, self.kinds_of, begins, kept, kinds)
        kept, kinds = kept[:listed], kinds[:listed]
        slots = scratch("slots", 1 << (2 * size + 1).bit_length(), np.int32)
        slots[:] = -1
        first, which = scratch("first", size, np.int64), scratch("which", size, np.int64)
        first = first[: distinct(begins, kinds, slots, first, which)]
        longest = int(np.diff(begins).max(initial=0)) + 1
        rest = scratch("rest", longest * (n + 1), np.int64).reshape(longest, n + 1)
        moves, cost = scratch("moves", listed, np.int16), np.zeros(len(first), np.int64)
        kernels.align(begins, kinds, first, self.steps_of, self.optional, self.repeatable, rest, moves, cost)
        strange = np.diff(paths.starts) - np.diff(begins)
        status = scratch("status", size * n, np.uint8).reshape(size, n)
        took = scratch("took", size * n, np.int64).reshape(size, n)
        kernels.judge(
            begins, kinds, kept, NOTHING if paths.rows is None else paths.rows, which, first, moves, self.steps_of,
            self.optional, self.within, block.column("time"), exact_rows(block), self.snapshot.times[1], status, took,
        )  # fmt: skip
        return Aligned(paths, begins, kept, kinds, which, first, moves, cost[which] + strange, status, took)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("counts", "repeated", "bins", "untimed", "pending", "strange", "detours"):
            getattr(left, name)[...] += getattr(right, name)
        left.cases.update(right.cases)
        return left


def _stages(snapshot: Snapshot) -> list[Planned]:
    model = model_columns(snapshot).model
    if not model.stages:
        raise BadInput("no_stages", model=model.key)
    return [Planned(place=stage.key, repeatable=True) for stage in model.stages]


def _code(snapshot: Snapshot, by: str, name: str) -> int:
    return snapshot.code(name) if by == "event" else code_of(snapshot, by, name)


class ConformanceResult(Result):
    """The answer.

    A customer's path is aligned with the design: of all ways to explain it by steps that were left out and events that
    fill no step, each at a cost of 1, the cheapest. Times play no part in that; they say who was late.

    Attributes:
        table: one row per step: ``step``, ``name``; customers who did it in its place and time (``completed``), in its
            place but more than ``within`` after the step before (``late``), only at another place (``out_of_order``),
            not at all (``missing``); who left it out though it is ``optional`` (``skipped``), and who have not done it
            or a step after it, but still had time for it, or for a step before it, when the data end (``pending``).
            ``share`` is that of completed in the first four, with its 95 % Wilson interval ``low`` … ``high``;
            ``repeated``: customers who did it more than once, in its place or not; ``median_time`` (µs, ±1 %) since the
            step done before. Every customer with an event is in one of the six.
        customers_all: customers, in all.
        fitting: those whose path keeps to the design: nothing missing, nothing left over.
        fitness: the mean of the customers' fitness, 1 − cost / (events + steps of the shortest path of the design);
            None without customers.

    Source: A. Adriansyah, B. van Dongen, W. van der Aalst, Conformance checking using cost-based fitness analysis, EDOC
    2011, 55–64; W. van der Aalst, A. Adriansyah, B. van Dongen, WIREs Data Mining and Knowledge Discovery 2 (2012)
    182–192.
    """

    def __init__(self, question: Conformance, state: State, engine: Engine) -> None:
        self._question, self._state, self._engine = question, state, engine
        columns: dict[str, Array] = {status: state.counts[:, place] for place, status in enumerate(STATUSES)}
        judged = state.counts[:, :_JUDGED].sum(1).tolist()
        done = state.counts[:, 0].tolist()
        ends = [wilson(k, n) or (None, None) for k, n in zip(done, judged, strict=True)]
        shares = [k / n if n else None for k, n in zip(done, judged, strict=True)]
        table = pa.table(
            {
                "step": pa.array(range(1, len(question.steps) + 1), pa.int32()),
                "name": pa.array([step.title for step in question.steps], pa.string()),
                **columns,
                "share": pa.array(shares, pa.float64()),
                "low": pa.array([low for low, _ in ends], pa.float64()),
                "high": pa.array([high for _, high in ends], pa.float64()),
                "repeated": state.repeated,
                "median_time": pa.array(medians(state.bins), pa.int64()),
            }
        )
        notes = []
        self.customers_all = state.cases.total()
        self.fitting = sum(number for (cost, _), number in state.cases.items() if not cost)
        whole = math.fsum(fitness * number for fitness, number in self._fits())  # the same in whatever order
        self.fitness = whole / self.customers_all if self.customers_all else None
        if self.fitness is not None:
            notes.append(Note("fitting", customers=self.fitting, all=self.customers_all,
                              fitness=f"{100 * self.fitness:.1f}%"))  # fmt: skip
        if state.pending[0]:
            notes.append(Note("pending_steps", customers=int(state.pending[0])))
        if state.untimed[0]:
            notes.append(Note("untimed_steps", times=int(state.untimed[0])))
        super().__init__(question.spec, table, question.snapshot.token, notes)

    @cached_property
    def ad_hoc(self) -> pa.Table:
        """Events that the design does not have, most customers first.

        ``name``, ``customers``, ``events``, ``share`` of all customers.
        """
        return _ad_hoc(self._question, self._state.strange, self.customers_all)

    @cached_property
    def detours(self) -> pa.Table:
        """From one step to the next one done, with events between that the design does not have.

        ``source``, ``target``, ``customers``, ``events``.
        """
        return _detours(self._question, self._state.detours)

    @cached_property
    def cases(self) -> pa.Table:
        """Customers by fitness, the best first.

        ``fitness_from`` … ``fitness_to`` (not included; the first row is exactly 1), ``customers``, ``share``.
        """
        return _cases(self._fits(), self.customers_all)

    def _fits(self) -> list[tuple[float, int]]:
        """Every fitness with its customers."""
        shortest, cases = self._question.shortest, self._state.cases.items()
        return [(fitness_of(cost, places, shortest), number) for (cost, places), number in cases]

    def customers(
        self, step: int, status: Status = "completed", *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a number: the customers with whom a step came to be so.

        Args:
            step: its number, 1-based.
            status: ``completed``, ``late``, ``out_of_order``, ``missing``, ``skipped``, ``pending``.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such status.
            BadInput: there is no such step.
            Erased: somebody was forgotten since the customers were counted.
        """
        question = self._question
        if status not in STATUSES:
            raise UnknownName("status", status, STATUSES)
        if not 1 <= step <= len(question.steps):
            raise BadInput("no_planned_step", step=step, known=[f"1 … {len(question.steps)}"])
        code = STATUSES.index(status)

        def lines(block: Block) -> Array:
            found = question.aligned(block)
            who: Array = found.paths.who[found.status[:, step - 1] == code]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> ConformanceExplained:
        """A customer's path beside the design, event by event and step by step.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.conformance.explain import explain

        return explain(self._question, customer)


def fitness_of(cost: int, places: int, shortest: int) -> float:
    """The fitness of a path of so many places whose alignment costs so much; see `ConformanceResult`."""
    return 1 - cost / (places + shortest) if places + shortest else 1.0


def _ad_hoc(question: Conformance, strange: Array, everybody: int) -> pa.Table:
    codes = np.flatnonzero(strange[:, 1])
    codes = codes[np.lexsort((codes, -strange[codes, 1], -strange[codes, 0]))]
    customers = strange[codes, 0]
    return pa.table(
        {
            "name": pa.array([question.names[code] for code in codes.tolist()], pa.string()),
            "customers": customers,
            "events": strange[codes, 1],
            "share": pa.array(customers / max(everybody, 1), pa.float64()),
        }
    )


def _detours(question: Conformance, detours: Array) -> pa.Table:
    pairs = np.flatnonzero(detours[:, 0])
    pairs = pairs[np.lexsort((pairs, -detours[pairs, 0]))]
    titles, n = pa.array([step.title for step in question.steps], pa.string()), len(question.steps)
    return pa.table(
        {
            "source": titles.take(pa.array(pairs // n)),
            "target": titles.take(pa.array(pairs % n)),
            "customers": detours[pairs, 0],
            "events": detours[pairs, 1],
        }
    )


def _cases(found: list[tuple[float, int]], everybody: int) -> pa.Table:
    """Customers by tenths of fitness, those that fit on their own."""
    tenths = [0] * 11
    for fitness, customers in found:
        tenths[10 if fitness == 1 else int(fitness * 10 + 1e-9)] += customers
    low = pa.array([place / 10 for place in range(10, -1, -1)], pa.float64())
    high = pa.array([None, *(place / 10 for place in range(10, 0, -1))], pa.float64())
    shares = pa.array([n / everybody if everybody else None for n in tenths[::-1]], pa.float64())
    return pa.table({"fitness_from": low, "fitness_to": high, "customers": tenths[::-1], "share": shares})


def run(spec: ConformanceSpec, snapshot: Snapshot, engine: Engine) -> ConformanceResult:
    """Answer the question."""
    snapshot.prepare(spec.reads())
    question = Conformance(spec, snapshot)
    return ConformanceResult(question, engine.fold(question, snapshot), engine)
