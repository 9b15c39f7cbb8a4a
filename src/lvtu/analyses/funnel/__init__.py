"""Funnels: how many customers get how far.

Source of the counting rule: the ordered funnel with a sliding window, as databases know it from ``windowFunnel``;
here with every rule on which products differ as a named parameter (`FunnelSpec`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import FOREVER, Result
from lvtu.analyses.calendars import When, boundaries_of, number_of
from lvtu.analyses.durations import Durations, all_exact, exact_rows
from lvtu.analyses.funnel.lines import lines_of
from lvtu.analyses.funnel.members import members
from lvtu.analyses.funnel.rules import notes_of
from lvtu.analyses.funnel.spec import FunnelSpec, Step
from lvtu.analyses.groups import values_of
from lvtu.analyses.intervals import wilsons
from lvtu.analyses.members import Group, names_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.tallies import tally
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.compare import Comparison
    from lvtu.analyses.funnel.explain import Explanation
    from lvtu.analyses.funnel.time import TimeToConvert

SPEC = FunnelSpec
__all__ = ["SPEC", "Funnel", "FunnelSpec", "Step", "run"]


@dataclass
class State:
    """Integers by cell (group × period) and step.

    Attributes:
        counts: units that filled the step, (cells, steps).
        durations: since the step before, a line per cell and step.
        immature: units that may still go on, (cells,).
    """

    counts: Array
    durations: Durations
    immature: Array


class Funnel:
    """A funnel as engines fold it.

    Args:
        spec: the question.
        snapshot: what it is asked of.
    """

    def __init__(self, spec: FunnelSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.first, self.horizon = snapshot.times
        self.periods = NOTHING
        if spec.trend:
            self.periods = boundaries_of(spec.trend, spec.zone, self.first, self.horizon)
        for step in (*spec.steps, *spec.exclude):
            for name in step.names:
                snapshot.code(name)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def groups(self) -> list[str | None]:
        """What the counts are broken down by: the values of `by`, None for missing."""
        return values_of(self.snapshot, self.spec.by) if self.spec.by else [None]

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        cells, steps = len(self.groups()) * max(len(self.periods), 1), len(self.spec.steps)
        return State(np.zeros((cells, steps), np.int64), Durations(cells * steps), np.zeros(cells, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        lines = lines_of(self.spec, block, self.snapshot)
        groups = block.codes(self.spec.by)[0] if self.spec.by else NOTHING
        within = self.spec.within or 0
        still = FOREVER if self.spec.within is None else self.horizon
        durations = state.durations
        marks = durations.room(len(lines.reached) * max(len(self.spec.steps) - 1, 1))
        steps = len(self.spec.steps)
        filled = lines.filled if len(self.spec.required) < steps else np.empty((0, steps), np.uint8)
        written = tally(
            lines.reached, len(self.spec.required), filled, np.array(self.spec.before, np.int64), lines.rows,
            lines.times, exact_rows(block), groups, self.spec.by_step - 1, self.periods.astype(np.int64),
            max(len(self.periods), 1), still, within, state.counts, durations.bins, marks, state.immature,
        )  # fmt: skip
        durations.add(marks[:written])
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.counts += right.counts
        left.durations.merge(right.durations)
        left.immature += right.immature
        return left


class FunnelResult(Result):
    """A funnel's answer.

    Attributes:
        table: one row per step (and group, and period): ``step`` (1-based), ``name``, ``customers``,
            ``from_previous`` and ``from_start`` (shares, null where nothing precedes), the 95 % interval of
            ``from_start`` (``low`` … ``high``) and of ``from_previous`` (``previous_low`` … ``previous_high``), null
            for step 1, ``median_time`` since the step before (µs, ±1 %; of those whose two times are exact, null where
            none are and for step 1); with a breakdown the column named by it, with a trend ``period``. The intervals
            are Wilson's (JASA 22 (1927) 209–212), and take what is counted as independent: of sessions and attempts,
            several of one customer's make them too narrow.
        immature: units that have not finished and still have time to.
    """

    def __init__(self, question: Funnel, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        spec, snapshot = question.spec, question.snapshot
        self.immature = int(state.immature.sum())
        notes = notes_of(spec)
        if self.immature:
            notes.append(Note(f"unfinished_{spec.unit}", **{spec.unit: self.immature}))
        if not all_exact(snapshot) and (untimed := int(state.counts[:, 1:].sum()) - state.durations.number()):
            notes.append(Note("untimed_times", times=untimed))
        super().__init__(spec, _table(question, state), snapshot.token, notes)

    @property
    def steps(self) -> list[int]:
        """Customers per step, all groups together."""
        counts: dict[int, int] = {}
        for step, customers in zip(*(self.table[name].to_pylist() for name in ("step", "customers")), strict=True):
            counts[step] = counts.get(step, 0) + customers
        return [counts.get(k, 0) for k in range(1, len(self._question.spec.steps) + 1)]

    def customers(
        self, step: int = 1, *, lost: bool = False, group: Group = ..., period: When | None = None,
        limit: int | None = None, offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who is behind a number: the customers who filled a step, or those lost right after it.

        Args:
            step: the step's number, 1-based.
            lost: those whose counted attempt ended there instead of those who got there.
            group: of one value of the breakdown only, None for missing.
            period: of one period of the trend only: its start.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted, each once: of sessions and attempts, the customers who had them.

        Raises:
            BadInput: there is no such step, group or period.
            Erased: somebody was forgotten since the funnel was counted.
        """
        question = self._question
        spec = question.spec
        if not 1 <= step <= len(spec.steps):
            raise BadInput("no_step", step=step, known=[f"1 … {len(spec.steps)}"])
        number = None if period is None else number_of(question.periods, period, spec.zone)
        found = members(question, step - 1, lost, group, number)
        return names_of(self._engine, question.snapshot, found, limit, offset)

    def compare(self, a: str, b: str) -> Comparison:
        """Compare two segments, step by step, with intervals and p-values.

        Args:
            a, b: conditions on the event that starts the counted attempt, ``"channel = 'app'"`` say.

        Raises:
            BadInput: a condition cannot be read, or names what does not exist.
        """
        from lvtu.analyses.compare import compare

        found = compare(self._question.spec, self._question.snapshot, self._engine, a, b)
        found.naming = self.naming
        return found

    def time_to_convert(self) -> TimeToConvert:
        """How long it takes from step 1, and what share gets there once all have had their time (Kaplan–Meier)."""
        from lvtu.analyses.funnel.time import time_to_convert

        found = time_to_convert(self._question.spec, self._question.snapshot, self._engine)
        found.naming = self.naming
        return found

    def explain(self, customer: str) -> Explanation:
        """Why a customer is where it is: the event that matched, expired or excluded each step.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.funnel.explain import explain

        return explain(self._question.spec, self._question.snapshot, customer)


def _table(question: Funnel, state: State) -> pa.Table:
    """A row per step of every cell that has customers; every cell where nothing is broken down."""
    spec, steps = question.spec, len(question.spec.steps)
    broken_down = bool(spec.by or spec.trend)
    cells = np.flatnonzero(state.counts.any(axis=1)) if broken_down else np.arange(len(state.counts))
    counts = state.counts[cells]
    every = state.durations.medians()
    times = [every[cell * steps + step] for cell in cells.tolist() for step in range(steps)]
    first = np.tile(np.arange(steps) == 0, len(cells))
    before, start = (counts[:, places] for places in (list(spec.before), [0] * steps))
    from_previous, from_start = (wilsons(counts.reshape(-1), of.reshape(-1), first) for of in (before, start))
    table = pa.table(
        {
            "step": pa.array(np.tile(np.arange(1, steps + 1), len(cells)), pa.int32()),
            "name": pa.array([step.title for step in spec.steps] * len(cells), pa.string()),
            "customers": counts.reshape(-1),
            "from_previous": _share(counts, before, first),
            "from_start": _share(counts, start, np.zeros_like(first)),
            "low": from_start[0],
            "high": from_start[1],
            "previous_low": from_previous[0],
            "previous_high": from_previous[1],
            "median_time": pa.array(times, pa.int64(), mask=first | np.array([time is None for time in times], bool)),
        }
    )
    periods = len(question.periods) or 1
    if spec.trend:
        starts = pa.array(np.repeat(question.periods[cells % periods], steps)).cast(pa.timestamp("us", "UTC"))
        table = table.add_column(0, "period", starts)
    if spec.by:
        name = spec.by if spec.by not in table.column_names else f"by_{spec.by}"
        groups = question.groups()
        labels = [groups[cell // periods] for cell in cells.tolist() for _ in range(steps)]
        table = table.add_column(0, name, pa.array(labels, pa.string()))
    return table


def _share(part: Array, whole: Array, unknown: Array) -> pa.Array:
    """Shares by cell and step, null where nothing precedes."""
    nothing = (whole == 0).reshape(-1) | unknown
    return pa.array((part / np.maximum(whole, 1)).reshape(-1), pa.float64(), mask=nothing)


def run(spec: FunnelSpec, snapshot: Snapshot, engine: Engine) -> FunnelResult:
    """Answer the question."""
    snapshot.prepare(spec.reads())
    for name in spec.hold:
        values_of(snapshot, name)  # numbers and times have no codes to be held
    question = Funnel(spec, snapshot)
    return FunnelResult(question, engine.fold(question, snapshot), engine)
