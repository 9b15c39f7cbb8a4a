"""The answer about response times: a row for each group and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.calendars import When, number_of
from lvtu.analyses.explained import Took
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.intervals import Z95, wilson
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.response_times.question import MET, MISSED, OPEN, UNTIMED, State, Waiting
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.sentences import Note
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

FATES = {"met": MET, "missed": MISSED, "open": OPEN, "untimed": UNTIMED}
"""What waits come to, by name."""

_WHOLE, _REAL = pa.int64(), pa.float64()


class ResponseTimesResult(Result):
    """The answer.

    Attributes:
        table: for each group and period: ``starts`` (waits begun) of ``customers``; ``answered`` and its share
            ``answered_share`` with Wilson's interval (``answered_low``, ``answered_high``); ``median_time`` of the
            answered ones with the 95 % interval of order statistics (``median_low``, ``median_high``) and ``p90_time``,
            µs of the hours that count; ``in_time``, the share within the target of those for whom that is settled
            (answered, or waiting for longer), with Wilson's interval (``in_time_low``, ``in_time_high``); ``met``,
            ``missed``, ``open`` (still within the target) and ``untimed`` (a time is not exact: in no figure but
            ``answered``). What cannot be told is null.
    """

    def __init__(self, question: Waiting, state: State, engine: Engine) -> None:
        self.question, self.engine = question, engine
        cells, times = state.took()
        rows = []
        for cell in np.flatnonzero(state.waits.sum(axis=1)).tolist():
            period, group = divmod(cell, len(question.groups))
            first, last = np.searchsorted(cells, [cell, cell + 1])
            row = {"group": question.groups[group], "period": moment(int(question.boundaries[period]))}
            row |= _row(int(state.customers[cell]), state.waits[cell], state.answered[cell], times[first:last])
            rows.append((period, *self._place(group, state), row))
        found = [row for *_, row in sorted(rows, key=lambda one: one[:3])]
        super().__init__(question.spec, _table(question, found), question.snapshot.token, _notes(question, state))

    def _place(self, group: int, state: State) -> tuple[bool, int]:
        """Where a group stands: in the order of its model, what is missing at the end; else the most waits first."""
        if self.question.spec.by in MODEL_FIELDS:
            return group == 0, group
        return False, -int(state.waits.reshape(-1, len(self.question.groups), 4)[:, group].sum())

    def customers(
        self, group: Group = ..., period: When | None = None, fate: str | None = None, *, limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who waited.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            period: the period's start; all if not given.
            fate: met, missed, open or untimed; all if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such group or fate.
            BadInput: there is no such period.
            Erased: somebody was forgotten since they were counted.
        """
        question = self.question
        if fate is not None and fate not in FATES:
            raise UnknownName("value", fate, list(FATES), column="fate")
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        number = None if period is None else number_of(question.boundaries, period, question.spec.zone)

        def lines(block: Block) -> Array:
            waits = question.waits(block)
            periods, groups = np.divmod(question.cells_at(block, waits.starts), len(question.groups))
            chosen = np.ones(len(waits.starts), bool)
            for wanted, values in ((code, groups), (number, periods), (None if fate is None else FATES[fate],
                                                                       waits.fate)):  # fmt: skip
                chosen &= True if wanted is None else values == wanted
            return lines_at(block, waits.starts[chosen])

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """Each wait of one customer: when it began, when it was answered, how long it took, and what it comes to.

        Its columns: the breakdown's, ``start``, ``time``, ``end``, ``answered``, ``took`` (µs of the hours that count),
        ``fate``.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since they were counted.
        """
        from lvtu.analyses.response_times.explain import explain

        return explain(self, customer)


def _row(customers: int, waits: Array, answered: Array, times: Array) -> dict[str, Any]:
    starts, done = int(waits.sum()), int(answered.sum())
    met, missed = int(waits[MET]), int(waits[MISSED])
    share, in_time = wilson(done, starts), wilson(met, met + missed)
    low, high = _median_ends(times)
    return {
        "starts": starts, "customers": customers, "answered": done, "answered_share": done / starts,
        "answered_low": share[0] if share else None, "answered_high": share[1] if share else None,
        "median_time": _quantile(times, 0.5), "median_low": low, "median_high": high, "p90_time": _quantile(times, 0.9),
        "in_time": met / (met + missed) if met + missed else None,
        "in_time_low": in_time[0] if in_time else None, "in_time_high": in_time[1] if in_time else None,
        **{name: int(waits[fate]) for name, fate in FATES.items()},
    }  # fmt: skip


def _quantile(times: Array, share: float) -> int | None:
    """The smallest of the sorted times that at least a share of them do not exceed."""
    return int(times[max(int(np.ceil(share * len(times))) - 1, 0)]) if len(times) else None


def _median_ends(times: Array) -> tuple[int | None, int | None]:
    """The ends of the 95 % interval of a median: order statistics, by the normal approximation of their ranks.

    Source: W. J. Conover, Practical Nonparametric Statistics, 1999, section 3.2.
    """
    n = len(times)
    if n < 6:  # the extremes themselves hold less than 95 %
        return None, None
    apart = Z95 * n**0.5 / 2
    low, high = max(int(np.floor(n / 2 - apart)), 1), min(int(np.ceil(n / 2 + apart)) + 1, n)
    return int(times[low - 1]), int(times[high - 1])


def _notes(question: Waiting, state: State) -> list[Note]:
    waits, answered = state.waits.sum(axis=0), state.answered.sum(axis=0)
    spec = question.spec
    if not waits.sum():
        return [Note("response_none")]
    notes = [Note("response_target", target=Took(spec.target))]
    if spec.hours is not None:
        notes.append(Note("response_hours", hours=spec.hours, zone=spec.zone))
    if spec.hours is not None and spec.holidays:
        notes.append(Note("response_holidays", holidays=spec.holidays))
    if waiting := int(waits.sum() - answered.sum()):
        notes.append(Note("response_waiting", waits=waiting))
    if waits[OPEN]:
        notes.append(Note("response_open", waits=int(waits[OPEN])))
    if waits[UNTIMED]:
        notes.append(Note("response_untimed", waits=int(waits[UNTIMED])))
    return notes


def _table(question: Waiting, rows: list[dict[str, Any]]) -> pa.Table:
    spec = question.spec
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= {"period": pa.timestamp("us", "UTC")} if spec.period else {}
    kinds |= {"starts": _WHOLE, "customers": _WHOLE, "answered": _WHOLE}
    kinds |= dict.fromkeys(("answered_share", "answered_low", "answered_high"), _REAL)
    kinds |= dict.fromkeys(("median_time", "median_low", "median_high", "p90_time"), _WHOLE)
    kinds |= dict.fromkeys(("in_time", "in_time_low", "in_time_high"), _REAL) | dict.fromkeys(FATES, _WHOLE)
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), spec.by)
