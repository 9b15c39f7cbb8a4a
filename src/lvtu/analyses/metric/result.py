"""A metric's answer: its figures with intervals, and who is behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.calendars import When, number_of
from lvtu.analyses.intervals import wilson
from lvtu.analyses.jackknife import interval
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.metric import MetricQuestion, State
from lvtu.core.metrics import Metric
from lvtu.core.sentences import Note
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

_MONEY = 1e6

_LEAST_PARTS = 5
"""An interval needs something from so many groups of customers, on both sides."""


class MetricResult(Result):
    """A metric's answer.

    Attributes:
        table: one row per group and period that has something to count, with the columns of the breakdown,
            ``currency`` (money) and ``period`` (its start) where asked for, and by the metric's kind

            * customers of customers, and silence: ``rate``, ``low``, ``high`` (Wilson), ``count``, ``n``, and with a
              window ``immature``: those left out since they still have time;
            * a ratio of events or money: ``rate``, ``low``, ``high`` (jackknife over 64 groups of customers),
              ``count``, ``n``; no interval where what is counted comes from fewer than five of them;
            * an amount: ``events``, ``customers`` or ``value``;
            * growth: the amount, ``earlier``, ``growth``, ``low``, ``high`` (jackknife).
        metric: the definition it was worked out by.
    """

    def __init__(self, question: MetricQuestion, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self.metric: Metric = question.metric
        table = _table(question, state)
        super().__init__(question.spec, table, question.snapshot.token, _notes(question, table))

    def customers(
        self, group: Group = ..., period: When | None = None, *, counted: bool = True, limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who is behind a figure.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            period: the period's start; without an offset, a time of the question's zone. All if not given.
            counted: those of ``count``; False for those of ``n`` (everybody who had the chance and the time).
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: there is no such period or group.
            Erased: somebody was forgotten since the metric was counted.
        """
        question = self._question
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        if period is not None and question.period is None:
            raise BadInput("no_periods_asked")
        number = None if period is None else number_of(question.boundaries, period, question.spec.zone)
        found = Members(question.reads(), _behind(question, code, number, counted))
        return names_of(self._engine, question.snapshot, found, limit, offset)

    def explain(self, customer: str) -> Explained:
        """What of one customer is counted: a row for each chance they had, or for each event.

        Its columns: the breakdown's, ``currency`` and ``period`` as in the answer, ``event``, ``time`` and
        ``message_id`` (of what gave the chance, of the last event before a period of silence, or of what is counted),
        and how much it adds to the answer's ``count`` and ``n``, or to its amount; what belongs to no row of the answer
        is left out. Of chances and silence ``then``, ``then_time`` and ``then_message_id`` too: the event by which the
        chance was taken, or the last one until the period's end; ``immature`` as in the answer. Of growth each row
        counts in its own period and, as ``earlier``, in the next.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.metric.explain import explain

        return explain(self._question, self.table, customer)


def _notes(question: MetricQuestion, table: pa.Table) -> list[Note]:
    metric, notes = question.metric, []
    if unseen := question.unseen():
        keys = [key for side in unseen if (one := getattr(metric, side)) for key in one.behaviour]
        notes.append(Note("unseen_measures", metric=metric.key, behaviours=tuple(keys or unseen)))
    if metric.kind == "growth" and not table.num_rows:
        notes.append(Note("one_period"))
    elif question.period and metric.kind != "lapsed" and question.over() < len(question.boundaries):
        end = f"{moment(question.horizon):%Y-%m-%d}"
        notes.append(Note("open_period_left_out", end=end) if metric.kind == "growth" else Note("open_period", end=end))
    return notes


def _behind(question: MetricQuestion, code: int | None, period: int | None, counted: bool) -> Callable[[Block], Array]:
    by_customers = question.metric.kind in ("converted", "lapsed") or question.metric.of.count == "customers"

    def lines(block: Block) -> Array:
        if by_customers:
            found = question.chances(block)
            who, rows, periods = found.who, found.rows, found.periods
            kept = found.over & found.done if counted else found.over
        else:
            rows, bits = question.counted(block)
            who, periods = lines_at(block, rows), question.periods(block, rows)
            kept = (bits & (2 if counted else 1)) != 0
        if code is not None and question.spec.by:
            kept = kept & (block.codes(question.spec.by)[0][rows] == code)
        if period is not None:
            kept = kept & (periods == period)
        picked: Array = who[kept]
        return picked

    return lines


def _table(question: MetricQuestion, state: State) -> pa.Table:
    metric, whole = question.metric, state.sums.sum(0)
    if metric.kind == "growth":
        cells = np.argwhere(whole[:, : max(question.over() - 1, 0), :, 1] > 0)
        cells[:, 1] += 1  # the period after
    elif metric.kind == "amount":
        cells = np.argwhere(whole[..., 1] > 0)
    else:
        cells = np.argwhere((whole[..., 1] > 0) | (whole[..., 2] > 0))
    columns: dict[str, Any] = {}
    currency, period, group = cells.T if len(cells) else np.zeros((3, 0), np.int64)
    if question.spec.by:
        columns[question.spec.by] = pa.array([question.groups[g] for g in group.tolist()], pa.string())
    if question.money:
        columns["currency"] = pa.array([question.currencies[c] for c in currency.tolist()], pa.string())
    if question.period:
        starts = [moment(int(question.boundaries[p])) for p in period.tolist()]
        columns["period"] = pa.array(starts, pa.timestamp("us", "UTC"))
    columns |= _FIGURES[metric.kind](question, state.sums, tuple(cells.T))
    return pa.table(columns)


Place = tuple[Array, ...]


def _shares(question: MetricQuestion, sums: Array, place: Place) -> dict[str, Any]:
    """Customers of customers."""
    count, n, immature = (sums.sum(0)[place][:, column] for column in range(3))
    unknown = (n == 0) | question.unshown
    ends = [None if gap else wilson(k, m) for k, m, gap in zip(*(x.tolist() for x in (count, n, unknown)), strict=True)]
    return {
        "rate": pa.array(count / np.maximum(n, 1), pa.float64(), mask=unknown),
        "low": pa.array([end and end[0] for end in ends], pa.float64()),
        "high": pa.array([end and end[1] for end in ends], pa.float64()),
        "count": count,
        "n": n,
        **({"immature": immature} if question.metric.within is not None else {}),
    }


def _ratios(question: MetricQuestion, sums: Array, place: Place) -> dict[str, Any]:
    """Events of events, money of money."""
    nothing = (None, None, None)
    rows = [
        nothing if question.unshown else _ratio(sums[(slice(None), *cell, 0)], sums[(slice(None), *cell, 1)])
        for cell in zip(*place, strict=True)
    ]
    figures = {
        name: pa.array([row[column] for row in rows], pa.float64())
        for column, name in enumerate(("rate", "low", "high"))
    }
    count, n = (_amount(question, sums.sum(0)[place][:, column]) for column in range(2))
    return {**figures, "count": count, "n": n}


def _amounts(question: MetricQuestion, sums: Array, place: Place) -> dict[str, Any]:
    return {_unit(question): _amount(question, sums.sum(0)[place][:, 1])}


def _growth(question: MetricQuestion, sums: Array, place: Place) -> dict[str, Any]:
    currency, period, group = place
    earlier = (currency, period - 1, group)
    rows = [
        _ratio(sums[(slice(None), *now, 1)], sums[(slice(None), *before, 1)])
        for now, before in zip(zip(*place, strict=True), zip(*earlier, strict=True), strict=True)
    ]
    changes = {
        name: pa.array([None if row[column] is None else row[column] - 1.0 for row in rows], pa.float64())  # type: ignore[operator]
        for column, name in enumerate(("growth", "low", "high"))
    }
    whole = sums.sum(0)
    now, before = (_amount(question, whole[at][:, 1]) for at in (place, earlier))
    return {_unit(question): now, "earlier": before, **changes}


def _unit(question: MetricQuestion) -> str:
    return "value" if question.money else question.metric.of.count


def _amount(question: MetricQuestion, numbers: Array) -> Array:
    return numbers / _MONEY if question.money else numbers


def _ratio(above: Array, below: Array) -> tuple[float | None, float | None, float | None]:
    """A ratio of two sums over parts, with its jackknife interval; no interval where it stands on few parts."""
    over, under = int(above.sum()), int(below.sum())
    if under == 0:
        return None, None, None
    rate = over / under
    if min(np.count_nonzero(above), np.count_nonzero(below)) < _LEAST_PARTS:
        return rate, None, None
    rest = [(over - a, under - b) for a, b in zip(above.tolist(), below.tolist(), strict=True)]
    low, high = interval(rate, [a / b for a, b in rest])
    return rate, max(low, 0.0) if over >= 0 else low, high


_FIGURES = {"converted": _shares, "lapsed": _shares, "ratio": _ratios, "amount": _amounts, "growth": _growth}
