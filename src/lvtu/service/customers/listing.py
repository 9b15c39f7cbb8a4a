"""A page of customers, those first who were active last: one fold that keeps no more than a page."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow.compute as pc

from lvtu.analyses.base import names_in
from lvtu.core.expr import parse
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.find import Place
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Wanted:
    """Which customers.

    Attributes:
        prefix: how what they are called begins.
        segment: a condition that is true of them.
        after: the last activity (µs) of the customer before the page, and the number of their first event; None for
            the first page.
        limit: how many.
    """

    prefix: str = ""
    segment: str | None = None
    after: tuple[int, int] | None = None
    limit: int = 50


@dataclass
class State:
    """The first customers of the page.

    Attributes:
        total: how many there are on all pages.
        found: last activity, first event's number and place of each, in order.
    """

    total: int = 0
    found: list[tuple[int, int, Place]] = field(default_factory=list)


class Recent:
    """A page of customers as engines fold it."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.wanted.segment)

    def empty(self, snapshot: Snapshot) -> State:
        """Nobody."""
        return State()

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        wanted = self.wanted
        offsets = block.column("offsets").astype(np.int64)
        which = np.diff(offsets) > 0
        if len(block.keep):
            which &= block.keep != 0
        if wanted.prefix:
            which &= pc.starts_with(block.names(), wanted.prefix).to_numpy(zero_copy_only=False)
        if wanted.segment is not None:
            which &= having(parse(wanted.segment), block) != 0
        lines = np.flatnonzero(which)
        state.total += len(lines)
        return self.merge(state, State(0, self._first(block, lines, block.edges()[1][lines])))

    def _first(self, block: Block, lines: Array, last: Array) -> list[tuple[int, int, Place]]:
        """The block's first customers behind the page before."""

        def first_events(lines: Array) -> Array:
            """The numbers of their first events: read of few only, since each lies somewhere else."""
            numbers: Array = block.column("event_id")[block.column("offsets")[lines]].astype(np.int64)
            return numbers

        if self.wanted.after is not None:
            at, event = self.wanted.after
            follows, same = last < at, np.flatnonzero(last == at)
            follows[same] = first_events(lines[same]) > event
            lines, last = lines[follows], last[follows]
        if len(lines) > self.wanted.limit:
            least = np.partition(last, len(last) - self.wanted.limit)[len(last) - self.wanted.limit]
            lines, last = lines[last >= least], last[last >= least]
        first = first_events(lines)
        order = np.lexsort((first, -last))[: self.wanted.limit]
        taken = (column[order].tolist() for column in (last, first, lines))
        return [(at, event, (block, line)) for at, event, line in zip(*taken, strict=True)]

    def merge(self, left: State, right: State) -> State:
        """Both."""
        both = sorted([*left.found, *right.found], key=lambda one: (-one[0], one[1]))
        return State(left.total + right.total, both[: self.wanted.limit])


def page(wanted: Wanted, snapshot: Snapshot, engine: Engine) -> State:
    """A page of customers."""
    question = Recent(wanted)
    snapshot.prepare(question.reads())
    state: State = engine.fold(question, snapshot)
    return state


def of_places(places: list[Place], wanted: Wanted, snapshot: Snapshot) -> State:
    """The same of some customers, those of them that are in the segment."""
    snapshot.prepare(names_in(wanted.segment))
    found = []
    for block, line in places:
        if wanted.segment is not None and not having(parse(wanted.segment), block)[line]:
            continue
        last = int(block.column("time")[int(block.column("offsets")[line + 1]) - 1])
        first = int(block.column("event_id")[int(block.column("offsets")[line])])
        found.append((last, first, (block, line)))
    found.sort(key=lambda one: (-one[0], one[1]))
    return State(len(found), found[: wanted.limit])
