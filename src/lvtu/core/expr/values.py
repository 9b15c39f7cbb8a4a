"""What a value is to the language: its text, its number, and which fields are times or numbers.

A property may hold anything JSON can hold. Every value has a text (:func:`as_text`) and some have a
number (:func:`as_number`); a condition with a quoted literal reads the one, a condition with a
number the other. Columns that are built for reading must use these two functions for their twins.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Mapping
from typing import Literal

TIME_FIELDS = frozenset({"time", "received_at"})
"""Fields compared as times."""

NUMBER_FIELDS = frozenset({"value", "score", "sequence", "weight", "sentiment", "text_length"})
"""Columns that are always numbers, so that a quoted literal beside them is a slip."""

TEXT_FIELDS = frozenset(
    {
        "message_id",
        "user_id",
        "anonymous_id",
        "identifiers",
        "event",
        "channel",
        "source",
        "currency",
        "scale",
    }
    | {"text", "language", "time_basis", "properties"}
)
"""The other fields of the record."""

READ_FIELDS: Mapping[str, Literal["number", "text", "mixed"]] = {
    "language_read": "text", "sentiment": "number", "sentiment_label": "text", "emotion": "text", "intent": "text",
    "urgency": "mixed", "topic_read": "text", "topics_read": "text", "text_length": "number",
}  # fmt: skip
"""Columns that are read out of the text of an event (`lvtu.voice.columns`), and what each holds."""

LISTS_READ = frozenset({"topics_read"})
"""Those of them that hold a list of codes: they contain a code, or one of those that it is made of."""

FIELDS = TIME_FIELDS | (NUMBER_FIELDS - READ_FIELDS.keys()) | TEXT_FIELDS
"""Every field; kept apart from ``core.record`` because that needs Arrow, and reading a condition must not."""

MODEL_FIELDS = frozenset({"touchpoint", "stage", "behaviour", "online"})
"""Columns that a journey model makes of the events as they are read (`lvtu.core.model.columns`)."""

_RESERVED = FIELDS | MODEL_FIELDS | READ_FIELDS.keys()

_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
_EXACT = 2.0**63


def column(name: str) -> str:
    """The column a written name means: ``properties.plan`` is ``plan``, unless a field or model column is called so.

    Example:
        >>> column("properties.plan"), column("properties.channel"), column("channel")
        ('plan', 'properties.channel', 'channel')
    """
    while name.startswith("properties.") and name.removeprefix("properties.") not in _RESERVED:
        name = name.removeprefix("properties.")
    return name


def as_text(value: object) -> str | None:
    """The text of a value: a number's is its shortest, true is ``true``, lists and objects are compact JSON.

    Returns:
        None when the value is missing (None, or a float that is no number).

    Example:
        >>> as_text(2018), as_text(2018.0), as_text(0.10), as_text(True), as_text(["a", 1]), as_text(None)
        ('2018', '2018', '0.1', 'true', '["a",1]', None)
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _shortest(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def _shortest(value: float) -> str | None:
    if math.isnan(value):
        return None
    return str(int(value)) if abs(value) < _EXACT and value.is_integer() else repr(value)


def as_number(value: object) -> float | None:
    """The number of a value: itself, or what a text that looks like a decimal number says.

    Returns:
        None for everything else: true and false, lists, objects, ``nan``, ``1_000``, numbers beyond float64.

    Example:
        >>> as_number(7), as_number(" 7.50"), as_number("1e3"), as_number("7 days"), as_number(True)
        (7.0, 7.5, 1000.0, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return None
    if not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def stored(name: str, number: float) -> float:
    """The number as the column keeps it: ``score`` is float32, so 0.1 there means float32's 0.1.

    Example:
        >>> stored("value", 0.1), stored("score", 0.5), stored("score", 0.1) == 0.1
        (0.1, 0.5, False)
    """
    if name != "score":
        return number
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)
