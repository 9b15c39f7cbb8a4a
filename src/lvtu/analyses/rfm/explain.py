"""Which scores one customer has, between which cut points, by which orders, and which segment that makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, Took, found, plain_rows, said_money, said_time
from lvtu.analyses.explained.rows import Events, nothing_counted, of_code
from lvtu.analyses.rfm.rules import RULES, scores_of
from lvtu.core.sentences import Sentence, Term
from lvtu.kernels.periods import NO_VALUE
from lvtu.store.journeys.find import Place

if TYPE_CHECKING:
    from lvtu.analyses.rfm import Rfm

_MEASURES = ("recency_time", "frequency", "money")
_TIME, _WHOLE, _REAL = pa.timestamp("us", "UTC"), pa.int64(), pa.float64()
_SCHEMA = pa.schema(
    {"currency": pa.string(), "segment": pa.string(), "rule": pa.string()} | dict.fromkeys("rfm", _WHOLE)
    | {"last_order": _TIME}
    | {f"{name}{end}": _REAL if name == "money" else _WHOLE for name in _MEASURES for end in ("", "_above", "_up_to")}
)  # fmt: skip
_ORDERS = pa.schema({"currency": pa.string(), "time": _TIME, "message_id": pa.string(), "value": _REAL})


class SegmentName(Sentence):
    """A segment of RFM within a sentence."""

    group = "charts.rfm"


@dataclass(frozen=True, eq=False)
class RfmExplained(Explained):
    """One customer's scores.

    Attributes:
        orders: the orders of theirs that are counted: ``currency``, ``time``, ``message_id``, ``value``.
    """

    orders: pa.Table

    def to_json(self) -> dict[str, Any]:
        """As `Explained.to_json`, with the ``orders``."""
        return super().to_json() | {"orders": plain_rows(self.orders)}


def explain(question: Rfm, customer: str) -> RfmExplained:
    """Say which scores a customer has, and why.

    Args:
        question: the scores.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    place, name = found(question.snapshot, customer)
    rows, spec = _rows(question, place), question.spec
    said = [Said("rfm", customer=name, orders=sum(row["frequency"] for row in rows))]
    for row in rows:
        said += _said(question, row)
    if not rows:
        fits = of_code(place[0], [question.orders.code])
        said.append(nothing_counted(question.snapshot, place, fits, spec.where, span=spec.span()))
    orders = pa.Table.from_pylist(_orders(question, place), _ORDERS)
    return RfmExplained(name, pa.Table.from_pylist(rows, _SCHEMA), said, orders)


def _rows(question: Rfm, place: Place) -> list[dict[str, Any]]:
    """A row for each currency that the customer ordered in."""
    block, line = place
    bought = question.orders.bought(block)
    cells, above, rows = question.cells(bought), question.above(bought), []
    for one in np.flatnonzero(bought.who == line).tolist():
        cell, currency = int(cells[one]), int(bought.currency[one])
        rule = RULES[question.rules[cell]]
        row: dict[str, Any] = {"currency": question.orders.currencies[currency], "segment": rule.key, "rule": str(rule)}
        row |= dict(zip("rfm", scores_of(cell), strict=True))
        for measure, name in enumerate(_MEASURES):
            cuts, beyond = [None, *question.cuts[currency, measure].tolist(), None], int(above[measure, one])
            three = int(bought.measures[measure, one]), cuts[beyond], cuts[beyond + 1]
            ends = ("", "_above", "_up_to")
            row |= {f"{name}{end}": _unit(name, value) for end, value in zip(ends, three, strict=True)}
        rows.append(row | {"last_order": question.orders.end - row["recency_time"]})
    return rows


def _unit(measure: str, value: int | None) -> float | None:
    return value / 1e6 if measure == "money" and value is not None else value


def _orders(question: Rfm, place: Place) -> list[dict[str, Any]]:
    """The customer's orders, a row each."""
    block, line = place
    who, rows, times = question.orders.ordered(block)
    mine = np.flatnonzero(who == line)
    currencies, values = block.codes("currency")[0][rows[mine]].tolist(), block.column("value")[rows[mine]].tolist()
    ids = Events(question.snapshot, block, rows[mine].tolist()).message_ids
    return [
        {"currency": question.orders.currencies[currency], "time": time, "message_id": message_id,
         "value": None if value == NO_VALUE else value / 1e6}
        for currency, time, message_id, value in zip(currencies, times[mine].tolist(), ids, values, strict=True)
    ]  # fmt: skip


def _said(question: Rfm, row: dict[str, Any]) -> list[Said]:
    """The segment, then what earned each score."""
    scores = {name: str(row[name]) for name in "rfm"}
    currency = Term("missing") if row["currency"] is None else row["currency"]
    told = Said(
        "rfm_segment", currency=currency, segment=SegmentName(row["segment"]), rule=row["rule"] or "—", **scores
    )
    last, end = said_time(row["last_order"]), said_time(question.orders.end)
    recency = Said("rfm_recency", time=last, ago=Took(row["recency_time"]), end=end)
    measures = (
        (recency, "recency_time"),
        (Said("rfm_frequency", orders=row["frequency"]), "frequency"),
        (Said("rfm_money", money=said_money(row["money"], row["currency"])), "money"),
    )
    lines = [
        Said("rfm_score", told=measure, name=name.upper(), score=scores[name], bounds=_bounds(row, column))
        for name, (measure, column) in zip("rfm", measures, strict=True)
    ]
    return [told, *lines]


def _bounds(row: dict[str, Any], column: str) -> Said:
    """Between which cut points a measure lies."""

    def shown(value: Any) -> str | Took:
        if column == "recency_time":
            return Took(value)
        return said_money(value, row["currency"]) if column == "money" else f"{value:,}"

    low, high = row[f"{column}_above"], row[f"{column}_up_to"]
    ends = {name: shown(value) for name, value in (("low", low), ("high", high)) if value is not None}
    return Said("between" if len(ends) == 2 else "more_than" if "low" in ends else "at_most", **ends)
