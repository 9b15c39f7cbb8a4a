"""The answer of RFM: segments, the cells they are made of, and the cut points behind the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.members import Members, names_of
from lvtu.analyses.rfm import Rfm, State
from lvtu.analyses.rfm.rules import CELLS, RULES, SCORES, scores_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.rfm.explain import RfmExplained

_WHOLE, _REAL = pa.int64(), pa.float64()
_KINDS = {
    "currency": pa.string(), "segment": pa.string(), "rule": pa.string(), "r": _WHOLE, "f": _WHOLE, "m": _WHOLE,
    "customers": _WHOLE, "share": _REAL, "recency_time": _WHOLE, "frequency": _WHOLE, "money": _REAL, "value": _REAL,
    "value_share": _REAL,
}  # fmt: skip


class RfmResult(Result):
    """The answer.

    Attributes:
        table: one row for each currency and segment, in the order of the rules: ``currency`` (null for orders without
            one), ``segment``, ``rule`` (the scores; of several that fit, the first), ``customers``, ``share`` of those
            who ordered in the currency, the medians ``recency_time`` (µs since the last order), ``frequency`` (orders)
            and ``money`` (sum of value; below zero counts as zero), to 1 %; ``value`` (what all of them spent) and
            ``value_share``.
        cells: the same for each ``r``, ``f``, ``m`` that somebody has, with its ``segment``.
        cuts: by currency and ``score``, up to what recency and from beyond what frequency and money it is given.
    """

    def __init__(self, question: Rfm, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self._state, self._medians = state, state.medians.medians()
        self.currencies = [(code, name) for code, name in enumerate(question.orders.currencies)
                           if state.customers[code].any()]  # fmt: skip
        segments = [row for code, name in self.currencies for row in self._segments(code, name)]
        cells = [row for code, name in self.currencies for row in self._cells(code, name)]
        self.cells = _table(cells, [name for name in _KINDS if name != "rule"])
        self.cuts = self._cuts()
        table = _table(segments, [name for name in _KINDS if name not in ("r", "f", "m")])
        super().__init__(question.spec, table, question.snapshot.token, self._notes())

    def _segments(self, code: int, currency: str | None) -> list[dict[str, Any]]:
        rows = []
        for number, rule in enumerate(RULES):
            row = self._row(code, self._question.rules == number, CELLS + number)
            rows.append({"currency": currency, "segment": rule.key, "rule": str(rule)} | row)
        return rows

    def _cells(self, code: int, currency: str | None) -> list[dict[str, Any]]:
        rows = []
        for cell in np.flatnonzero(self._state.customers[code])[::-1].tolist():
            scores = dict(zip("rfm", scores_of(cell), strict=True))
            key = RULES[self._question.rules[cell]].key
            row = self._row(code, np.arange(CELLS) == cell, cell)
            rows.append({"currency": currency, "segment": key} | scores | row)
        return rows

    def _row(self, code: int, cells: Array, place: int) -> dict[str, Any]:
        counts, value = self._state.customers[code], self._state.value[code]
        customers, spent, all_spent = int(counts[cells].sum()), int(value[cells].sum()), int(value.sum())
        line = (code * (CELLS + len(RULES)) + place) * 3
        recency, frequency, money = self._medians[line : line + 3]
        return {
            "customers": customers, "share": customers / int(counts.sum()), "recency_time": recency,
            "frequency": frequency, "money": None if money is None else money / 1e6, "value": spent / 1e6,
            "value_share": spent / all_spent if all_spent > 0 else None,
        }  # fmt: skip

    def _cuts(self) -> pa.Table:
        rows = []
        for code, currency in self.currencies:
            recency, frequency, money = self._question.cuts[code].tolist()
            for score in range(1, SCORES + 1):
                row = {"recency_time": recency[SCORES - score] if score > 1 else None}
                beyond = score - 2
                row |= {"frequency": frequency[beyond] if score > 1 else None}
                row |= {"money": money[beyond] / 1e6 if score > 1 else None}
                rows.append({"currency": currency, "score": score} | row)
        kinds = {"score": _WHOLE} | _KINDS
        names = ("currency", "score", "recency_time", "frequency", "money")
        return pa.Table.from_pylist(rows, pa.schema({name: kinds[name] for name in names}))

    def _notes(self) -> list[Note]:
        notes = [Note("rfm_currencies", currencies=len(self.currencies))] if len(self.currencies) > 1 else []
        tied = [code for code, _ in self.currencies if len(set(self._question.cuts[code, 1].tolist())) < SCORES - 1]
        notes += [Note("rfm_tied")] if tied and not self._question.spec.frequency else []
        return [*notes, Note("rfm_about")]

    def customers(
        self, segment: str | None = None, *, currency: Any = ..., scores: Sequence[int] | None = None,
        limit: int | None = None, offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who is in a segment or a cell.

        Args:
            segment: its name, ``champions``; None for all who ordered.
            currency: of one currency (None for none); of any if not given.
            scores: with these three scores (r, f, m).
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such segment or currency.
            Erased: somebody was forgotten since they were counted.
        """
        question, keys = self._question, [rule.key for rule in RULES]
        if segment is not None and segment not in keys:
            raise UnknownName("segment", segment, keys)
        names = [name for _, name in self.currencies]
        if currency is not ... and currency not in names:
            raise UnknownName("value", str(currency), [name for name in names if name], column="currency")
        wanted = np.ones(CELLS, bool) if segment is None else question.rules == keys.index(segment)
        if scores is not None:
            wanted = wanted & np.array([scores_of(cell) == tuple(scores) for cell in range(CELLS)])
        code = None if currency is ... else question.orders.currencies.index(currency)

        def lines(block: Block) -> Array:
            found = question.orders.bought(block)
            chosen = wanted[question.cells(found)]
            who: Array = found.who[chosen if code is None else chosen & (found.currency == code)]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> RfmExplained:
        """Which scores one customer has, and why: a row for each currency that they ordered in.

        Its columns: ``currency``, ``segment``, ``rule``, ``r``, ``f``, ``m``, ``last_order``, and ``recency_time``,
        ``frequency`` and ``money``, each with the cut points that it lies between (``…_above``, ``…_up_to``, null where
        there is none). ``.orders`` has the orders: ``currency``, ``time``, ``message_id``, ``value``.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.rfm.explain import explain

        return explain(self._question, customer)


def _table(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> pa.Table:
    return pa.Table.from_pylist(rows, pa.schema({name: _KINDS[name] for name in names}))
