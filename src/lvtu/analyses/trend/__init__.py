"""Trends: events, customers and money per calendar period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Condition, Result, Spec, codes_of, events_seen, names_in
from lvtu.analyses.calendars import When, boundaries_within, number_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import names_of
from lvtu.analyses.trend.members import members
from lvtu.core.sentences import Note
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.periods import per_period
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

_MOST_CELLS = 1 << 24


class TrendSpec(Spec):
    """How much happened when.

    Attributes:
        event: one name or several; None for all events.
        event_where: a condition on those events.
        period: hour, day, week (from Monday) or month of the calendar in `zone`.
        zone: the calendar's time zone.
        by: a field or property to break the counts down by. Money of several currencies is broken down by
            ``currency`` by itself: sums across currencies mean nothing.
        since, until: select events.
    """

    analysis: ClassVar[str] = "trend"

    event: str | tuple[str, ...] | None = None
    event_where: Condition | None = None
    period: Literal["hour", "day", "week", "month"] = "day"
    zone: str = "UTC"
    by: str | None = None


SPEC = TrendSpec


@dataclass
class State:
    """Integers by (period, group); money in millionths."""

    events: Array
    customers: Array
    values: Array


class Trend:
    """A trend as engines fold it."""

    def __init__(self, spec: TrendSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.boundaries = boundaries_within(spec.period, spec.zone, snapshot.times, spec.span())
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        if len(self.boundaries) * len(self.groups) > _MOST_CELLS:
            raise BadInput("trend_too_large", periods=len(self.boundaries), values=len(self.groups))
        self.codes = codes_of(snapshot, spec.event)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, self.spec.event_where) | ({self.spec.by} if self.spec.by else set())

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        shape = (len(self.boundaries), len(self.groups))
        return State(*(np.zeros(shape, np.int64) for _ in range(3)))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        view = events_seen(block, self.snapshot, self.spec, self.codes, self.spec.event_where)
        groups = block.codes(self.spec.by)[0] if self.spec.by else NOTHING
        seen = np.full(state.events.shape, -1, np.int64)
        per_period(
            block.column("offsets"), block.column("time"), block.column("value"), block.keep, view, groups,
            self.boundaries, *self.spec.span(), seen, state.events, state.customers, state.values,
        )  # fmt: skip
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("events", "customers", "values"):
            getattr(left, name)[...] += getattr(right, name)
        return left


class TrendResult(Result):
    """A trend's answer.

    Attributes:
        table: one row per period (and group): ``period`` (its start), the breakdown's column if any, ``events``,
            ``customers``, ``value``. A period without events has a row of zeros between those that have some; with a
            breakdown, only the groups that have events have a row. ``value`` is null where money is kept in several
            currencies and the breakdown is not by currency.
    """

    def __init__(self, question: Trend, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        spec, snapshot = question.spec, question.snapshot
        currencies = [name for name in snapshot.names("currency") if name]
        mixed = len(currencies) > 1 and spec.by != "currency"
        notes = [Note("currencies", currencies=tuple(currencies))] if mixed else []
        super().__init__(spec, _table(question, state, mixed), snapshot.token, notes)

    def customers(
        self, period: When, group: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a number: the customers with an event in a period.

        Args:
            period: the period's start; without an offset, a time of the trend's zone.
            group: the value of the breakdown, None for missing.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: there is no such period or group.
            Erased: somebody was forgotten since the trend was counted.
        """
        question = self._question
        found = members(question, number_of(question.boundaries, period, question.spec.zone), group)
        return names_of(self._engine, question.snapshot, found, limit, offset)

    def explain(self, customer: str) -> Explained:
        """Which events of one customer are counted in which period: a row for each.

        Its columns: ``period`` (its start), ``event``, ``time``, ``message_id``, ``value``, ``currency``, and the
        breakdown's if any.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.trend.explain import explain

        return explain(self._question, customer)


def _table(question: Trend, state: State, mixed: bool) -> pa.Table:
    by = question.spec.by
    empty = not state.events.any()
    cells = np.argwhere(state.events > 0) if by or empty else np.argwhere(np.ones_like(state.events))
    place = (cells[:, 0], cells[:, 1])
    columns: dict[str, Any] = {
        "period": pa.array([moment(int(question.boundaries[p])) for p, _ in cells.tolist()], pa.timestamp("us", "UTC")),
        **({by: pa.array([question.groups[g] for _, g in cells.tolist()], pa.string())} if by else {}),
        "events": state.events[place],
        "customers": state.customers[place],
        "value": pa.array(state.values[place] / 1e6, pa.float64(), mask=np.full(len(cells), mixed)),
    }
    return pa.table(columns)


def run(spec: TrendSpec, snapshot: Snapshot, engine: Engine) -> TrendResult:
    """Answer the question."""
    snapshot.prepare([*names_in(spec.where, spec.event_where), *([spec.by] if spec.by else []), "currency"])
    question = Trend(spec, snapshot)
    return TrendResult(question, engine.fold(question, snapshot), engine)
