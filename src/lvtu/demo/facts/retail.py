"""The shop's numbers: who orders again, when, for how much, and what is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pyarrow as pa

from lvtu.demo.facts.measure import Returned, StepCount, funnel, retention
from lvtu.demo.facts.trade import Trade, trade
from lvtu.demo.figures import Figure, rate
from lvtu.demo.files import ask
from lvtu.demo.retail import CANCELLED, PLACED, SHOWN

WINDOW = 90
"""Days within which "orders again" is compared among customers who had them all."""


@dataclass(frozen=True)
class RetailFacts:
    """All numbers of the shop's page.

    Attributes:
        invoices: events made, with and without a customer.
        lines: lines of all invoices, and of those without a customer.
        unknown: event → invoices without a customer, which the workspace refused.
        refused: what the workspace itself counted as refused.
        orders: orders with a customer, how many customers, their value in pounds.
        cancelled: cancellations with a customer, how many customers, their value (negative), the largest one.
        cancellers: share of customers with an order or a cancellation who cancelled.
        steps: the funnel from first order to order SHOWN + 1.
        next: share that goes on to the next order, per order 1…SHOWN.
        values: median value of order 1…SHOWN, pounds.
        again: share who ordered again within WINDOW days, of those whose first order is at least as old.
        cohorts: monthly return by month of the first order.
        trade: repurchase, cancellations, sales and growth by month, segments by behaviour.
        end: time of the last event.
    """

    invoices: tuple[int, int]
    lines: tuple[int, int]
    unknown: dict[str, int]
    refused: int
    orders: tuple[int, int, float]
    cancelled: tuple[int, int, float, float]
    cancellers: Figure
    steps: list[StepCount]
    next: list[Figure]
    values: list[float]
    again: Figure
    cohorts: list[Returned]
    trade: Trade
    end: datetime


def facts(events: pa.Table, ws: Any, refused: int) -> RetailFacts:
    """The shop's numbers from its events and its workspace.

    Args:
        events: as made by ``lvtu.demo.retail.events``.
        ws: the workspace they were ingested into.
        refused: what the ingest report counted as rejected.
    """
    row = ask(_TOTALS, events=events).to_pylist()[0]
    steps = funnel(ws, [PLACED] * (SHOWN + 1), entry="first")
    end: datetime = row["last"]
    ripe = funnel(ws, [PLACED] * 2, entry="first", within=f"{WINDOW}d", until=end - timedelta(days=WINDOW))
    return RetailFacts(
        invoices=(row["known"], row["unknown"]),
        lines=(row["lines"], row["unknown_lines"]),
        unknown={r["event"]: r["n"] for r in ask(_UNKNOWN, events=events).to_pylist()},
        refused=refused,
        orders=(row["orders"], row["buyers"], row["bought"]),
        cancelled=(row["cancellations"], row["cancellers"], row["cancelled"], row["largest"]),
        cancellers=rate(row["cancellers"], row["customers"]),
        steps=steps,
        next=[rate(b.customers, a.customers) for a, b in pairwise(steps)],
        values=[r["value"] for r in ask(_VALUES, events=events).to_pylist()],
        again=rate(ripe[1].customers, ripe[0].customers),
        cohorts=retention(ws, start=PLACED, back=PLACED, period="month", periods=6, entry="first"),
        trade=trade(ws),
        end=end,
    )


_TOTALS = f"""
    select count(user_id) as known, count(*) - count(user_id) as unknown, max(time) as last,
        sum((properties->>'lines')::int)::bigint as lines,
        (sum((properties->>'lines')::int) filter (user_id is null))::bigint as unknown_lines,
        count(distinct user_id) as customers,
        count(user_id) filter (event = '{PLACED}') as orders,
        count(distinct user_id) filter (event = '{PLACED}') as buyers,
        sum(value) filter (event = '{PLACED}' and user_id is not null) as bought,
        count(user_id) filter (event = '{CANCELLED}') as cancellations,
        count(distinct user_id) filter (event = '{CANCELLED}') as cancellers,
        sum(value) filter (event = '{CANCELLED}' and user_id is not null) as cancelled,
        min(value) filter (event = '{CANCELLED}' and user_id is not null) as largest
    from events
"""
_UNKNOWN = "select event, count(*) as n from events where user_id is null group by event order by n desc, event"
_VALUES = f"""
    with numbered as (
        select value, row_number() over (partition by user_id order by time, message_id) as number
        from events where event = '{PLACED}' and user_id is not null
    )
    select number, median(value) as value from numbered where number <= {SHOWN} group by number
    order by number
"""
