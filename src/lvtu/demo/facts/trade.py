"""The shop's steering figures: repurchase, cancellations, sales and growth by month, segments by behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lvtu.core.metrics import Metric
from lvtu.demo.figures import Figure, rate
from lvtu.demo.retail import BOUGHT, LAPSED, METRICS, PLACED, SEGMENTS


@dataclass(frozen=True)
class Ratio:
    """A figure that is no share of customers, with its interval (None where too few customers are behind it)."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Again:
    """Who ordered again within 90 days.

    Attributes:
        share: of those whose 90 days are over, None where nobody's are.
        waiting: customers who still have time.
    """

    share: Figure | None
    waiting: int


@dataclass(frozen=True)
class Month:
    """A month's figures.

    Attributes:
        start: its first instant.
        over: whether it ended before the data do.
        orders: how many.
        ordered: their money, pounds.
        cancellations: how many, per order.
        cancelled: their money, pounds, negative.
        net: orders less cancellations, pounds.
        growth: the change of ``net`` against the month before; None for the first month and one that is not over.
        again: repurchase of all who ordered in the month, from their first order in it.
        fresh: repurchase of those whose first order of all is in the month.
    """

    start: datetime
    over: bool
    orders: int
    ordered: float
    cancellations: Ratio
    cancelled: float
    net: float
    growth: Ratio | None
    again: Again
    fresh: Again


@dataclass(frozen=True)
class Segment:
    """Customers who behaved alike.

    Attributes:
        key: its name in ``SEGMENTS``.
        customers: share of all who ever ordered.
        net: their orders less their cancellations, pounds.
        share: of the net sales of all segments.
        lapsed: share of them without an order in the last 90 days.
    """

    key: str
    customers: Figure
    net: float
    share: float
    lapsed: Figure


@dataclass(frozen=True)
class Trade:
    """All steering figures of the shop.

    Attributes:
        again: repurchase of all who ordered.
        cancellations: cancellations per order.
        money: money cancelled per money ordered, positive.
        months: in order.
        segments: of all who ordered, by the number of orders.
        lapsed: share of all who ordered without an order in the last 90 days.
    """

    again: Again
    cancellations: Ratio
    money: Ratio
    months: list[Month]
    segments: list[Segment]
    lapsed: Figure


def trade(ws: Any) -> Trade:
    """The steering figures of the shop's workspace, by the shop's own definitions, which are saved in it."""
    define(ws)
    money = _ratio(ws.metric("refund_value").table.to_pylist()[0])
    return Trade(
        again=_again(ws.metric("repurchase").table.to_pylist()[0]),
        cancellations=_ratio(ws.metric("refund").table.to_pylist()[0]),
        money=Ratio(-money.value, _minus(money.high), _minus(money.low)),
        months=_months(ws),
        segments=_segments(ws),
        lapsed=rate(_size(ws, f"{BOUGHT} and {LAPSED}"), _size(ws, BOUGHT)),
    )


def define(ws: Any) -> None:
    """Save the shop's definitions where they are not the workspace's already (every save is a new version)."""
    known = {metric.key: metric.model_copy(update={"version": None}) for metric in ws.metrics()}
    for document in METRICS:
        metric = Metric.load(document)
        if known.get(metric.key) != metric:
            ws.save_metric(metric)


def _months(ws: Any) -> list[Month]:
    ordered, net, growth, cancelled, money, again = (
        {row["period"]: row for row in ws.metric(name, period="month").table.to_pylist()}
        for name in ("sales", "net_sales", "growth", "refund", "refund_value", "repurchase")
    )
    last = max(ordered)
    found = []
    for start in sorted(ordered):
        fresh = ws.metric("repurchase", period="month", where=f"not did \"{PLACED}\" until '{start:%Y-%m-%d}'")
        found.append(
            Month(
                start=start,
                over=start != last,
                orders=cancelled[start]["n"],
                ordered=ordered[start]["value"],
                cancellations=_ratio(cancelled[start]),
                cancelled=money[start]["count"],
                net=net[start]["value"],
                growth=_ratio(growth[start], "growth") if start in growth else None,
                again=_again(again[start]),
                fresh=_again(next(row for row in fresh.table.to_pylist() if row["period"] == start)),
            )
        )
    return found


def _segments(ws: Any) -> list[Segment]:
    everybody = _size(ws, BOUGHT)
    sizes = {key: _size(ws, condition) for key, condition in SEGMENTS.items()}
    net = {
        key: ws.metric("net_sales", where=condition).table.to_pylist()[0]["value"]
        for key, condition in SEGMENTS.items()
    }
    return [
        Segment(
            key=key,
            customers=rate(sizes[key], everybody),
            net=net[key],
            share=net[key] / sum(net.values()),
            lapsed=rate(_size(ws, f"({condition}) and {LAPSED}"), sizes[key]),
        )
        for key, condition in SEGMENTS.items()
    ]


def _size(ws: Any, condition: str) -> int:
    size: int = ws.segment(condition).table.to_pylist()[0]["customers"]
    return size


def _again(row: dict[str, Any]) -> Again:
    return Again(rate(row["count"], row["n"]) if row["n"] else None, row["immature"])


def _ratio(row: dict[str, Any], column: str = "rate") -> Ratio:
    return Ratio(row[column], row["low"], row["high"])


def _minus(value: float | None) -> float | None:
    return None if value is None else -value
