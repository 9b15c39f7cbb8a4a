"""Behaviours: how many customers viewed, ordered, repurchased, complained, …, as a journey model defines them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, Spec, names_in, view_of
from lvtu.analyses.behaviours.explain import explain
from lvtu.analyses.columns import model_columns
from lvtu.analyses.explained import Explained
from lvtu.analyses.members import Members, names_of
from lvtu.core.model.behaviours import Behaviour
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.kernels.firsts import shown
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


class BehavioursSpec(Spec):
    """Who did what, by the definitions of a journey model.

    Attributes:
        since, until: select events; behaviours that are defined by silence look back from the end of the snapshot, or
            from until where that comes first.
    """

    analysis: ClassVar[str] = "behaviours"


SPEC = BehavioursSpec


@dataclass
class State:
    """Integers.

    Attributes:
        everyone: customers with any event, (1,).
        customers: by behaviour.
        events: by behaviour defined by events.
    """

    everyone: Array
    customers: Array
    events: Array


class Behaviours:
    """Behaviours as engines fold them."""

    def __init__(self, spec: BehavioursSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.columns = model_columns(snapshot)
        self.model = self.columns.model
        self.all = self.model.behaviours
        self.events = [one for one in self.all if one.events]
        self.horizon = min(snapshot.times[1], spec.span()[1])

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.spec.where) | self.columns.read_by(rule for one in self.events for rule in one.events)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(1, np.int64), np.zeros(len(self.all), np.int64), np.zeros(len(self.events), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        who, times, last = self.shown(block)
        state.everyone += len(who)
        state.events += times.sum(0)
        state.customers += [int(self.flag(one, times, last).sum()) for one in self.all]
        return state

    def shown(self, block: Block) -> tuple[Array, Array, Array]:
        """Customers with any event: the line in the block, events by behaviour, and the last event's time."""
        size = block.customers
        out = (np.empty(size, np.uint32), np.empty((size, len(self.events)), np.int64), np.empty(size, np.int64))
        n = shown(
            block.column("offsets"), block.column("time"),
            self.columns.bits([one.events for one in self.events], block), block.keep,
            view_of(block, self.snapshot, self.spec.where), *self.spec.span(), *out,
        )  # fmt: skip
        return out[0][:n], out[1][:n], out[2][:n]

    def flag(self, behaviour: Behaviour, times: Array, last: Array) -> Array:
        """Which of some customers show a behaviour."""
        place = {one.key: number for number, one in enumerate(self.events)}
        if behaviour.repeats is not None:
            of = [place[key] for key in behaviour.repeats.of]
            return np.asarray((times[:, of] >= behaviour.repeats.times).any(axis=1))
        if behaviour.silent is not None:
            return np.asarray(self.horizon - last > behaviour.silent)
        return np.asarray(times[:, place[behaviour.key]] > 0)

    def unseen(self) -> list[str]:
        """The behaviours whose rules name only events that nobody ever had."""
        names = self.snapshot.events[1:]
        return [one.key for one in self.events if not any(rule.names(names) for rule in one.events)]

    def unknown(self) -> frozenset[str]:
        """The behaviours of which nothing can be known: the unseen ones, and those that repeat only unseen ones."""
        unseen = set(self.unseen())
        repeating = {one.key for one in self.all if one.repeats is not None and unseen.issuperset(one.repeats.of)}
        return frozenset(unseen | repeating)

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("everyone", "customers", "events"):
            getattr(left, name)[...] += getattr(right, name)
        return left


class BehavioursResult(Result):
    """The answer.

    Attributes:
        table: one row per behaviour in the model's order: ``behaviour`` (its key), ``customers``, ``share`` (of all
            customers with any event, null without any), ``events`` (null for derived ones).
        everyone: customers with any event.
        unknown: the behaviours that no event shows: people are told nothing of them, and not that there are none.
    """

    def __init__(self, question: Behaviours, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self.everyone = everyone = int(state.everyone[0])
        events = dict(zip([one.key for one in question.events], state.events.tolist(), strict=True))
        shares = [n / everyone if everyone else None for n in state.customers.tolist()]
        table = pa.table(
            {
                "behaviour": pa.array([one.key for one in question.all], pa.string()),
                "customers": state.customers,
                "share": pa.array(shares, pa.float64()),
                "events": pa.array([events.get(one.key) for one in question.all], pa.int64()),
            }
        )
        unseen, self.unknown = question.unseen(), question.unknown()
        notes = [Note("unseen_behaviours", behaviours=tuple(unseen))] if unseen else []
        super().__init__(question.spec, table, question.snapshot.token, notes)
        self.model = question.model

    def customers(self, behaviour: str, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who shows a behaviour.

        Args:
            behaviour: its key.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the model does not define it.
            Erased: somebody was forgotten since the behaviours were counted.
        """
        question = self._question
        wanted = next((one for one in question.all if one.key == behaviour), None)
        if wanted is None:
            raise UnknownName("behaviour", behaviour, [one.key for one in question.all])

        def lines(block: Block) -> Array:
            who, times, last = question.shown(block)
            return who[question.flag(wanted, times, last)]

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """Which behaviours one customer shows: a row each in the model's order; none without any event.

        Its columns: ``behaviour`` (its key), ``shown`` (whether), ``events`` that show it (null for derived ones),
        ``first`` and ``last`` of them: of what is repeated, of the behaviour shown most often; of silence both are the
        customer's last event of any kind.

        Args:
            customer: any identifier of theirs.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the behaviours were counted.
        """
        return explain(self._question, customer)


def run(spec: BehavioursSpec, snapshot: Snapshot, engine: Engine) -> BehavioursResult:
    """Answer the question."""
    question = Behaviours(spec, snapshot)
    snapshot.prepare(question.reads())
    return BehavioursResult(question, engine.fold(question, snapshot), engine)
