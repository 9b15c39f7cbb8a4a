"""Stickiness: on how many days (or weeks, …) customers are active, and how many of a month's come each day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Condition, Result, Spec, codes_of, events_seen, names_in
from lvtu.analyses.calendars import boundaries_of, boundaries_within
from lvtu.analyses.explained import Explained, Said, found, said_period, times
from lvtu.analyses.intervals import ratios
from lvtu.analyses.members import Members, lines_at, names_of, rows_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.activity import active_periods, rolling_actives
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

WINDOWS = (1, 7, 30)
"""Days of the windows of daily, weekly and monthly active customers."""


class StickinessSpec(Spec):
    """On how many periods customers are active.

    Attributes:
        event: what makes a customer active, one name or several; any event if not given.
        event_where: a condition on those events.
        period: what is counted: each hour, day, week (from Monday) or month of the calendar in `zone`.
        zone: the calendar's time zone.
        since, until: select events; the span in which periods are counted.
    """

    analysis: ClassVar[str] = "stickiness"

    event: str | tuple[str, ...] | None = None
    event_where: Condition | None = None
    period: Literal["hour", "day", "week", "month"] = "day"
    zone: str = "UTC"


SPEC = StickinessSpec


@dataclass
class State:
    """Integers.

    Attributes:
        customers: by the number of periods on which they were active, (periods + 1,).
        actives: customers in the windows of `WINDOWS`, added up over the days, (3,).
    """

    customers: Array
    actives: Array


class Actives(NamedTuple):
    """Active customers per day, on average over the same days.

    Attributes:
        days: how many days: those that are over and have 29 days of the span before them.
        daily: customers active on the day (DAU).
        weekly: on it or the 6 days before (WAU).
        monthly: on it or the 29 days before (MAU).
    """

    days: int
    daily: float
    weekly: float
    monthly: float

    @property
    def daily_of_monthly(self) -> float:
        """DAU / MAU."""
        return self.daily / self.monthly

    @property
    def daily_of_weekly(self) -> float:
        """DAU / WAU."""
        return self.daily / self.weekly

    @property
    def weekly_of_monthly(self) -> float:
        """WAU / MAU."""
        return self.weekly / self.monthly


class Stickiness:
    """Stickiness as engines fold it."""

    def __init__(self, spec: StickinessSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.codes = codes_of(snapshot, spec.event)
        known, span = snapshot.times, spec.span()
        self.boundaries = boundaries_within(spec.period, spec.zone, known, span)
        first = max(known[0], span[0])
        self.days = boundaries_of("day", spec.zone, first, max(min(known[1], span[1] - 1), first), more=1)
        whole = self.days[1:] <= min(known[1], span[1])
        whole[:1] &= span[0] <= max(self.days[0], known[0])  # a first day that since cuts is none
        there = np.flatnonzero(whole)
        self.first = int(there[0]) + max(WINDOWS) - 1 if len(there) else 0
        self.last = int(there[-1]) if len(there) else -1

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, self.spec.event_where)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(len(self.boundaries) + 1, np.int64), np.zeros(len(WINDOWS), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        view = events_seen(block, self.snapshot, self.spec, self.codes, self.spec.event_where)
        given, span = (block.column("offsets"), block.column("time"), block.keep, view), self.spec.span()
        active_periods(*given, self.boundaries, *span, state.customers)
        if self.first <= self.last:
            rolling_actives(*given, self.days, *span, self.first, self.last, np.array(WINDOWS, np.int64), state.actives)
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        left.actives += right.actives
        return left


class StickinessResult(Result):
    """The answer.

    Attributes:
        table: a row per number of periods up to the largest that anybody reached: ``days`` (``hours``, ``weeks``,
            ``months``), ``customers`` active on just so many, ``share`` (of all customers who were active),
            ``at_least`` (customers active on so many or more), ``share_at_least``.
        periods: how many periods the span has.
        actives: daily, weekly and monthly active customers on average (by calendar days of the zone, whatever the
            period); None where no day that is over has 29 days of the span before it.
    """

    actives: Actives | None = None

    def __init__(self, question: Stickiness, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        exactly = state.customers[1:]
        exactly = exactly[: int(np.flatnonzero(exactly).max(initial=-1)) + 1]
        at_least = np.cumsum(exactly[::-1])[::-1]
        everyone = np.full(len(exactly), exactly.sum())
        table = pa.table(
            {
                f"{question.spec.period}s": pa.array(range(1, len(exactly) + 1), pa.int32()),
                "customers": exactly,
                "share": ratios(exactly, everyone),
                "at_least": at_least,
                "share_at_least": ratios(at_least, everyone),
            }
        )
        self.periods = len(question.boundaries)
        notes, days = [], question.last - question.first + 1
        if days > 0 and state.actives.all():
            self.actives = Actives(days, *(state.actives / days).tolist())
            told = {name: f"{getattr(self.actives, name):,.1f}" for name in ("daily", "weekly", "monthly")}
            notes.append(Note("actives", days=days, **told))
            parts = ("daily_of_monthly", "daily_of_weekly", "weekly_of_monthly")
            notes.append(Note("stickiness", **{name: f"{100 * getattr(self.actives, name):.1f}%" for name in parts}))
        super().__init__(question.spec, table, question.snapshot.token, notes)

    def customers(self, number: int, *, at_least: bool = False, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who was active on so many periods.

        Args:
            number: how many.
            at_least: or more.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: the span has not so many periods.
            Erased: somebody was forgotten since the customers were counted.
        """
        question, spec = self._question, self._question.spec
        if not 1 <= number <= self.periods:
            raise BadInput("no_such_number", number=number, periods=self.periods)

        def lines(block: Block) -> Array:
            rows = rows_of(
                block, question.snapshot, spec.where, spec.event_where, codes=question.codes, span=spec.span()
            )
            period = np.searchsorted(question.boundaries, block.column("time")[rows], side="right")
            days = np.unique(lines_at(block, rows) * np.int64(len(question.boundaries) + 1) + period)
            who, counts = np.unique(days // (len(question.boundaries) + 1), return_counts=True)
            some: Array = who[counts >= number if at_least else counts == number]
            return some

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """The periods on which one customer was active: a row each with ``period`` (its start) and ``events``.

        Raises:
            UnknownName: nobody has the identifier.
        """
        question, spec = self._question, self._question.spec
        (block, line), name = found(question.snapshot, customer)
        rows = rows_of(block, question.snapshot, spec.where, spec.event_where, codes=question.codes, span=spec.span())
        own = block.column("time")[rows[lines_at(block, rows) == line]]
        places, events = np.unique(np.searchsorted(question.boundaries, own, side="right") - 1, return_counts=True)
        starts = question.boundaries[places].tolist()
        said = [Said(f"stickiness_{spec.period}", customer=name, number=len(starts), periods=self.periods)]
        said += [
            Said("active_period", period=said_period(start, spec.zone), events=number)
            for start, number in zip(starts, events.tolist(), strict=True)
        ]
        return Explained(name, pa.table({"period": times(starts), "events": pa.array(events, pa.int64())}), said)


def run(spec: StickinessSpec, snapshot: Snapshot, engine: Engine) -> StickinessResult:
    """Answer the question."""
    snapshot.prepare(names_in(spec.where, spec.event_where))
    question = Stickiness(spec, snapshot)
    return StickinessResult(question, engine.fold(question, snapshot), engine)
