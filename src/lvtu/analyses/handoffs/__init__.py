"""Hand-offs: A was done; did B follow within its time, later, or never?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, view_of
from lvtu.analyses.columns import model_columns
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.groups import values_of
from lvtu.analyses.handoffs.spec import HandoffsSpec, Pair
from lvtu.analyses.intervals import ratios, wilson
from lvtu.analyses.members import Members, code_of, names_of
from lvtu.analyses.scratch import scratch
from lvtu.analyses.survival import kaplan_meier
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.kernels import handoffs as kernels
from lvtu.kernels.durations import BINS, bin_of, medians, quantiles
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.handoffs.explain import HandoffsExplained

SPEC = HandoffsSpec

Status = Literal["kept", "late", "broken", "pending", "untimed"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""What may become of a hand-off, in the order of the kernels' numbers (`lvtu.kernels.handoffs`)."""


@dataclass
class State:
    """Integers by pair.

    Attributes:
        counts: hand-offs by status, (pairs, statuses).
        sums: customers, and what `lvtu.kernels.handoffs.tally` sums over them, (pairs, 6).
        kept, late, waits: times by bin, (pairs, bins), of hand-offs kept and late, and what the pending ones waited.
    """

    counts: Array
    sums: Array
    kept: Array
    late: Array
    waits: Array


@dataclass
class Handed:
    """The hand-offs of one pair in a block, a line each. Arrays are this thread's until its next pair.

    Attributes:
        who: the customer's line in the block, ascending.
        given: the row that handed over.
        taken: the row that took over, -1 for none.
        status: the number of its status.
    """

    who: Array
    given: Array
    taken: Array
    status: Array


class Handoffs:
    """Hand-offs as engines fold them."""

    def __init__(self, spec: HandoffsSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        values = values_of(snapshot, spec.column)
        self.roles = np.zeros((len(spec.pairs), len(values)), np.uint8)
        for roles, pair in zip(self.roles, spec.pairs, strict=True):
            for role, names in ((1, pair.source), (2, pair.target)):
                for name in (names,) if isinstance(names, str) else names:
                    roles[_codes(spec, snapshot, name)] |= role

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        shapes = (len(STATUSES), 6, BINS, BINS, BINS)
        return State(*(np.zeros((len(self.spec.pairs), width), np.int64) for width in shapes))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        horizon, time = self.snapshot.times[1], block.column("time")
        for place, (pair, found) in enumerate(zip(self.spec.pairs, self.handed(block), strict=True)):
            kernels.tally(
                found.who, found.given, found.taken, found.status, time, pair.within, horizon, state.counts[place],
                state.sums[place], state.kept[place], state.late[place], state.waits[place],
            )  # fmt: skip
        return state

    def handed(self, block: Block) -> Iterator[Handed]:
        """The hand-offs of a block, pair by pair."""
        spec, codes, time = self.spec, block.codes(self.spec.column)[0], block.column("time")
        view, exact = view_of(block, self.snapshot, spec.where), exact_rows(block)
        who, given = scratch("who", block.rows, np.uint32), scratch("given", block.rows, np.int64)
        taken, status = scratch("taken", block.rows, np.int64), scratch("status", block.rows, np.uint8)
        for pair, roles in zip(spec.pairs, self.roles, strict=True):
            n = kernels.handed(
                block.column("offsets"), time, codes, roles, block.keep, view, *spec.span(), int(spec.match == "own"),
                who, given, taken,
            )  # fmt: skip
            found = Handed(who[:n], given[:n], taken[:n], status[:n])
            kernels.judge(found.given, found.taken, time, exact, pair.within, self.snapshot.times[1], found.status)
            yield found

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("counts", "sums", "kept", "late", "waits"):
            getattr(left, name)[...] += getattr(right, name)
        return left


def title_of(side: str | Sequence[str]) -> str:
    """What a source or target is called."""
    return side if isinstance(side, str) else " | ".join(side)


def _codes(spec: HandoffsSpec, snapshot: Snapshot, name: str) -> list[int]:
    """The codes of a source or target."""
    if spec.column == spec.by:
        return [snapshot.code(name) if spec.by == "event" else code_of(snapshot, spec.by, name)]
    touchpoints = model_columns(snapshot).model.touchpoints
    owners = sorted({point.owner for point in touchpoints if point.owner is not None})
    if name not in owners:
        raise UnknownName("owner", name, owners)
    return [code_of(snapshot, spec.column, point.id) for point in touchpoints if point.owner == name]


class HandoffsResult(Result):
    """The answer.

    Attributes:
        table: one row per pair: ``pair`` (its number), ``source``, ``target``, ``within`` (µs), ``handoffs`` (all that
            was handed over), ``customers`` (whose); of the hand-offs those taken over in time (``kept``), later
            (``late``), or not at all though the time is over (``broken``); those that still had time when the data end
            (``pending``) and those whose times are not exact (``untimed``), of which nothing else is known. ``share``
            is that of kept in those whose time is over (``mature``: who was quick yesterday is no more in it than who
            still has time), with a 95 % interval ``low`` … ``high``: Wilson's, on as many hand-offs as tell as much
            where those of one customer are alike. ``median_time`` and ``p90_time`` (µs, ±1 %) of those taken over, in
            time or not. ``kaplan_meier``: the share expected to be kept, from all of them, the pending ones for as long
            as they were watched.

    Source: of the interval, E. L. Korn & B. I. Graubard, Survey Methodology 24 (1998) 193–201.
    """

    def __init__(self, question: Handoffs, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        pairs, counts = question.spec.pairs, state.counts
        mature = state.sums[:, 1]
        ends = [_interval(*sums) for sums in state.sums[:, 1:].tolist()]
        times = state.kept + state.late
        by_status: dict[str, Array] = {status: counts[:, place] for place, status in enumerate(STATUSES)}
        table = pa.table(
            {
                "pair": pa.array(range(1, len(pairs) + 1), pa.int32()),
                "source": pa.array([title_of(pair.source) for pair in pairs], pa.string()),
                "target": pa.array([title_of(pair.target) for pair in pairs], pa.string()),
                "within": pa.array([pair.within for pair in pairs], pa.int64()),
                "handoffs": counts.sum(1),
                "customers": state.sums[:, 0],
                **by_status,
                "mature": mature,
                "share": ratios(state.sums[:, 2], mature),
                "low": pa.array([low for low, _ in ends], pa.float64()),
                "high": pa.array([high for _, high in ends], pa.float64()),
                "median_time": pa.array(medians(times), pa.int64()),
                "p90_time": pa.array(quantiles(times, 0.9), pa.int64()),
                "kaplan_meier": pa.array([_in_the_end(pairs, state, i) for i in range(len(pairs))], pa.float64()),
            }
        )
        notes = []
        if pending := int(counts[:, STATUSES.index("pending")].sum()):
            notes.append(Note("pending_handoffs", handoffs=pending))
        if untimed := int(counts[:, STATUSES.index("untimed")].sum()):
            notes.append(Note("untimed_handoffs", handoffs=untimed))
        super().__init__(question.spec, table, question.snapshot.token, notes)

    def customers(
        self, pair: int, status: Status | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a number: the customers with a hand-off that came to be so.

        Args:
            pair: its number, 1-based.
            status: ``kept``, ``late``, ``broken``, ``pending``, ``untimed``; None for any.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted; a customer with several such hand-offs once.

        Raises:
            UnknownName: there is no such status.
            BadInput: there is no such pair.
            Erased: somebody was forgotten since the hand-offs were counted.
        """
        question = self._question
        if status is not None and status not in STATUSES:
            raise UnknownName("status", status, STATUSES)
        if not 1 <= pair <= len(question.spec.pairs):
            raise BadInput("no_pair", pair=pair, known=[f"1 … {len(question.spec.pairs)}"])

        def lines(block: Block) -> Array:
            found = next(found for number, found in enumerate(question.handed(block), 1) if number == pair)
            who: Array = found.who if status is None else found.who[found.status == STATUSES.index(status)]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> HandoffsExplained:
        """What a customer's hand-offs were, which events took over, and when.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.handoffs.explain import explain

        return explain(self._question, customer)


def _interval(n: int, kept: int, kept_2: int, both: int, n_2: int) -> tuple[float | None, float | None]:
    """The interval of a share of hand-offs; see `lvtu.kernels.handoffs.tally` for the sums over customers.

    The hand-offs of one customer are alike, so that n of them tell less than n of n customers: Wilson's interval with n
    divided by the design effect, the variance of the ratio over clusters (linearized) to that of independent ones.
    Where all are kept, or none, the clusters say nothing of it, and it is taken to be as large as it can be.
    """
    if not n:
        return None, None
    share, effect = kept / n, n_2 / n
    if 0 < kept < n:
        spread = kept_2 - 2 * share * both + share * share * n_2
        effect = max(spread / (share * (1 - share) * n), 1.0)
    return wilson(kept / effect, n / effect) or (None, None)


def _in_the_end(pairs: Sequence[Pair], state: State, place: int) -> float | None:
    """The share expected to be kept: what is late or broken was watched to the end of its time without success."""
    late, broken = state.counts[place, 1:3].tolist()
    censored = state.waits[place].copy()
    last = int(bin_of(np.int64(pairs[place].within)))
    censored[last] += late + broken
    known = state.kept[place].any() or censored.any()
    return kaplan_meier(state.kept[place], censored).last()[0] if known else None


def run(spec: HandoffsSpec, snapshot: Snapshot, engine: Engine) -> HandoffsResult:
    """Answer the question."""
    snapshot.prepare(spec.reads())
    question = Handoffs(spec, snapshot)
    return HandoffsResult(question, engine.fold(question, snapshot), engine)
