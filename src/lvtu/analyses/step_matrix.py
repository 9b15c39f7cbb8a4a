"""Step matrix: which share of customers is where, so many steps before an anchor and after it."""

from __future__ import annotations

from dataclasses import dataclass
from types import EllipsisType
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np
import pyarrow as pa
from pydantic import Field, model_validator

from lvtu.analyses.base import Result, mask_of, names_in
from lvtu.analyses.compare import segment_notes, tested
from lvtu.analyses.explained import Explained
from lvtu.analyses.members import Members, code_of, names_of
from lvtu.analyses.scratch import scratch
from lvtu.analyses.walks import Anchors, Nodes, Walker, WalkSpec, mark
from lvtu.analyses.walks.explain import matrix_explained
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.walks import count_places
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

Where: TypeAlias = "str | EllipsisType | None"
"""A place of the table, None for missing; ``...`` for any."""


class StepMatrixSpec(WalkSpec):
    """Where customers are at each step around an anchor.

    Attributes:
        before: how many steps before the anchor; none without a start.
        after: how many after it.
        top: how many names have a row of their own, those of most customers over all steps; the rest is ``*other``.
        entry: which anchor of a customer or session counts, ``first`` or ``latest``.
    """

    analysis: ClassVar[str] = "step_matrix"

    before: int = Field(default=3, ge=0, le=50)
    after: int = Field(default=5, ge=0, le=50)
    entry: Literal["first", "latest"] = "first"

    @model_validator(mode="after")
    def _consistent(self) -> StepMatrixSpec:
        if not self.names and self.entry != "first":
            raise BadInput("entry_without_start", entry=self.entry)
        return self

    @property
    def steps(self) -> list[int]:
        """The steps, counted from the anchor."""
        return list(range(-self.before if self.names else 0, self.after + 1))


SPEC = StepMatrixSpec


@dataclass
class State:
    """Integers.

    Attributes:
        started: customers (or sessions) with an anchor, by segment.
        customers: by segment, step and code of the place; 0 for none.
        overlap: those in both of two segments, (1,).
    """

    started: Array
    customers: Array
    overlap: Array


class StepMatrix:
    """A step matrix as engines fold it.

    Args:
        spec: the question.
        snapshot: what it is asked of.
        segments: conditions on the anchor's event, each of which is counted by itself; none for everybody.
    """

    def __init__(self, spec: StepMatrixSpec, snapshot: Snapshot, segments: tuple[str, ...] = ()) -> None:
        self.spec, self.snapshot, self.segments = spec, snapshot, segments
        self.walker = Walker(spec, snapshot)
        self.ends = mark("not_begun", self.walker.names), mark("left", self.walker.names)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads() | names_in(*self.segments)

    def codes(self, block: Block) -> tuple[Anchors, Array]:
        """The anchors of a block, and the codes of the places around each, (anchors, steps)."""
        anchors, steps = self.walker.anchors(block), self.spec.steps
        return anchors, anchors.around(self.spec, -steps[0], steps[-1])

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        groups, steps = max(len(self.segments), 1), len(self.spec.steps)
        customers = np.zeros((groups, steps * len(self.walker.names)), np.int64).reshape(groups, steps, -1)
        return State(np.zeros(groups, np.int64), customers, np.zeros(1, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        anchors, codes = self.codes(block)
        sides = [mask_of(block, condition)[anchors.rows] != 0 for condition in self.segments]
        parts = [(codes[side], anchors.units[side]) for side in sides] or [(codes, anchors.units)]
        for group, (part, units) in enumerate(parts):
            last = scratch("last_unit", state.customers[group].size, np.int64).reshape(state.customers[group].shape)
            last[:] = -1
            count_places(part, units, last, state.customers[group])
            state.started[group] += len(units)
        if len(sides) > 1:
            state.overlap += (sides[0] & sides[1]).sum()
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("started", "customers", "overlap"):
            getattr(left, name)[...] += getattr(right, name)
        return left

    def place(self, step: int, node: int, nodes: Nodes) -> str | None:
        """What the table calls a node."""
        return nodes.name(0, node, None if step == 0 else self.ends[step > 0])


class StepMatrixResult(Result):
    """The answer.

    Attributes:
        table: one row per step and place, steps in order and places in that of their customers over all steps: ``step``
            (below 0 before the anchor), ``place``, ``customers`` (sessions with unit sessions), ``share`` (of
            `started`).
            ``*other`` are all names without a row of their own, ``*not_begun`` those whose path had not begun yet,
            ``*left`` those whose path is over; where that is somebody's name, it has another star. Null is an anchor
            without a value. The customers of each step are all that started.
        started: customers (sessions) with an anchor.
        places: the places of the table in the order of their rows in a matrix.
    """

    def __init__(self, question: StepMatrix, state: State, engine: Engine) -> None:
        self._question, self._engine, spec = question, engine, question.spec
        self.started, counts = int(state.started[0]), state.customers[0]
        overall = np.broadcast_to(counts.sum(0), counts.shape)
        self._nodes = Nodes.of(overall, question.walker.names, spec.top)
        self.marks = {self._nodes.other: "other", question.ends[0]: "not_begun", question.ends[1]: "left"}
        rows = [
            {"step": step, "place": question.place(step, node, self._nodes), "customers": customers,
             "share": customers / self.started}
            for step, sums in zip(spec.steps, by_node(counts, self._nodes).tolist(), strict=True)
            for node, customers in _ended_last(sums) if customers
        ]  # fmt: skip
        self.places = _in_order(rows, self._nodes, question.ends)
        kinds = {"step": pa.int32(), "place": pa.string(), "customers": pa.int64(), "share": pa.float64()}
        super().__init__(spec, pa.Table.from_pylist(rows, schema=pa.schema(kinds)), question.snapshot.token)

    def customers(self, step: int, place: Where = ..., *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is behind a number: the customers who are at a place at a step.

        Args:
            step: counted from the anchor, below 0 before it.
            place: as in the table; any if not given. A name without a row of its own may be asked for too.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted, each once.

        Raises:
            BadInput: the matrix has no such step.
            UnknownName: there is no such name.
            Erased: somebody was forgotten since the matrix was counted.
        """
        question, steps = self._question, self._question.spec.steps
        if step not in steps:
            raise BadInput("no_matrix_step", step=step, first=steps[0], last=steps[-1])
        column, table = steps.index(step), self._nodes.table[0]

        def lines(block: Block) -> Array:
            anchors, codes = question.codes(block)
            here = codes[:, column]
            if place is ...:
                return anchors.who
            if place == (question.place(step, 0, self._nodes)):
                found = here == 0
            elif place == self._nodes.other:
                found = table[here] == self._nodes.width - 1
            else:
                found = (here == code_of(question.snapshot, question.spec.by, place)) & (here != 0)
            who: Array = anchors.who[found]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """Where one customer is: a row for each step of each walk of theirs.

        Its columns: ``walk`` (its number), of sessions also ``session``, ``step``, ``place`` as in the table, and the
        event there: ``event``, ``time``, ``message_id``, null where there is none.

        Args:
            customer: any identifier of theirs.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the matrix was counted.
        """
        return matrix_explained(self, self._question, self._nodes, customer)

    def compare(self, a: str, b: str) -> StepMatrixComparison:
        """Two segments side by side: at which step is which share elsewhere, by more than chance?

        Args:
            a, b: conditions on the anchor's event.

        Returns:
            ``.table`` with both segments' customers and shares, the difference, its interval and p-values.

        Raises:
            BadInput: a condition cannot be read, or names what does not exist.
        """
        question = self._question
        both = StepMatrix(question.spec, question.snapshot, (a, b))
        question.snapshot.prepare(both.reads())
        found = StepMatrixComparison(both, self._engine.fold(both, question.snapshot), self._nodes)
        found.model, found.naming = self.model, self.naming
        return found


class StepMatrixComparison(Result):
    """Two segments' step matrices.

    Attributes:
        table: one row per step and place, as in the matrix: ``step``, ``place``, ``customers_a``, ``customers_b``,
            ``share_a``, ``share_b``, ``difference`` (a minus b) with its 95 % interval ``low`` … ``high`` (Newcombe),
            ``p_value`` (two-sided, pooled z test) and ``p_adjusted`` (Holm, over all cells). Places where nobody is or
            everybody, and empty segments, are not tested (null).
        started: customers (sessions) with an anchor, by segment.
        segments: the two conditions.
        overlap: those in both segments.
        places: the places of the table in the order of their rows in a matrix.
    """

    def __init__(self, question: StepMatrix, state: State, nodes: Nodes) -> None:
        spec = question.spec
        self.segments, self.overlap = question.segments, int(state.overlap[0])
        self.started: tuple[int, ...] = tuple(state.started.tolist())
        self.marks = {nodes.other: "other", question.ends[0]: "not_begun", question.ends[1]: "left"}
        rows: list[dict[str, Any]] = []
        in_a, in_b = (by_node(counts, nodes) for counts in state.customers)
        for step, sums in zip(spec.steps, np.stack([in_a, in_b], 2).tolist(), strict=True):
            rows += [
                {"step": step, "place": question.place(step, node, nodes), "customers_a": here[0],
                 "customers_b": here[1], "untested": sum(here) == sum(self.started)}
                for node, here in _ended_last(sums) if any(here)
            ]  # fmt: skip
        self.places = _in_order(rows, nodes, question.ends)
        table = tested(rows, self.started, "share", {"step": pa.int32(), "place": pa.string()})
        notes = segment_notes(spec.unit, self.overlap, dict(zip(self.segments, self.started, strict=True)))
        tests = len(rows) - table["p_value"].null_count
        if tests > 1:
            notes.append(Note("several_cells", tests=tests))
        super().__init__(spec, table, question.snapshot.token, notes)

    @property
    def kind(self) -> str:
        """What kind of answer it is, by which it is drawn."""
        return "step_matrix_compare"


def by_node(counts: Array, nodes: Nodes) -> Array:
    """Customers by step and node, of those by step and code."""
    return np.stack([np.bincount(nodes.table[0], row, nodes.width) for row in counts]).astype(np.int64)


def _ended_last(sums: list[Any]) -> list[tuple[int, Any]]:
    """The nodes of a step with what is there; no place comes last."""
    numbered = list(enumerate(sums))
    return [*numbered[1:], numbered[0]]


def _in_order(rows: list[dict[str, Any]], nodes: Nodes, ends: tuple[str, str]) -> list[str | None]:
    """The places of some rows: names by their customers over all steps, then what is no name."""
    there = {row["place"] for row in rows}
    return [place for place in (*nodes.told[0], None, nodes.other, *ends) if place in there]


def run(spec: StepMatrixSpec, snapshot: Snapshot, engine: Engine) -> StepMatrixResult:
    """Answer the question."""
    snapshot.prepare(spec.reads())
    question = StepMatrix(spec, snapshot)
    return StepMatrixResult(question, engine.fold(question, snapshot), engine)
