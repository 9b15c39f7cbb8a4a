"""Life cycle: in each calendar period, who is new, who stays, who comes back, and who has gone quiet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import FOREVER, Condition, Result, Spec, codes_of, events_seen, names_in
from lvtu.analyses.calendars import When, boundaries_of, number_of
from lvtu.analyses.explained import Called, Explained, Said, found, said_period, times
from lvtu.analyses.members import Members, lines_at, names_of, rows_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.kernels.activity import DORMANT, RETURNING, statuses
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

Status = Literal["new", "returning", "resurrected", "dormant"]

STATUSES: tuple[str, ...] = get_args(Status)
"""In the order of `lvtu.kernels.activity`."""


class LifecycleSpec(Spec):
    """Who comes and who goes.

    A customer is active in a period in which they have one of the events. Of an active customer the period is ``new``
    if it is the first active one there is, ``returning`` if the period before was active too, ``resurrected``
    otherwise. In a period in which a customer is not active, but was in the period just before, they are ``dormant``.

    Attributes:
        event: one name or several; any event if not given.
        event_where: a condition on those events.
        period: hour, day, week (from Monday) or month of the calendar in `zone`.
        zone: the calendar's time zone.
        since: the first period shown is the one that holds it; what customers did before still counts as their history.
        until: no event from then on exists.
    """

    analysis: ClassVar[str] = "lifecycle"

    event: str | tuple[str, ...] | None = None
    event_where: Condition | None = None
    period: Literal["hour", "day", "week", "month"] = "week"
    zone: str = "UTC"


SPEC = LifecycleSpec


@dataclass
class State:
    """Customers by period and status, (periods, 4)."""

    customers: Array


class Lifecycle:
    """Life cycles as engines fold them."""

    def __init__(self, spec: LifecycleSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.codes = codes_of(snapshot, spec.event)
        first, last = snapshot.times
        since, self.until = spec.span()
        bounds = boundaries_of(spec.period, spec.zone, first, max(min(last, self.until - 1), first), more=1)
        self.boundaries, self.end = np.ascontiguousarray(bounds[:-1]), int(bounds[-1])
        self.shown = max(int(np.searchsorted(self.boundaries, since, side="right")) - 1, 0)
        if since >= self.end:
            self.shown = len(self.boundaries)

    @property
    def open(self) -> bool:
        """Whether the last period is not over, as far as is known."""
        return min(self.snapshot.times[1], self.until) < self.end

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, self.spec.event_where)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros((len(self.boundaries), len(STATUSES)), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        view = events_seen(block, self.snapshot, self.spec, self.codes, self.spec.event_where)
        offsets, time = block.column("offsets"), block.column("time")
        statuses(offsets, time, block.keep, view, self.boundaries, self.until, state.customers)
        return state

    def active(self, block: Block, line: int) -> list[int]:
        """The numbers of the periods in which one customer is active."""
        spec, span = self.spec, (-FOREVER, self.until)
        rows = rows_of(block, self.snapshot, spec.where, spec.event_where, codes=self.codes, span=span)
        own = block.column("time")[rows[lines_at(block, rows) == line]]
        numbers: list[int] = np.unique(np.searchsorted(self.boundaries, own, side="right") - 1).tolist()
        return numbers

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        return left


class LifecycleResult(Result):
    """The answer.

    Attributes:
        table: four rows per period: ``period`` (its start), ``status``, ``customers``, ``change`` (what the status adds
            to the number of active customers against the period before: those who are new or resurrected more, those
            who are dormant fewer, below zero). New, returning and resurrected customers are the period's active ones.
    """

    def __init__(self, question: Lifecycle, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        counts = state.customers[question.shown :]
        counts = counts if counts.any() else counts[:0]
        starts = question.boundaries[question.shown :][: len(counts)]
        signs = np.ones(len(STATUSES), np.int64)
        signs[RETURNING], signs[DORMANT] = 0, -1
        table = pa.table(
            {
                "period": pa.array(np.repeat(starts, len(STATUSES))).cast(pa.timestamp("us", "UTC")),
                "status": pa.array(list(STATUSES) * len(counts), pa.string()),
                "customers": counts.reshape(-1),
                "change": (counts * signs).reshape(-1),
            }
        )
        notes = [Note("open_lifecycle")] if len(counts) and question.open else []
        super().__init__(question.spec, table, question.snapshot.token, notes)

    def customers(self, period: When, status: str, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who has a status in a period.

        Args:
            period: the period's start; without an offset, a time of the question's zone.
            status: ``new``, ``returning``, ``resurrected`` or ``dormant``.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: there is no such period.
            UnknownName: there is no such status.
            Erased: somebody was forgotten since the customers were counted.
        """
        question, spec = self._question, self._question.spec
        if status not in STATUSES:
            raise UnknownName("status", status, STATUSES)
        place = number_of(question.boundaries, period, spec.zone)
        ends = [*question.boundaries.tolist(), question.end]
        low, high = ends[place], min(ends[place + 1], question.until)
        before = ends[place - 1] if place else low

        def lines(block: Block) -> Array:
            rows = rows_of(
                block, question.snapshot, spec.where, spec.event_where, codes=question.codes, span=(ends[0], high)
            )
            who, time = lines_at(block, rows), block.column("time")[rows]
            now, just, ever = who[time >= low], who[(time >= before) & (time < low)], who[time < low]
            if status == "dormant":
                return np.setdiff1d(just, now)
            if status == "new":
                return np.setdiff1d(now, ever)
            there: Array = np.intersect1d(now, just if status == "returning" else np.setdiff1d(ever, just))
            return there

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """One customer's periods: a row for each shown one in which they have a status, with ``period`` and ``status``.

        Raises:
            UnknownName: nobody has the identifier.
        """
        question = self._question
        (block, line), name = found(question.snapshot, customer)
        active = set(question.active(block, line))
        first, rows = min(active, default=0), []
        for place in sorted(active | {place + 1 for place in active}):
            if place < question.shown or place == len(question.boundaries):
                continue
            status = "dormant"
            if place in active:
                status = "new" if place == first else "returning" if place - 1 in active else "resurrected"
            rows.append((int(question.boundaries[place]), status))
        said = [Said("lifecycle", customer=name, periods=sum(status != "dormant" for _, status in rows))]
        zone = question.spec.zone
        said += [Said("lifecycle_period", period=said_period(start, zone), status=Called(s)) for start, s in rows]
        columns = {"period": times([start for start, _ in rows]), "status": pa.array([s for _, s in rows], pa.string())}
        return Explained(name, pa.table(columns), said)


def run(spec: LifecycleSpec, snapshot: Snapshot, engine: Engine) -> LifecycleResult:
    """Answer the question."""
    snapshot.prepare(names_in(spec.where, spec.event_where))
    question = Lifecycle(spec, snapshot)
    return LifecycleResult(question, engine.fold(question, snapshot), engine)
