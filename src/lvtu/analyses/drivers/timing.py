"""What was known when: a score counts as far as it was given before its outcome, a yes or no as far as it came after.

Without that a rating of the refund would explain the refund, and a rating that follows a recommendation the
recommendation. What would leak is left out or refused, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lvtu.analyses.base import FOREVER, both, view_of
from lvtu.analyses.drivers.spec import DriversSpec
from lvtu.analyses.durations import exact_rows
from lvtu.core.expr import parse
from lvtu.core.expr.customers import Events, InSegment, customers_in
from lvtu.core.expr.nodes import Expr
from lvtu.core.units import DAY, HOUR
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.snapshot import Snapshot

OCCASION = HOUR
"""So much later than the outcome a score may come and still be of the same occasion: a survey takes a while."""

_ANSWERS = frozenset({"score", "scale", "weight"})


class YesNo:
    """An outcome that is a condition on customers: how it is judged by what they did after they had answered.

    Args:
        condition: as text.
        spec: what was asked.
        snapshot: of what.

    Attributes:
        named: the events that it names: their scores would tell it, and are no drivers.
        listed: the segments it asks for that are lists: since when somebody is on one, nobody knows.

    Raises:
        BadInput: it asks about scores of whatever event.
    """

    def __init__(self, condition: str, spec: DriversSpec, snapshot: Snapshot) -> None:
        self._condition, self._spec, self._snapshot = parse(condition), spec, snapshot
        wholes = list(_meant(self._condition, snapshot))
        asked = [one for whole in wholes for part in customers_in(whole) for one in part.events]
        self.named = tuple(dict.fromkeys(name for one in asked if not one.negated for name in one.names))
        self.listed = tuple(dict.fromkeys(_lists(wholes, snapshot)))
        if any(_of_scores(whole) for whole in wholes) or any(_scores_of_any(one) for one in asked):
            raise BadInput("outcome_of_scores", outcome=condition)

    @property
    def last(self) -> int:
        """Scores after this time (µs) do not count: there was not time enough for the outcome."""
        within = self._spec.within
        return FOREVER if within is None else self._snapshot.times[1] - within

    def no_driver(self, block: Block, rows: Array) -> Array:
        """Which rows are of events that the outcome names."""
        found: Array = np.isin(block.column("event")[rows], [self._snapshot.code(name) for name in self.named])
        return found

    def judged(self, block: Block, answered: Array) -> Array:
        """The outcome of each customer, 1 or 0, by what they did later than they had answered.

        Args:
            block: whose customers.
            answered: when each of them gave the last score that counts, µs; FOREVER for none.
        """
        since = np.repeat(answered, np.diff(block.column("offsets")))
        time, within = block.column("time"), self._spec.within
        after = time > since
        if within is not None:
            after &= time - within <= since
        later = block.seen_only(after.view(np.uint8))
        rows = both(view_of(block, self._snapshot, self._spec.where), after.view(np.uint8))
        done: Array = having(self._condition, later, rows) != 0
        return done.astype(float)


def in_time(block: Block, rows: Array, lines: Array, told: Array) -> Array:
    """Which of some rows were given before their customer's last answer to the outcome, or with it.

    Args:
        block: whose rows.
        rows: with scores.
        lines: the customer of each.
        told: which of them are the outcome.
    """
    last = np.full(block.customers, -FOREVER, np.int64)
    last[lines[told]] = block.column("time")[rows[told]]  # rows are in order: the last one stays
    exact = exact_rows(block)
    slack = np.full(len(rows), OCCASION) if not len(exact) else np.where(exact[rows] != 0, OCCASION, DAY)
    found: Array = block.column("time")[rows] - slack <= last[lines]
    return found | told


def _meant(expr: Expr, snapshot: Snapshot) -> Iterator[Expr]:
    """A condition, and those that the segments in it stand for."""
    yield expr
    for part in customers_in(expr):
        if isinstance(part, InSegment) and isinstance(meaning := snapshot.segment(part.name), Expr):
            yield from _meant(meaning, snapshot)


def _lists(wholes: list[Expr], snapshot: Snapshot) -> Iterator[str]:
    for whole in wholes:
        for part in customers_in(whole):
            if isinstance(part, InSegment) and not isinstance(snapshot.segment(part.name), Expr):
                yield part.name


def _of_scores(whole: Expr) -> bool:
    """Whether a condition looks at the scores of single events, outside of what is asked about customers."""
    inside = [part.names for part in customers_in(whole)]
    return bool((whole.names - frozenset[str]().union(*inside)) & _ANSWERS)


def _scores_of_any(one: Events) -> bool:
    return (one.negated or not one.names) and bool(one.reads & _ANSWERS)
