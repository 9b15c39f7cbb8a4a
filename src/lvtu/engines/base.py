"""What an engine does: fold an analysis over a snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot

State = TypeVar("State")


class Foldable(Protocol[State]):
    """An analysis, as engines see it.

    ``merge`` is associative and commutative with ``empty`` as its identity, and ``partial`` of two blocks merges
    to the partial of both; so blocks may be folded in any order, on any number of threads or machines.
    """

    def reads(self) -> Iterable[str]:
        """The fields and properties it reads."""

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers to a state; the state may be changed in place."""

    def merge(self, left: State, right: State) -> State:
        """The state of both sets of customers; the left one may be changed in place."""


class Engine(Protocol):
    """Folds an analysis over all customers of a snapshot."""

    def fold(self, analysis: Foldable[Any], snapshot: Snapshot) -> Any:
        """The state of all customers."""
