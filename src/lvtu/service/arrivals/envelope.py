"""What a request says for all its messages, and its messages as text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from lvtu.collect.ready.segment import moment
from lvtu.core.units import instant
from lvtu.errors import BadInput
from lvtu.service.arrivals.limits import MESSAGE_BYTES
from lvtu.service.problems import TooLarge

TYPES = ("track", "identify", "page", "screen", "group", "alias")
BATCHES = ("batch", "import")
SHORT = {name[0]: name for name in (*TYPES, "batch") if name != "alias"} | {"a": "alias"}
"""Segment's library for browsers sends to ``/v1/t`` and so on."""

AHEAD = timedelta(days=1)
"""What is to happen later than this after it arrived has not happened: it is set aside."""


class _Sent(msgspec.Struct, rename="camel"):
    """A batch as it is sent; its messages are looked at one by one."""

    batch: list[msgspec.Raw]
    sent_at: Any = None
    write_key: Any = None
    context: Any = None


@dataclass
class Envelope:
    """One request.

    Attributes:
        messages: their texts.
        single: the type of its one message, where the address says it; "" for a batch.
        key: the write key in its body, if any.
        context: what its messages share, if anything.
        sent_at: when it was sent, by the sender's clock, as it says.
        sent: the same in µs since 1970, if it is a time.
        received: when it came, by ours, in µs since 1970.
        came: the same as text.
        corrects: whether device clocks are to be corrected; not for what is imported.
        odd: whether it spells characters that only the long way knows.
    """

    messages: list[msgspec.Raw]
    single: str
    key: str | None
    context: dict[str, Any] | None
    sent_at: Any
    sent: int | None
    received: int
    came: str
    corrects: bool
    odd: bool


_ASCII = b"\\u00"
_ODD = (b"\\u000", b"\\u001")
"""Control characters, as texts spell them."""


def envelope_of(kind: str, body: bytes, received: datetime) -> Envelope:
    """A request, opened.

    Args:
        kind: the last part of its address.
        body: what it holds.
        received: when it came.

    Raises:
        BadInput: it is not what that address takes.
        TooLarge: a single message has too many bytes.
    """
    if kind in BATCHES:
        sent = _batch(body)
    elif len(body) > MESSAGE_BYTES:
        raise TooLarge("message_too_large", most=MESSAGE_BYTES // 1024)
    else:
        only = _object(body)
        sent = _Sent([msgspec.Raw(body)], only.get("sentAt"), only.get("writeKey"))
    return Envelope(
        messages=sent.batch,
        single="" if kind in BATCHES else kind,
        key=sent.write_key if isinstance(sent.write_key, str) and sent.write_key.isascii() else None,
        context=sent.context if isinstance(sent.context, dict) else None,
        sent_at=sent.sent_at,
        sent=micros(sent.sent_at),
        received=instant(came := received.isoformat()),
        came=came,
        corrects=kind != "import",
        odd=_ASCII in body and any(spelled in body for spelled in _ODD),
    )


def micros(value: Any) -> int | None:
    """A time as ISO-8601 in µs since 1970; None for what is no such time.

    Example:
        >>> micros("1970-01-01T00:00:01Z"), micros("1970-01-02"), micros("soon")
        (1000000, 86400000000, None)
    """
    found = moment(value)
    return None if found is None else instant(found.isoformat())


def _batch(body: bytes) -> _Sent:
    try:
        return msgspec.json.decode(body, type=_Sent)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = _object(body)  # Python's own reader knows NaN, and half characters
    if not isinstance(batch := found.get("batch"), list):
        raise BadInput("no_batch", field="batch")
    raws = [msgspec.Raw(json.dumps(one).encode()) for one in batch]
    return _Sent(raws, found.get("sentAt"), found.get("writeKey"), found.get("context"))


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object of a body.

    Raises:
        BadInput: it is none.
    """
    try:
        found = value_of(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("body_not_json", reason=str(error)) from None
    if not isinstance(found, dict):
        raise BadInput("body_not_object")
    return found


def value_of(text: bytes) -> Any:
    """What a text of JSON says, NaN and half characters included.

    Raises:
        ValueError, RecursionError: it is none.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(text)
