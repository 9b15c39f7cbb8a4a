"""Segments: who the customers are of whom a condition is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, Spec, names_in
from lvtu.analyses.members import Members, names_of
from lvtu.analyses.whom import Group, rows_shown, with_any
from lvtu.core.expr import parse
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.segment.explain import SegmentExplained


class SegmentSpec(Spec):
    """Who fulfils a condition.

    Attributes:
        condition: of customers (did A at least 2 times), or of events, of which a customer must have one; or both; or
            the name of a segment.
        where: only customers with an event for which this is true are counted, and only such events can fulfil the
            condition's parts about single events; what customers did is looked for in the whole time line.
        since, until: likewise select events.
    """

    analysis: ClassVar[str] = "segment"

    condition: Group


SPEC = SegmentSpec


@dataclass
class State:
    """Integers.

    Attributes:
        everyone: customers with any event that is shown, (1,).
        inside: those of them in the segment, (1,).
    """

    everyone: Array
    inside: Array


class Segment:
    """A segment as engines fold it."""

    def __init__(self, spec: SegmentSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where, self.spec.condition)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(1, np.int64), np.zeros(1, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        rows = self.rows(block)
        everyone = with_any(block, rows)
        state.everyone += np.count_nonzero(everyone)
        state.inside += np.count_nonzero(everyone & having(parse(self.spec.condition), block, rows))
        return state

    def rows(self, block: Block) -> Array:
        """Which rows exist for the question, one byte each; empty for all."""
        return rows_shown(self.spec, self.snapshot, block)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.everyone += right.everyone
        left.inside += right.inside
        return left


class SegmentResult(Result):
    """The answer.

    Attributes:
        table: one row: ``condition``, ``customers`` in the segment, ``everyone`` (all customers), ``share`` of them
            (null without any).
        size: customers in the segment.
        everyone: all customers.
    """

    def __init__(self, question: Segment, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self.size, self.everyone = int(state.inside[0]), int(state.everyone[0])
        table = pa.table(
            {
                "condition": [question.spec.condition],
                "customers": [self.size],
                "everyone": [self.everyone],
                "share": pa.array([self.size / self.everyone if self.everyone else None], pa.float64()),
            }
        )
        super().__init__(question.spec, table, question.snapshot.token)

    def customers(self, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is in the segment.

        Args:
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            Erased: somebody was forgotten since the segment was counted.
        """
        question = self._question

        def lines(block: Block) -> Array:
            rows = question.rows(block)
            return np.flatnonzero(with_any(block, rows) & having(parse(question.spec.condition), block, rows))

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> SegmentExplained:
        """Why a customer is in the segment or is not: which parts of the condition are true of them.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.segment.explain import explain

        return explain(self._question, customer)


def run(spec: SegmentSpec, snapshot: Snapshot, engine: Engine) -> SegmentResult:
    """Answer the question."""
    question = Segment(spec, snapshot)
    snapshot.prepare(question.reads())
    return SegmentResult(question, engine.fold(question, snapshot), engine)
