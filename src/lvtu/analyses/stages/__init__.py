"""The stages of a journey model: how many customers reach each, and how long they stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Instant, Result, Spec, both, names_in, view_of
from lvtu.analyses.columns import model_columns
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.intervals import ratios
from lvtu.analyses.members import Members, names_of
from lvtu.analyses.scratch import scratch
from lvtu.core.model.journey import JourneyModel, Stage
from lvtu.core.model.rules import Rule
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels import stages as kernels
from lvtu.kernels.durations import BINS, medians, quantiles
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.stages.explain import StagesExplained
    from lvtu.analyses.stages.now import StagesNow


class StagesSpec(Spec):
    """How customers pass the stages of a journey model.

    Attributes:
        order: ``ordered``: a customer enters the first stage at the first event that fits its entry rule, and each
            next stage at the first event after that (in journey order; at the same time is after) that fits its own;
            one event enters one stage. ``any``: each stage at the first event that fits it, whatever came before.
        since, until: select entries into the first stage (with order any, into every stage).
        moment: look at customers as they stood at this time: of what happened later, nothing exists. Else as they stand
            when the data end.
    """

    analysis: ClassVar[str] = "stages"

    order: Literal["ordered", "any"] = "ordered"
    moment: Instant | None = None


SPEC = StagesSpec


@dataclass
class State:
    """Integers by stage.

    Attributes:
        customers: who entered it.
        with_previous: who entered it and the stage before.
        with_first: who entered it and the first stage.
        bins: times in it, (stages, bins).
        untimed: times left out because they are not exact, (1,).
        standing: who is in it now.
        everyone: customers with any event, (1,).
    """

    customers: Array
    with_previous: Array
    with_first: Array
    bins: Array
    untimed: Array
    standing: Array
    everyone: Array


@dataclass
class Entries:
    """What the customers of a block did: a line for each who entered a stage.

    Attributes:
        who: the customer's line in the block.
        entered: the row that entered each stage, (lines, stages), -1 for none.
        ended: the row that ended the time in it, likewise.
        view: the rows that exist; empty for all.
    """

    who: Array
    entered: Array
    ended: Array
    view: Array

    def standing(self) -> Array:
        """The place of the stage that each is in: the last one entered whose time has not ended; -1 for none.

        Of several stages that one event entered (with order any) it is the last in the model's order.
        """
        inside = (self.entered >= 0) & (self.ended < 0)
        last = inside.shape[1] - 1 - inside[:, ::-1].argmax(axis=1)
        return np.where(inside.any(axis=1), last, -1)


class Stages:
    """The stages of a model as engines fold them."""

    def __init__(self, spec: StagesSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.columns = model_columns(snapshot)
        self.model: JourneyModel = self.columns.model
        self.stages: Sequence[Stage] = self.model.stages
        if not self.stages:
            raise BadInput("no_stages", model=self.model.key)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        rules = [rule for stage in self.stages for rule in (*stage.entry, *stage.exit)]
        return names_in(self.spec.where) | self.columns.read_by(rules) | {"time_basis"}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        stages = len(self.stages)
        customers, previous, first, standing = (np.zeros(stages, np.int64) for _ in range(4))
        bins, untimed, everyone = np.zeros((stages, BINS), np.int64), np.zeros(1, np.int64), np.zeros(1, np.int64)
        return State(customers, previous, first, bins, untimed, standing, everyone)

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        return self.add(self.entries(block), block, state)

    def add(self, found: Entries, block: Block, state: State) -> State:
        """Add what was found of a block's customers."""
        here = found.entered >= 0
        state.customers += here.sum(0)
        state.with_previous[1:] += (here[:, 1:] & here[:, :-1]).sum(0)
        state.with_first += (here & here[:, :1]).sum(0)
        state.untimed += kernels.dwell(found.entered, found.ended, block.column("time"), exact_rows(block), state.bins)
        state.standing += np.bincount(found.standing() + 1, minlength=len(self.stages) + 1)[1:]
        state.everyone += len(_present(block, found.view))
        return state

    def entries(self, block: Block) -> Entries:
        """Who entered which stage."""
        size = (block.customers, len(self.stages))
        who = scratch("who", block.customers, np.uint32)
        entered, ended = (scratch(name, size[0] * size[1], np.int64).reshape(size) for name in ("entered", "ended"))
        exits = NOTHING
        if any(stage.exit for stage in self.stages):
            exits = self.columns.bits([stage.exit for stage in self.stages], block)
        view = self.view(block)
        find = kernels.in_order if self.spec.order == "ordered" else kernels.in_any_order
        n = find(
            block.column("offsets"), block.column("time"),
            self.columns.bits([stage.entry for stage in self.stages], block), exits, block.keep,
            view, *self.spec.span(), who, entered, ended,
        )  # fmt: skip
        return Entries(who[:n], entered[:n], ended[:n], view)

    def view(self, block: Block) -> Array:
        """Which rows exist: those of the question's view, up to its moment; empty for all."""
        view = view_of(block, self.snapshot, self.spec.where)
        if self.spec.moment is None:
            return view
        return both(view, (block.column("time") <= self.spec.moment).view(np.uint8))

    def present(self, block: Block) -> Array:
        """The lines of the customers with any event."""
        return _present(block, self.view(block))

    def unseen(self) -> list[str]:
        """The stages whose entry rules name only events that nobody ever had: a slip in the model, most often."""
        names, touchpoints = self.snapshot.events[1:], {one.id: one.events for one in self.model.touchpoints}

        def seen(rule: Rule) -> bool:
            shown = not rule.touchpoints or any(seen(inner) for id_ in rule.touchpoints for inner in touchpoints[id_])
            return shown and bool(rule.names(names))

        return [stage.key for stage in self.stages if not any(seen(rule) for rule in stage.entry)]

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for field in fields(left):
            getattr(left, field.name)[...] += getattr(right, field.name)
        return left


def _present(block: Block, view: Array) -> Array:
    lines = np.empty(block.customers, np.int64)
    return lines[: kernels.present(block.column("offsets"), block.keep, view, lines)]


class StagesResult(Result):
    """The answer.

    Attributes:
        table: one row per stage in order: ``stage`` (its key), ``customers``, ``from_previous`` (share of the stage
            before that entered this one too), ``from_start`` (share of the first stage), ``dropped`` (customers who
            did not enter the next stage; null for the last), ``median_dwell`` and ``p90_dwell`` (µs, ±1 %): the time
            from entering the stage to entering the next one or to an event of its exit rule, whichever is earlier, of
            those for whom one of the two happened; null where it did for nobody. Times that are not exact count no
            dwell. p90 is the shortest time that at least 90 % of them did not exceed.
    """

    def __init__(self, question: Stages, state: State, engine: Engine) -> None:
        self._question, self._engine, self._state = question, engine, state
        before = np.concatenate([[0], state.customers[:-1]])
        dropped = [*(state.customers[:-1] - state.with_previous[1:]).tolist(), None]
        table = pa.table(
            {
                "stage": pa.array([stage.key for stage in question.stages], pa.string()),
                "customers": state.customers,
                "from_previous": ratios(state.with_previous, before),
                "from_start": ratios(state.with_first, np.full_like(before, state.customers[0])),
                "dropped": pa.array(dropped, pa.int64()),
                "median_dwell": pa.array(medians(state.bins), pa.int64()),
                "p90_dwell": pa.array(quantiles(state.bins, 0.9), pa.int64()),
            }
        )
        notes = []
        if state.untimed[0]:
            notes.append(Note("untimed_stays", times=int(state.untimed[0])))
        if unseen := question.unseen():
            notes.append(Note("unseen_stages", stages=tuple(unseen)))
        super().__init__(question.spec, table, question.snapshot.token, notes)
        self.model = question.model

    def customers(self, stage: str, *, lost: bool = False, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is behind a number: the customers who entered a stage, or those who did not enter the next one.

        Args:
            stage: the stage's key.
            lost: those counted in ``dropped`` instead.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the model has no such stage.
            Erased: somebody was forgotten since the stages were counted.
        """
        question = self._question
        place = question.stages.index(question.model.stage(stage))
        if lost and place + 1 == len(question.stages):
            raise BadInput("last_stage", stage=stage)

        def lines(block: Block) -> Array:
            found = question.entries(block)
            which = found.entered[:, place] >= 0
            if lost:
                which &= found.entered[:, place + 1] < 0
            who: Array = found.who[which]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def now(self) -> StagesNow:
        """How many customers are in each stage now: when the data end, or at the question's ``moment``."""
        from lvtu.analyses.stages.now import StagesNow

        found = StagesNow(self._question, self._state, self._engine)
        found.naming = self.naming
        return found

    def explain(self, customer: str) -> StagesExplained:
        """Why a customer is where it is: the event that entered each stage, or the one that could not, and where now.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.stages.explain import explain

        return explain(self._question, customer)


def run(spec: StagesSpec, snapshot: Snapshot, engine: Engine) -> StagesResult:
    """Answer the question."""
    question = Stages(spec, snapshot)
    snapshot.prepare(question.reads())
    return StagesResult(question, engine.fold(question, snapshot), engine)
