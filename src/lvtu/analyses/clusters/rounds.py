"""The rounds of clusters as engines fold them: what there is, a sample of customers, everybody in a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.base import names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.paths import Paths, paths_of, places_in
from lvtu.analyses.scratch import scratch
from lvtu.kernels.clusters import count_features, nearest, tally_groups
from lvtu.kernels.durations import BINS
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.clusters import ClustersSpec

_ALL = (1 << 64) - 1
_PAIRS = 20
"""Transitions that are told apart, the most frequent ones of the sample."""


def reads_of(spec: ClustersSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | {spec.by}


class Round:
    """What all rounds share."""

    def __init__(self, spec: ClustersSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def paths(self, block: Block, keep: Array | None = None) -> Paths:
        """The path of each customer, or of those that are kept."""
        return paths_of(block, self.snapshot, self.spec.by, self.spec, fold=self.spec.fold, keep=keep)


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
        """The number of each transition, -1 for those not told apart; nothing where none is."""
        size = len(self.places) if self.pairs else 0
        found = np.full((size, size), -1, np.int64)
        for number, pair in enumerate(self.pairs):
            found[pair] = len(self.places) + number
        return found

    def count(self, paths: Paths, chosen: Array = NOTHING) -> Array:
        """The counts of some paths, (paths, features); this thread's until it counts again."""
        many = len(paths) if not len(chosen) else int(chosen.sum())
        out = scratch("features", many * self.size, np.uint32).reshape(many, self.size)
        found = count_features(paths.starts, paths.places, chosen, self.feature_of, self.pair_of(), out)
        return out[:found]

    def vectors(self, counts: Array, sizes: Array) -> Array:
        """Paths as vectors: the square root of each place's share, and of each transition's."""
        steps = np.maximum(sizes - 1, 1)
        totals = np.where(np.arange(self.size) < len(self.places), sizes[:, None], steps[:, None])
        found: Array = np.sqrt(counts / totals)
        return found


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
        paths = self.paths(block, drawn & block.keep if len(block.keep) else drawn)
        if not len(paths):
            return state
        sizes = np.diff(paths.starts.astype(np.int64))
        return self.merge(state, Drawn(block.column("hi")[paths.who], self.features.count(paths).copy(), sizes))

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
        _, groups, counts, sizes = self.assigned(block)
        tally_groups(groups, counts, sizes, state.customers, state.sums, state.holders, state.bins)
        return state

    def assigned(self, block: Block) -> tuple[Array, Array, Array, Array]:
        """The lines of the customers who have a path, their groups, counts and numbers of events."""
        paths = self.paths(block)
        sizes = np.diff(paths.starts.astype(np.int64))
        there = sizes > 0
        counts = self.features.count(paths, NOTHING if there.all() else there.astype(np.uint8))
        groups: Array = np.empty(len(counts), np.int64)
        roots = np.empty(self.features.size)
        nearest(counts, sizes[there], len(self.features.places), self.centres, roots, groups)
        return paths.who[there], self.numbers[groups], counts, sizes[there]

    def merge(self, left: Groups, right: Groups) -> Groups:
        """Both."""
        for name, more in vars(right).items():
            getattr(left, name)[...] += more
        return left
