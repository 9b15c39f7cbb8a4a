"""GA4: rows of its BigQuery export, as NDJSON or Parquet.

Parameters, those of items too, and user properties are lists of keys with one of four typed values; they become
properties (user properties as ``user_<key>``). ``user_pseudo_id`` is the anonymous id, ``ecommerce.purchase_revenue``
(of a refund ``refund_value``) the value. 64-bit integers may come as text, as BigQuery writes them in JSON.

A browser sends its events in batches, and those of one batch may carry one time: what happened first is told by the
page, then the request of that page, then the place in the request. The three are packed into ``sequence``.

Source: https://support.google.com/analytics/answer/7029846
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lvtu.collect.ready.parts import as_dict, as_list, filled, first, number, pruned

_CHANNELS = {"WEB": "web", "ANDROID": "app", "IOS": "app"}
_KEPT = (
    "device",
    "geo",
    "app_info",
    "traffic_source",
    "collected_traffic_source",
    "session_traffic_source_last_click",
    "ecommerce",
    "platform",
    "stream_id",
    "event_value_in_usd",
    "user_first_touch_timestamp",
    "user_ltv",
    "is_active_user",
    "privacy_info",
)
_PLACES, _REQUESTS, _PAGES = 8, 12, 43
"""Bits of `sequence`: the place in a request (25 events at most), the request of a page, the page (13 digits)."""


def ga4_rows(row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The record fields of one exported event.

    Example:
        >>> row = {"event_name": "page_view", "event_timestamp": "1700000000000000", "user_pseudo_id": "1.2",
        ...        "event_params": [{"key": "engaged", "value": {"int_value": "1"}}]}
        >>> [record] = ga4_rows(row)
        >>> record["time"], record["properties"]
        (1700000000000000, {'engaged': 1})
    """
    params, shop = parameters(row.get("event_params")), as_dict(row.get("ecommerce"))
    user = {f"user_{key}": value for key, value in parameters(row.get("user_properties")).items()}
    rest = filled(
        {key: pruned(row.get(key)) for key in _KEPT} | {"items": [_item(i) for i in as_list(row.get("items"))]}
    )
    record = {
        "time": _whole(row.get("event_timestamp")),
        "user_id": row.get("user_id"),
        "anonymous_id": row.get("user_pseudo_id"),
        "event": row.get("event_name"),
        "channel": _CHANNELS.get(str(row.get("platform")).upper()),
        "value": number(shop.get("purchase_revenue"), shop.get("refund_value"), params.get("value")),
        "currency": first(params.get("currency")),
        "sequence": _sequence(row),
        "properties": rest | user | params,
    }
    return [filled(record)]


def _item(item: Any) -> Any:
    """An item without empty cells, its parameters as an object."""
    item = dict(as_dict(item))
    return pruned(item | {"item_params": parameters(item.get("item_params"))})


def _sequence(row: dict[str, Any]) -> Any:
    """The order of a browser's events that share a time; an app's bundle number where there is none.

    Example:
        >>> _sequence({"batch_page_id": 2, "batch_ordering_id": 1, "batch_event_index": 3}) == (2 << 20) + (1 << 8) + 3
        True
    """
    names = ("batch_page_id", "batch_ordering_id", "batch_event_index")
    page, request, place = (_whole(row.get(name)) for name in names)
    if page is None and request is None and place is None:
        return _whole(row.get("event_bundle_sequence_id"))
    packed = 0
    for value, bits in ((page, _PAGES), (request, _REQUESTS), (place, _PLACES)):
        packed = (packed << bits) + min(max(value if isinstance(value, int) else 0, 0), (1 << bits) - 1)
    return packed


def parameters(given: Any) -> dict[str, Any]:
    """The parameters as an object; of the typed values the one that is set.

    Example:
        >>> parameters([{"key": "n", "value": {"string_value": None, "int_value": "7"}}])
        {'n': 7}
    """
    found = {}
    for pair in as_list(given):
        key, value = as_dict(pair).get("key"), as_dict(as_dict(pair).get("value"))
        if key is None:
            continue
        whole = value.get("int_value")
        real = first(value.get("double_value"), value.get("float_value"))
        text = value.get("string_value")
        found[str(key)] = text if text is not None else _whole(whole) if whole is not None else number(real)
    return {key: value for key, value in found.items() if value is not None}


def _whole(value: Any) -> Any:
    """A whole number that may be spelled as text; anything else as it is, to be refused with its own face."""
    try:
        return int(value) if isinstance(value, str) else value
    except ValueError:
        return value
