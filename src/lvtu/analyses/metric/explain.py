"""What of one customer a metric counts: the events above and below, or the chances they had and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import FOREVER
from lvtu.analyses.explained import Explained, Said, Titled, Took, found, said_money, said_period, said_time
from lvtu.analyses.explained.rows import Events, nothing_counted, rows_of_line
from lvtu.analyses.groups import column_named
from lvtu.analyses.members import rows_of
from lvtu.core.sentences import Sentence, Term
from lvtu.core.units import moment
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import Place

if TYPE_CHECKING:
    from lvtu.analyses.metric import MetricQuestion

_SIDES = {1: "below", 2: "above", 3: "both"}
"""On which side of a ratio an event counts, by its bits."""


class Counted:
    """What is counted of one customer.

    Args:
        question: the metric.
        place: where the customer's time line is.
    """

    def __init__(self, question: MetricQuestion, place: Place) -> None:
        self.question, (self.block, self.line) = question, place
        self.metric, self.kind = question.metric, question.metric.kind
        self.time, self.event = self.block.column("time"), self.block.column("event")
        whom = self.kind in ("converted", "lapsed") or self.metric.of.count == "customers"
        self.rows: list[dict[str, Any]] = list(self._chances() if whom else self._events())

    @cached_property
    def _seen(self) -> Array:
        """The customer's rows that exist for the question, whenever they were."""
        return rows_of_line(
            self.block, self.line, rows_of(self.block, self.question.snapshot, self.question.spec.where)
        )

    @cached_property
    def _bits(self) -> Array:
        return self.question.bits(self.block)

    def _chances(self) -> Iterator[dict[str, Any]]:
        """A row for each chance of theirs, or for each time that they count as a customer."""
        chances = self.question.chances(self.block)
        mine = np.flatnonzero(chances.who == self.line)
        parts = (chances.rows, chances.periods, chances.done, chances.over)
        for row, period, done, over in zip(*(part[mine].tolist() for part in parts), strict=True):
            if self.kind in ("amount", "growth"):
                figures: dict[str, Any] = {"customers": 1}
            else:
                figures = self._then(row, period, done) | {"count": int(done and over), "n": int(over)}
                figures |= {} if self.metric.within is None else {"immature": int(not over)}
            yield self._row(row, period) | figures

    def _events(self) -> Iterator[dict[str, Any]]:
        """A row for each event that counts, above or below."""
        rows, bits = self.question.counted(self.block)
        mine = rows_of_line(self.block, self.line, rows)
        bits = bits[np.searchsorted(rows, mine)]
        amounts = self.block.column("value")[mine] / 1e6 if self.question.money else np.ones(len(mine), np.int64)
        unit = "value" if self.question.money else "events"
        periods = self.question.periods(self.block, mine)
        for row, period, bit, amount in zip(*(a.tolist() for a in (mine, periods, bits, amounts)), strict=True):
            figures: dict[str, Any] = {unit: amount}
            if self.kind == "ratio":
                figures = {name: amount if bit & side else 0 for name, side in (("count", 2), ("n", 1))}
                figures["side"] = _SIDES[bit]
            yield self._row(row, period) | figures

    def _row(self, row: int, period: int) -> dict[str, Any]:
        question, block = self.question, self.block
        told: dict[str, Any] = {}
        if question.spec.by:
            told["group"] = question.groups[int(block.codes(question.spec.by)[0][row])]
        if question.money:
            told["currency"] = question.currencies[int(block.codes("currency")[0][row])]
        if question.period:
            told |= {"number": period, "period": int(question.boundaries[period])}
        return told | {"row": row, "event": self._named(row), "time": int(self.time[row])}

    def _then(self, row: int, period: int, done: bool) -> dict[str, Any]:
        """The event by which it was done; of silence the last one until the period's end."""
        if self.kind == "lapsed":
            last = int(self._seen[self.time[self._seen] <= self.question.spans()[1][period]][-1])
            return {"then_row": last, "then": self._named(last), "then_time": int(self.time[last])}
        if not done:
            return {"then_row": None, "then": None, "then_time": None}
        within = FOREVER if self.metric.within is None else self.metric.within
        did = self._seen[(self._bits[self._seen] & 2 != 0) & (self._seen > row)]
        last = int(did[self.time[did] - self.time[row] <= within][self.metric.of.times - 1])
        return {"then_row": last, "then": self._named(last), "then_time": int(self.time[last])}

    def _named(self, row: int) -> str:
        return str(self.question.snapshot.events[int(self.event[row])])

    def _row_of(self, row: dict[str, Any], later: int = 0) -> tuple[Any, ...] | None:
        """The row of the answer that a row belongs to, or that of some periods later; None for none."""
        starts = self.question.boundaries
        place = row.get("number", 0) + later
        if place >= len(starts):
            return None
        start = moment(int(starts[place])) if self.question.period else None
        return row.get("group"), row.get("currency"), start

    def within(self, answer: set[tuple[Any, ...]]) -> list[dict[str, Any]]:
        """The rows that belong to rows of the answer: of growth to those of the period after, too."""
        places = (0, 1) if self.kind == "growth" else (0,)
        return [row for row in self.rows if any(self._row_of(row, later) in answer for later in places)]

    # Words.

    def said(self, row: dict[str, Any]) -> Said:
        """What is said of a row."""
        told: Said = self._told(row)
        where: tuple[str | Sentence, ...] = ()
        if self.question.period:
            where += (said_period(row["period"], self.question.spec.zone),)
        if self.question.spec.by:
            where += (Term("missing") if row["group"] is None else row["group"],)
        return Said("counted_at", where=where, told=told) if where else told

    def _told(self, row: dict[str, Any]) -> Said:
        about = {"event": row["event"], "time": said_time(row["time"])}
        if self.kind in ("amount", "growth"):
            amount = row.get("value")
            if amount is None:
                return Said("metric_counted", **about)
            return Said("metric_worth", **about, money=said_money(amount, row["currency"]))
        if self.kind == "ratio":
            return self._side(row, about)
        if row["then"] is not None:
            about |= {"then": row["then"], "then_time": said_time(row["then_time"])}
        if self.kind == "lapsed":
            return Said("metric_lapsed" if row["count"] else "metric_stayed", **about)
        if not row["n"]:
            return Said("metric_immature", **about)
        return Said("metric_done" if row["count"] else "metric_not_done", **about)

    def _side(self, row: dict[str, Any], about: dict[str, str]) -> Said:
        """On which side an event counts, and of money with how much."""
        told = Said(f"metric_{row['side']}", **about)
        if not self.question.money:
            return told
        return Said(
            "worth", told=told, money=said_money(row["count" if row["side"] == "above" else "n"], row["currency"])
        )

    def nothing(self, place: Place) -> Said:
        """Why none of theirs is counted."""
        question, spec = self.question, self.question.spec
        if self.kind == "lapsed":
            return Said("never_active", silent=Took(self.metric.of.silent or 0))
        time, (low, high) = self.time[self._seen], spec.span()
        there = self._seen[(time >= low) & (time < high)]
        if question.money and (without := int((self._bits[there] != 0).sum())):
            return Said("none_with_money", events=without)
        fits = self._bits & 1 if self.kind == "converted" else self._bits
        return nothing_counted(question.snapshot, place, fits, spec.where, span=spec.span())


def explain(question: MetricQuestion, answer: pa.Table, customer: str) -> Explained:
    """Say what of a customer a metric counts.

    Args:
        question: the metric.
        answer: its table.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    place, name = found(question.snapshot, customer)
    counted = Counted(question, place)
    keys = question.spec.by, "currency" if question.money else None, "period" if question.period else None
    there = {tuple(key and row[key] for key in keys) for row in answer.to_pylist()}
    rows = counted.within(there)
    times = sum(not row.get("immature") for row in rows)
    title = question.metric.title
    said = [Said("metric", customer=name, metric=Titled(title.zh, title.en), times=times)]
    said += [counted.said(row) for row in rows]
    if more := len(counted.rows) - len(rows):
        said.append(Said("no_figure", times=more))
    if not counted.rows:
        said.append(counted.nothing(place))
    return Explained(name, _table(question, place[0], rows), said)


def _table(question: MetricQuestion, block: Block, rows: list[dict[str, Any]]) -> pa.Table:
    metric, time = question.metric, pa.timestamp("us", "UTC")
    amount = pa.float64() if question.money else pa.int64()
    kinds: dict[str, pa.DataType] = {"currency": pa.string()} if question.money else {}
    kinds |= {"period": time} if question.period else {}
    kinds |= {"event": pa.string(), "time": time, "message_id": pa.string()}
    if metric.kind in ("converted", "lapsed"):
        kinds |= {
            "then": pa.string(),
            "then_time": time,
            "then_message_id": pa.string(),
            "count": pa.int64(),
            "n": pa.int64(),
        }
        kinds |= {"immature": pa.int64()} if metric.within is not None else {}
    elif metric.kind == "ratio":
        kinds |= {"count": amount, "n": amount}
    else:
        kinds["value" if question.money else metric.of.count] = amount
    for name, where in (("message_id", "row"), ("then_message_id", "then_row")):
        if name in kinds:
            ids = Events(question.snapshot, block, [row[where] for row in rows]).message_ids
            rows = [row | {name: id_} for row, id_ in zip(rows, ids, strict=True)]
    table = pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()})
    if question.spec.by is None:
        return table
    groups = pa.array([row["group"] for row in rows], pa.string())
    return table.add_column(0, column_named(question.spec.by, table.column_names), groups)
