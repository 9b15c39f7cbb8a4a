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
from lvtu.kernels.durations import BINS, medians
from lvtu.kernels.travel import EXACT, ORDERED, first_there, reach_both, travel
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Met, Place, Value
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_EXACT = ("", "exact")

_NEVER = np.iinfo(np.int64).max

_TABLE = 14
"""Bits of the table for switches to begin with: a map of a dozen steps and channels has some thousand."""


@dataclass
class State:
    """Integers.

    Attributes:
        furthest: customers by the last step of the map that they were at, in the map's order.
        channels: customers by step and channel (codes).
        switches: by pair of such places: how often, and customers.
        again: customers seen at the last stage, and those of them seen at the first one later.
        since: by step (code), a histogram of the time since customers' first step.
        earliest: by step (code), when somebody was there first (`lvtu.kernels.travel.first_there`).
    """

    furthest: Array
    channels: Array
    again: Array
    since: Array
    earliest: Array
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
        since: by step, the median time from a customer's first step of the map to their first event there; n is of how
            many both times are exact.
        met: by step, when somebody was there first.
    """

    drop_off: Mapping[str, Value] = field(default_factory=dict)
    channels: Mapping[Place, Value] = field(default_factory=dict)
    switches: Mapping[tuple[Place, Place], Value] = field(default_factory=dict)
    again: Value | None = None
    since: Mapping[str, Value] = field(default_factory=dict)
    met: Mapping[str, Met] = field(default_factory=dict)


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
            np.array([end is not None and of.get(key or "") == end for key in self.places], np.uint8) for end in ends
        )

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads() | {"channel"}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        cells = len(self.places) * len(self.names)
        return State(
            np.zeros(len(self.steps), np.int64), np.zeros(cells, np.int64), np.zeros(2, np.int64),
            np.zeros((len(self.places), BINS), np.int64), np.full(len(self.places), _NEVER),
        )  # fmt: skip

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        names = len(self.names)
        reach_both(
            block.column("offsets"), block.column("time"), block.codes(PLACE)[0], block.codes("channel")[0], names,
            block.keep, view_of(block, self.snapshot, self.spec.where), *self.spec.span(),
            np.full(len(state.channels), -1), state.channels,
        )  # fmt: skip
        paths = paths_of(block, self.snapshot, PLACE, self.spec)
        if len(paths):
            self._follow(block, paths, state)
        return state

    def _follow(self, block: Block, paths: Paths, state: State) -> None:
        """Follow the paths of a block; where a table for the switches is too small, a larger one is tried."""
        assert paths.rows is not None, "events of no step are no places"
        codes, bases = block.codes("time_basis")
        knows = np.array([ORDERED * (name != "order") + EXACT * (name in _EXACT) for name in bases], np.uint8)
        most = len(paths.places)
        size = 1 << min(_TABLE, (2 * most).bit_length())
        while True:
            furthest, again = np.zeros_like(state.furthest), np.zeros_like(state.again)
            pairs, latest = np.full(size, -1), np.full(size, -1)
            switches, switchers = np.zeros(size, np.int64), np.zeros(size, np.int64)
            if travel(
                paths.starts, paths.places, paths.rows, block.column("time"), codes, knows, block.codes("channel")[0],
                len(self.names), self.order, self.first, self.last, furthest, again, pairs, latest, switches, switchers,
            ) >= 0:  # fmt: skip
                break
            size *= 8
        first_there(
            paths.starts, paths.places, paths.rows, block.column("time"), codes, knows,
            np.full(len(self.places), -1), state.since, state.earliest,
        )  # fmt: skip
        state.furthest += furthest
        state.again += again
        there = np.flatnonzero(pairs >= 0)
        for counted, sums in ((switches, state.switches), (switchers, state.switchers)):
            sums.update(dict(zip(pairs[there].tolist(), counted[there].tolist(), strict=True)))

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("furthest", "channels", "again", "since"):
            getattr(left, name)[...] += getattr(right, name)
        np.minimum(left.earliest, right.earliest, out=left.earliest)
        left.switches.update(right.switches)
        left.switchers.update(right.switchers)
        return left

    def told(self, state: State) -> Travelled:
        """The counts as values."""
        names, timed = len(self.names), state.since.sum(axis=1).tolist()
        places = [(str(place), str(name)) for place in self.places for name in self.names]
        cells = [code for code in np.flatnonzero(state.channels).tolist() if code >= names and code % names]
        customers, back = state.again.tolist()
        shown = set(self.places)
        return Travelled(
            drop_off={key: value for key, value in _drop_off(self.steps, state.furthest.tolist()) if key in shown},
            channels={places[code]: _count(int(state.channels[code])) for code in cells},
            switches={
                (places[pair // len(places)], places[pair % len(places)]):
                    Value(number, "count", state.switchers[pair])
                for pair, number in sorted(state.switches.items(), key=lambda one: (-one[1], one[0]))
            },
            again=_share(back, customers),
            since={
                str(key): Value(median, "duration", n)
                for key, median, n in zip(self.places, medians(state.since), timed, strict=True)
                if key in self.steps and median is not None
            },
            met={
                str(key): Met(both // 2, both % 2 == 0)
                for key, both in zip(self.places, state.earliest.tolist(), strict=True)
                if key in self.steps and both < _NEVER
            },
        )  # fmt: skip


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
