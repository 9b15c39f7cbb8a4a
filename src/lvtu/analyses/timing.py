"""Timing: how long it takes from one thing to another, or to silence, those who are still waiting included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import pyarrow as pa
from pydantic import model_validator

from lvtu.analyses.base import Condition, Duration, Result, Spec, names_in, view_of
from lvtu.analyses.durations import Durations, exact_rows
from lvtu.analyses.explained import Explained, Said, Took, found, said_time, times
from lvtu.analyses.funnel.lines import step_bits
from lvtu.analyses.funnel.spec import FunnelSpec
from lvtu.analyses.groups import column_named, values_of
from lvtu.analyses.members import Group, Members, code_of, names_of
from lvtu.analyses.survival import NOBODY, Curve, LogRank, kaplan_meier, log_rank, points
from lvtu.core.sentences import Note, Value
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.durations import BINS, middles, quantiles
from lvtu.kernels.timing import silences, spells, tally_spells
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot


class TimingSpec(Spec):
    """How long from a start to an end, or to silence.

    Attributes:
        start: the event that starts the clock; any event if not given.
        end: the event that stops it, at or after the start in journey order; any event if not given.
        start_where, end_where: conditions on those events.
        silent: instead of an end: more than this without any event up to the end of the data; the clock stops when the
            silence has lasted that long, which is when it can be known.
        entry: first: each customer's first start; each: one start after another (those before the end of the one before
            do not count; what ends one may start the next).
        by: a field or property to break it down by, read at the start.
        since: select starts.
        until: the end of what is known: nothing from then on is used, and who is waiting was watched until then. The
            end of the data if not given.
    """

    analysis: ClassVar[str] = "timing"

    start: str | None = None
    end: str | None = None
    start_where: Condition | None = None
    end_where: Condition | None = None
    silent: Duration | None = None
    entry: Literal["first", "each"] = "first"
    by: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> TimingSpec:
        if self.silent is not None and (self.end is not None or self.end_where is not None or self.entry == "each"):
            raise BadInput("silent_alone")
        return self

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        wheres = names_in(self.where, self.start_where, self.end_where)
        return wheres | {"time_basis"} | ({self.by} if self.by else set())

    def pair(self) -> FunnelSpec:
        """The start and the end as steps of a funnel, which say what each row is."""
        ends = ({"event": self.start, "where": self.start_where}, {"event": self.end, "where": self.end_where})
        return FunnelSpec.model_validate({"steps": ends if self.silent is None else ends[:1]})


SPEC = TimingSpec


@dataclass
class Spells:
    """The spells of a block: from a start to an end, or to where watching ends.

    Attributes:
        who: the customer's line in the block.
        starts, ends: the rows of both; of one that has not ended the start's, of silence the last event's.
        watched: how long it lasted, or could be watched, µs.
        happened: whether it ended, one byte each.
    """

    who: Array
    starts: Array
    ends: Array
    watched: Array
    happened: Array


@dataclass
class State:
    """Integers by group.

    Attributes:
        customers: with a start.
        starts: counted ones.
        untimed: starts left out of everything else, since a time is not exact.
        times: how long each start was watched, by two lines a group: those to whom it happened, those still waiting.
    """

    customers: Array
    starts: Array
    untimed: Array
    times: Durations


class Timing:
    """Timing as engines fold it."""

    def __init__(self, spec: TimingSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]
        self.pair = spec.pair()
        self.horizon = min(snapshot.times[1], spec.span()[1])
        for step in self.pair.steps:
            for name in step.names:
                snapshot.code(name)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        size = len(self.groups)
        customers, starts, untimed = np.zeros((3, size), np.int64)
        return State(customers, starts, untimed, Durations(2 * size))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        found = self.spells(block)
        groups = block.codes(self.spec.by)[0] if self.spec.by else NOTHING
        marks = state.times.room(len(found.who))
        written = tally_spells(
            found.starts, found.ends, found.watched, found.happened, groups, exact_rows(block), state.times.bins,
            marks, state.untimed,
        )  # fmt: skip
        state.times.add(marks[:written])
        codes = groups[found.starts].astype(np.int64) if self.spec.by else np.zeros(len(found.who), np.int64)
        state.starts += np.bincount(codes, minlength=len(self.groups))
        once = np.unique(found.who * np.int64(len(self.groups)) + codes) % len(self.groups)
        state.customers += np.bincount(once, minlength=len(self.groups))
        return state

    def spells(self, block: Block) -> Spells:
        """The spells of a block's customers."""
        spec, room = self.spec, block.rows if self.spec.entry == "each" else block.customers
        kinds = (np.int64, np.int64, np.int64, np.int64, np.uint8)
        out = [np.empty(room, kind) for kind in kinds]
        given = (
            block.column("offsets"), block.column("time"), step_bits(self.pair, block, self.snapshot), block.keep,
            view_of(block, self.snapshot, spec.where), *spec.span(), self.horizon,
        )  # fmt: skip
        if spec.silent is None:
            found = spells(*given, int(spec.entry == "each"), *out)
        else:
            found = silences(*given, spec.silent, *out)
        return Spells(*(array[:found] for array in out))

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("customers", "starts", "untimed"):
            getattr(left, name)[...] += getattr(right, name)
        left.times.merge(right.times)
        return left


class TimingResult(Result):
    """The answer.

    Who is still waiting when the data end was watched until then and is not counted as lost: the curve is Kaplan and
    Meier's (Journal of the American Statistical Association 53 (1958) 457–481), from counts by duration at a
    resolution of 1/64 (±0.8 %).

    Attributes:
        table: a row, or one per group with starts, most first: a column named by `by`, ``customers``, ``starts``,
            ``happened`` (starts that came to their end), ``waiting`` (those that have not), ``p25_time``,
            ``median_time``, ``p75_time``, ``p90_time`` of what happened (nearest rank, µs), ``kaplan_meier`` (the share
            expected to come to the end within the longest time seen) with its 95 % interval ``low`` … ``high``
            (Greenwood, on the log-log scale; null where starts are not timed and no other happened), and
            ``half_time``, by which half of all starts are expected to, with its interval ``half_low_time`` …
            ``half_high_time``; null where that was not reached.
        curve: the group, ``time`` since the start (µs), ``share`` that has come to the end by then, ``low``, ``high``,
            ``at_risk`` (starts still watched just before).
        log_rank: a test of whether the groups' curves differ; None without at least two groups.
    """

    log_rank: LogRank | None

    def __init__(self, question: Timing, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        spec = question.spec
        there = [g for g in np.argsort(-state.starts, kind="stable").tolist() if state.starts[g]]
        there = there if spec.by else [0]
        counts = [state.times.of(2 * g + side) for side in (0, 1) for g in there]
        happened, waiting = np.array(counts, np.int64).reshape(2, len(there), BINS)
        curves = [kaplan_meier(*pair) for pair in zip(happened, waiting, strict=True)]
        self.log_rank = log_rank(happened, waiting) if len(there) > 1 else None
        groups = [question.groups[g] for g in there]
        self.watched = dict(zip(groups, happened + waiting, strict=True))
        table = _table(state, there, happened, waiting, curves)
        curve = pa.concat_tables([points(one) for one in curves] or [points(NOBODY)])
        if spec.by:
            name = column_named(spec.by, table.column_names)
            table = table.add_column(0, name, pa.array(groups, pa.string()))
            sizes = [len(one.bins) for one in curves]
            curve = curve.add_column(0, name, pa.array(np.repeat(np.array(groups, object), sizes), pa.string()))
        super().__init__(spec, table, question.snapshot.token, self._notes(state))
        self.curve = curve

    def _notes(self, state: State) -> list[Note]:
        notes = []
        if self.log_rank is not None:
            p = self.log_rank.p_value
            told = "< 0.001" if p < 0.001 else f"= {p:.3f}"
            notes.append(
                Note("log_rank_differ" if p < 0.05 else "log_rank_same", groups=self.log_rank.freedom + 1, p=told)
            )
        if self._question.spec.entry == "each" and state.starts.sum() > state.customers.sum():
            notes.append(Note("dependent_starts"))
        if untimed := int(state.untimed.sum()):
            notes.append(Note("untimed_starts", starts=untimed))
        return notes

    def at_risk(self, group: str | None, times: list[int]) -> list[int]:
        """How many starts of a group (None: of all, or of the missing value) were still watched at some times (µs)."""
        running = np.concatenate([[0], np.cumsum(self.watched[group])])
        places = np.searchsorted(middles(), np.array(times))
        return [int(n) for n in running[-1] - running[places]]

    def customers(
        self, happened: bool | None = True, group: Group = ..., *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a number.

        Args:
            happened: customers with a start that came to its end; False: with one that has not; None: with any.
            group: the value of the breakdown, None for missing; all of them if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted, each once.

        Raises:
            BadInput: there is no such group.
            Erased: somebody was forgotten since the starts were counted.
        """
        question = self._question
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)

        def lines(block: Block) -> Array:
            found = question.spells(block)
            which = np.ones(len(found.who), bool)
            if happened is not None:
                exact = exact_rows(block)
                which = (found.happened != 0) == happened
                if len(exact):
                    which &= (exact[found.starts] & exact[found.ends]) != 0
            if code is not None and question.spec.by:
                which &= block.codes(question.spec.by)[0][found.starts] == code
            who: Array = found.who[which]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """One customer's starts: a row each.

        Its columns: ``began``, ``start`` (the event), ``status`` (``happened``, ``waiting``, ``untimed``), ``ended``
        and ``end`` (of silence the last event, null where it is still waiting), ``time`` (how long it took, or was
        watched, µs; null where it is not timed).

        Raises:
            UnknownName: nobody has the identifier.
        """
        question = self._question
        (block, line), name = found(question.snapshot, customer)
        spells, exact = question.spells(block), exact_rows(block)
        own = np.flatnonzero(spells.who == line)
        event, time, silent = block.column("event"), block.column("time"), question.spec.silent is not None
        rows = []
        said = [Said("timing", customer=name, starts=len(own))]
        for start, end, watched, happened in zip(
            *(part[own].tolist() for part in (spells.starts, spells.ends, spells.watched, spells.happened)), strict=True
        ):
            status = "happened" if happened else "waiting"
            if len(exact) and not (exact[start] and exact[end]):
                status = "untimed"
                watched = None
            over = None if end == start and not silent else end
            row = {
                "began": int(time[start]), "start": question.snapshot.events[int(event[start])], "status": status,
                "ended": None if over is None else int(time[over]),
                "end": None if over is None else question.snapshot.events[int(event[over])], "time": watched,
            }  # fmt: skip
            rows.append(row)
            said.append(_told(row, silent))
        kinds = {
            "began": pa.int64(),
            "start": pa.string(),
            "status": pa.string(),
            "ended": pa.int64(),
            "end": pa.string(),
        }
        table = pa.Table.from_pylist(rows, schema=pa.schema({**kinds, "time": pa.int64()}))
        for place, column in ((0, "began"), (3, "ended")):
            table = table.set_column(place, column, times(table[column].to_pylist()))
        return Explained(name, table, said)


def _told(row: dict[str, Any], silent: bool) -> Said:
    code = f"silence_{row['status']}" if silent else f"spell_{row['status']}"
    values: dict[str, Value] = {"start": row["start"], "began": said_time(row["began"])}
    if row["time"] is not None:
        values["time"] = Took(row["time"])
    if row["ended"] is not None:
        values |= {"end": row["end"], "ended": said_time(row["ended"])}
    return Said(code, **values)


def _table(state: State, there: list[int], happened: Array, waiting: Array, curves: list[Curve]) -> pa.Table:
    last = [
        curve.last(unseen=int(state.untimed[g])) if state.starts[g] else (None,) * 3
        for g, curve in zip(there, curves, strict=True)
    ]
    halves = [curve.median() for curve in curves]
    columns: dict[str, Any] = {
        "customers": state.customers[there],
        "starts": state.starts[there],
        "happened": happened.sum(1),
        "waiting": waiting.sum(1),
    }
    for name, share in (("p25_time", 0.25), ("median_time", 0.5), ("p75_time", 0.75), ("p90_time", 0.9)):
        columns[name] = pa.array(quantiles(happened, share), pa.int64())
    for place, name in enumerate(("kaplan_meier", "low", "high")):
        columns[name] = pa.array([one[place] for one in last], pa.float64())
    for place, name in enumerate(("half_time", "half_low_time", "half_high_time")):
        times = [one[place] for one in halves]
        columns[name] = pa.array([None if t is None else round(float(middles()[t])) for t in times], pa.int64())
    return pa.table(columns)


def run(spec: TimingSpec, snapshot: Snapshot, engine: Engine) -> TimingResult:
    """Answer the question."""
    snapshot.prepare(spec.reads())
    question = Timing(spec, snapshot)
    return TimingResult(question, engine.fold(question, snapshot), engine)
