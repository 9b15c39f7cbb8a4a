"""How a segment changes: who is in it at the end of each period, who has entered and who has left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, Spec, both, mask_of, names_in
from lvtu.analyses.calendars import When, boundaries_of, number_of
from lvtu.analyses.members import Members, names_of
from lvtu.analyses.whom import Group, with_any
from lvtu.core.expr import parse
from lvtu.core.sentences import Note
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having, shown_rows
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

MOST = 1000
"""Periods at most: the segment is looked up anew at the end of each."""

CHANGES = ("inside", "entered", "exited")


class DriftSpec(Spec):
    """A segment over time.

    Attributes:
        segment: the name of a segment, or a condition.
        period: hour, day, week (from Monday) or month of the calendar in `zone`.
        zone: the calendar's time zone.
        where: only customers with an event for which this is true.
        since, until: which periods: those from this time on, before that one. What happened earlier counts all the
            same.
    """

    analysis: ClassVar[str] = "drift"

    segment: Group
    period: Literal["hour", "day", "week", "month"] = "month"
    zone: str = "UTC"


SPEC = DriftSpec


@dataclass
class State:
    """Integers by period.

    Attributes:
        everyone: customers with an event by its end.
        inside: those of them in the segment.
        entered: those in it who were not at its start.
        exited: those who were at its start, and are not.
    """

    everyone: Array
    inside: Array
    entered: Array
    exited: Array


class Drift:
    """Changes of a segment as engines fold them."""

    def __init__(self, spec: DriftSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        low, high = spec.span()
        first, last = snapshot.times
        begin = max(first, low)
        starts = boundaries_of(spec.period, spec.zone, begin, max(min(last, high - 1), begin), more=1)
        if len(starts) > MOST + 1:
            raise BadInput("drift_too_long", periods=len(starts) - 1, most=MOST)
        self.starts, self.instants = starts[:-1], np.minimum(starts, high)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, self.spec.segment)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(*np.zeros((4, len(self.starts)), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        _, before = self.at(block, 0)
        for period in range(len(self.starts)):
            everyone, inside = self.at(block, period + 1)
            state.everyone[period] += np.count_nonzero(everyone)
            state.inside[period] += np.count_nonzero(inside)
            state.entered[period] += np.count_nonzero(inside & ~before)
            state.exited[period] += np.count_nonzero(before & ~inside)
            before = inside
        return state

    def at(self, block: Block, number: int) -> tuple[Array, Array]:
        """Which customers of a block there are at an instant, and which are in the segment."""
        then = block.seen_by(self.snapshot.before(int(self.instants[number])))
        rows = both(mask_of(then, self.spec.where), shown_rows(then))
        everyone = with_any(then, rows) != 0
        return everyone, everyone & (having(parse(self.spec.segment), then, rows) != 0)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("everyone", "inside", "entered", "exited"):
            getattr(left, name)[...] += getattr(right, name)
        return left


class DriftResult(Result):
    """The answer.

    Attributes:
        table: one row per period: ``period`` (its start), ``inside`` (customers in the segment at its end),
            ``everyone`` (all customers by then), ``share``, ``entered`` and ``exited`` since its start, ``stayed``. Who
            is inside was so a period before or has entered, and has not exited.
    """

    def __init__(self, question: Drift, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        periods = zip(question.starts.tolist(), *(getattr(state, name).tolist() for name in
                      ("everyone", "inside", "entered", "exited")), strict=True)  # fmt: skip
        rows: list[dict[str, Any]] = [
            {"period": moment(start), "inside": inside, "everyone": everyone,
             "share": inside / everyone if everyone else None, "entered": entered, "exited": exited,
             "stayed": inside - entered}
            for start, everyone, inside, entered, exited in periods
        ]  # fmt: skip
        whole = pa.int64()
        kinds = {"period": pa.timestamp("us", "UTC"), "inside": whole, "everyone": whole, "share": pa.float64(),
                 "entered": whole, "exited": whole, "stayed": whole}  # fmt: skip
        there = rows if state.everyone.any() else []
        table = pa.Table.from_pylist(there, pa.schema(kinds))
        super().__init__(question.spec, table, question.snapshot.token, self._notes(bool(there)))

    def _notes(self, any_: bool) -> list[Note]:
        end = self._question.snapshot.times[1]
        is_open = any_ and self._question.instants[-1] > end + 1
        return [Note("open_period", end=f"{moment(end):%Y-%m-%d}")] if is_open else []

    def customers(
        self, period: When, change: str = "inside", *, limit: int | None = None, offset: int = 0
    ) -> list[str]:  # fmt: skip
        """Who is behind a number.

        Args:
            period: the period's start; without an offset, a time of the question's zone.
            change: ``inside`` at its end, ``entered`` or ``exited`` in it.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: there is no such period or change.
            Erased: somebody was forgotten since the segment was looked at.
        """
        question = self._question
        if change not in CHANGES:
            raise BadInput("no_change", change=change, known=CHANGES)
        number = number_of(question.starts, period, question.spec.zone)

        def lines(block: Block) -> Array:
            before, inside = question.at(block, number)[1], question.at(block, number + 1)[1]
            chosen = {"inside": inside, "entered": inside & ~before, "exited": before & ~inside}[change]
            return np.flatnonzero(chosen)

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """When one customer was in the segment, and what moved them: a row for each period.

        Its columns: ``period`` (its start), ``there`` (whether they have any event by its end), ``inside`` (at its
        end), ``change`` (``entered``, ``exited`` or null), ``because`` (the parts of the condition that changed).

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.drift.explain import explain

        return explain(self._question, customer)


def run(spec: DriftSpec, snapshot: Snapshot, engine: Engine) -> DriftResult:
    """Answer the question."""
    snapshot.prepare(names_in(spec.where, spec.segment))
    question = Drift(spec, snapshot)
    return DriftResult(question, engine.fold(question, snapshot), engine)
