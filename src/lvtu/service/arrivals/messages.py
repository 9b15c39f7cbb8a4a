"""From the messages of a request to records: what a message must be, and the same mapping as for files of messages."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect import validate_events
from lvtu.collect.ready.segment import moment, segment_rows
from lvtu.core.record import RECORD
from lvtu.core.sentences import Reason
from lvtu.core.units import instant
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.envelope import AHEAD, TYPES, Envelope, micros, value_of
from lvtu.service.arrivals.judge import Checks, Judge, field_of
from lvtu.service.arrivals.limits import MESSAGE_BYTES
from lvtu.service.arrivals.plain import Row, plain_row, table_of

_NAMES = {
    "user_id": "userId", "anonymous_id": "anonymousId", "message_id": "messageId", "time": "timestamp",
    "identifiers": "context.externalIds", "value": "properties.revenue", "currency": "properties.currency",
}  # fmt: skip
"""What a client calls the fields of the record."""

_OBJECTS = ("properties", "traits", "context", "integrations")
_TEXTS = ("userId", "anonymousId", "messageId", "groupId", "previousId", "type", "event")


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
    """The messages of one request.

    Attributes:
        envelope: what it says for all of them.
        clocks: know the devices.
        judge: knows the contracts, and which messages broke them.
        plain: place in the batch → a message that nothing is odd about.
        messages: place in the batch → another, complete.
        refused: the others.
        turn: of the clocks, when it was read.
        ready: records that were made elsewhere, of a survey's response say; nothing about them is looked at.
    """

    envelope: Envelope
    clocks: Clocks
    judge: Judge
    plain: dict[int, Row] = field(default_factory=dict)
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    turn: int = 0
    ready: pa.Table = field(default_factory=RECORD.empty_table)

    def read(self) -> None:
        """Look at each message, anew if that was done before."""
        self.turn, self.judge = self.clocks.turn, Judge(self.judge.checks)
        self.plain, self.messages, self.refused = {}, {}, []
        for index, raw in enumerate(self.envelope.messages):
            row = None if self.envelope.odd else plain_row(raw, index, self.envelope, self.clocks, self.judge)
            if row is None:
                self.take_the_long_way(index)
            else:
                self.plain[index] = row

    @property
    def size(self) -> int:
        """How many messages there are."""
        return len(self.envelope.messages) + len(self.ready)

    @property
    def accepted(self) -> int:
        """How many of them are accepted, as far as is known."""
        return len(self.plain) + len(self.messages) + len(self.ready)

    def take_the_long_way(self, index: int) -> None:
        """Read a message as a file's are read."""
        envelope, raw = self.envelope, bytes(self.envelope.messages[index])
        self.plain.pop(index, None)
        message, trouble = _message(raw, envelope.single)
        if message is not None:
            message.pop("writeKey", None)
            message = {**message, "receivedAt": envelope.came}
            if envelope.sent_at:
                message["sentAt"] = envelope.sent_at
            if envelope.context is not None and isinstance(message.get("context") or {}, dict):
                message["context"] = envelope.context | (message.get("context") or {})
        if trouble:
            text = json.dumps({"_text": raw.decode("utf-8", "replace")} if message is None else message)
            self.refused.append(Refused(index, *trouble, text))
        elif message is not None:
            if not message.get("messageId"):
                message["messageId"] = str(uuid.uuid4())
            _set_right(message, envelope, self.clocks)
            if self.judge.checks and not self.judge.accepts_message(index, message):
                contract, troubles = self.judge.found[index]
                field, reason = field_of(contract.event, troubles[0]), troubles[0].reason
                self.refused.append(Refused(index, field, reason, json.dumps(message, ensure_ascii=False)))
            else:
                self.messages[index] = message


def opened(envelope: Envelope, clocks: Clocks, checks: Checks) -> Delivery:
    """The messages of a request, each looked at.

    Args:
        envelope: it.
        clocks: know the devices.
        checks: the contracts.
    """
    found = Delivery(envelope, clocks, Judge(checks))
    found.read()
    return found


def made(records: pa.Table, received: datetime) -> Delivery:
    """Records that are to be put on disk as they are, on the same way as messages.

    Args:
        records: with the schema of the record.
        received: when what they were made of came.
    """
    came = received.isoformat()
    envelope = Envelope([], "", None, None, None, None, instant(came), came, corrects=False, odd=False)
    return Delivery(envelope, Clocks(""), Judge({}), ready=records)


def records_of(deliveries: Sequence[Delivery]) -> pa.Table:
    """The records of the messages of some requests; what turns out to be wrong moves to their `refused`."""
    places = [(one, index) for one in deliveries for index in one.plain]
    plain, doubtful = table_of([row for one in deliveries for row in one.plain.values()])
    for place in doubtful:
        one, index = places[place]
        one.take_the_long_way(index)
    parts = [plain, *(one.ready for one in deliveries if one.ready.num_rows)]
    if odd := [one for one in deliveries if one.messages]:
        parts.append(_odd_records(odd))
    return pa.concat_tables(parts) if len(parts) > 1 else plain


def _odd_records(deliveries: Sequence[Delivery]) -> pa.Table:
    places = [(one, index) for one in deliveries for index in one.messages]
    rows = [
        {
            **row,
            "sequence": one.envelope.received + index,
        }  # what orders messages of one time: libraries tell it to a ms
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


def _in_their_words(index: int, name: str, reason: Reason, message: dict[str, Any]) -> Refused:
    called = _NAMES.get(name, name)
    if reason.code == "missing":
        reason = Reason("missing", field=called)
    return Refused(index, called, reason, json.dumps(message, ensure_ascii=False))


def _message(raw: bytes, single: str) -> tuple[dict[str, Any] | None, tuple[str, Reason] | None]:
    """A message with its type, and what is wrong with it: the field and why."""
    if len(raw) > MESSAGE_BYTES:
        return None, ("", Reason("too_large", most=MESSAGE_BYTES // 1024))
    try:
        message = value_of(raw)
    except RecursionError as error:
        return None, ("", Reason("not_json", error=str(error)))
    if not isinstance(message, dict):
        return None, ("", Reason("not_object", type=type(message).__name__))
    message.pop("batch", None)  # a batch within a batch is none
    if single:
        message["type"] = single
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


def _set_right(message: dict[str, Any], envelope: Envelope, clocks: Clocks) -> None:
    """Let `timestamp` be by our clock; what the device said stays as `originalTimestamp`."""
    if message.get("originalTimestamp") and message.get("timestamp"):
        return  # somebody corrected it on the way
    said = message.get("originalTimestamp") or message.get("timestamp")
    if not said:
        return
    message["originalTimestamp"] = message["timestamp"] = said
    then, sent = moment(said), micros(message.get("sentAt"))
    if not envelope.corrects or then is None or sent is None:
        return
    try:
        offset = clocks.offset(device_of(message), sent, envelope.received)
        message["timestamp"] = (then + timedelta(microseconds=offset)).isoformat() if offset else said
    except OverflowError:  # a time at the end of the calendar: it is refused for what it is
        pass


def device_of(message: dict[str, Any]) -> str:
    """What tells the device of a message from others."""
    device: Any = (message.get("context") or {}).get("device")
    named = device.get("id") if isinstance(device, dict) else None
    return str(named or message.get("anonymousId") or message.get("userId") or "")
