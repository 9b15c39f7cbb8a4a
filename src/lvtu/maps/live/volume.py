"""How many customers are at each step: one pass over the events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import FOREVER, names_in, view_of
from lvtu.analyses.groups import values_of
from lvtu.engines.base import Engine
from lvtu.kernels.reach import reach
from lvtu.maps.live.filled import Value
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

PLACE = "touchpoint"
"""The column by which a map's steps are told apart (`lvtu.maps.compiled`)."""


@dataclass
class State:
    """Customers by code of the place; customers who were at any."""

    customers: Array
    anywhere: int = 0


class Volume:
    """The question as engines fold it.

    Args:
        where: only events for which this is true exist.
        since, until: when they happened, µs.
        snapshot: of what.
        by: what tells places apart.
    """

    def __init__(
        self, where: str | None, since: int | None, until: int | None, snapshot: Snapshot, by: str = PLACE
    ) -> None:
        self.where, self.snapshot, self.by = where, snapshot, by
        self.since, self.until = since or -FOREVER, until or FOREVER
        self.places = values_of(snapshot, by)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | {self.by}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros(len(self.places), np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        state.anywhere += reach(
            block.column("offsets"), block.column("time"), block.codes(self.by)[0], block.keep,
            view_of(block, self.snapshot, self.where), self.since, self.until,
            np.full(len(self.places), -1, np.int64), state.customers,
        )  # fmt: skip
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        left.anywhere += right.anywhere
        return left


def volume(
    where: str | None, since: int | None, until: int | None, snapshot: Snapshot, engine: Engine, by: str = PLACE
) -> tuple[dict[str, Value], int]:
    """Customers by step, and of all steps together; steps that nobody was at are left out."""
    snapshot.prepare(names_in(where) | {by})
    question = Volume(where, since, until, snapshot, by)
    state: State = engine.fold(question, snapshot)
    pairs = zip(question.places, state.customers.tolist(), strict=True)
    reached = {place: Value(number, "count", number) for place, number in pairs if place is not None and number}
    return reached, state.anywhere
