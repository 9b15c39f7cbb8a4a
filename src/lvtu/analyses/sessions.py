"""Sessions: how many visits there are, how long and how large, where they begin and end, and how many bounce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Duration, Result, Spec, names_in
from lvtu.analyses.calendars import When, boundaries_within, number_of
from lvtu.analyses.durations import Durations, exact_rows
from lvtu.analyses.explained import Explained, Said, found, said_time, times
from lvtu.analyses.groups import column_named, values_of
from lvtu.analyses.intervals import ratios, wilson
from lvtu.analyses.members import Group, Members, code_of, names_of
from lvtu.analyses.paths import Paths, paths_of
from lvtu.analyses.scratch import scratch
from lvtu.core.sentences import Note, Term
from lvtu.core.units import MINUTE
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.durations import middles
from lvtu.kernels.sessions import BOUNCED, CUSTOMERS, EVENTS, EXITS, SESSIONS, UNTIMED, tally_sessions
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

_MOST_CELLS = 1 << 22


class SessionsSpec(Spec):
    """Visits: runs of a customer's events without a long pause.

    Attributes:
        session_gap: a longer pause starts a new session; a pause of just this length does not.
        by: what sessions are told apart by: its value at a session's first event (where it is entered). channel,
            event, touchpoint, or any other column that holds names.
        period: hour, day, week (from Monday) or month of the calendar in `zone` in which a session begins; all
            together if not given.
        zone: the calendar's time zone.
        since, until: select events.
    """

    analysis: ClassVar[str] = "sessions"

    session_gap: Duration = 30 * MINUTE
    by: str | None = None
    period: Literal["hour", "day", "week", "month"] | None = None
    zone: str = "UTC"


SPEC = SessionsSpec


@dataclass
class State:
    """Integers by cell: (group, period) in one number.

    Attributes:
        counts: (cells, 6), see `lvtu.kernels.sessions`.
        times: durations.
        sizes: numbers of events.
    """

    counts: Array
    times: Durations
    sizes: Durations


class Sessions:
    """Sessions as engines fold them."""

    def __init__(self, spec: SessionsSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        self.boundaries = NOTHING.view(np.int64)
        if spec.period:
            self.boundaries = boundaries_within(spec.period, spec.zone, snapshot.times, spec.span())
        self.periods = max(len(self.boundaries), 1)
        self.cells = self.periods * len(self.groups)
        if self.cells > _MOST_CELLS:
            raise BadInput("trend_too_large", periods=self.periods, values=len(self.groups))

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros((self.cells, 6), np.int64), Durations(self.cells), Durations(self.cells))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        paths = self.found(block)
        groups = block.codes(self.spec.by)[0] if self.spec.by else NOTHING
        marks, sizes = state.times.room(len(paths)), NOTHING.view(np.uint64)
        if not state.sizes.bins.shape[1]:
            sizes = scratch("size_marks", len(paths), np.uint64)
        timed = tally_sessions(
            paths.who, paths.starts, paths.rows, block.column("time"), groups, exact_rows(block), self.boundaries,
            self.periods, np.full(self.cells, -1, np.int64), state.counts, state.times.bins, marks, state.sizes.bins,
            sizes,
        )  # fmt: skip
        state.times.add(marks[:timed])
        state.sizes.add(sizes)
        return state

    def found(self, block: Block) -> Paths:
        """The sessions of a block: paths whose places are all events."""
        return paths_of(block, self.snapshot, "event", self.spec, session_gap=self.spec.session_gap)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.counts += right.counts
        left.times.merge(right.times)
        left.sizes.merge(right.sizes)
        return left


class SessionsResult(Result):
    """The answer.

    Attributes:
        table: one row, or one per period and group: ``period`` (its start, by which a session begins), a column named
            by `by` (the value at a session's first event), ``sessions``, with `by` also ``exits`` (sessions of that
            period whose last event has the value), ``customers`` who had them, ``sessions_per_customer``, ``events``,
            ``events_per_session``, ``median_events`` and ``p90_events`` (nearest rank; exact to 63 events, ±1 %
            above), ``median_duration`` and ``p90_duration`` (from the first event to the last, µs, ±1 %; a session of
            one event lasts 0), ``bounced`` (sessions of one event), ``bounce_rate`` with its 95 % Wilson interval
            ``low`` … ``high``, which takes sessions as independent. Times that are not exact count no duration.
        sizes: how large sessions are: ``events`` and ``sessions`` with so many (above 63 events, about so many).
    """

    def __init__(self, question: Sessions, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        untimed = int(state.counts[:, UNTIMED].sum())
        notes = [Note("untimed_sessions", sessions=untimed)] if untimed else []
        super().__init__(question.spec, _table(question, state), question.snapshot.token, notes)
        sizes = state.sizes.total()
        there = np.flatnonzero(sizes)
        events = np.rint(middles()[there]).astype(np.int64)
        self.sizes = pa.table({"events": events, "sessions": sizes[there]})

    def customers(
        self, group: Group = ..., period: When | None = None, *, bounced: bool = False, exits: bool = False,
        limit: int | None = None, offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who is behind a number: the customers with such a session.

        Args:
            group: the value of the breakdown at its first event, None for missing; all of them if not given.
            period: the start of the period in which it begins; all of them if not given.
            bounced: of one event only.
            exits: `group` is the value at its last event instead.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted, each once.

        Raises:
            BadInput: there is no such period or group.
            Erased: somebody was forgotten since the sessions were counted.
        """
        question, spec = self._question, self._question.spec
        code = None if group is ... else code_of(question.snapshot, spec.by, group)
        number = None
        if period is not None:
            if not spec.period:
                raise BadInput("no_periods")
            number = number_of(question.boundaries, period, spec.zone)

        def lines(block: Block) -> Array:
            paths = question.found(block)
            ends = paths.row_of(paths.starts[:-1]), paths.row_of(paths.starts[1:] - 1)
            which = np.ones(len(paths), bool)
            if code is not None and spec.by:
                which &= block.codes(spec.by)[0][ends[exits]] == code
            if number is not None:
                begun = block.column("time")[ends[0]]
                which &= np.searchsorted(question.boundaries, begun, side="right") == number + 1
            if bounced:
                which &= np.diff(paths.starts) == 1
            who: Array = paths.who[which]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """One customer's sessions: a row each.

        Its columns: ``began``, ``ended``, ``events``, ``entry`` and ``exit`` (the value of `by`, or the event if
        nothing is broken down, at its first and last event).

        Raises:
            UnknownName: nobody has the identifier.
        """
        question = self._question
        (block, line), name = found(question.snapshot, customer)
        paths, by = question.found(block), question.spec.by or "event"
        own = np.flatnonzero(paths.who == line)
        firsts, lasts = paths.row_of(paths.starts[own]), paths.row_of(paths.starts[own + 1] - 1)
        codes, names = block.codes(by)
        began, ended = (block.column("time")[rows].tolist() for rows in (firsts, lasts))
        entry, leave = ([names[c] if c else None for c in codes[rows].tolist()] for rows in (firsts, lasts))
        events = (paths.starts[own + 1] - paths.starts[own]).tolist()
        said = [Said("sessions", customer=name, sessions=len(own), events=sum(events))]
        for row in zip(began, ended, events, entry, leave, strict=True):
            told = [Term("missing") if value is None else value for value in row[3:]]
            said.append(
                Said(
                    "session",
                    began=said_time(row[0]),
                    ended=said_time(row[1]),
                    events=row[2],
                    entry=told[0],
                    exit=told[1],
                )
            )
        columns = {"began": times(began), "ended": times(ended), "events": pa.array(events, pa.int64())}
        columns |= {"entry": pa.array(entry, pa.string()), "exit": pa.array(leave, pa.string())}
        return Explained(name, pa.table(columns), said)


def _table(question: Sessions, state: State) -> pa.Table:
    spec, counts = question.spec, state.counts
    if spec.by:
        cells = np.flatnonzero(counts[:, SESSIONS] + counts[:, EXITS])
    else:
        cells = np.arange(len(counts) if counts.any() or not spec.period else 0)
    group, period = np.divmod(cells, question.periods)
    order = np.lexsort((group, -counts[cells, SESSIONS], period)) if spec.by else np.arange(len(cells))
    cells, group, period = cells[order], group[order], period[order]
    columns: dict[str, Any] = {}
    if spec.period:
        columns["period"] = pa.array(question.boundaries[period]).cast(pa.timestamp("us", "UTC"))
    sessions, bounced = counts[cells, SESSIONS], counts[cells, BOUNCED]
    columns["sessions"] = sessions
    if spec.by:
        columns["exits"] = counts[cells, EXITS]
    columns |= {
        "customers": counts[cells, CUSTOMERS],
        "sessions_per_customer": ratios(sessions, counts[cells, CUSTOMERS]),
        "events": counts[cells, EVENTS],
        "events_per_session": ratios(counts[cells, EVENTS], sessions),
        "median_events": _at(state.sizes.quantiles(0.5), cells),
        "p90_events": _at(state.sizes.quantiles(0.9), cells),
        "median_duration": _at(state.times.medians(), cells),
        "p90_duration": _at(state.times.quantiles(0.9), cells),
        "bounced": bounced,
        "bounce_rate": ratios(bounced, sessions),
    }
    ends = [wilson(k, n) for k, n in zip(bounced.tolist(), sessions.tolist(), strict=True)]
    columns |= {
        name: pa.array([end and end[i] for end in ends], pa.float64()) for i, name in enumerate(("low", "high"))
    }
    table = pa.table(columns)
    if spec.by:
        values = pa.array(question.groups, pa.string()).take(pa.array(group))
        table = table.add_column(int(spec.period is not None), column_named(spec.by, columns), values)
    return table


def _at(values: list[int | None], cells: Array) -> pa.Array:
    return pa.array([values[cell] for cell in cells.tolist()], pa.int64())


def reads_of(spec: SessionsSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | {"time_basis"} | ({spec.by} if spec.by else set())


def run(spec: SessionsSpec, snapshot: Snapshot, engine: Engine) -> SessionsResult:
    """Answer the question."""
    snapshot.prepare(reads_of(spec))
    question = Sessions(spec, snapshot)
    return SessionsResult(question, engine.fold(question, snapshot), engine)
