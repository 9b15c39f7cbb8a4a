"""The record: one flat row for everything a customer did or said.

Names and meaning follow the Segment spec where it has them, so its SDKs are clients. Behaviour and
experience share one line: an order has ``value``, an answer has ``score`` and ``scale``, a review
has ``text``.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Field:
    """One field of the record.

    Attributes:
        name: the column's name.
        type: its Arrow type.
        meaning: one sentence for people, also in the published JSON Schema.
    """

    name: str
    type: pa.DataType
    meaning: str


FIELDS: tuple[Field, ...] = (
    Field("message_id", pa.string(), "idempotency key; a repeat is dropped and counted"),
    Field("time", TIME, "when it happened, UTC, microseconds"),
    Field("received_at", TIME, "when it reached us, UTC, microseconds"),
    Field("user_id", pa.string(), "the known customer, as in the Segment spec"),
    Field("anonymous_id", pa.string(), "the device or browser before sign-in, as in the Segment spec"),
    Field("identifiers", pa.map_(pa.string(), pa.string()), "other ids: email, phone, openid, member, …"),
    Field("event", pa.string(), "what happened: Product Viewed, Order Completed, Review Posted, …"),
    Field("channel", pa.string(), "web, app, mini_program, wechat, email, sms, hotline, store, …"),
    Field("source", pa.string(), "the system it came from"),
    Field("value", pa.float64(), "money, if any"),
    Field("currency", pa.string(), "the money's ISO 4217 code"),
    Field("score", pa.float32(), "an answer's number"),
    Field("scale", pa.string(), "the answer's scale: nps, csat5, ces7, stars5, servqual7, …"),
    Field("text", pa.string(), "what the customer said"),
    Field("language", pa.string(), "the text's language, BCP 47"),
    Field("sequence", pa.int64(), "order within one source, where it has one"),
    Field("time_basis", pa.string(), "exact (default), day, or order: a model's order, not observed"),
    Field("weight", pa.float64(), "a response's survey weight, if any"),
    Field("properties", pa.string(), "the rest, as the text of one JSON object"),
)
"""Every field, in the order of the columns."""

RECORD: pa.Schema = pa.schema([(field.name, field.type) for field in FIELDS])
"""The record as an Arrow schema."""

NAMES: frozenset[str] = frozenset(RECORD.names)
"""The names of the record's fields; every other column of a source is a property."""

TIME_BASES = ("exact", "day", "order")
"""What a time can stand for; with ``order`` durations mean nothing and are shown as "—"."""

ROW_CUSTOMER = "row:"
"""What an anonymous id begins with that stands for one row of a source that names nobody: it joins nobody."""

SIMULATED = "simulated:"
"""What the source begins with of records that nobody made: they were simulated (`lvtu.simulator`)."""

CHANNELS = (
    "web", "app", "mini_program", "wechat", "wecom", "email", "sms", "hotline", "store", "social", "marketplace", "im",
    "kiosk", "mail",
)  # fmt: skip
"""Channels known from the start; any other name is allowed."""


def json_schema() -> dict[str, object]:
    """The JSON Schema of one record as it is sent, for senders and for checks.

    Example:
        >>> json_schema()["required"]
        ['event', 'time']
    """
    kinds: dict[pa.DataType, dict[str, object]] = {
        pa.string(): {"type": "string"},
        pa.float64(): {"type": "number"},
        pa.float32(): {"type": "number"},
        pa.int64(): {"type": "integer"},
        TIME: {"type": "string", "format": "date-time"},
        pa.map_(pa.string(), pa.string()): {"type": "object", "additionalProperties": {"type": "string"}},
    }
    properties = {field.name: kinds[field.type] | {"description": field.meaning} for field in FIELDS}
    properties["properties"] = {"type": "object", "description": "the rest"}
    properties["time_basis"]["enum"] = list(TIME_BASES)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lvtu record",
        "type": "object",
        "required": ["event", "time"],
        "anyOf": [{"required": ["user_id"]}, {"required": ["anonymous_id"]}],
        "properties": properties,
    }
