"""How customers travel over a map: how far, by which channels, and whether they come back to its beginning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from lvtu.analyses.base import make, view_of
from lvtu.analyses.graph import GraphSpec
from lvtu.analyses.groups import values_of
from lvtu.analyses.intervals import wilson
from lvtu.analyses.paths import Paths, paths_of
from lvtu.engines.base import Engine
from lvtu.kernels.reach import reach
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Place, Value
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_DAY = 86_400_000_000
_EXACT = ("", "exact")


@dataclass
class State:
    """Integers.

    Attributes:
        furthest: customers by the last step of the map that they were at, in the map's order.
        channels: customers by step and channel (codes).
        switches: by pair of such places: how often, and customers.
        again: customers seen at the last stage, and those of them seen at the first one later.
    """

    furthest: Array
    channels: Array
    again: Array
    switches: Counter[int] = field(default_factory=Counter)
    switchers: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Travelled:
    """The answer.

    Attributes:
        drop_off: by step, the share of those who got to it or beyond who got no further, of those who were seen there.
        channels: customers by step and channel.
        switches: between two such places of different channels: how often customers went from one straight to the
            other; n is how many customers did.
        again: the share of customers who, having been at the last stage, came back to the first; None where the order
            of what happened was not observed.
    """

    drop_off: Mapping[str, Value] = field(default_factory=dict)
    channels: Mapping[Place, Value] = field(default_factory=dict)
    switches: Mapping[tuple[Place, Place], Value] = field(default_factory=dict)
    again: Value | None = None


class Travelling:
    """The question as engines fold it.

    What came after what counts only where it was observed: not where times are a model's order, nor within a day of
    an event of which only the day is known (``time_basis``).

    Args:
        map_: whose steps.
        since, until: when it happened, µs.
        snapshot: of what.
    """

    def __init__(self, map_: JourneyMap, since: int, until: int, snapshot: Snapshot) -> None:
        asked = {"by": PLACE, "where": map_.where, "since": since, "until": until}
        self.spec: GraphSpec = make(GraphSpec, asked)
        self.snapshot, self.steps = snapshot, [step.key for step in map_.steps]
        self.places, self.names = values_of(snapshot, PLACE), values_of(snapshot, "channel")
        at = {key: place for place, key in enumerate(self.steps)}
        self.order = np.array([-1 if key is None else at.get(key, -1) for key in self.places])
        stages = [stage.key for stage in map_.stages]
        ends = (stages[0], stages[-1]) if len(stages) > 1 else (None, None)
        of = {step.key: step.stage for step in map_.steps}
        self.first, self.last = (
            np.array([end is not None and of.get(key or "") == end for key in self.places]) for end in ends
        )

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads() | {"channel"}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        cells = len(self.places) * len(self.names)
        return State(np.zeros(len(self.steps), np.int64), np.zeros(cells, np.int64), np.zeros(2, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        self._add_channels(block, state)
        paths = paths_of(block, self.snapshot, PLACE, self.spec)
        if len(paths):
            clock = _Clock(block, paths)
            order = np.where(clock.ordered, self.order[paths.places], -1)
            furthest = np.maximum.reduceat(order, paths.starts[:-1])
            state.furthest += np.bincount(furthest[furthest >= 0], minlength=len(self.steps))
            self._add_again(paths, clock, state)
            self._add_switches(block, paths, clock, state)
        return state

    def _add_channels(self, block: Block, state: State) -> None:
        places, channels = block.codes(PLACE)[0], block.codes("channel")[0]
        both = np.where(places == 0, 0, places.astype(np.int64) * len(self.names) + channels)
        reach(
            block.column("offsets"), block.column("time"), both, block.keep,
            view_of(block, self.snapshot, self.spec.where), *self.spec.span(), np.full(len(state.channels), -1),
            state.channels,
        )  # fmt: skip

    def _add_again(self, paths: Paths, clock: _Clock, state: State) -> None:
        begins, at = paths.starts[:-1], np.arange(len(paths.places))
        nowhere = len(at)
        seen = self.last[paths.places] & clock.ordered
        reached = np.minimum.reduceat(np.where(seen, at, nowhere), begins)
        back = np.maximum.reduceat(np.where(self.first[paths.places] & clock.ordered, at, -1), begins)
        there = reached < nowhere
        state.again[0] += there.sum()
        state.again[1] += clock.after(reached[there], back[there]).sum()

    def _add_switches(self, block: Block, paths: Paths, clock: _Clock, state: State) -> None:
        channels = block.codes("channel")[0][paths.row_of(np.arange(len(paths.places)))].astype(np.int64)
        both = paths.places.astype(np.int64) * len(self.names) + channels
        path = np.repeat(np.arange(len(paths)), np.diff(paths.starts))
        other = (path[1:] == path[:-1]) & (channels[1:] != channels[:-1]) & (channels[1:] != 0) & (channels[:-1] != 0)
        at = np.flatnonzero(other)
        at = at[clock.after(at, at + 1)]
        pairs = both[at] * len(state.channels) + both[at + 1]
        state.switches.update(_counted(pairs))
        own = np.lexsort((pairs, path[at]))
        new = np.ones(len(own), bool)
        new[1:] = (np.diff(path[at][own]) != 0) | (np.diff(pairs[own]) != 0)
        state.switchers.update(_counted(pairs[own][new]))

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("furthest", "channels", "again"):
            getattr(left, name)[...] += getattr(right, name)
        left.switches.update(right.switches)
        left.switchers.update(right.switchers)
        return left

    def told(self, state: State) -> Travelled:
        """The counts as values."""
        names = len(self.names)

        def place(code: int) -> Place:
            return str(self.places[code // names]), str(self.names[code % names])

        cells = [code for code in np.flatnonzero(state.channels).tolist() if code >= names and code % names]
        customers, back = state.again.tolist()
        shown = set(self.places)
        return Travelled(
            drop_off={key: value for key, value in _drop_off(self.steps, state.furthest.tolist()) if key in shown},
            channels={place(code): _count(int(state.channels[code])) for code in cells},
            switches={
                (place(pair // len(state.channels)), place(pair % len(state.channels))):
                    Value(number, "count", state.switchers[pair])
                for pair, number in sorted(state.switches.items(), key=lambda one: (-one[1], one[0]))
            },
            again=_share(back, customers),
        )  # fmt: skip


class _Clock:
    """Which places of paths have a time, and what came observedly later than what."""

    def __init__(self, block: Block, paths: Paths) -> None:
        codes, names = block.codes("time_basis")
        rows = paths.row_of(np.arange(len(paths.places)))
        basis = codes[rows]
        self.ordered: Array = np.array([name != "order" for name in names])[basis]
        self._exact = np.array([name in _EXACT for name in names])[basis]
        self._time = block.column("time")[rows]

    def after(self, one: Array, other: Array) -> Array:
        """By pair of places of one path: whether the other came later than the one, as far as is known."""
        exact = self._exact[one] & self._exact[other]
        apart = self._time[other] - self._time[one] >= _DAY
        found: Array = (other > one) & self.ordered[one] & self.ordered[other] & (exact | apart)
        return found


def _counted(pairs: Array) -> dict[int, int]:
    found, numbers = np.unique(pairs, return_counts=True)
    return dict(zip(found.tolist(), numbers.tolist(), strict=True))


def _count(number: int) -> Value:
    return Value(number, "count", number)


def _share(part: int, whole: int) -> Value | None:
    return Value(part / whole, "share", whole, *(wilson(part, whole) or (None, None))) if whole else None


def _drop_off(steps: list[str], furthest: list[int]) -> Iterator[tuple[str, Value]]:
    """Of those who got to a step or beyond, the share who got no further; nothing of the last step."""
    reached = list(accumulate(reversed(furthest)))[::-1]
    for place, key in enumerate(steps[:-1]):
        value = _share(furthest[place], reached[place])
        if value is not None:
            yield key, value


def travelled(map_: JourneyMap, since: int, until: int, snapshot: Snapshot, engine: Engine) -> Travelled:
    """How customers travelled over a map.

    Args:
        map_: it.
        since, until: when, µs.
        snapshot: of what, read through the map's own model (`lvtu.maps.compiled`).
        engine: who counts.
    """
    question = Travelling(map_, since, until, snapshot)
    snapshot.prepare(question.reads())
    return question.told(engine.fold(question, snapshot))
