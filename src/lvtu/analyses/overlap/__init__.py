"""How segments overlap: who is in which of them at once, and whether more of them than chance would have it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import field_validator

from lvtu.analyses.base import Result, Spec, names_in
from lvtu.analyses.intervals import Z95
from lvtu.analyses.members import Members, names_of
from lvtu.analyses.whom import Group, label_of, rows_shown, with_any
from lvtu.core.expr import parse
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

MOST = 8
"""Segments at most: they have 255 overlaps."""

_LIFT = ("lift", "lift_low", "lift_high")


class OverlapSpec(Spec):
    """Who is in which of some segments.

    Attributes:
        segments: names of segments, or conditions; two to eight.
        where: only customers with an event for which this is true are counted, and only such events can fulfil the
            segments' conditions on single events; what customers did is looked for in the whole time line.
        since, until: likewise select events.
    """

    analysis: ClassVar[str] = "overlap"

    segments: tuple[Group, ...]

    @field_validator("segments")
    @classmethod
    def _several(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not 2 <= len(value) <= MOST:
            raise BadInput("how_many_segments", given=len(value), most=MOST)
        if len(set(value)) < len(value):
            raise BadInput("segment_twice", name=next(label_of(one) for one in value if value.count(one) > 1))
        return value


SPEC = OverlapSpec


@dataclass
class State:
    """Integers.

    Attributes:
        customers: by which segments they are in (bit s for segment s), (2^segments,); place 0 is in none.
    """

    customers: Array


class Overlap:
    """Overlaps as engines fold them."""

    def __init__(self, spec: OverlapSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, *self.spec.segments)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(1 << len(self.spec.segments), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        state.customers += np.bincount(self.sets(block)[1], minlength=len(state.customers))
        return state

    def sets(self, block: Block) -> tuple[Array, Array]:
        """The customers of a block who count: their lines, and which segments each is in."""
        rows = rows_shown(self.spec, self.snapshot, block)
        found = np.zeros(block.customers, np.uint8)
        for bit, condition in enumerate(self.spec.segments):
            found |= having(parse(condition), block, rows) << np.uint8(bit)
        lines = np.flatnonzero(with_any(block, rows))
        return lines, found[lines]

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        return left


class OverlapResult(Result):
    """The answer.

    Attributes:
        table: one row for each set of segments that somebody is in, most customers first: ``segments`` (their names),
            ``customers`` who are in these and in no other, ``share`` of the union. The customers add up to the union.
        pairs: one row for each two segments: ``a``, ``b``, ``a_customers``, ``b_customers``, ``both``, ``jaccard``
            (those in both, of those in either), ``lift`` (how many times as many are in both as if the two had
            nothing to do with each other), ``lift_low`` and ``lift_high`` (its 95 % interval; null where nobody is in
            both).
        union: customers in any of the segments.
        everyone: all customers.
    """

    def __init__(self, question: Overlap, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self._counts: list[int] = state.customers.tolist()
        self.names = [label_of(condition) for condition in question.spec.segments]
        self.everyone, self.union = sum(self._counts), sum(self._counts[1:])
        there = sorted((-n, place) for place, n in enumerate(self._counts) if place and n)
        rows = [{"segments": self._named(place), "customers": -n, "share": -n / self.union} for n, place in there]
        schema = pa.schema(
            {"segments": pa.list_(pa.string()), "customers": pa.int64(), "share": pa.float64()}
        )  # fmt: skip
        self.pairs = self._pairs()
        super().__init__(question.spec, pa.Table.from_pylist(rows, schema), question.snapshot.token, self._notes())

    def _named(self, place: int) -> list[str]:
        return [name for bit, name in enumerate(self.names) if place >> bit & 1]

    def _within(self, place: int) -> int:
        """Customers in all of some segments, whatever others they are in."""
        return sum(n for at, n in enumerate(self._counts) if at & place == place)

    def _pairs(self) -> pa.Table:
        rows: list[dict[str, Any]] = []
        for a, b in combinations(range(len(self.names)), 2):
            one, other, both = self._within(1 << a), self._within(1 << b), self._within(1 << a | 1 << b)
            either = one + other - both
            values = {"a": self.names[a], "b": self.names[b], "a_customers": one, "b_customers": other, "both": both}
            rows.append(values | {"jaccard": both / either if either else None}
                        | dict(zip(_LIFT, lift(both, one, other, self.everyone), strict=True)))  # fmt: skip
        whole, real = dict.fromkeys(("a_customers", "b_customers", "both"), pa.int64()), pa.float64()
        kinds = {"a": pa.string(), "b": pa.string()} | whole | dict.fromkeys(("jaccard", *_LIFT), real)
        return pa.Table.from_pylist(rows, pa.schema(kinds))

    def _notes(self) -> list[Note]:
        empty = tuple(name for bit, name in enumerate(self.names) if not self._within(1 << bit))
        notes = [Note("empty_segments", segments=empty)] if empty else []
        return notes + ([Note("many_pairs", pairs=self.pairs.num_rows)] if self.pairs.num_rows > 1 else [])

    def customers(
        self, *segments: str, others: bool = False, limit: int | None = None, offset: int = 0
    ) -> list[str]:  # fmt: skip
        """Who is in some of the segments at once, and in none of the rest.

        Args:
            segments: names or conditions, as in the question; none for those in no segment.
            others: whether they may be in the rest too.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the question has no such segment.
            Erased: somebody was forgotten since the segments were counted.
        """
        question, place = self._question, sum({1 << self._bit(name) for name in segments})

        def lines(block: Block) -> Array:
            who, sets = question.sets(block)
            chosen: Array = who[(sets & place if others else sets) == place]
            return chosen

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """In which of the segments one customer is, and why: a row for each part of each segment's condition.

        Its columns: ``segment``, ``inside``, ``condition`` (the part), ``holds``, and ``events`` (how many of theirs it
        counted or was true of; null for sequences, paths and segments). Without rows the customer is not counted.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.overlap.explain import explain

        return explain(self._question, self.names, customer)

    def _bit(self, name: str) -> int:
        for known in (self.names, self._question.spec.segments):
            if name in known:
                return list(known).index(name)
        raise UnknownName("segment", name, self.names)


def lift(both: int, one: int, other: int, everyone: int) -> tuple[float | None, float | None, float | None]:
    """How many times as many are in two groups as if being in one said nothing of the other, with its 95 % interval.

    With p for shares of all, the lift is p(both) / (p(one) p(other)). The interval is normal on the logarithm, whose
    variance follows by the delta method from the four counts of the multinomial; where a group is empty there is no
    lift, and where nobody is in both no interval.

    Returns:
        (lift, low, high), None for what there is not.

    Example:
        >>> [round(x, 2) for x in lift(30, 60, 100, 400)]
        [2.0, 1.58, 2.53]
    """
    if not one or not other:
        return None, None, None
    found = both * everyone / (one * other)
    if not both:
        return found, None, None
    inside, alone = (1 / both - 1 / one - 1 / other), (one - both) / one**2 + (other - both) / other**2
    variance = max(both * inside**2 + alone - 1 / everyone, 0.0)
    spread = math.exp(Z95 * math.sqrt(variance))
    return found, found / spread, found * spread


def run(spec: OverlapSpec, snapshot: Snapshot, engine: Engine) -> OverlapResult:
    """Answer the question."""
    question = Overlap(spec, snapshot)
    snapshot.prepare(question.reads())
    return OverlapResult(question, engine.fold(question, snapshot), engine)
