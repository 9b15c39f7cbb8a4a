"""The rounds of clusters as engines fold them: what there is, a sample of customers, everybody in a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.base import names_in, view_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.paths import places_in
from lvtu.analyses.scratch import scratch
from lvtu.kernels.clusters import count_features, nearest, tally_groups
from lvtu.kernels.durations import BINS
from lvtu.kernels.kmeans import LANES
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.clusters import ClustersSpec

_ALL = (1 << 64) - 1
_PAIRS = 20
"""Transitions that are told apart, the most frequent ones of the sample."""


def reads_of(spec: ClustersSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | {spec.by}


@dataclass
class Features:
    """What is counted of a path.

    Attributes:
        places: the places told apart, the most frequent first; one more, None, for all others if there are any.
        feature_of: the number of each code's place.
        pairs: the transitions told apart, as numbers of two places.
    """

    places: list[str | None]
    feature_of: Array
    pairs: list[tuple[int, int]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.places) + len(self.pairs)

    def named(self) -> list[str | None]:
        """What each is called; None for all other places together."""
        return [*self.places, *(f"{self.places[a]} → {self.places[b]}" for a, b in self.pairs)]

    def pair_of(self) -> Array:
        """The number of each transition, and behind all features those not told apart; nothing where none is.

        The last line is of those that come first.
        """
        many = len(self.places)
        found = np.full((many + 1, many) if self.pairs else (0, 0), self.size, np.uint16)
        for number, pair in enumerate(self.pairs):
            found[pair] = many + number
        return found

    def by_code(self) -> Array:
        """The number of each code's place; of the missing one that behind all features."""
        found = self.feature_of.astype(np.uint16)
        found[0] = self.size
        return found

    def vectors(self, counts: Array, sizes: Array) -> Array:
        """Paths as vectors: the square root of each place's share, and of each transition's."""
        steps = np.maximum(sizes - 1, 1)
        totals = np.where(np.arange(self.size) < len(self.places), sizes[:, None], steps[:, None])
        found: Array = np.sqrt(counts / totals)
        return found


@dataclass
class Counted:
    """Paths as counts of their features. Arrays are this thread's until it counts again.

    Attributes:
        who: the customer's line, by path.
        sizes: the number of its places.
        counts: (paths, features).
        room: what kernels read of all that: sizes and counts, with lines behind the last path up to a whole tile, and
            behind the last feature what is missing.
    """

    who: Array
    sizes: Array
    counts: Array
    room: tuple[Array, Array]


class Round:
    """What all rounds share."""

    def __init__(self, spec: ClustersSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def counted(self, block: Block, features: Features, keep: Array | None = None) -> Counted:
        """The features of each customer's path, or of those that are kept."""
        keep = block.keep if keep is None else keep
        most = int(keep.sum()) if len(keep) else block.customers
        room = -(-most // LANES) * LANES + 1  # whole tiles, and a line for the next customer to be tried
        who, sizes = scratch("features_who", room, np.uint32), scratch("features_sizes", room, np.int64)
        counts = scratch("features", room * (features.size + 1), np.uint32).reshape(room, -1)
        found = count_features(
            block.column("offsets"), block.column("time"), *block.edges(), block.codes(self.spec.by)[0], keep,
            view_of(block, self.snapshot, self.spec.where), *self.spec.span(), int(self.spec.fold),
            features.by_code(), features.pair_of(), who, sizes, counts,
        )  # fmt: skip
        return Counted(who[:found], sizes[:found], counts[:found, :-1], (sizes, counts))


@dataclass
class Totals:
    """Events by code of their place, and customers, (1,)."""

    events: Array
    customers: Array


class Survey(Round):
    """How many events there are at each place."""

    def empty(self, snapshot: Snapshot) -> Totals:
        """The state of no customers."""
        return Totals(np.zeros(len(self.names), np.int64), np.zeros(1, np.int64))

    def partial(self, block: Block, state: Totals) -> Totals:
        """Add a block's customers."""
        spec = self.spec
        state.customers += places_in(block, self.snapshot, spec.by, spec, state.events, fold=spec.fold)
        return state

    def merge(self, left: Totals, right: Totals) -> Totals:
        """Both."""
        left.events += right.events
        left.customers += right.customers
        return left


def features_of(survey: Survey, totals: Totals) -> Features:
    """The `top` most frequent places; of equally frequent ones the first by name."""
    events, top = totals.events, survey.spec.top
    there = [code for code in np.flatnonzero(events).tolist() if code]
    ranked = sorted(there, key=lambda code: (-int(events[code]), str(survey.names[code])))
    feature_of = np.full(len(survey.names), min(top, len(ranked)), np.int64)
    feature_of[ranked[:top]] = np.arange(len(ranked[:top]))
    places: list[str | None] = [survey.names[code] for code in ranked[:top]]
    return Features(places + ([None] if len(ranked) > top else []), feature_of)


@dataclass
class Drawn:
    """Customers by their hash: their counts and the number of their events."""

    keys: Array
    counts: Array
    sizes: Array


class Sample(Round):
    """The customers with the smallest hashes: the same ones whatever the buckets, and whoever comes later.

    Args:
        spec, snapshot: the question.
        features: what is counted; with transitions all of them.
        customers: how many there are, so that each block sends no more than about its part of the sample.
    """

    def __init__(self, spec: ClustersSpec, snapshot: Snapshot, features: Features, customers: int) -> None:
        super().__init__(spec, snapshot)
        self.features = features
        if spec.transitions:
            numbers = range(len(features.places) - features.places.count(None))
            self.features = Features(features.places, features.feature_of, [(a, b) for a in numbers for b in numbers])
        enough = spec.sample + 6 * int(spec.sample**0.5) + 10  # fewer are below the bound once in 10^9 samples
        self.bound = np.uint64(_ALL if enough >= customers else _ALL // customers * enough)

    def empty(self, snapshot: Snapshot) -> Drawn:
        """The state of no customers."""
        nobody = np.empty((0, self.features.size), np.uint32)
        return Drawn(np.empty(0, np.uint64), nobody, np.empty(0, np.int64))

    def partial(self, block: Block, state: Drawn) -> Drawn:
        """Add a block's customers."""
        drawn = (block.column("hi") <= self.bound).astype(np.uint8)
        found = self.counted(block, self.features, drawn & block.keep if len(block.keep) else drawn)
        return self.merge(state, Drawn(block.column("hi")[found.who], found.counts.copy(), found.sizes.copy()))

    def merge(self, left: Drawn, right: Drawn) -> Drawn:
        """Both."""
        parts = zip(vars(left).values(), vars(right).values(), strict=True)
        return Drawn(*(np.concatenate(part) for part in parts))

    def settled(self, drawn: Drawn) -> tuple[Features, Drawn]:
        """The sample in the order of its hashes, no larger than asked for, with the transitions that are told apart."""
        order = np.lexsort((*drawn.counts.T, drawn.keys))[: self.spec.sample]
        counts, places = drawn.counts[order], len(self.features.places)
        events = counts[:, places:].sum(axis=0, dtype=np.int64)
        pairs = np.argsort(-events, kind="stable")[:_PAIRS]
        pairs = pairs[events[pairs] > 0]
        features = Features(self.features.places, self.features.feature_of, [self.features.pairs[p] for p in pairs])
        columns = np.concatenate([np.arange(places), places + pairs])
        return features, Drawn(drawn.keys[order], np.ascontiguousarray(counts[:, columns]), drawn.sizes[order])


@dataclass
class Groups:
    """Customers by group; by feature their counts and how many have it; their numbers of events, (groups, BINS)."""

    customers: Array
    sums: Array
    holders: Array
    bins: Array


class Assignment(Round):
    """Everybody in the group of the nearest centre, the first of equally near ones.

    Args:
        spec, snapshot: the question.
        features: what is counted.
        centres: in the order that decides between equally near ones.
        numbers: of each centre's group; the same order if not given.
    """

    def __init__(
        self, spec: ClustersSpec, snapshot: Snapshot, features: Features, centres: Array, numbers: Array | None = None
    ) -> None:
        super().__init__(spec, snapshot)
        self.features, self.centres = features, np.ascontiguousarray(centres)
        self.numbers = np.arange(len(centres)) if numbers is None else numbers

    def empty(self, snapshot: Snapshot) -> Groups:
        """The state of no customers."""
        shape = self.centres.shape
        bins = np.zeros((shape[0], BINS), np.int64)
        return Groups(np.zeros(shape[0], np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64), bins)

    def partial(self, block: Block, state: Groups) -> Groups:
        """Add a block's customers."""
        groups, found = self.assigned(block)
        tally_groups(groups, found.room[1], found.sizes, state.customers, state.sums, state.holders, state.bins)
        return state

    def assigned(self, block: Block) -> tuple[Array, Counted]:
        """The groups of the customers who have a path, and their paths."""
        found = self.counted(block, self.features)
        sizes, counts = found.room
        groups: Array = np.empty(len(found.who), np.int64)
        lanes = np.empty(LANES), np.empty(LANES), np.empty(LANES, np.int64)
        many = len(self.centres)
        room = np.empty(many), np.empty((2, LANES)), np.empty((many, LANES)), *lanes
        nearest(counts, sizes, len(groups), len(self.features.places), self.centres, *room, groups)
        return self.numbers[groups], found

    def merge(self, left: Groups, right: Groups) -> Groups:
        """Both."""
        for name, more in vars(right).items():
            getattr(left, name)[...] += more
        return left
