"""The merchandise store: which channels brought a visitor, one after the other, until an order or the end.

A path 'A > B > C' becomes three touches and, if it converted, an order. The source folded visits in a row through
the same channel into one touch (a path never holds 'A > A', and ``sessions`` counts more visits than the path has
touches): a touch is one visit or several. Known are the start of the first visit and of the last one; touches
between have an order and no time (``time_basis`` "order", at the first visit's time). An order stands at the start
of the last visit, so its time is good to the day.
"""

from __future__ import annotations

import pyarrow as pa

from lvtu.demo.files import ask, record
from lvtu.demo.model import MapPlan, Stage, Step, Text

TOUCHED, ORDERED = "Channel Touched", "Order Completed"
STORE = Text("网上商店", "Online store")
SHOWN = 5
"""How many channels in a row the map follows."""


def _touch(number: int) -> Step:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    return Step(f"channel_{number}", Text(f"第 {number} 个渠道", f"{number}{suffix} channel"), STORE, TOUCHED)


MODEL = MapPlan(
    "paths",
    Text("从到访到下单", "From visit to order"),
    Text(
        "谷歌周边商品网店的访客，2020 年 11 月至 2021 年 1 月（谷歌公开的脱敏样本）。",
        "Visitors of Google’s merchandise store, November 2020 to January 2021 (Google’s public obfuscated sample).",
    ),
    Text(
        "每位访客先后经过哪些渠道、第一次和最后一次来的时间都来自数据；中间的渠道只有先后，没有时间。"
        "连续多次从同一渠道来，数据里合并成了一步。",
        "Each visitor’s order of channels and the times of the first and last visit come from the data; channels "
        "between have an order and no time. Visits in a row through one channel are folded into one step.",
    ),
    True,
    (
        Stage("arrive", Text("第一次来", "Arriving"), (_touch(1),)),
        Stage("return", Text("换个渠道再来", "Coming back another way"), tuple(_touch(n) for n in range(2, SHOWN + 1))),
        Stage("buy", Text("下单", "Buying"), (Step("order", Text("完成订单", "Order"), STORE, ORDERED),)),
    ),
)


def events(table: pa.Table) -> pa.Table:
    """The paths as events: a touch per channel in order, then the order if there was one.

    The first touch says how many ``sessions`` (visits) the source counted in all, an order how many ``orders``; an
    order has no channel of its own.

    Example:
        >>> import pyarrow as pa
        >>> from datetime import datetime, UTC
        >>> start = pa.array([datetime(2021, 1, 1, tzinfo=UTC)], pa.timestamp("s", "UTC"))
        >>> path = pa.table({"journey": [7], "path": ["Direct > Email"], "conversion": [1], "start": start,
        ...                  "seconds": [60], "sessions": [2], "orders": [1]})
        >>> rows = events(path)
        >>> rows["event"].to_pylist(), rows["channel"].to_pylist()
        (['Channel Touched', 'Channel Touched', 'Order Completed'], ['Direct', 'Email', None])
    """
    rows = ask(_EVENTS, source=table)
    return record({name: rows[name] for name in rows.column_names})


_EVENTS = f"""
    with touch as (
        select *, string_split(path, ' > ') as channels,
            unnest(range(1, len(channels) + 1)) as sequence
        from source
    ), event as (
        select journey, sequence, start as time, '{TOUCHED}' as event, channels[sequence] as channel,
            if(sequence = 1, 'exact', 'order') as time_basis,
            if(sequence = 1, to_json({{sessions: sessions}})::varchar, null) as properties
        from touch
        union all
        select journey, len(string_split(path, ' > ')) + 1, start + to_seconds(seconds), '{ORDERED}', null,
            'day', to_json({{orders: orders}})::varchar
        from source where conversion = 1
    )
    select 'ga4-' || journey || '-' || sequence as message_id, time, 'journey-' || journey as anonymous_id,
        event,        channel, 'ga4' as source, sequence, time_basis, properties
    from event order by journey, sequence
"""
