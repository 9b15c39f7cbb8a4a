"""RFM: how lately, how often and for how much customers buy, in scores from 1 to 5 and in segments made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
from pydantic import field_validator

from lvtu.analyses.base import Duration, Spec, names_in, view_of
from lvtu.analyses.durations import Durations
from lvtu.analyses.rfm.rules import CELLS, RULES, SCORES, rules_of_cells
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.durations import BINS, MARK_BITS, bins_of, last_in
from lvtu.kernels.periods import NO_VALUE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.rfm.result import RfmResult

_CUTS = SCORES - 1
_LOW = (1 << 32) - 1


class RfmSpec(Spec):
    """Recency, frequency and money of the customers who did something.

    Attributes:
        event: what counts as an order.
        recency: four times, ascending: an order no longer ago than the first scores 5, than the second 4, …; fifths of
            the customers if not given.
        frequency: four numbers of orders, ascending: more than the first scores 2, more than the second 3, ….
        money: four sums of value, ascending, likewise; in each currency.
        where: only such orders.
        since, until: only orders from this time on, before that one; recency counts back from `until`, or from the last
            event of the data.
    """

    analysis: ClassVar[str] = "rfm"

    event: str
    recency: tuple[Duration, ...] = ()
    frequency: tuple[int, ...] = ()
    money: tuple[float, ...] = ()

    @field_validator("recency", "frequency", "money")
    @classmethod
    def _four(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if value and (len(value) != _CUTS or list(value) != sorted(value)):
            raise BadInput("four_cuts", given=", ".join(f"{cut:g}" for cut in value))
        return value


SPEC = RfmSpec


class Bought(NamedTuple):
    """The customers of a block who ordered, once for each currency they ordered in.

    Attributes:
        who: their lines in the block.
        currency: codes.
        measures: (3, customers): µs since the last order, orders, sum of value in micro-units.
    """

    who: Array
    currency: Array
    measures: Array


@dataclass
class Spread:
    """Integers.

    Attributes:
        bins: by currency and measure a histogram (see `lvtu.kernels.durations`).
    """

    bins: Array


@dataclass
class State:
    """Integers.

    Attributes:
        customers: by currency and cell.
        value: what they spent, micro-units, by currency and cell.
        medians: by currency, cell or (behind the cells) segment, and measure.
    """

    customers: Array
    value: Array
    medians: Durations


class Orders:
    """What customers bought, as engines fold it: the first round, from which the cut points follow."""

    def __init__(self, spec: RfmSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.code = snapshot.code(spec.event)
        self.currencies: list[str | None] = [None, *snapshot.names("currency")[1:]]
        self.end = snapshot.times[1] if spec.until is None else spec.until

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> Spread:
        """The state of no customers."""
        return Spread(np.zeros((len(self.currencies), 3, BINS), np.int64))

    def partial(self, block: Block, state: Spread) -> Spread:
        """Add a block's customers."""
        found = self.bought(block)
        for measure, values in enumerate(found.measures):
            np.add.at(state.bins[:, measure], (found.currency, bins_of(values)), 1)
        return state

    def merge(self, left: Spread, right: Spread) -> Spread:
        """Add two states."""
        left.bins += right.bins
        return left

    def ordered(self, block: Block) -> tuple[Array, Array, Array]:
        """The orders of a block: their customers' lines, their rows and times (µs)."""
        keys, times = block.postings(self.code)
        who, rows = (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(_LOW)).astype(np.int64)
        low, high = self.spec.span()
        shown = (times >= low) & (times < high)
        view = view_of(block, self.snapshot, self.spec.where)
        if len(view):
            shown &= view[rows] != 0
        if len(block.keep):
            shown &= block.keep[who] != 0
        return who[shown], rows[shown], times[shown]

    def bought(self, block: Block) -> Bought:
        """What the customers of a block bought."""
        who, rows, times = self.ordered(block)
        currency = block.codes("currency")[0][rows].astype(np.int64)
        value = block.column("value")[rows]
        group = who * len(self.currencies) + currency
        order = np.argsort(group, kind="stable")  # by time within
        starts = np.flatnonzero(np.diff(group[order], prepend=-1))
        ends = np.append(starts[1:], len(order))[: len(starts)]
        spent = np.add.reduceat(np.where(value == NO_VALUE, 0, value)[order], starts) if len(starts) else starts
        recency = self.end - times[order][ends - 1] if len(starts) else starts
        first = order[starts]
        return Bought(who[first], currency[first], np.stack([recency, ends - starts, spent]).astype(np.int64))

    def cuts(self, spread: Spread) -> Array:
        """The four cut points by currency and measure: those given, else the fifths (of few or equal ones the same)."""
        below = spread.bins.cumsum(axis=2)
        cuts = np.empty((len(self.currencies), 3, _CUTS), np.int64)
        for fifth in range(1, SCORES):
            enough = below * SCORES >= below[:, :, -1:] * fifth
            cuts[:, :, fifth - 1] = last_in(enough.argmax(axis=2))
        given = (self.spec.recency, self.spec.frequency, [round(cut * 1e6) for cut in self.spec.money])
        for measure, points in enumerate(given):
            if points:
                cuts[:, measure] = points
        return cuts


class Rfm:
    """Scores as engines fold them: the second round.

    Args:
        orders: what customers bought.
        cuts: by currency, measure and number.
    """

    def __init__(self, orders: Orders, cuts: Array) -> None:
        self.orders, self.cuts, self.rules = orders, cuts, rules_of_cells()
        self.spec, self.snapshot = orders.spec, orders.snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.orders.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        shape, lines = (len(self.orders.currencies), CELLS), len(self.orders.currencies) * (CELLS + len(RULES)) * 3
        return State(np.zeros(shape, np.int64), np.zeros(shape, np.int64), Durations(lines))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        found = self.orders.bought(block)
        cells = self.cells(found)
        np.add.at(state.customers, (found.currency, cells), 1)
        np.add.at(state.value, (found.currency, cells), found.measures[2])
        for place in (cells, CELLS + self.rules[cells]):
            lines = (found.currency * (CELLS + len(RULES)) + place) * 3
            for measure, values in enumerate(found.measures):
                state.medians.add((((lines + measure) << MARK_BITS) | bins_of(values)).astype(np.uint64))
        return state

    def cells(self, found: Bought) -> Array:
        """The number of each one's cell."""
        above = self.above(found)
        r, f, m = _CUTS - above[0], above[1], above[2]
        cells: Array = (r * SCORES + f) * SCORES + m
        return cells

    def above(self, found: Bought) -> Array:
        """How many of the cut points each measure of each one is beyond, (3, customers)."""
        beyond: Array = (found.measures[:, :, None] > self.cuts[found.currency].transpose(1, 0, 2)).sum(axis=2)
        return beyond

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        left.value += right.value
        left.medians.merge(right.medians)
        return left


def reads_of(spec: RfmSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | {"currency"}


def run(spec: RfmSpec, snapshot: Snapshot, engine: Engine) -> RfmResult:
    """Answer the question."""
    from lvtu.analyses.rfm.result import RfmResult

    snapshot.prepare(reads_of(spec))
    orders = Orders(spec, snapshot)
    question = Rfm(orders, orders.cuts(engine.fold(orders, snapshot)))
    return RfmResult(question, engine.fold(question, snapshot), engine)
