"""What sets the customers of a segment apart from all others: what they do, where, how they feel, what they spend."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lvtu.analyses.base import names_in, view_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.intervals import Z95, difference, discoveries, normal
from lvtu.analyses.overview.changes import LEAST_CUSTOMERS, SIGNIFICANT
from lvtu.analyses.overview.periods import Periods
from lvtu.core.expr import parse
from lvtu.engines.base import Engine
from lvtu.kernels.periods import NO_VALUE
from lvtu.kernels.reach import reach
from lvtu.maps.live.beside import beside
from lvtu.maps.live.filled import Value
from lvtu.maps.live.spoken import value_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.snapshot import Snapshot

MOST = 6
"""Things told that customers of a segment do more, or less, than all others."""


@dataclass(frozen=True)
class Trait:
    """What customers of the segment do more often, or less often, than all others.

    Attributes:
        kind: what it is: ``channel``, ``touchpoint``, ``event``.
        name: which.
        customers: of the segment who did it.
        share: of the segment.
        others: the share of all others.
        lift: how many times as often; None where no other did it.
        low, high: its 95 % interval (Katz, Baptista, Azen & Pike 1978, on the logarithm of the ratio).
        p_adjusted: after false-discovery control over everything compared; None where too few tell.
        significant: whether it is more than chance.
    """

    kind: str
    name: str
    customers: int
    share: float
    others: float
    lift: float | None
    low: float | None
    high: float | None
    p_adjusted: float | None = None
    significant: bool = False


@dataclass(frozen=True)
class Felt:
    """What customers of the segment answered on a scale.

    Attributes:
        scale: which; ``sentiment``: how they felt in what they wrote.
        value: of the segment.
        others: of all others; None where those said nothing.
        difference: the segment minus the others, in the unit of the value; None where one said nothing.
        low, high: its 95 % interval.
        p_adjusted, significant: as of `Trait`.
    """

    scale: str
    value: Value
    others: Value | None
    difference: float | None
    low: float | None
    high: float | None
    p_adjusted: float | None = None
    significant: bool = False


@dataclass(frozen=True)
class Spent:
    """What a customer of the segment spends, on average; who spends nothing counts too.

    Attributes:
        currency: of it; None where none is named.
        value: the mean of the segment, with its interval.
        others: that of all others.
        p_adjusted, significant: as of `Trait`.
    """

    currency: str | None
    value: Value
    others: float | None
    p_adjusted: float | None = None
    significant: bool = False


@dataclass(frozen=True)
class Profile:
    """What is known of a segment.

    Attributes:
        customers: in it.
        everyone: all customers.
        traits: the most telling first.
        feelings: by scale.
        money: by currency.
        compared: how many differences were tested together.
    """

    customers: int
    everyone: int
    traits: tuple[Trait, ...] = ()
    feelings: tuple[Felt, ...] = ()
    money: tuple[Spent, ...] = ()
    compared: int = 0

    @property
    def share(self) -> float | None:
        """Of all customers, those in it; None where there are none."""
        return self.customers / self.everyone if self.everyone else None


@dataclass
class Side:
    """Those inside, or those outside.

    Attributes:
        customers: how many.
        places: customers by kind and code.
        money: the sum of what they spent by currency (code), micro-units.
        squares: likewise the sums of the squares, of each block.
    """

    customers: int = 0
    places: dict[str, Array] = field(default_factory=dict)
    money: Counter[int] = field(default_factory=Counter)
    squares: dict[int, list[float]] = field(default_factory=dict)


class Apart:
    """Customers inside and outside a segment, as engines fold them.

    Args:
        condition: on customers.
        kinds: by what they are told apart.
        snapshot: of what.
    """

    def __init__(self, condition: str, kinds: Sequence[str], snapshot: Snapshot) -> None:
        self.condition, self.kinds, self.snapshot = condition, kinds, snapshot
        self.names = {kind: values_of(snapshot, kind) for kind in kinds}

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.condition) | {*self.kinds, "currency"}

    def empty(self, snapshot: Snapshot) -> tuple[Side, Side]:
        """The state of no customers."""
        inside, outside = (Side(places={kind: np.zeros(len(self.names[kind]), np.int64) for kind in self.kinds})
                           for _ in range(2))  # fmt: skip
        return inside, outside

    def partial(self, block: Block, state: tuple[Side, Side]) -> tuple[Side, Side]:
        """Add a block's customers."""
        there = (np.diff(block.column("offsets")) > 0).view(np.uint8)
        if len(block.keep):
            there = there & block.keep
        flags = having(parse(self.condition), block).view(np.uint8)
        for side, mine in zip(state, (there & flags, there & ~flags & 1), strict=True):
            self._add(block, side, mine)
        return state

    def _add(self, block: Block, side: Side, mine: Array) -> None:
        side.customers += int(np.count_nonzero(mine))
        everything, (low, high) = view_of(block, self.snapshot, None), (-(1 << 62), 1 << 62)
        for kind in self.kinds:
            last = np.full(len(self.names[kind]), -1, np.int64)
            reach(
                block.column("offsets"), block.column("time"), block.codes(kind)[0], mine, everything, low, high, last,
                side.places[kind],
            )  # fmt: skip
        spent = np.where(block.column("value") == NO_VALUE, 0, block.column("value"))
        codes = block.codes("currency")[0]
        line = np.repeat(np.arange(block.customers), np.diff(block.column("offsets")))
        for code in np.unique(codes[spent != 0]).tolist():
            mask = (codes == code) & (mine[line] != 0)
            sums = np.bincount(line[mask], spent[mask].astype(np.float64), block.customers)
            side.money[code] += round(math.fsum(sums))
            side.squares.setdefault(code, []).append(math.fsum(sums * sums))

    def merge(self, left: tuple[Side, Side], right: tuple[Side, Side]) -> tuple[Side, Side]:
        """Add two states."""
        for one, other in zip(left, right, strict=True):
            one.customers += other.customers
            one.money.update(other.money)
            for kind in self.kinds:
                one.places[kind] += other.places[kind]
            for code, some in other.squares.items():
                one.squares.setdefault(code, []).extend(some)
        return left


def profile(
    condition: str, kinds: Sequence[str], span: Periods, zone: str, snapshot: Snapshot, engine: Engine
) -> Profile:  # fmt: skip
    """What sets the customers of a segment apart from all others.

    Shares are compared by Newcombe's test of proportions, means by Welch's; false-discovery control is over everything
    that is compared (Benjamini & Hochberg 1995). A segment is set against all others, not against everybody, among
    whom it is: the two would not be independent.

    Args:
        condition: on customers.
        kinds: by what they are told apart: ``channel``, ``touchpoint``, ``event``.
        span: the time in which they answered.
        zone: whose days it is made of.
        snapshot, engine: of what, and who counts.
    """
    snapshot.prepare(names_in(condition) | {*kinds, "currency"})
    question = Apart(condition, kinds, snapshot)
    inside, outside = engine.fold(question, snapshot)
    found = _traits(question, inside, outside)
    felt = _feelings(condition, span, zone, snapshot, engine)
    spent = _money(inside, outside, snapshot.names("currency"))
    tested: list[tuple[Trait | Felt | Spent, float | None]] = [*found, *felt, *spent]
    known = [p for _, p in tested if p is not None]
    adjusted = iter(discoveries(known))
    told = [_judged(one, None if p is None else next(adjusted)) for one, p in tested]
    traits = [one for one in told if isinstance(one, Trait)]
    traits.sort(key=lambda one: (not one.significant, -abs(one.share - one.others)))
    return Profile(
        inside.customers, inside.customers + outside.customers, tuple(traits[:MOST]),
        tuple(one for one in told if isinstance(one, Felt)), tuple(one for one in told if isinstance(one, Spent)),
        len(known),
    )  # fmt: skip


def _judged(one: Trait | Felt | Spent, p: float | None) -> Trait | Felt | Spent:
    return replace(one, p_adjusted=p, significant=p is not None and p <= SIGNIFICANT)


def _traits(question: Apart, inside: Side, outside: Side) -> list[tuple[Trait, float | None]]:
    found = []
    n, m = inside.customers, outside.customers
    if not n:
        return []
    for kind in question.kinds:
        for code, name in enumerate(question.names[kind]):
            here, there = int(inside.places[kind][code]), int(outside.places[kind][code])
            if name is None or not here + there:
                continue
            apart = difference(here, n, there, m) if min(n, m) >= LEAST_CUSTOMERS else None
            trait = Trait(kind, name, here, here / n, there / m if m else 0.0, *lift(here, n, there, m))
            found.append((trait, None if apart is None else apart[3]))
    return found


def lift(here: int, n: int, there: int, m: int) -> tuple[float | None, float | None, float | None]:
    """How many times as often something is among some as among others, with its 95 % interval.

    The interval is symmetrical on the logarithm of the ratio (D. Katz, J. Baptista, S. P. Azen & M. C. Pike, Biometrics
    34 (1978) 469–474): ln RR ± z·√(1/a − 1/n + 1/b − 1/m).

    Args:
        here, n: how many of how many.
        there, m: of the others.

    Example:
        >>> [round(x, 3) for x in lift(30, 100, 10, 100)]
        [3.0, 1.551, 5.803]
        >>> lift(30, 100, 0, 100)
        (None, None, None)
    """
    if not there or not n or not m:
        return None, None, None
    ratio = (here / n) / (there / m)
    if not here:
        return ratio, None, None
    half = Z95 * math.sqrt(max(1 / here - 1 / n + 1 / there - 1 / m, 0.0))
    return ratio, ratio * math.exp(-half), ratio * math.exp(half)


def _money(inside: Side, outside: Side, names: Sequence[str | None]) -> list[tuple[Spent, float | None]]:
    found: list[tuple[Spent, float | None]] = []
    for code in sorted({*inside.money, *outside.money}):
        mine, theirs = _mean(inside, code), _mean(outside, code)
        if mine is None:
            continue
        mean, error = mine
        half = Z95 * math.sqrt(error)
        p = None
        if theirs is not None and min(inside.customers, outside.customers) >= LEAST_CUSTOMERS:
            p = normal(mean - theirs[0], error + theirs[1])[2]
        value = Value(mean, "mean", inside.customers, mean - half, mean + half)
        found.append((Spent(names[code] if code else None, value, None if theirs is None else theirs[0]), p))
    return found


def _mean(side: Side, code: int) -> tuple[float, float] | None:
    """The mean of what customers spend, and its squared standard error; None of fewer than two."""
    n = side.customers
    if n < 2:
        return None
    mean = side.money[code] / n
    spread = max(math.fsum(side.squares.get(code, [])) / n - mean * mean, 0.0) * n / (n - 1)
    return mean / 1e6, spread / n / 1e12


def _feelings(
    condition: str, span: Periods, zone: str, snapshot: Snapshot, engine: Engine
) -> list[tuple[Felt, float | None]]:  # fmt: skip
    these = beside(span, None, zone, condition, f"not ({condition})", snapshot, engine)
    found = []
    for mine in these.mine.scales:
        value = value_of(mine.figure, mine.measure)
        if value is None:
            continue
        name = "sentiment" if mine.measure.name == "sentiment" else mine.measure.scale or "score"
        theirs = next((one for one in these.theirs.scales if one.measure == mine.measure), None)
        other = None if theirs is None else value_of(theirs.figure, theirs.measure)
        change = next((one.figure.change for one in these.apart.scales if one.measure == mine.measure), None)
        ends = (None, None, None) if change is None else (change.difference, change.low, change.high)
        plain = replace(value, before=None, worse=False, better=False)
        found.append((Felt(name, plain, other, *ends), None if change is None else change.p_value))
    return found


def telling(found: Profile) -> Iterable[Trait]:
    """The traits that are more than chance, and more often."""
    return (one for one in found.traits if one.significant and one.share > one.others)
