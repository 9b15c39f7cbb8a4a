"""From the bytes of a request to records: what a message must be, and the same mapping as for files of messages."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect import validate_events
from lvtu.collect.ready.segment import moment, segment_rows
from lvtu.core.sentences import Reason
from lvtu.core.units import instant
from lvtu.errors import BadInput
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.limits import MESSAGE_BYTES
from lvtu.service.problems import TooLarge

TYPES = ("track", "identify", "page", "screen", "group", "alias")
BATCHES = ("batch", "import")
SHORT = {name[0]: name for name in (*TYPES, "batch") if name != "alias"} | {"a": "alias"}
"""Segment's library for browsers sends to ``/v1/t`` and so on."""

AHEAD = timedelta(days=1)
"""What is to happen later than this after it arrived has not happened: it is set aside."""

_NAMES = {
    "user_id": "userId", "anonymous_id": "anonymousId", "message_id": "messageId", "time": "timestamp",
    "identifiers": "context.externalIds", "value": "properties.revenue", "currency": "properties.currency",
}  # fmt: skip
"""What a client calls the fields of the record."""

_OBJECTS = ("properties", "traits", "context", "integrations")
_TEXTS = ("userId", "anonymousId", "messageId", "groupId", "previousId", "type", "event")


class Envelope(msgspec.Struct):
    """A batch as it is sent; its messages are looked at one by one."""

    batch: list[msgspec.Raw]
    sentAt: Any = None  # noqa: N815
    writeKey: Any = None  # noqa: N815
    context: Any = None


@dataclass
class Refused:
    """A message that cannot be accepted: its place in the batch, the field at fault as the client calls it, and why."""

    index: int
    field: str
    reason: Reason
    raw: str

    def stored(self) -> dict[str, Any]:
        """The row of the quarantine."""
        return {"place": f"http:{self.index}", "field": self.field, **self.reason.stored(), "raw": self.raw}


@dataclass
class Delivery:
    """One request.

    Attributes:
        key: the write key in its body, if any.
        size: how many messages it holds.
        messages: place in the batch → message, complete.
        refused: the others.
    """

    key: str | None
    size: int
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


def delivery(kind: str, body: bytes, received: datetime, clocks: Clocks) -> Delivery:
    """The messages of a request.

    Args:
        kind: the last part of its address.
        body: what it holds.
        received: when it came.
        clocks: know the devices.

    Raises:
        BadInput: it is not what that address takes.
        TooLarge: a single message has too many bytes.
    """
    if kind in BATCHES:
        envelope = _envelope(body)
    elif len(body) > MESSAGE_BYTES:
        raise TooLarge("message_too_large", most=MESSAGE_BYTES // 1024)
    else:
        only = _object(body)
        envelope = Envelope([msgspec.Raw(body)], only.get("sentAt"), only.get("writeKey"))
    key = envelope.writeKey if isinstance(envelope.writeKey, str) else None
    found = Delivery(key, len(envelope.batch))
    shared: dict[str, Any] = {"receivedAt": received.isoformat()}
    if envelope.sentAt:
        shared["sentAt"] = envelope.sentAt
    for index, raw in enumerate(envelope.batch):
        message, trouble = _message(bytes(raw), kind)
        if message is not None:
            message.pop("writeKey", None)
            message = {**message, **shared}
            if isinstance(envelope.context, dict) and isinstance(message.get("context") or {}, dict):
                message["context"] = envelope.context | (message.get("context") or {})
        if trouble:
            text = json.dumps({"_text": bytes(raw).decode("utf-8", "replace")} if message is None else message)
            found.refused.append(Refused(index, *trouble, text))
        elif message is not None:
            if not message.get("messageId"):
                message["messageId"] = str(uuid.uuid4())
            _set_right(message, received, clocks if kind != "import" else None)
            found.messages[index] = message
    return found


def records_of(deliveries: Sequence[Delivery]) -> pa.Table:
    """The records of the messages of some requests; what turns out to be wrong moves to their `refused`."""
    places = [(one, index) for one in deliveries for index in one.messages]
    rows = [
        {**row, "sequence": _order(message, index)}
        for one in deliveries
        for index, message in one.messages.items()
        for row in segment_rows(message)
    ]
    records, bad = validate_events(rows)
    kept = np.delete(np.arange(len(rows)), np.unique([row for row, _, _ in bad]).astype(int))
    late = pc.greater(records["time"], pc.add(records["received_at"], pa.scalar(AHEAD)))
    late = np.asarray(pc.fill_null(late, False))
    bad += [(int(row), "time", Reason("future")) for row in kept[late]]
    for row, name, reason in bad:
        one, index = places[row]
        if (message := one.messages.pop(index, None)) is not None:  # its first trouble is enough
            one.refused.append(_in_their_words(index, name, reason, message))
    return records.filter(pa.array(~late)) if late.any() else records


def _order(message: dict[str, Any], index: int) -> int:
    """What orders messages of one time (libraries tell it to a millisecond): when they came, then their place."""
    return instant(message["receivedAt"]) + index


def _in_their_words(index: int, name: str, reason: Reason, message: dict[str, Any]) -> Refused:
    called = _NAMES.get(name, name)
    if reason.code == "missing":
        reason = Reason("missing", field=called)
    return Refused(index, called, reason, json.dumps(message, ensure_ascii=False))


def _envelope(body: bytes) -> Envelope:
    try:
        return msgspec.json.decode(body, type=Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = _object(body)  # Python's own reader knows NaN, and half characters
    if not isinstance(batch := found.get("batch"), list):
        raise BadInput("no_batch", field="batch")
    raws = [msgspec.Raw(json.dumps(one).encode()) for one in batch]
    return Envelope(raws, found.get("sentAt"), found.get("writeKey"), found.get("context"))


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object of a body.

    Raises:
        BadInput: it is none.
    """
    try:
        found = _read(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("body_not_json", reason=str(error)) from None
    if not isinstance(found, dict):
        raise BadInput("body_not_object")
    return found


def _read(text: bytes) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(text)


def _message(raw: bytes, kind: str) -> tuple[dict[str, Any] | None, tuple[str, Reason] | None]:
    """A message with its type, and what is wrong with it: the field and why."""
    if len(raw) > MESSAGE_BYTES:
        return None, ("", Reason("too_large", most=MESSAGE_BYTES // 1024))
    try:
        message = _read(raw)
    except RecursionError as error:
        return None, ("", Reason("not_json", error=str(error)))
    if not isinstance(message, dict):
        return None, ("", Reason("not_object", type=type(message).__name__))
    message.pop("batch", None)  # a batch within a batch is none
    if kind not in BATCHES:
        message["type"] = kind
    return message, _trouble(message)


def _trouble(message: dict[str, Any]) -> tuple[str, Reason] | None:
    for name in _OBJECTS:
        if not isinstance(message.get(name) or {}, dict):
            return name, Reason("properties")
    for name in _TEXTS:
        if isinstance(message.get(name), dict | list | bool):
            return name, Reason("not_text")
    if message.get("type") not in TYPES:
        return "type", Reason("message_type", value=str(message.get("type", ""))[:60], types=TYPES)
    if message["type"] == "group" and not message.get("groupId"):
        return "groupId", Reason("missing", field="groupId")
    if message["type"] == "alias" and not message.get("previousId"):
        return "previousId", Reason("missing", field="previousId")
    return None


def _set_right(message: dict[str, Any], received: datetime, clocks: Clocks | None) -> None:
    """Let `timestamp` be by our clock; what the device said stays as `originalTimestamp`."""
    if message.get("originalTimestamp") and message.get("timestamp"):
        return  # somebody corrected it on the way
    said = message.get("originalTimestamp") or message.get("timestamp")
    if not said:
        return
    message["originalTimestamp"] = message["timestamp"] = said
    then, sent = moment(said), moment(message.get("sentAt"))
    if clocks is None or then is None or sent is None:
        return
    try:
        offset = clocks.offset(_device(message), sent, received)
        message["timestamp"] = (then + offset).isoformat() if offset else said
    except OverflowError:  # a time at the end of the calendar: it is refused for what it is
        pass


def _device(message: dict[str, Any]) -> str:
    device: Any = (message.get("context") or {}).get("device")
    named = device.get("id") if isinstance(device, dict) else None
    return str(named or message.get("anonymousId") or message.get("userId") or "")
