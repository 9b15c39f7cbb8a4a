"""Flow: where customers go from an anchor, or where they come from, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from types import EllipsisType
from typing import ClassVar, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field, model_validator

from lvtu.analyses.base import Result
from lvtu.analyses.explained import Explained
from lvtu.analyses.members import Members, code_of, names_of
from lvtu.analyses.scratch import scratch
from lvtu.analyses.walks import Anchors, Nodes, Reached, Walker, WalkSpec, mark
from lvtu.analyses.walks.explain import flow_explained
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.walks import count_flows
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_FEW = 1 << 17
"""Pairs of all names at all steps that are counted in one round: a second one costs more than so many counters."""

End: TypeAlias = "str | EllipsisType | None"
"""A source or target of the table, None for missing; ``...`` for any."""


class FlowSpec(WalkSpec):
    """Where customers go from an anchor, or where they come from.

    Attributes:
        steps: how many steps are followed.
        direction: ``forward`` from the anchor, or ``backward`` to what led there.
    """

    analysis: ClassVar[str] = "flow"

    steps: int = Field(default=5, ge=1, le=50)
    direction: Literal["forward", "backward"] = "forward"

    @model_validator(mode="after")
    def _consistent(self) -> FlowSpec:
        if not self.names and self.entry != "first":
            raise BadInput("entry_without_start", entry=self.entry)
        return self


SPEC = FlowSpec


@dataclass
class State:
    """Integers.

    Attributes:
        started: customers (or sessions) with an anchor, (1,).
        customers: by step and pair of nodes.
        walks: how many times they went so, likewise; more than customers where each anchor counts.
    """

    started: Array
    customers: Array
    walks: Array


class Flow:
    """A flow as engines fold it, once the names are known that are told apart.

    Args:
        spec: the question.
        snapshot: what it is asked of.
        nodes: those names, by position counted from the anchor; None for the first round alone.
    """

    def __init__(self, spec: FlowSpec, snapshot: Snapshot, nodes: Nodes | None = None) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.way = 1 if spec.direction == "forward" else -1
        self.walker, self.width = Walker(spec, snapshot, last=self.way < 0), spec.steps + 1
        self.nodes = nodes or Nodes.of(np.zeros((self.width, len(self.walker.names))), self.walker.names, spec.top)
        self.end = mark("left" if self.way > 0 else "began", self.walker.names)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def codes(self, block: Block) -> tuple[Anchors, Array]:
        """The anchors of a block, and the codes of the places from each on, (anchors, width)."""
        anchors = self.walker.anchors(block)
        return anchors, anchors.walk(self.spec, self.way, self.spec.steps)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        shape = self.spec.steps, self.nodes.width**2
        return State(np.zeros(1, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        anchors, codes = self.codes(block)
        units = anchors.units
        state.started += int((units[1:] != units[:-1]).sum()) + min(len(units), 1)
        last = scratch("last_unit", state.customers.size, np.int64).reshape(state.customers.shape)
        last[:] = -1
        count_flows(codes, units, self.nodes.table, self.nodes.width, last, state.customers, state.walks)
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("started", "customers", "walks"):
            getattr(left, name)[...] += getattr(right, name)
        return left

    def narrowed(self, state: State) -> tuple[Flow, State]:
        """The flow with the names that are asked for, from one that tells all of them apart.

        Only where every customer has one walk: then the rest of the names is the sum of them.
        """
        steps, wide = self.spec.steps, self.nodes.width
        pairs = state.customers.reshape(steps, wide, wide)
        reached = np.vstack([pairs[:1].sum(2), pairs.sum(1)])[:, :-1]
        nodes = Nodes.of(reached, self.walker.names, self.spec.top)
        found = Flow(self.spec, self.snapshot, nodes)
        narrow = found.empty(self.snapshot)
        narrow.started += state.started
        step, source, target = np.nonzero(pairs)
        cell = nodes.table[step, source].astype(np.int64) * nodes.width + nodes.table[step + 1, target]
        np.add.at(narrow.customers, (step, cell), pairs[step, source, target])
        narrow.walks += narrow.customers
        return found, narrow

    def at(self, codes: Array, position: int, end: End) -> Array:
        """Which walks are at a source or target at a position; a name that is not told apart is itself."""
        here: Array = codes[:, position]
        if end is ...:
            found = np.ones(len(here), bool)
        elif end is None:
            found = (here == 0) & (position == 0)
        elif position and end == self.end:
            found = here == 0
        elif end == self.nodes.other:
            found = self.nodes.table[position][here] == self.nodes.width - 1
        else:
            found = here == code_of(self.snapshot, self.spec.by, end)
        return np.asarray(found)


class FlowResult(Result):
    """The answer.

    Attributes:
        table: one row per step and pair, in the order of the steps, most customers first: ``step`` (counted from the
            anchor), ``source``, ``target`` (in the order in which customers go, also with direction backward),
            ``customers`` (sessions with unit sessions), ``share`` (of `started`); with entry each also ``times`` (how
            often). ``*other`` are all names that are not told apart at their step, ``*left`` (backward ``*began``)
            stands for no further place on the path; where that is somebody's name, it has another star. Null is
            missing.
        started: customers (sessions) with an anchor. One path each, unless each anchor counts: then what comes into a
            place goes out of it or ends there, up to the last step.
    """

    def __init__(self, question: Flow, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self.started, spec = int(state.started[0]), question.spec
        self.marks = {question.nodes.other: "other", question.end: question.end.strip("*")}
        table = self._table(state)
        super().__init__(spec, table if spec.entry == "each" else table.drop_columns("times"), question.snapshot.token)

    def _table(self, state: State) -> pa.Table:
        question = self._question
        nodes, forward = question.nodes, question.way > 0
        step, cell = np.nonzero(state.walks)
        customers, times = state.customers[step, cell], state.walks[step, cell]
        near, far = (nodes.names(step + k, part, question.end) for k, part in enumerate(np.divmod(cell, nodes.width)))
        source, target = (near, far) if forward else (far, near)
        table = pa.table({
            "step": pa.array(step + 1, pa.int32()), "source": source, "target": target,
            "customers": pa.array(customers, pa.int64()), "share": pa.array(customers / max(self.started, 1)),
            "times": pa.array(times, pa.int64()),
        })  # fmt: skip
        most = [("customers", "descending"), ("times", "descending")]
        keys = [("step", "ascending"), *most, ("source", "ascending"), ("target", "ascending")]
        named = table.set_column(1, "source", source.fill_null("")).set_column(2, "target", target.fill_null(""))
        return table.take(pc.sort_indices(named, keys))

    def customers(
        self, step: int, source: End = ..., target: End = ..., *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a number: the customers who went from a source to a target at a step.

        Args:
            step: counted from the anchor, 1 being the first.
            source, target: as in the table; any if not given. A name that is not told apart there may be asked for too.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted, each once.

        Raises:
            BadInput: the flow has no such step.
            UnknownName: there is no such name.
            Erased: somebody was forgotten since the flow was counted.
        """
        question = self._question
        if not 1 <= step <= question.spec.steps:
            raise BadInput("no_flow_step", step=step, steps=question.spec.steps)
        near, far = (source, target) if question.way > 0 else (target, source)

        def lines(block: Block) -> Array:
            anchors, codes = question.codes(block)
            there = question.at(codes, step - 1, near) & question.at(codes, step, far)
            if step > 1:
                there &= codes[:, step - 1] != 0
            who: Array = anchors.who[there]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """One customer's walks: a row for each step of each, as far as they are followed.

        Its columns: ``walk`` (its number), of sessions also ``session``, ``step``, ``source`` and ``target`` as in the
        table, ``began`` and ``ended`` (when both events were, null where there is none), ``time`` (between them, µs;
        null too where one of both is not exact), ``source_message_id`` and ``target_message_id``.

        Args:
            customer: any identifier of theirs.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the flow was counted.
        """
        return flow_explained(self, self._question, customer)


def run(spec: FlowSpec, snapshot: Snapshot, engine: Engine) -> FlowResult:
    """Answer the question."""
    snapshot.prepare(spec.reads())
    first = Flow(spec, snapshot)
    names = len(first.walker.names)
    if spec.entry != "each" and spec.steps * (names + 1) ** 2 <= _FEW:
        every = Flow(spec, snapshot, Nodes.all(first.walker.names, spec.steps + 1))
        return FlowResult(*every.narrowed(engine.fold(every, snapshot)), engine)
    nodes = Nodes.of(engine.fold(Reached(first), snapshot), first.walker.names, spec.top)
    question = Flow(spec, snapshot, nodes)
    return FlowResult(question, engine.fold(question, snapshot), engine)
