"""Counts that help to ask: who and what a condition fits, and how often each value of a field is there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import FOREVER, both, mask_of, names_in, view_of
from lvtu.analyses.whom import with_any
from lvtu.core.expr import parse
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.fields import kind_of
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Whom:
    """Whom to count.

    Attributes:
        where: events for which this is true; None for all.
        segment: a condition on customers; None for everybody.
        since, until: events of this time only, µs.
    """

    where: str | None = None
    segment: str | None = None
    since: int = -FOREVER
    until: int = FOREVER


class Matching:
    """How many customers and events there are of a kind, as engines fold them: (customers, events).

    Args:
        whom: of which kind.
        snapshot: what is counted.
    """

    def __init__(self, whom: Whom, snapshot: Snapshot) -> None:
        self._whom, self._snapshot = whom, snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self._whom.where, self._whom.segment)

    def empty(self, snapshot: Snapshot) -> Array:
        """Nobody."""
        return np.zeros(2, np.int64)

    def partial(self, block: Block, state: Array) -> Array:
        """Add a block's."""
        shown = self._shown(block)
        inside = with_any(block, shown)
        if self._whom.segment is not None:
            inside = inside & having(parse(self._whom.segment), block, view_of(block, self._snapshot, None))
        sizes = np.diff(block.column("offsets"))
        state[0] += np.count_nonzero(inside)
        if not len(shown):
            state[1] += sizes[inside != 0].sum()
        elif inside.all():
            state[1] += np.count_nonzero(shown)
        else:
            state[1] += np.count_nonzero(shown & np.repeat(inside, sizes))
        return state

    def merge(self, left: Array, right: Array) -> Array:
        """Both."""
        return left + right

    def _shown(self, block: Block) -> Array:
        """Which rows count, one byte each; empty for all."""
        rows = view_of(block, self._snapshot, None)
        if self._whom.where is not None:
            rows = both(rows, mask_of(block, self._whom.where))
        if (self._whom.since, self._whom.until) != (-FOREVER, FOREVER):
            time = block.column("time")
            rows = both(rows, ((time >= self._whom.since) & (time < self._whom.until)).view(np.uint8))
        return rows


def matching(engine: Engine, snapshot: Snapshot, whom: Whom) -> tuple[int, int]:
    """How many customers and events there are of a kind.

    Raises:
        BadInput: a condition cannot be read, or names what does not exist.
    """
    customers, events = engine.fold(Matching(whom, snapshot), snapshot)
    return int(customers), int(events)


class Frequencies:
    """How many events have each value of a field, as engines fold them: counts by code, 0 for missing.

    Args:
        name: of a field that holds texts.
        snapshot: what is counted.
    """

    def __init__(self, name: str, snapshot: Snapshot) -> None:
        self._name, self._snapshot = name, snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return {self._name}

    def empty(self, snapshot: Snapshot) -> Array:
        """No events."""
        return np.zeros(len(snapshot.names(self._name)), np.int64)

    def partial(self, block: Block, state: Array) -> Array:
        """Add a block's."""
        codes = block.codes(self._name)[0]
        shown = view_of(block, self._snapshot, None)
        if len(block.keep):
            kept = np.repeat(block.keep, np.diff(block.column("offsets")))
            shown = both(shown, kept)
        counts = np.bincount(codes[shown != 0] if len(shown) else codes, minlength=len(state))
        return state + counts

    def merge(self, left: Array, right: Array) -> Array:
        """Both."""
        return left + right


def frequencies(engine: Engine, snapshot: Snapshot, name: str) -> list[tuple[str | None, int]]:
    """The values of a field with their numbers of events, most frequent first; None for missing.

    Of numbers and times, which are no names, there are none.

    Raises:
        UnknownName: no event has such a field.
    """
    if kind_of(name) in ("number", "time"):
        return []
    counts = engine.fold(Frequencies(name, snapshot), snapshot)
    values = snapshot.names(name)
    ranked = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].tolist()
    return [(values[code] if code else None, int(counts[code])) for code in ranked]
