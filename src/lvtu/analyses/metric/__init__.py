"""Metrics: the figures of the catalogue, by group and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from lvtu.analyses.base import FOREVER, Spec, names_in, view_of
from lvtu.analyses.calendars import boundaries_of
from lvtu.analyses.columns import model_columns
from lvtu.analyses.groups import values_of
from lvtu.analyses.jackknife import GROUPS, groups_of
from lvtu.analyses.members import lines_at, rows_of
from lvtu.analyses.scratch import scratch
from lvtu.core.model.behaviours import STANDARD, Behaviour
from lvtu.core.model.columns import ModelColumns
from lvtu.core.model.rules import Rule
from lvtu.core.sentences import Term
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.kernels import metrics as kernels
from lvtu.kernels.periods import NO_VALUE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.metric.result import MetricResult
    from lvtu.core.metrics import Measure, Metric

_MOST_CELLS = 1 << 20


class MetricSpec(Spec):
    """A figure of the catalogue of metrics.

    Attributes:
        name: the metric's key, ``conversion`` say; with ``@3`` for a version.
        by: a field or property to break it down by: of a customer's first event that gives the chance, of the last
            event before the period for a metric of silence, of each event for counts and money.
        period: day, week (from Monday), month of the calendar in `zone`, or none. A customer counts once in each, by
            the chance that begins in it.
        zone: the calendar's time zone.
        since, until: select the events that give the chance, counted events, and the span of a metric of silence.
    """

    analysis: ClassVar[str] = "metric"

    name: str
    by: str | None = None
    period: Literal["day", "week", "month"] | None = None
    zone: str = "UTC"


SPEC = MetricSpec


@dataclass
class State:
    """Integers.

    Attributes:
        sums: by part (1 or `GROUPS`), currency, period and group: what is counted, of what, and how many are left out
            since they still have time; money in millionths.
    """

    sums: Array


@dataclass
class Chances:
    """What the customers of a block had the chance to do: a line each.

    Attributes:
        who: the customer's line in the block.
        rows: the event that gave it.
        periods: in which period.
        done: whether it was done.
        over: whether the time to do it is over.
    """

    who: Array
    rows: Array
    periods: Array
    done: Array
    over: Array


class MetricQuestion:
    """A metric as engines fold it.

    Attributes:
        metric: its definition.
        boundaries, ends: the starts of the periods, or of the one span, and the first instants after them.
        groups: the values of the breakdown by code.
        currencies: by code, where money is counted.
    """

    def __init__(self, spec: MetricSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.columns = model_columns(snapshot)
        self.metric: Metric = self.columns.metric(spec.name)
        self.period = spec.period or ("month" if self.metric.kind == "growth" else None)
        self.parts = GROUPS if self.metric.kind in ("ratio", "growth") else 1
        low, high = spec.span()
        first, last = max(snapshot.times[0], low), min(snapshot.times[1], high - 1)
        self.horizon, last = last, max(first, last)
        self.boundaries, self.ends = np.array([first]), np.array([last + 1])
        if self.period is not None:
            starts = boundaries_of(self.period, spec.zone, first, last, more=1)
            self.boundaries, self.ends = starts[:-1], starts[1:]
        self.rules = [rule for measure in self._measures() for rule in rules_of(measure, self)]

    def _measures(self) -> list[Measure]:
        metric = self.metric
        return [one for one in (metric.per, metric.of) if one is not None and one.silent is None]

    @property
    def money(self) -> bool:
        """Whether money is counted."""
        return self.metric.of.count == "money"

    @property
    def groups(self) -> list[str | None]:
        """The values of the breakdown by code."""
        return values_of(self.snapshot, self.spec.by) if self.spec.by else [None]

    @property
    def currencies(self) -> list[str | None]:
        """The currencies by code; one of no name where no money is counted."""
        return [None, *self.snapshot.names("currency")[1:]] if self.money else [None]

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        own = ({self.spec.by} if self.spec.by else set()) | ({"currency"} if self.money else set())
        return names_in(self.spec.where) | self.columns.read_by(self.rules) | own

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        shape = (self.parts, len(self.currencies), len(self.boundaries), len(self.groups), 3)
        if int(np.prod(shape[1:4])) > _MOST_CELLS:
            raise BadInput("metric_too_large", periods=shape[2], values=shape[3])
        return State(np.zeros(shape, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        if self.metric.kind in ("converted", "lapsed") or self.metric.of.count == "customers":
            self._add_customers(block, state)
        else:
            self._add_events(block, state)
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.sums += right.sums
        return left

    # Customers.

    def chances(self, block: Block) -> Chances:
        """Who had the chance, and who took it."""
        if self.metric.kind == "lapsed":
            return self._lapsed(block)
        return self._converted(block) if self.metric.per else self._present(block)

    def _present(self, block: Block) -> Chances:
        """Each customer once in each cell: those who did what is counted, by their first event there."""
        rows = self.counted(block)[0]
        who, periods = lines_at(block, rows), self.periods(block, rows)
        group = block.codes(self.spec.by)[0][rows] if self.spec.by else np.zeros(len(rows), np.int64)
        cells = (who * len(self.boundaries) + periods) * len(self.groups) + group
        first = np.unique(cells, return_index=True)[1]
        every = np.ones(len(first), bool)
        return Chances(who[first], rows[first], periods[first], every, every)

    def periods(self, block: Block, rows: Array) -> Array:
        """The period of each row."""
        found: Array = np.searchsorted(self.boundaries, block.column("time")[rows], side="right") - 1
        return found

    def _converted(self, block: Block) -> Chances:
        spec, metric = self.spec, self.metric
        room = block.rows
        who, rows = scratch("who", room, np.uint32), scratch("rows", room, np.uint32)
        periods, counts = scratch("periods", room, np.int64), scratch("counts", room, np.int64)
        within = FOREVER if metric.within is None else metric.within
        n = kernels.converted(
            block.column("offsets"), block.column("time"), self.bits(block), block.keep,
            view_of(block, self.snapshot, spec.where), *spec.span(), within, self.boundaries,
            who, rows, periods, counts,
        )  # fmt: skip
        over = np.ones(n, bool)
        if metric.within is not None:
            over = block.column("time")[rows[:n]] + within <= self.snapshot.times[1]
        return Chances(who[:n], rows[:n], periods[:n], counts[:n] >= metric.of.times, over)

    def _lapsed(self, block: Block) -> Chances:
        starts, ends = self.spans()
        room = block.customers * max(len(starts), 1)
        who, rows = scratch("who", room, np.uint32), scratch("rows", room, np.uint32)
        spans, gone = scratch("periods", room, np.int64), scratch("gone", room, np.uint8)
        assert self.metric.of.silent is not None
        n = kernels.lapsed(
            block.column("offsets"), block.column("time"), block.keep, view_of(block, self.snapshot, self.spec.where),
            starts, ends, self.metric.of.silent, who, rows, spans, gone,
        )  # fmt: skip
        return Chances(who[:n], rows[:n], spans[:n], gone[:n] != 0, np.ones(n, bool))

    def spans(self) -> tuple[Array, Array]:
        """Of a metric of silence the first and the last instant of each period that is over, µs.

        Without periods it is the last stretch as long as the silence.
        """
        silent = self.metric.of.silent or 0
        if self.period is None:
            return np.array([self.horizon - silent]), np.array([self.horizon])
        over = self.over()
        return self.boundaries[:over] - 1, self.ends[:over] - 1

    def _add_customers(self, block: Block, state: State) -> None:
        found = self.chances(block)
        group = block.codes(self.spec.by)[0][found.rows] if self.spec.by else np.zeros(len(found.who), np.int64)
        cells = self._cells(self._part(block, found.who), 0, found.periods, group)
        for column, counted in enumerate((found.done & found.over, found.over, ~found.over)):
            _add(state, cells, column, counted.astype(np.int64))

    # Events and money.

    def counted(self, block: Block) -> tuple[Array, Array]:
        """The rows that count, on either side, and their `bits`; of money only those that have some."""
        rows = rows_of(block, self.snapshot, self.spec.where, span=self.spec.span())
        bits = self.bits(block)[rows]
        there = bits != 0
        if self.money:
            there &= block.column("value")[rows] != NO_VALUE
        return rows[there], bits[there]

    def _add_events(self, block: Block, state: State) -> None:
        rows, bits = self.counted(block)
        value = block.column("value")[rows] if self.money else np.ones(len(rows), np.int64)
        who, period = lines_at(block, rows), self.periods(block, rows)
        group = block.codes(self.spec.by)[0][rows] if self.spec.by else np.zeros(len(rows), np.int64)
        currency = block.codes("currency")[0][rows] if self.money else np.zeros(len(rows), np.int64)
        cells = self._cells(self._part(block, who), currency, period, group)
        for column, bit in ((1, 1), (0, 2)):
            shown = (bits & bit) != 0
            _add(state, cells[shown], column, value[shown])

    def _cells(self, part: Array, currency: Array | int, period: Array, group: Array) -> Array:
        """The number of each cell of the sums."""
        cells = (part * len(self.currencies) + currency) * len(self.boundaries) + period
        found: Array = (cells * len(self.groups) + group).astype(np.int64)
        return found

    def _part(self, block: Block, who: Array) -> Array:
        if self.parts == 1:
            return np.zeros(len(who), np.int64)
        found: Array = groups_of(block)[who].astype(np.int64)
        return found

    def bits(self, block: Block) -> Array:
        """By row, bit 0: it is what is counted per; bit 1: it is what is counted."""
        metric = self.metric
        of = rules_of(metric.of, self)
        return self.columns.bits([rules_of(metric.per, self) if metric.per else of, of], block)

    @cached_property
    def unshown(self) -> bool:
        """Whether no event here could show what is counted: then the figure is unknown, not zero."""
        return "of" in self.unseen()

    def over(self) -> int:
        """How many of the periods were over when the data end."""
        return int(np.searchsorted(self.ends - 1, self.horizon, side="right")) if self.period else 1

    def unseen(self) -> list[str]:
        """Which side of the metric no event has ever shown: ``per``, ``of``."""
        names = self.snapshot.events[1:]
        sides = {"per": self.metric.per, "of": self.metric.of}
        return [
            side for side, one in sides.items()
            if one is not None and one.silent is None and not any(rule.names(names) for rule in rules_of(one, self))
        ]  # fmt: skip


def _add(state: State, cells: Array, column: int, amounts: Array) -> None:
    np.add.at(state.sums.reshape(-1, 3)[:, column], cells, amounts)


def rules_of(measure: Measure, question: MetricQuestion) -> Sequence[Rule]:
    """The rules of the events that a measure counts.

    Raises:
        UnknownName: the journey model has no such behaviour.
        BadInput: the behaviour is derived from others.
    """
    if measure.silent is not None or measure.events:
        return measure.events
    known = {one.key: one for one in _behaviours(question.columns)}
    rules: list[Rule] = []
    for key in measure.behaviour:
        if key not in known:
            raise UnknownName("behaviour", key, known)
        if not known[key].events:
            there = [one.key for one in known.values() if one.events]
            raise BadInput("derived_behaviour", metric=question.metric.key, behaviour=key, known=there)
        rules += known[key].events
    return rules


def _behaviours(columns: ModelColumns) -> Sequence[Behaviour]:
    """Those of the journey model; where the workspace has none, those that every model has."""
    try:
        return columns.model.behaviours
    except BadInput as error:
        if error.code != "no_journey_model":
            raise
        return STANDARD


def run(spec: MetricSpec, snapshot: Snapshot, engine: Engine) -> MetricResult:
    """Answer the question."""
    from lvtu.analyses.metric.result import MetricResult

    question = MetricQuestion(spec, snapshot)
    snapshot.prepare(question.reads())
    if spec.by and question.money and spec.by == "currency":
        raise BadInput("currency_already", metric=question.metric.key, of=Term("money"))
    return MetricResult(question, engine.fold(question, snapshot), engine)
