"""What changing a journey model would move, before it is saved: counts by stage, and who goes from where to where."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np
import pyarrow as pa
from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema, model_validator

from lvtu.analyses.base import Result
from lvtu.analyses.members import Members, names_of
from lvtu.analyses.stages import Stages, StagesSpec
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.model.columns import ModelColumns
from lvtu.core.model.journey import JourneyModel
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

Side = Literal["before", "after", "gained", "lost"]
"""Which of the customers behind a row: those of a column."""

Change = Annotated[
    JourneyModel,
    BeforeValidator(JourneyModel.load),
    PlainSerializer(JourneyModel.document),
    WithJsonSchema({"type": "object"}),
]
"""A journey model, or the document, the YAML or the path of one."""


class ModelChangeSpec(StagesSpec):
    """What changing a journey model would move.

    Attributes:
        change: the model as it would be: a file of YAML, say.
        model: the model that it is compared with, by its key, with @3 for a version; the newest one of the same key if
            not given.
    """

    analysis: ClassVar[str] = "model_change"

    change: Change

    @model_validator(mode="before")
    @classmethod
    def _of_the_same_key(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("model") is None and "change" in values:
            return {**values, "model": JourneyModel.load(values["change"]).key}
        return values


SPEC = ModelChangeSpec


@dataclass
class State:
    """Integers.

    Attributes:
        before, after: customers who entered each stage of the one and of the other model.
        both: who entered the stage before and after, by stage of the new model (0 where the old one lacks it).
        moves: customers by the stage they are in before and after, (old stages + 1, new stages + 1), first for none.
    """

    before: Array
    after: Array
    both: Array
    moves: Array


@dataclass
class Came:
    """What one model says of all lines of a block.

    Attributes:
        entered: who entered which stage, (lines, stages).
        standing: the place of the stage that each is in, -1 for none.
    """

    entered: Array
    standing: Array


class ModelChange:
    """Two models as engines fold them, at once."""

    def __init__(self, spec: ModelChangeSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.before = Stages(spec, snapshot)
        change = spec.change
        self.after = Stages(spec, snapshot.through(ModelColumns(lambda: change), snapshot.segments))
        old = [stage.key for stage in self.before.stages]
        self.old = [old.index(stage.key) if stage.key in old else -1 for stage in self.after.stages]
        """By stage of the new model its place in the old one, -1 for none."""

    def reads(self) -> set[str]:
        """The fields and properties it reads, those behind either model's columns among them."""
        read = [(each.columns, name) for each in (self.before, self.after) for name in each.reads()]
        return {one for of, name in read for one in (of.reads(name) if name in MODEL_FIELDS else (name,))}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        old, new = len(self.before.stages), len(self.after.stages)
        shapes: tuple[Any, ...] = (old, new, new, (old + 1, new + 1))
        return State(*(np.zeros(shape, np.int64) for shape in shapes))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        there, before, after = self.came(block)
        state.before += before.entered.sum(0)
        state.after += after.entered.sum(0)
        for place, old in enumerate(self.old):
            if old >= 0:
                state.both[place] += int((before.entered[:, old] & after.entered[:, place]).sum())
        rows, columns = state.moves.shape
        pairs = (before.standing[there] + 1) * columns + after.standing[there] + 1
        state.moves += np.bincount(pairs, minlength=rows * columns).reshape(rows, columns)
        return state

    def came(self, block: Block) -> tuple[Array, Came, Came]:
        """Which lines are of customers with any event, and what each model says of all lines."""
        seen = block.seen_by(self.after.snapshot)
        there = np.zeros(block.customers, bool)
        for lines in (self.before.present(block), self.after.present(seen)):
            there[lines] = True
        return there, _came(self.before, block), _came(self.after, seen)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for field in fields(left):
            getattr(left, field.name)[...] += getattr(right, field.name)
        return left


def _came(question: Stages, block: Block) -> Came:
    found = question.entries(block)
    entered = np.zeros((block.customers, len(question.stages)), bool)
    standing = np.full(block.customers, -1, np.int64)
    entered[found.who] = found.entered >= 0
    standing[found.who] = found.standing()
    return Came(entered, standing)


class ModelChangeResult(Result):
    """The answer.

    Attributes:
        table: one row per stage of the changed model in order, then those that it lacks: ``stage`` (its key),
            ``before`` and ``after`` (customers who enter it, null where that model has no such stage), ``gained`` and
            ``lost`` (who enters it only after the change, or only before), ``now_before`` and ``now_after`` (customers
            who are in it, see `lvtu.analyses.stages.now.StagesNow`).
        moves: ``before``, ``after`` (the stages that customers are in, null for none) and ``customers``: every customer
            is in one row; those whose stage keeps its key are in the rows where both are the same.
        moved: customers whose stage is another one.
        everyone: customers with any event.
    """

    def __init__(self, question: ModelChange, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        old, new = question.before.model, question.after.model
        moves = _moves(question, state)
        self.moves = pa.Table.from_pylist(moves, schema=_MOVES)
        self.moved = sum(row["customers"] for row in moves if row["before"] != row["after"])
        self.everyone = int(state.moves.sum())
        table = pa.Table.from_pylist(_rows(question, state), schema=_TABLE)
        unseen = question.after.unseen()
        notes = [Note("unseen_stages", stages=tuple(unseen))] if unseen else []
        super().__init__(question.spec, table, question.snapshot.token, notes)
        gone = [stage for stage in old.stages if stage.key not in {one.key for one in new.stages}]
        self.model = new.model_copy(update={"stages": (*new.stages, *gone)})

    def customers(self, stage: str, side: Side = "after", *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is behind a number of the table: who enters a stage before or after the change, or only then.

        Args:
            stage: the stage's key.
            side: ``before``, ``after``, ``gained`` or ``lost``.
            limit, offset: a page of them; all if not given.

        Raises:
            UnknownName: neither model has such a stage.
        """
        question, known = self._question, self.table["stage"].to_pylist()
        if stage not in known:
            raise UnknownName("stage", stage, known)
        if side not in ("before", "after", "gained", "lost"):
            raise BadInput("no_side", side=side, known=["before", "after", "gained", "lost"])
        places = [_place(one, stage) for one in (question.before, question.after)]

        def lines(block: Block) -> Array:
            _, *both = question.came(block)
            old, new = (
                one.entered[:, place] if place >= 0 else np.zeros(block.customers, bool)
                for one, place in zip(both, places, strict=True)
            )
            which = {"before": old, "after": new, "gained": new & ~old, "lost": old & ~new}[side]
            return np.flatnonzero(which)

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def movers(self, before: str | None, after: str | None, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who goes from one stage to another: who is behind a row of ``moves``.

        Args:
            before, after: the stages' keys; None for no stage.
            limit, offset: a page of them; all if not given.

        Raises:
            UnknownName: the model has no such stage.
        """
        question = self._question
        ends = [
            -1 if key is None else one.stages.index(one.model.stage(key))
            for one, key in ((question.before, before), (question.after, after))
        ]

        def lines(block: Block) -> Array:
            there, old, new = question.came(block)
            return np.flatnonzero(there & (old.standing == ends[0]) & (new.standing == ends[1]))

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """What the change would move of one customer, and which events decide: a row for each stage of the answer.

        Its columns: ``stage``; ``before`` and ``after`` (whether they enter it), ``now_before`` and ``now_after``
        (whether they are in it), null where that model has no such stage; and of either side ``status_…``, ``event_…``
        and ``time_…``: as `lvtu.analyses.stages.explain.StageExplained` says. Without rows the customer is not counted.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.model_change.explain import explain

        return explain(self._question, customer)


_WHOLE = pa.int64()
_TABLE = pa.schema(
    {"stage": pa.string()} | dict.fromkeys(("before", "after", "gained", "lost", "now_before", "now_after"), _WHOLE)
)
_MOVES = pa.schema({"before": pa.string(), "after": pa.string(), "customers": _WHOLE})


def _rows(question: ModelChange, state: State) -> list[dict[str, Any]]:
    now_before, now_after = state.moves.sum(1).tolist(), state.moves.sum(0).tolist()
    rows: list[dict[str, Any]] = []
    for place, (stage, old) in enumerate(zip(question.after.stages, question.old, strict=True)):
        after, both = int(state.after[place]), int(state.both[place])
        before = int(state.before[old]) if old >= 0 else None
        rows.append({
            "stage": stage.key, "before": before, "after": after, "gained": after - both, "lost": (before or 0) - both,
            "now_before": now_before[old + 1] if old >= 0 else None, "now_after": now_after[place + 1],
        })  # fmt: skip
    for old, stage in enumerate(question.before.stages):
        if old not in question.old:
            before = int(state.before[old])
            rows.append({"stage": stage.key, "before": before, "gained": 0, "lost": before,
                         "now_before": now_before[old + 1]})  # fmt: skip
    return rows


def _moves(question: ModelChange, state: State) -> list[dict[str, Any]]:
    """Every pair of stages that customers are in, in the order of the stages, none last."""
    old, new = ([*(stage.key for stage in one.stages), None] for one in (question.before, question.after))
    moves = np.roll(state.moves, -1, axis=(0, 1))
    return [{"before": old[i], "after": new[j], "customers": int(moves[i, j])} for i, j in np.argwhere(moves).tolist()]


def _place(question: Stages, stage: str) -> int:
    keys = [one.key for one in question.stages]
    return keys.index(stage) if stage in keys else -1


def run(spec: ModelChangeSpec, snapshot: Snapshot, engine: Engine) -> ModelChangeResult:
    """Answer the question."""
    question = ModelChange(spec, snapshot)
    snapshot.prepare(question.reads())
    return ModelChangeResult(question, engine.fold(question, snapshot), engine)
