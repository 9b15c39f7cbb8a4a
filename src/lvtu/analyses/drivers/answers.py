"""The rounds of drivers as engines fold them: what was scored at all, then each customer's scores and outcome.

Which scores count, and what of an outcome, hangs on which came first: see `lvtu.analyses.drivers.timing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from lvtu.analyses.base import FOREVER, both, mask_of, names_in
from lvtu.analyses.drivers.spec import DriversSpec
from lvtu.analyses.drivers.timing import YesNo, in_time
from lvtu.analyses.groups import values_of
from lvtu.analyses.means import given_in
from lvtu.analyses.members import lines_at
from lvtu.analyses.whom import rows_shown
from lvtu.core.expr.nodes import spell_name
from lvtu.core.segments import as_condition
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


class Driver(NamedTuple):
    """What was scored: a value of ``by``, on one scale; None where it is missing."""

    name: str | None
    scale: str | None


@dataclass(frozen=True)
class Outcome:
    """What the outcome is.

    Attributes:
        event: the event whose score it is.
        scale: the scale that it is on, whatever the event.
        condition: of customers, for a yes or no.
        own: events with scores that the condition asks about: they are no drivers.
    """

    event: str | None = None
    scale: str | None = None
    condition: str | None = None
    own: tuple[str, ...] = ()


def outcome_of(spec: DriversSpec, snapshot: Snapshot) -> Outcome:
    """What the outcome's name stands for: an event, else a scale, else a condition or a segment.

    Raises:
        BadInput: it is none of them.
    """
    if spec.outcome in snapshot.events:
        return Outcome(event=spec.outcome)
    snapshot.prepare({"scale"})
    if spec.outcome in values_of(snapshot, "scale"):
        return Outcome(scale=spec.outcome)
    if spec.outcome_where is not None:
        snapshot.code(spec.outcome)
    return Outcome(condition=as_condition(spec.outcome))


class Round:
    """What both rounds share."""

    def __init__(self, spec: DriversSpec, snapshot: Snapshot, outcome: Outcome) -> None:
        self.spec, self.snapshot, self.outcome = spec, snapshot, outcome
        self.yes = None if outcome.condition is None else YesNo(outcome.condition, spec, snapshot)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        conditions = self.spec.where, self.spec.outcome_where, self.outcome.condition
        return names_in(*conditions) | {self.spec.by, "score", "scale", "weight", "time_basis"}

    def _given(self, block: Block) -> Array:
        """The rows of a block with scores that exist for the question, in order."""
        spec = self.spec
        rows = given_in(block) if spec.weighted else np.flatnonzero(~np.isnan(block.numbers("score")))
        shown = rows_shown(spec, self.snapshot, block)
        if len(block.keep):
            shown = both(shown, np.repeat(block.keep, np.diff(block.column("offsets"))))
        return rows[shown[rows] != 0] if len(shown) else rows

    def scored(self, block: Block) -> tuple[Array, Array]:
        """The rows of a block whose scores count, in order, and which of them are the outcome."""
        rows, spec = self._given(block), self.spec
        if self.yes is not None:
            rows = rows[~self.yes.no_driver(block, rows)]
            return rows, np.zeros(len(rows), bool)
        if self.outcome.event is not None:
            told = block.column("event")[rows] == self.snapshot.code(self.outcome.event)
        else:
            codes, scales = block.codes("scale")
            told = codes[rows] == list(scales).index(str(self.outcome.scale), 1)
        fits = mask_of(block, spec.outcome_where)
        counts = told & (fits[rows] != 0) if len(fits) else told
        return rows[counts | ~told], counts[counts | ~told]  # the outcome's other answers are no drivers either


class Survey(Round):
    """How many scores there are for each driver, and on which scales the outcome is."""

    def empty(self, snapshot: Snapshot) -> Scored:
        """The state of no customers."""
        return Scored()

    def partial(self, block: Block, state: Scored) -> Scored:
        """Add a block's customers."""
        if self.yes is not None:
            rows = self._given(block)
            own = np.unique(block.column("event")[rows[self.yes.no_driver(block, rows)]])
            state.own |= {self.snapshot.events[code] for code in own.tolist()}
        rows, told = self.scored(block)
        (names, values), (scales, called) = block.codes(self.spec.by), block.codes("scale")
        for part, counts in ((rows[~told], state.drivers), (rows[told], state.outcomes)):
            keys = names[part].astype(np.int64) * len(called) + scales[part]
            for key, number in zip(*(one.tolist() for one in np.unique(keys, return_counts=True)), strict=True):
                name, scale = divmod(key, len(called))
                counts[Driver(values[name] if name else None, called[scale] if scale else None)] += number
        return state

    def merge(self, left: Scored, right: Scored) -> Scored:
        """Add two states."""
        left.drivers.update(right.drivers)
        left.outcomes.update(right.outcomes)
        left.own |= right.own
        return left


@dataclass
class Scored:
    """Scores by what was scored.

    Attributes:
        drivers: of experiences.
        outcomes: of the outcome.
        own: events with scores that a yes or no asks about.
    """

    drivers: Counter[Driver] = field(default_factory=Counter)
    outcomes: Counter[Driver] = field(default_factory=Counter)
    own: set[str] = field(default_factory=set)


def settled(spec: DriversSpec, outcome: Outcome, scored: Scored) -> tuple[Outcome, list[Driver]]:
    """What the outcome is after all, and the drivers, the most often scored first.

    An event that is never scored is a yes or no: whether customers did it.

    Raises:
        BadInput: the outcome is on several scales, or asks about all that was scored; or it is a score and has a limit.
        UnknownName: there is no such driver.
    """
    scales = sorted({one.scale or "—" for one in scored.outcomes})
    if len(scales) > 1:
        raise BadInput("outcome_scales", outcome=spec.outcome, known=scales)
    if outcome.event is not None and not scored.outcomes:
        where = "" if spec.outcome_where is None else f"[{spec.outcome_where}]"
        outcome = Outcome(condition=as_condition(f"did {spell_name(outcome.event)}{where}"))
    if spec.within is not None and outcome.condition is None:
        raise BadInput("within_of_score", outcome=spec.outcome)
    outcome = replace(outcome, own=tuple(sorted(scored.own)))
    found = [one for one in scored.drivers if one.name is not None]
    if outcome.own and not found:
        raise BadInput("drivers_of_outcome", outcome=spec.outcome, events=outcome.own)
    if spec.drivers is not None:
        known = sorted({str(one.name) for one in found})
        for name in spec.drivers:
            if name not in known:
                raise UnknownName("value", name, known, column=spec.by)
        found = [one for one in found if one.name in spec.drivers]
    found.sort(key=lambda one: (-scored.drivers[one], str(one.name), one.scale or ""))
    return outcome, found


@dataclass
class Answers:
    """Customers who have an outcome and scored anything, in parts.

    Attributes:
        parts: of each, the first halves of the customers' keys, their scores by driver (NaN where there is none), their
            outcomes and their weights.
        late: how many scores of theirs do not count, as they came after the outcome, or too short a time before the end
            for a yes or no.
    """

    parts: list[tuple[Array, Array, Array, Array]] = field(default_factory=list)
    late: int = 0

    def all(self, drivers: int) -> tuple[Array, Array, Array]:
        """Scores (customers, drivers), outcomes and weights, in the order of the customers' keys."""
        nobody = (np.empty(0, np.uint64), np.empty((0, drivers)), np.empty(0), np.empty(0))
        keys, scores, outcome, weight = (np.concatenate(part) for part in zip(nobody, *self.parts, strict=True))
        order = np.lexsort((*scores.T, weight, outcome, keys))  # two of one key in an order that is the same, too
        return scores[order], outcome[order], weight[order]


class Gathering(Round):
    """The scores and the outcome of every customer who has both."""

    def __init__(self, spec: DriversSpec, snapshot: Snapshot, outcome: Outcome, drivers: Sequence[Driver]) -> None:
        super().__init__(spec, snapshot, outcome)
        self.drivers = list(drivers)

    def empty(self, snapshot: Snapshot) -> Answers:
        """The state of no customers."""
        return Answers()

    def partial(self, block: Block, state: Answers) -> Answers:
        """Add a block's customers."""
        lines, scores, outcome, weight = self.answers(block, state)
        if len(lines):
            state.parts.append((block.column("hi")[lines], scores, outcome, weight))
        return state

    def answers(self, block: Block, state: Answers | None = None) -> tuple[Array, Array, Array, Array]:
        """The lines of the customers of a block who count; their scores by driver, outcomes and weights.

        Args:
            block: whose customers.
            state: is told how many scores came too late.
        """
        rows, told = self.scored(block)
        driver, lines = self._driver_of(block, rows), lines_at(block, rows)
        known = self._known(block, rows, lines, told)
        if state is not None:
            late = lines[~known & (driver >= 0)]
            state.late += len(late) if self.yes is not None else int(np.isin(late, lines[told]).sum())
        rows, told, driver, lines = (one[known] for one in (rows, told, driver, lines))
        who, place = np.unique(lines, return_inverse=True)
        score, weight = block.numbers("score")[rows], block.numbers("weight")[rows]
        weight = np.where(np.isnan(weight), 1.0, weight) if self.spec.weighted else np.ones(len(rows))
        scored = driver >= 0
        scores = self._taken(place[scored], driver[scored], score[scored], (len(who), len(self.drivers)))
        weighed = told if self.yes is None else scored
        only = np.zeros(len(rows), np.int64)
        heavy = self._taken(place[weighed], only[weighed], weight[weighed], (len(who), 1))[:, 0]
        if self.yes is None:
            outcome = self._taken(place[told], only[told], score[told], (len(who), 1))[:, 0]
        else:
            last = np.full(block.customers, FOREVER, np.int64)
            last[lines[scored]] = block.column("time")[rows[scored]]  # rows are in order: the last one stays
            outcome = self.yes.judged(block, last)[who]
        counts = ~np.isnan(outcome) & ~np.isnan(scores).all(axis=1)
        return who[counts], scores[counts], outcome[counts], heavy[counts]

    def _known(self, block: Block, rows: Array, lines: Array, told: Array) -> Array:
        """Which scores were given before the outcome; see `lvtu.analyses.drivers.timing`."""
        if self.yes is None:
            return in_time(block, rows, lines, told)
        found: Array = block.column("time")[rows] <= self.yes.last
        return found

    def _driver_of(self, block: Block, rows: Array) -> Array:
        """The number of the driver that each row scores; −1 for none."""
        (names, values), (scales, called) = block.codes(self.spec.by), block.codes("scale")
        number = {one: place for place, one in enumerate(self.drivers)}
        keys = names[rows].astype(np.int64) * len(called) + scales[rows]
        distinct, place = np.unique(keys, return_inverse=True)
        known = [
            number.get(Driver(values[name] if name else None, called[scale] if scale else None), -1)
            for name, scale in (divmod(key, len(called)) for key in distinct.tolist())
        ]
        found: Array = np.array(known, np.int64)[place]
        return found

    def _taken(self, place: Array, column: Array, value: Array, shape: tuple[int, int]) -> Array:
        """One value for each customer and column, the latest or the mean; NaN where there is none."""
        if self.spec.take == "latest":
            found = np.full(shape, np.nan)
            found[place, column] = value  # rows are in order: the last one stays
            return found
        sums, numbers = np.zeros(shape), np.zeros(shape)
        np.add.at(sums, (place, column), value)
        np.add.at(numbers, (place, column), 1)
        mean: Array = np.where(numbers > 0, sums / np.maximum(numbers, 1), np.nan)
        return mean

    def merge(self, left: Answers, right: Answers) -> Answers:
        """Both."""
        left.parts += right.parts
        left.late += right.late
        return left
