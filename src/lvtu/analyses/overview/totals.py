"""The totals of one or two periods with nothing between them, in one fold: customers, events, orders, money, scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lvtu.analyses.base import names_in, view_of
from lvtu.analyses.jackknife import GROUPS, groups_of
from lvtu.analyses.means import Scores, given_in
from lvtu.analyses.members import lines_at, rows_of
from lvtu.analyses.metric import MetricQuestion, MetricSpec
from lvtu.analyses.overview.periods import Window
from lvtu.engines.base import Engine
from lvtu.kernels.periods import NO_VALUE, per_period
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

SALES = "sales"
"""The metric of the catalogue whose events are orders, and whose money is told."""


@dataclass
class State:
    """Integers by period and group of customers.

    Attributes:
        events, customers: (periods, `GROUPS`).
        orders: (periods, `GROUPS`).
        money: in millionths, (periods, currencies, `GROUPS`).
        scores: by period and scale.
    """

    events: Array
    customers: Array
    orders: Array
    money: Array
    scores: dict[tuple[int, str | None], Scores] = field(default_factory=lambda: defaultdict(Scores))


class Totals:
    """The totals as engines fold them.

    Args:
        windows: periods in their order; nothing happened between one and the next.
        where: only events for which this is true exist.
        snapshot: read through a model, if there is one.
    """

    def __init__(self, windows: Sequence[Window], where: str | None, snapshot: Snapshot) -> None:
        self.snapshot, self.where, self.windows = snapshot, where, windows
        self.starts = np.array([window.since for window in windows])
        self.span = windows[0].since, windows[-1].until
        sales = MetricQuestion(MetricSpec(name=SALES, where=where, since=self.span[0], until=self.span[1]), snapshot)
        told = sales.metric.kind == "amount" and sales.money and not sales.unshown
        self.sales = sales if told else None

    @property
    def currencies(self) -> list[str | None]:
        """By code."""
        return [None] if self.sales is None else self.sales.currencies

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        orders = self.sales.reads() if self.sales else set()
        return names_in(self.where) | orders | {"score", "scale", "weight"}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        events, customers, orders = (np.zeros((len(self.windows), GROUPS), np.int64) for _ in range(3))
        money = np.zeros((len(self.windows), len(self.currencies), GROUPS), np.int64)
        return State(events, customers, orders, money)

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        groups, offsets = groups_of(block), block.column("offsets")
        view = view_of(block, self.snapshot, self.where)
        seen, money = np.full(state.events.shape, -1, np.int64), np.zeros_like(state.events)
        per_period(
            offsets, block.column("time"), NOTHING.view(np.int64), block.keep, view,
            np.repeat(groups, np.diff(offsets)), self.starts, *self.span, seen, state.events, state.customers, money,
        )  # fmt: skip
        if self.sales is not None:
            self._add_orders(block, groups, state)
        self._add_scores(block, state)
        return state

    def _add_orders(self, block: Block, groups: Array, state: State) -> None:
        assert self.sales is not None
        rows = rows_of(block, self.snapshot, self.where, span=self.span)
        rows = rows[self.sales.bits(block)[rows] != 0]
        period, group = self._period(block, rows), groups[lines_at(block, rows)]
        np.add.at(state.orders, (period, group), 1)
        value = block.column("value")[rows]
        worth = value != NO_VALUE
        currency = block.codes("currency")[0][rows[worth]]
        np.add.at(state.money, (period[worth], currency, group[worth]), value[worth])

    def _add_scores(self, block: Block, state: State) -> None:
        given = given_in(block)
        if not len(given):
            return
        given = given[np.isin(given, rows_of(block, self.snapshot, self.where, span=self.span))]
        scores, weights = block.numbers("score")[given], block.numbers("weight")[given]
        codes, scales, periods = block.codes("scale")[0][given], block.codes("scale")[1], self._period(block, given)
        for period, code in {*zip(periods.tolist(), codes.tolist(), strict=True)}:
            chosen = (periods == period) & (codes == code)
            state.scores[period, scales[code] if code else None].add(scores[chosen], weights[chosen])

    def _period(self, block: Block, rows: Array) -> Array:
        found: Array = np.searchsorted(self.starts, block.column("time")[rows], side="right") - 1
        return found

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("events", "customers", "orders", "money"):
            getattr(left, name)[...] += getattr(right, name)
        for key, scores in right.scores.items():
            left.scores[key].merge(scores)
        return left


def totals(windows: Sequence[Window], where: str | None, snapshot: Snapshot, engine: Engine) -> tuple[Totals, State]:
    """The totals of some periods, with what they were counted by."""
    snapshot.prepare(names_in(where) | {"currency"})
    question = Totals(windows, where, snapshot)
    snapshot.prepare(question.reads())
    state: State = engine.fold(question, snapshot)
    return question, state
