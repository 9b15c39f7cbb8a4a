"""Messages as libraries send them, straight to columns: what `lvtu.collect.ready.segment` makes of them, in a tenth
of the time. Whatever is odd about a message (a number for a name, a time that is spelled differently, …) is left to
that: `plain_row` answers None.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa

from lvtu.collect.properties import kinds
from lvtu.collect.ready.parts import as_dict, filled, number
from lvtu.collect.ready.segment import ANSWERED_BY, EVENTS, MONEY, channel_of, identifiers_of
from lvtu.collect.times import limits
from lvtu.core.record import RECORD
from lvtu.kernels.json import DOUBTFUL
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.envelope import AHEAD, Envelope, micros
from lvtu.service.arrivals.judge import Judge
from lvtu.service.arrivals.limits import MESSAGE_BYTES

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
)
_NAMING = frozenset({"traits", "device", "externalIds"})
"""The parts of a context that name the customer."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000_000
_AHEAD = AHEAD // timedelta(microseconds=1)


class _Message(msgspec.Struct, gc=False, rename="camel"):
    """A message, if nothing is odd about it."""

    type: str | None = None
    event: str | None = None
    user_id: str | None = None
    anonymous_id: str | None = None
    message_id: str | None = None
    timestamp: str | None = None
    original_timestamp: str | None = None
    sent_at: Any = None
    properties: dict[str, Any] | None = None
    context: dict[str, Any] | None = None
    traits: dict[str, Any] | None = None
    integrations: dict[str, msgspec.Raw] | None = None
    group_id: str | None = None
    previous_id: str | None = None
    name: Any = None
    category: Any = None
    channel: str | None = None


class Row(NamedTuple):
    """The fields of a record that a message can fill; all others are missing, `received_at` is the request's."""

    message_id: str
    time: int
    received_at: int
    user_id: str | None
    anonymous_id: str | None
    identifiers: tuple[tuple[str, str], ...] | None
    event: str
    channel: str | None
    value: float | None
    currency: str | None
    sequence: int
    properties: bytes | None


_decode = msgspec.json.Decoder(_Message).decode
_encode = msgspec.json.Encoder().encode
_LIMIT = limits()[1]


def plain_row(raw: msgspec.Raw, index: int, envelope: Envelope, clocks: Clocks, judge: Judge) -> Row | None:
    """A message as a row; None where it is to take the long way, as one does that a contract forbids.

    Args:
        raw: the message's text.
        index: its place in the batch.
        envelope: the request.
        clocks: know the devices.
        judge: knows the contracts.
    """
    if len(raw) > MESSAGE_BYTES:
        return None
    try:
        message = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    kind = envelope.single or message.type
    user, anonymous = message.user_id or None, message.anonymous_id or None
    if not (user or anonymous):
        return None
    if kind == "track":
        if not (event := message.event):
            return None
    elif kind in EVENTS:
        event = EVENTS[kind]
    elif kind == "identify" or (kind == "group" and message.group_id) or (kind == "alias" and message.previous_id):
        event = kind
    else:
        return None
    context = message.context or {}
    if envelope.context is not None:
        context = envelope.context | context
    device = context.get("device")
    time = _time(
        message, envelope, clocks, str((device.get("id") if isinstance(device, dict) else None) or anonymous or user)
    )
    if time is None:
        return None
    try:
        return _filled(message, index, envelope, judge, kind, event, context, time)
    except (TypeError, ValueError, OverflowError, RecursionError):  # a number beyond 64 bits
        return None


def _time(message: _Message, envelope: Envelope, clocks: Clocks, device: str) -> int | None:
    """When the message happened, by our clock (µs since 1970); None if it is to take the long way."""
    said = message.original_timestamp or message.timestamp
    if not said:
        return envelope.received
    corrected = message.original_timestamp and message.timestamp
    if corrected:
        said = message.timestamp or ""
    if _TIME.fullmatch(said) is None:
        return None
    try:
        since = datetime.fromisoformat(said) - _EPOCH
    except ValueError:
        return None
    time = since.days * _DAY + since.seconds * 1_000_000 + since.microseconds
    if not 0 <= time <= _LIMIT:
        return None
    if not corrected and envelope.corrects:
        sent = envelope.sent if envelope.sent_at else micros(message.sent_at)
        if sent is not None:
            time += clocks.offset(device, sent, envelope.received)
    return time if 0 <= time <= min(_LIMIT, envelope.received + _AHEAD) else None


def _filled(
    message: _Message,
    index: int,
    envelope: Envelope,
    judge: Judge,
    kind: str,
    event: str,
    context: dict[str, Any],
    time: int,
) -> Row | None:
    properties, traits = message.properties or {}, message.traits or {}
    value = number(*[properties[key] for key in MONEY if key in properties]) if kind == "track" else None
    currency = properties.get("currency")
    if (currency is not None and not isinstance(currency, str)) or (kind == "track" and ANSWERED_BY in properties):
        return None  # answers are few, and what a scale allows is looked at there
    if kind == "identify" and not traits:
        traits = as_dict(context.get("traits"))
    elif kind == "group":
        traits = {f"group_{name}": item for name, item in traits.items()}
    named = None
    if traits or kind == "alias" or not _NAMING.isdisjoint(context):
        named = tuple(identifiers_of(message.previous_id, context, traits, kind).items()) or None
    library = context.get("library")
    by = library.get("name") if isinstance(library, dict) else None
    channel = _channel(context.get("channel"), message.channel, by)
    rest = properties
    if traits:
        rest.update(traits)
    if kind in EVENTS:
        rest.update(filled({"name": message.name, "category": message.category}))
    group = message.group_id or context.get("groupId")
    if group is not None:
        rest.update(filled({"group_id": group}))
    if judge.checks and not judge.accepts(index, event, rest):
        return None
    if context:
        rest["context"] = context
    return Row(
        message.message_id or str(uuid.uuid4()), time, envelope.received,
        message.user_id or None, message.anonymous_id or None, named, event, channel, value, currency or None,
        envelope.received + index, _encode(rest) if rest else None,
    )  # fmt: skip


@lru_cache(4096, typed=True)  # or a channel of 0 would be what False was
def _channel(given: Any, said: str | None, library: Any) -> str | None:
    return channel_of(said, {"channel": given, "library": {"name": library}})


def table_of(rows: Sequence[Row]) -> tuple[pa.Table, list[int]]:
    """The records of rows, and the places of those that are to take the long way; their records are left out."""
    if not rows:
        return RECORD.empty_table(), []
    told = dict(zip(Row._fields, zip(*rows, strict=True), strict=True))
    arrays = [
        pa.nulls(len(rows), field.type) if field.name not in told else pa.array(told[field.name], field.type)
        for field in RECORD
    ]
    table = pa.Table.from_arrays(arrays, schema=RECORD)
    properties = table["properties"].chunk(0)
    doubtful = (kinds(properties) == DOUBTFUL) & np.asarray(properties.is_valid())
    if doubtful.any():
        table = table.filter(pa.array(~doubtful))
    return table, np.flatnonzero(doubtful).tolist()
