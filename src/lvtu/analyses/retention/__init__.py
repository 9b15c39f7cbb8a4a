"""Retention: of those who started in a period, how many came back, period by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import pyarrow as pa
from pydantic import Field, model_validator

from lvtu.analyses.base import FOREVER, Condition, Result, Spec, both, mask_of, names_in, view_of
from lvtu.analyses.calendars import LENGTHS, When, boundaries_of, number_of
from lvtu.analyses.intervals import wilson
from lvtu.analyses.members import names_of
from lvtu.analyses.retention.members import members
from lvtu.analyses.scratch import scratch
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.postings import all_keys, select
from lvtu.kernels.retention import BRACKET, N_DAY, UNBOUNDED, first_returns, returns
from lvtu.store.journeys.block import Block, Postings
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

_MODES = {"n_day": N_DAY, "unbounded": UNBOUNDED, "bracket": BRACKET}


class RetentionSpec(Spec):
    """Who comes back.

    Attributes:
        start: the event that makes a customer a member; None for any event.
        back: the event that counts as a return; None for any event.
        start_where, back_where: conditions on those events.
        period: length of a period: hour, day, week (from Monday), month.
        periods: the last period asked for; period 0 is the entry's own.
        mode: ``n_day``: returned in just that period; ``unbounded``: in that period or later; ``bracket``: in
            one of the ranges of `brackets`.
        brackets: ranges of periods, both ends included.
        clock: ``calendar``: periods of the calendar in `zone`; ``rolling``: counted from the entry (month: 30 days).
        zone: the calendar's time zone, also of cohorts.
        entry: ``first``: only a customer's first entry; ``any``: the first in every cohort's period.
        since, until: select entries.
    """

    analysis: ClassVar[str] = "retention"

    start: str | None = None
    back: str | None = None
    start_where: Condition | None = None
    back_where: Condition | None = None
    period: Literal["hour", "day", "week", "month"] = "day"
    periods: int = Field(default=7, ge=0, le=1000)
    mode: Literal["n_day", "unbounded", "bracket"] = "n_day"
    brackets: tuple[tuple[int, int], ...] = ()
    clock: Literal["calendar", "rolling"] = "calendar"
    zone: str = "UTC"
    entry: Literal["first", "any"] = "first"

    @model_validator(mode="after")
    def _consistent(self) -> RetentionSpec:
        if (self.mode == "bracket") != bool(self.brackets):
            raise BadInput("brackets_alone")
        if any(low < 0 or high < low for low, high in self.brackets):
            raise BadInput("bad_bracket")
        return self

    @property
    def cells(self) -> list[tuple[int, int]]:
        """The range of period numbers of each column."""
        return list(self.brackets) or [(k, k) for k in range(self.periods + 1)]


SPEC = RetentionSpec


@dataclass
class State:
    """Integers by cohort, and by cohort and cell."""

    size: Array
    mature: Array
    returned: Array
    returned_mature: Array


class Retention:
    """Retention as engines fold it."""

    def __init__(self, spec: RetentionSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        first, self.horizon = snapshot.times
        self.cells = spec.cells
        more = max(high for _, high in self.cells) + 2
        self.boundaries = boundaries_of(spec.period, spec.zone, first, self.horizon, more)
        self.cohorts = int(np.searchsorted(self.boundaries, self.horizon, side="right"))

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, self.spec.start_where, self.spec.back_where)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        shape = (self.cohorts, len(self.cells))
        return State(np.zeros(self.cohorts, np.int64), *(np.zeros(shape, np.int64) for _ in range(3)))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        spec = self.spec
        view = view_of(block, self.snapshot, spec.where)
        entries = _events(block, self.snapshot, spec.start, both(view, mask_of(block, spec.start_where)), spec.span())
        backs = _events(
            block, self.snapshot, spec.back, both(view, mask_of(block, spec.back_where)), (-FOREVER, FOREVER)
        )
        if (spec.mode, spec.clock, spec.entry) == ("n_day", "calendar", "first"):
            self._add_first(entries, backs, state)
        else:
            self._add(entries, backs, state)
        return state

    def _add_first(self, entries: Postings, backs: Postings, state: State) -> None:
        kinds = {"firsts": np.uint64, "first_times": np.int64, "cohorts": np.int64}
        firsts = [scratch(name, len(entries[0]), kind) for name, kind in kinds.items()]
        kinds = {"chain_key": np.uint64, "chain_start": np.int64, "chain_link": np.uint64}
        chain = [scratch(name, len(backs[0]), kind) for name, kind in kinds.items()]
        first_returns(*entries, *backs, self.boundaries, *firsts, *chain, state.size, state.returned)

    def _add(self, entries: Postings, backs: Postings, state: State) -> None:
        spec = self.spec
        low, over = (np.array(side, np.int64) for side in zip(*self.cells, strict=True))
        high = np.full(len(low), FOREVER) if spec.mode == "unbounded" else over
        rolling = LENGTHS[spec.period] if spec.clock == "rolling" else 0
        returns(
            *entries, *backs, self.boundaries, rolling, _MODES[spec.mode], int(spec.entry == "first"), low, high, over,
            self.horizon, np.zeros(len(low), np.int64), state.size, state.mature, state.returned, state.returned_mature,
        )  # fmt: skip

    def settled(self, state: State) -> State:
        """With what the calendar alone decides: a cell of a cohort is mature when its last period is over."""
        if self.spec.clock == "rolling":
            return state
        last = np.arange(self.cohorts)[:, None] + np.array([high for _, high in self.cells]) + 1
        ready = self.boundaries[np.minimum(last, len(self.boundaries) - 1)] <= self.horizon
        return State(state.size, state.size[:, None] * ready, state.returned, state.returned * ready)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("size", "mature", "returned", "returned_mature"):
            getattr(left, name)[...] += getattr(right, name)
        return left


def _events(block: Block, snapshot: Snapshot, name: str | None, mask: Array, span: tuple[int, int]) -> Postings:
    if name is not None:
        post = block.postings(snapshot.code(name))
    else:
        post = np.empty(block.rows, np.uint64), block.column("time")
        all_keys(block.column("offsets"), post[0])
    if not len(mask) and not len(block.keep) and span == (-FOREVER, FOREVER):
        return post
    size = len(post[0])
    keys, times = np.empty(size, np.uint64), np.empty(size, np.int64)
    n = select(*post, mask, block.keep, *span, keys, times)
    return keys[:n], times[:n]


class RetentionResult(Result):
    """Retention's answer.

    Attributes:
        table: one row per period, all cohorts together: ``period`` (or ``from``, ``to`` of a bracket), ``customers``
            (members), ``mature`` (members whose period is over), ``returned``, ``rate`` (of the mature, null where none
            is), ``low`` and ``high`` (95 % Wilson interval).
        cohorts: the same per ``cohort`` (start of the period in which its members entered), without intervals.
    """

    def __init__(self, question: Retention, state: State, engine: Engine) -> None:
        state = question.settled(state)
        self._question, self._engine, cells = question, engine, question.cells
        total = [state.mature.sum(0), state.returned.sum(0), state.returned_mature.sum(0)]
        table = _columns(cells, question.spec, np.full(len(cells), state.size.sum()), *total)
        intervals = [wilson(int(k), int(n)) for k, n in zip(total[2], total[0], strict=True)]
        for place, name in enumerate(("low", "high")):
            table = table.append_column(name, pa.array([ends and ends[place] for ends in intervals], pa.float64()))
        notes = []
        if (total[0] < state.size.sum()).any():
            notes.append(Note("mature"))
        super().__init__(question.spec, table, question.snapshot.token, notes)
        present = np.flatnonzero(state.size)
        size = np.repeat(state.size[present], len(cells))
        parts = [part[present].reshape(-1) for part in (state.mature, state.returned, state.returned_mature)]
        grid = _columns(cells, question.spec, size, *parts)
        starts = pa.array(np.repeat(question.boundaries[present], len(cells)))
        self.cohorts = grid.add_column(0, "cohort", starts.cast(pa.timestamp("us", "UTC")))

    def customers(
        self, period: int | tuple[int, int], cohort: When | None = None, returned: bool | None = True, *,
        mature: bool = False, limit: int | None = None, offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who is behind a number of the table, or of a cohort's line.

        Args:
            period: the period's number; of a bracket both ends, ``(1, 7)``.
            cohort: the start of a cohort's period; all cohorts if not given.
            returned: those who came back; False: those who did not; None: all members.
            mature: only members whose period is over, which is what the rate counts.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted, each once: with ``entry="any"`` a customer of several cohorts is one name.

        Raises:
            BadInput: there is no such period or cohort.
            Erased: somebody was forgotten since the retention was counted.
        """
        question = self._question
        cell = period if isinstance(period, tuple) else (period, period)
        if cell not in question.cells:
            known = [str(low) if low == high else f"({low}, {high})" for low, high in question.cells]
            raise BadInput("no_period", period=str(period), known=known)
        number = None if cohort is None else number_of(question.boundaries, cohort, question.spec.zone)
        found = members(question, cell, number, returned, mature)
        return names_of(self._engine, question.snapshot, found, limit, offset)

    def explain(self, customer: str) -> Explained:
        """In which cohorts one customer is, and when they came back: a row for each membership and period.

        Its columns: ``cohort``, ``entered``, ``start`` and ``start_message_id`` (the event that made them a member),
        ``period`` (and ``to`` of a bracket), ``mature`` (whether it is over), ``returned``, ``came_back``, ``back`` and
        ``back_message_id`` (the first event that is the return).

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.retention.explain import explain

        return explain(self._question, customer)


def _columns(
    cells: list[tuple[int, int]], spec: RetentionSpec, size: Array, mature: Array, returned: Array, ready: Array
) -> pa.Table:
    """The table of some cohorts, one after another."""
    low, high = (np.tile(np.array(side, np.int32), len(size) // len(cells)) for side in zip(*cells, strict=True))
    columns: dict[str, Any] = {"period": low} | ({"to": high} if spec.mode == "bracket" else {})
    rates = pa.array(ready / np.maximum(mature, 1), pa.float64(), mask=mature == 0)
    return pa.table(columns | {"customers": size, "mature": mature, "returned": returned, "rate": rates})


def run(spec: RetentionSpec, snapshot: Snapshot, engine: Engine) -> RetentionResult:
    """Answer the question."""
    snapshot.prepare(names_in(spec.where, spec.start_where, spec.back_where))
    question = Retention(spec, snapshot)
    return RetentionResult(question, engine.fold(question, snapshot), engine)
