"""The online shop: invoices of 2010-12 to 2011-12 as orders and cancellations.

The lines of an invoice are one decision of one customer at one moment, so an invoice is one event: its
``value`` is the sum of its lines, with the source's sign (cancellations are negative, so values add up to net sales).
Invoices without a customer number keep it missing: the workspace refuses them with that reason, and they
can be counted there.
"""

from __future__ import annotations

import pyarrow as pa

from lvtu.demo.files import ask, record
from lvtu.demo.model import MapPlan, Stage, Step, Text

PLACED, CANCELLED = "Order Placed", "Order Cancelled"
ADJUSTED = "Stock Adjusted"
BAD_DEBT = "Bad Debt Adjusted"
WEB = Text("网店", "Web shop")
SHOWN = 8
"""How many orders the map follows."""


def _order(number: int) -> Step:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    name = Text("首单" if number == 1 else f"第 {number} 单", f"{number}{suffix} order")
    return Step(f"order_{number}", name, WEB, PLACED)


MODEL = MapPlan(
    "retail",
    Text("从首单到常客", "From first order to regular"),
    Text(
        "一家英国网上礼品店的客户（其中不少是批发商），2010 年 12 月至 2011 年 12 月 9 日。",
        "Customers of a British online gift shop, many of them wholesalers, from December 2010 to 9 December 2011.",
    ),
    Text(
        "每一单、每一个时间都来自发票，先后顺序是逐客户观测到的。“首单”指数据期内的第一单，更早的订单看不到。",
        "Every order and every time comes from an invoice; the order of the steps was seen customer by "
        "customer. “First” means the first in the data: earlier orders are out of sight.",
    ),
    True,
    (
        Stage("first", Text("第一次买", "First purchase"), (_order(1),)),
        Stage("again", Text("再来买", "Coming back"), (_order(2), _order(3))),
        Stage("habit", Text("成为常客", "Becoming a regular"), tuple(_order(n) for n in range(4, SHOWN + 1))),
    ),
)


def events(table: pa.Table) -> pa.Table:
    """The invoices as events, one each; rows without a customer have no ``user_id``.

    Times are the invoices' own clock, read as UTC. An invoice that spans two minutes gets the earlier.

    Example:
        >>> from lvtu.demo.files import read
        >>> rows = events(read("retail").slice(0, 7))
        >>> rows["event"].to_pylist(), [round(value, 2) for value in rows["value"].to_pylist()]
        (['Order Placed'], [139.12])
    """
    invoices = ask(_INVOICES, source=table)
    return record({name: invoices[name] for name in invoices.column_names})


_INVOICES = f"""
    with invoice as (
        select InvoiceNo as number, min(InvoiceDate) as time, min(CustomerID) as customer,
            min(Country) as country, sum(Quantity * UnitPrice) as value, sum(Quantity) as items, count(*) as lines
        from source group by InvoiceNo
    )
    select 'uci-' || number as message_id, time at time zone 'UTC' as time, customer::varchar as user_id,
        case when number like 'C%' then '{CANCELLED}' when number like 'A%' then '{BAD_DEBT}'
            when customer is null and value = 0 then '{ADJUSTED}' else '{PLACED}' end as event,
        'web' as channel, 'uci_online_retail' as source, round(value, 2) as value, 'GBP' as currency,
        'exact' as time_basis,
        to_json({{invoice: number, items: items, lines: lines, country: country}})::varchar as properties
    from invoice order by time, number
"""

METRICS: tuple[dict[str, object], ...] = (
    {
        "key": "refund",
        "title": {"zh": "取消率（笔数）", "en": "Cancellations per order"},
        "description": {
            "zh": "数据里没有退款，以取消单计：取消单数与订单数之比",
            "en": "The data know no refunds: cancellations stand for them, per order",
        },
        "of": {"events": CANCELLED, "count": "events"},
        "per": {"events": PLACED, "count": "events"},
    },
    {
        "key": "net_sales",
        "title": {"zh": "净销售额", "en": "Net sales"},
        "description": {"zh": "订单金额减去取消金额", "en": "The money of orders less that of cancellations"},
        "of": {"events": [PLACED, CANCELLED], "count": "money"},
    },
    {
        "key": "growth",
        "title": {"zh": "净销售额增长率", "en": "Growth of net sales"},
        "description": {"zh": "与上月相比的净销售额变化", "en": "The change of net sales against the month before"},
        "of": {"events": [PLACED, CANCELLED], "count": "money"},
        "growth": True,
    },
    {
        "key": "refund_value",
        "title": {"zh": "取消率（金额）", "en": "Money cancelled per money ordered"},
        "description": {
            "zh": "取消金额与订单金额之比；取消的金额为负，所以比值也为负",
            "en": "Cancellations have negative values, and so has their ratio to the money ordered",
        },
        "of": {"events": CANCELLED, "count": "money"},
        "per": {"events": PLACED, "count": "money"},
    },
)
"""The shop's own definitions of metrics that every workspace has, and of its net sales."""

BOUGHT = f'did "{PLACED}"'
LAPSED = f'not did "{PLACED}" in the last 90 days'
SEGMENTS = {
    "once": f'did "{PLACED}" exactly 1 time',
    "some": f'did "{PLACED}" at least 2 times and did "{PLACED}" at most 4 times',
    "often": f'did "{PLACED}" at least 5 times',
}
"""Everybody who bought is in exactly one of them."""
