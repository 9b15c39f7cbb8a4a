"""Trends: events, customers and money per calendar period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Condition, Result, Spec, both, mask_of, names_in, view_of
from lvtu.analyses.calendars import boundaries_of
from lvtu.analyses.groups import values_of
from lvtu.core.sentences import Note
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.periods import per_period
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

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
        low, high = spec.span()
        first, last = snapshot.times
        self.boundaries = boundaries_of(
            spec.period, spec.zone, max(first, low), max(min(last, high - 1), max(first, low))
        )
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        if len(self.boundaries) * len(self.groups) > _MOST_CELLS:
            raise BadInput(
                f"{len(self.boundaries):,} periods × {len(self.groups):,} values are too many",
                try_="ask for longer periods or another by=",
            )
        names = (spec.event,) if isinstance(spec.event, str) else spec.event
        self.codes = None if names is None else [snapshot.code(name) for name in names]

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, self.spec.event_where) | ({self.spec.by} if self.spec.by else set())

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        shape = (len(self.boundaries), len(self.groups))
        return State(*(np.zeros(shape, np.int64) for _ in range(3)))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        view = both(view_of(block, self.snapshot, self.spec.where), mask_of(block, self.spec.event_where))
        if self.codes is not None:
            wanted = np.zeros(len(self.snapshot.events), np.uint8)
            wanted[self.codes] = 1
            view = both(view, wanted[block.column("event")])
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


def run(spec: TrendSpec, snapshot: Snapshot, engine: Engine) -> Result:
    """Answer the question: ``period``, the breakdown's column if any, ``events``, ``customers``, ``value``.

    A period without events has a row of zeros between those that have some; ``value`` is null where money is kept in
    several currencies and the breakdown is not by currency.
    """
    snapshot.prepare([*names_in(spec.where, spec.event_where), *([spec.by] if spec.by else []), "currency"])
    question = Trend(spec, snapshot)
    state = engine.fold(question, snapshot)
    currencies = [name for name in snapshot.names("currency") if name]
    mixed = len(currencies) > 1 and spec.by != "currency"
    empty = not state.events.any()
    cells = np.argwhere(state.events > 0) if spec.by or empty else np.argwhere(np.ones_like(state.events))
    place = (cells[:, 0], cells[:, 1])
    columns: dict[str, Any] = {
        "period": pa.array([moment(int(question.boundaries[p])) for p, _ in cells.tolist()], pa.timestamp("us", "UTC")),
        **({spec.by: pa.array([question.groups[g] for _, g in cells.tolist()], pa.string())} if spec.by else {}),
        "events": state.events[place],
        "customers": state.customers[place],
        "value": pa.array(state.values[place] / 1e6, pa.float64(), mask=np.full(len(cells), mixed)),
    }
    notes = [Note("currencies", currencies=tuple(currencies))] if mixed else []
    return Result(spec, pa.table(columns), snapshot.token, notes)
