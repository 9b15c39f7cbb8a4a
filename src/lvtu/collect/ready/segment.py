"""Segment: messages of its spec, one per line or in ``{"batch": […]}``.

``track`` keeps its event name; ``page`` and ``screen`` become ``Page Viewed`` and ``Screen Viewed`` with
``name`` and ``category`` as properties, so that a thousand pages are one step; ``identify``, ``group`` and
``alias`` keep their type as name. An alias carries the former id as the identifier ``previous_id``.

Traits of ``identify`` are properties. Those of ``group`` are a company's, not the customer's: they are properties
``group_<trait>`` beside ``group_id``, its e-mail and phone are no identifiers of the customer, and what
``context.traits`` says of the customer is not mixed into them. ``group_id`` is on every message whose ``context``
names a group, so that any event can be broken down by company.

A ``track`` whose properties have a ``score`` and name its ``scale`` is an answer: these, and ``text``, ``language``
and ``weight`` beside them, are fields of the record. A comment without a score says ``"scale": "text"``. All of them
stay in the properties as well. Without a scale a text is nothing that a customer said: of a button, it stands on it.

The device's clock is corrected as Segment does: received − (sent − original).

Sources: https://segment.com/docs/connections/spec/common/, https://segment.com/docs/connections/spec/group/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from lvtu.collect.ready.parts import as_dict, as_list, filled, first, number

EVENTS = {"page": "Page Viewed", "screen": "Screen Viewed"}
MONEY = ("revenue", "total", "value")
ANSWERED_BY = "scale"
"""The property by which an answer is told from everything else."""

COMMENT = "text"
"""What a comment without a score names as its scale."""

_TYPES = ("track", "identify", "page", "screen", "group", "alias")
_CHANNELS = {"browser": "web", "client": "web", "mobile": "app", "server": None}
_LIBRARIES = (
    ("analytics.js", "web"),
    ("ios", "app"),
    ("swift", "app"),
    ("android", "app"),
    ("kotlin", "app"),
    ("react-native", "app"),
)


def segment_rows(row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The record fields of a message, or of each message in a batch.

    Example:
        >>> message = {"type": "page", "anonymousId": "d1", "name": "Home", "timestamp": "2026-01-01T00:00:00Z"}
        >>> next(iter(segment_rows(message)))["event"]
        'Page Viewed'
    """
    if isinstance(row.get("batch"), list):
        return _unpacked(row)
    return [_message(row)]


def _unpacked(envelope: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The messages of a batch, which share its context and times."""
    shared = {key: envelope[key] for key in ("sentAt", "receivedAt") if envelope.get(key)}
    context = as_dict(envelope.get("context"))
    for message in envelope["batch"]:
        if isinstance(message, dict):
            yield _message(shared | message | {"context": context | as_dict(message.get("context"))})
        else:
            yield {"properties": {"_text": str(message)}}


def _message(row: dict[str, Any]) -> dict[str, Any]:
    kind = row.get("type") or ("track" if "event" in row else None)
    context, properties = as_dict(row.get("context")), as_dict(row.get("properties"))
    traits = as_dict(row.get("traits")) or (as_dict(context.get("traits")) if kind == "identify" else {})
    if kind == "group":
        traits = {f"group_{name}": value for name, value in traits.items()}
    event = row.get("event") if kind == "track" else EVENTS.get(str(kind), kind if kind in _TYPES else None)
    named = filled({name: row.get(name) for name in ("name", "category")}) if kind in EVENTS else {}
    group = first(row.get("groupId"), context.get("groupId"))
    rest = properties | traits | named | filled({"group_id": group, "context": context})
    return filled({
        "message_id": row.get("messageId"),
        "time": happened(row),
        "received_at": row.get("receivedAt"),
        "user_id": row.get("userId"),
        "anonymous_id": row.get("anonymousId"),
        "identifiers": identifiers_of(row.get("previousId"), context, traits, kind),
        "event": event,
        "channel": channel_of(row.get("channel"), context),
        "value": number(*(properties.get(key) for key in MONEY)) if kind == "track" else None,
        "currency": first(properties.get("currency")),
        "properties": rest,
        **(answer_of(properties) if kind == "track" else {}),
    })  # fmt: skip


def answer_of(properties: dict[str, Any]) -> dict[str, Any]:
    """The record's fields of an answer or a comment; none where the properties tell of neither.

    Example:
        >>> answer_of({"score": 9, "scale": "nps", "text": "Fast", "language": "en", "order": 17})
        {'score': 9.0, 'scale': 'nps', 'text': 'Fast', 'language': 'en', 'weight': None}
        >>> answer_of({"scale": "text", "text": "Fast"}), answer_of({"text": "Buy now"}), answer_of({"scale": 2})
        ({'text': 'Fast', 'language': None}, {}, {})
    """
    scale = properties.get(ANSWERED_BY)
    if not isinstance(scale, str) or not scale.strip():
        return {}
    said = {name: one if isinstance(one := properties.get(name), str) else None for name in ("text", "language")}
    if scale == COMMENT:
        return said if said["text"] else {}
    score = number(properties.get("score"))
    return {} if score is None else {"score": score, "scale": scale, **said, "weight": number(properties.get("weight"))}


def happened(row: dict[str, Any]) -> Any:
    """When a message happened, by our clock if the device's can be corrected.

    With ``originalTimestamp``, ``timestamp`` is corrected already. Without it, ``timestamp`` is the device's own.

    Example:
        >>> slow = {"timestamp": "2026-01-01T00:00:00Z", "sentAt": "2026-01-01T00:00:05Z"}
        >>> happened(slow | {"receivedAt": "2026-01-01T01:00:05Z"})
        '2026-01-01T01:00:00+00:00'
    """
    original = row.get("originalTimestamp")
    if original and row.get("timestamp"):
        return row["timestamp"]
    device = first(original, row.get("timestamp"))
    sent, received = moment(row.get("sentAt")), moment(row.get("receivedAt"))
    then = moment(device)
    if then and sent and received:
        return (received - (sent - then)).isoformat()
    return first(device, row.get("receivedAt"), row.get("sentAt"))


def moment(value: Any) -> datetime | None:
    """A time as ISO-8601 with its offset, UTC if it has none; None for what is no such time."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def channel_of(said: Any, context: dict[str, Any]) -> str | None:
    """The channel of a message: as its context or it says, else by the library that sent it.

    Example:
        >>> channel_of("client", {}), channel_of(None, {"library": {"name": "analytics-ios"}}), channel_of("server", {})
        ('web', 'app', None)
    """
    given = first(context.get("channel"), said)
    if given is not None and str(given) not in _CHANNELS:
        return str(given)
    library = str(as_dict(context.get("library")).get("name", ""))
    by_library = next((channel for part, channel in _LIBRARIES if part in library), None)
    return _CHANNELS.get(str(given)) or by_library


def identifiers_of(previous: Any, context: dict[str, Any], traits: dict[str, Any], kind: Any) -> dict[str, str]:
    """A customer's other ids, by kind: from its traits, its device, and what the context lists.

    Args:
        previous: what an alias says of the former id.
        context: the message's.
        traits: the message's.
        kind: its type.

    Example:
        >>> identifiers_of(None, {"device": {"id": "d1"}}, {"email": "a@x"}, "identify")
        {'email': 'a@x', 'device': 'd1'}
    """
    known = as_dict(context.get("traits")) | (traits if kind != "group" else {})  # a group's are not the customer's
    found: dict[str, Any] = {
        "email": known.get("email"),
        "phone": known.get("phone"),
        "device": as_dict(context.get("device")).get("id"),
        "previous_id": previous if kind == "alias" else None,
    }
    for other in as_list(context.get("externalIds")):
        if isinstance(other, dict) and other.get("type") and other.get("id"):
            found.setdefault(str(other["type"]), other["id"])
    return {key: str(value) for key, value in filled(found).items()}
