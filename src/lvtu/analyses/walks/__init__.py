"""Walks: what flows and step matrices read: the places after an anchor, or before it, on each customer's path."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import pyarrow as pa
from pydantic import Field

from lvtu.analyses.base import Duration, Spec, names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.paths import Paths, paths_of
from lvtu.analyses.scratch import scratch
from lvtu.core.units import MINUTE
from lvtu.errors import BadInput, UnknownName
from lvtu.kernels import walks as kernels
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

SESSION_GAP = 30 * MINUTE
"""The pause that ends a session where sessions are asked for and no other is named."""

_ENTRIES = {"first": kernels.FIRST, "latest": kernels.LATEST, "each": kernels.EACH}


class WalkSpec(Spec):
    """What customers do around an anchor: the options that flows and step matrices share.

    Attributes:
        start: the anchor: a value of by, or several; one that by does not have is an event's name. Without it a
            path is anchored at its first place, backwards at its last.
        by: what a place of a path is: ``event``, ``touchpoint``, ``stage``, ``channel`` or a property. Events without
            a value in it are passed over, but for the anchor itself.
        fold: take a run of the same place as one.
        top: how many names are told apart at each step, those of most customers; the rest is one, ``*other``.
        within: only places no further than this from the anchor count.
        entry: which anchor of a customer or session counts, ``first``, ``latest``, or ``each``.
        unit: what is counted: ``customers`` or ``sessions``.
        session_gap: a longer pause ends the path; 30m with unit sessions, otherwise no pause does.
        since, until: select events.
    """

    start: str | tuple[str, ...] | None = None
    by: str = "event"
    fold: bool = False
    top: int = Field(default=10, ge=1, le=100)
    within: Duration | None = None
    entry: Literal["first", "latest", "each"] = "first"
    unit: Literal["customers", "sessions"] = "customers"
    session_gap: Duration | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the anchor; empty for the ends of paths."""
        return (self.start,) if isinstance(self.start, str) else self.start or ()

    @property
    def gap(self) -> int | None:
        """The pause that ends a path."""
        return SESSION_GAP if self.session_gap is None and self.unit == "sessions" else self.session_gap

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | {self.by}


@dataclass
class Anchors:
    """The anchors of a block's paths. Arrays are this thread's until its next block.

    Attributes:
        who: the customer's line, by anchor; ascending.
        units: the number of the customer or session, likewise.
        rows: the anchor's row in the block.
        paths: the paths that they are on, with places that have no value (code 0) among their places.
        which: the anchor's path.
        at: its place.
        times: the time of each place where that matters.
    """

    who: Array
    units: Array
    rows: Array
    paths: Paths
    which: Array
    at: Array
    times: Array

    def walk(self, spec: WalkSpec, way: int, steps: int) -> Array:
        """The codes of the anchor and of the places after it (`way` 1) or before it (-1), (anchors, steps + 1).

        0 where the path has no more places, and at an anchor without a value.
        """
        codes = self._room(steps + 1)
        self._write(spec, codes, way, 0, 1, steps)
        return codes

    def around(self, spec: WalkSpec, before: int, after: int) -> Array:
        """The codes of the places before the anchor, its own, and those after it, (anchors, before + 1 + after)."""
        codes = self._room(before + 1 + after)
        self._write(spec, codes, 1, before, 1, after)
        if before:
            self._write(spec, codes, -1, before, -1, before)
        return codes

    def _room(self, width: int) -> Array:
        codes: Array = scratch("walks", len(self.at) * width, self.paths.places.dtype).reshape(len(self.at), width)
        return codes

    def _write(self, spec: WalkSpec, codes: Array, way: int, origin: int, side: int, steps: int) -> None:
        kernels.walks(
            self.paths.starts, self.paths.places, self.times, spec.within or 0, int(spec.fold), self.which, self.at,
            way, origin, side, steps, codes,
        )  # fmt: skip


class Walker:
    """Finds anchors.

    Args:
        spec: the question.
        snapshot: what it is asked of.
        last: without a start, a path is anchored at its last place, not its first.

    Raises:
        UnknownName: no place and no event has the anchor's name.
        BadInput: some names of the anchor are places, others events.
    """

    def __init__(self, spec: WalkSpec, snapshot: Snapshot, last: bool = False) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)
        self.column, self.codes = self._anchor()
        self.wanted = np.zeros(len(values_of(snapshot, self.column)), np.uint8)
        self.wanted[self.codes] = 1
        self.entry = _ENTRIES[spec.entry if spec.names else "latest" if last else "first"]

    def _anchor(self) -> tuple[str, list[int]]:
        """The column that an anchor is known by, and its codes there."""
        by, names = self.spec.by, self.spec.names
        places = {name: code for code, name in enumerate(self.names) if name is not None}
        if all(name in places for name in names):
            return by, [places[name] for name in names] if names else list(places.values())
        events = [name for name in names if name not in places]
        if by != "event":
            if strange := [name for name in events if name not in self.snapshot.events[1:]]:
                raise UnknownName("value", strange[0], [*places, *self.snapshot.events[1:]], column=by)
            if mixed := [name for name in names if name in places and name not in self.snapshot.events[1:]]:
                raise BadInput("mixed_start", by=by, place=mixed[0], event=events[0])
        return "event", [self.snapshot.code(name) for name in names]

    def anchors(self, block: Block) -> Anchors:
        """The anchors of a block's customers."""
        spec = self.spec
        paths = paths_of(block, self.snapshot, spec.by, spec, session_gap=spec.gap, missing=True, hidden=True)
        units = paths.who if spec.unit == "customers" else np.arange(len(paths), dtype=np.uint32)
        which, at = self._found(block, paths, units)
        if paths.rows is None and len(block.keep):
            shown = block.keep[which] != 0
            which, at = which[shown], at[shown]
        times = NOTHING if spec.within is None else paths.times(block)
        return Anchors(paths.who[which], units[which], paths.row_of(at), paths, which, at, times)

    def _found(self, block: Block, paths: Paths, units: Array) -> tuple[Array, Array]:
        """The path and the place of each anchor."""
        spec, each = self.spec, self.entry == kernels.EACH
        keys = NOTHING
        if paths.rows is None and self.column == "event" and len(self.codes) == 1:
            keys = block.postings(self.codes[0])[0]
        posted = 0 < keys.nbytes < paths.places.nbytes
        most = len(paths.places) if each else len(paths)
        which, at = scratch("walk_paths", most, np.int64), scratch("walk_places", most, np.int64)
        if posted and (not spec.fold or self.entry == kernels.FIRST):
            found = kernels.posted_anchors(keys, self.entry, which, at)
        else:
            seen = paths.places
            if self.column != spec.by:
                seen = block.column(self.column) if paths.rows is None else block.column(self.column)[paths.rows]
            found = kernels.anchors(
                paths.starts, units, paths.places, seen, self.wanted, int(spec.fold), self.entry, which, at
            )
        return which[:found], at[:found]


class Question(Protocol):
    """A question about walks, as `Reached` sees it."""

    spec: Any
    walker: Walker
    width: int

    def codes(self, block: Block) -> tuple[Anchors, Array]:
        """The anchors of a block, and the codes of the places around each, (anchors, width)."""


class Reached:
    """How many customers are at which place, by position: the first round, by which names are told apart."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.shape = question.width, len(question.walker.names)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        found: set[str] = self.question.spec.reads()
        return found

    def empty(self, snapshot: Snapshot) -> Array:
        """The state of no customers."""
        return np.zeros(self.shape, np.int64)

    def partial(self, block: Block, state: Array) -> Array:
        """Add a block's customers."""
        anchors, codes = self.question.codes(block)
        last = scratch("last_unit", state.size, np.int64).reshape(self.shape)
        last[:] = -1
        kernels.count_places(codes, anchors.units, last, state)
        return state

    def merge(self, left: Array, right: Array) -> Array:
        """Add two states."""
        left += right
        return left


@dataclass
class Nodes:
    """The names that are told apart at each position.

    A node is 0 for no place, then the names told apart, most customers first, then the rest.

    Attributes:
        told: their names, by position.
        table: the node of each code, (positions, names).
        width: nodes at a position, at most.
        other: what the rest is called: ``*other``, with another star where that is somebody's name.
    """

    told: list[list[str]]
    table: Array
    width: int
    other: str

    @classmethod
    def of(cls, reached: Array, names: Sequence[str | None], top: int) -> Nodes:
        """Tell the names of most customers apart; of equal ones the first by letters.

        Args:
            reached: customers by position and code.
            names: by code, the first being None.
            top: how many names.
        """
        told, table = [], np.full(reached.shape, top + 1, np.int16)
        table[:, :1] = 0
        for position, customers in enumerate(reached):
            there = [code for code in np.flatnonzero(customers).tolist() if code]
            there.sort(key=lambda code: (-customers[code], names[code]))
            table[position, there[:top]] = np.arange(1, len(there[:top]) + 1)
            told.append([str(names[code]) for code in there[:top]])
        return cls(told, table, top + 2, mark("other", names))

    @classmethod
    def all(cls, names: Sequence[str | None], positions: int) -> Nodes:
        """Tell all names apart: a node is a code."""
        table = np.tile(np.arange(len(names), dtype=np.int16), (positions, 1))
        return cls([[str(name) for name in names[1:]]] * positions, table, len(names) + 1, mark("other", names))

    def name(self, position: int, node: int, none: str | None) -> str | None:
        """What a node is called; `none` where there is no place."""
        if node == 0:
            return none
        return self.other if node == self.width - 1 else self.told[position][node - 1]

    def names(self, positions: Array, nodes: Array, none: str) -> pa.Array:
        """What some nodes are called; `none` where there is no place, null at the anchor."""
        known = [[*names, *[self.other] * (self.width - 1 - len(names))] for names in self.told]
        flat = [name for at, names in enumerate(known) for name in (none if at else None, *names)]
        return pa.array(flat, pa.string()).take(pa.array(positions * self.width + nodes))


def mark(word: str, names: Container[str | None]) -> str:
    """A code that is nobody's name: ``*other``, or with as many stars as it takes.

    Example:
        >>> mark("left", ["A", "*left"])
        '**left'
    """
    code = f"*{word}"
    while code in names:
        code = f"*{code}"
    return code
