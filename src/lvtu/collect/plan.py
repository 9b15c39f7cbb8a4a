"""A mapping applied to the columns that a source has: who feeds what, decided once per frame."""

from __future__ import annotations

from dataclasses import dataclass

from lvtu.collect.frames import Frame
from lvtu.collect.mapping import MAPPABLE, XES, Condition, Feed, Mapping
from lvtu.errors import BadInput, UnknownName

REQUIRED = ("event", "time", "user_id", "anonymous_id")
_WHOSE = ("user_id", "anonymous_id", "identifiers")


@dataclass(frozen=True)
class EventPlan:
    """One event of each row.

    Attributes:
        feeds: the field's name → its feed.
        when: the conditions under which a row has the event.
        number: its place among the row's events, from 1; 0 if a row is one event.
    """

    feeds: dict[str, Feed]
    when: tuple[Condition, ...]
    number: int


@dataclass(frozen=True)
class Plan:
    """All that is to be done with a frame.

    Attributes:
        events: the events of each row.
        identifiers: name → feed.
        whole_identifiers: whether a column ``identifiers`` holds them all.
        own_properties: whether a column ``properties`` holds a JSON object.
        wanted: the properties by new name → column, or None for all that is left.
        used: the columns that feed fields, no properties under ``all``.
    """

    events: tuple[EventPlan, ...]
    identifiers: dict[str, Feed]
    whole_identifiers: bool
    own_properties: bool
    wanted: dict[str, str] | None
    used: tuple[str, ...]


def plan(mapping: Mapping, frame: Frame) -> Plan:
    """The plan of a mapping for a frame.

    Raises:
        UnknownName: the mapping names a column that does not exist.
        BadInput: nothing feeds the event, the time or an id.
    """
    _check(mapping, frame)
    auto = {name for name in (*MAPPABLE, "identifiers", "properties") if frame.has(name)}
    if mapping.one_customer_per_row:
        auto -= set(_WHOSE)
    base: dict[str, Feed | None] = {name: Feed(column=name) for name in MAPPABLE if name in auto}
    base |= _of_log(frame, auto)
    base |= mapping.fields
    if mapping.one_customer_per_row:
        base |= {"user_id": None, "anonymous_id": None}
    if mapping.source is not None and "source" not in mapping.fields:
        base["source"] = Feed(constant=mapping.source)
    events = _events(mapping, base)
    _check_complete(events, frame, nobody=mapping.one_customer_per_row)
    feeds = [feed for event in events for feed in event.feeds.values()] + list(mapping.identifiers.values())
    used = {column for feed in feeds for column in feed.columns}
    used |= {"properties", "identifiers"} & auto
    whole = "identifiers" in auto and not mapping.identifiers
    wanted = _wanted(mapping, frame, used)
    return Plan(events, dict(mapping.identifiers), whole, "properties" in auto, wanted, tuple(sorted(used)))


def _of_log(frame: Frame, auto: set[str]) -> dict[str, Feed]:
    """The fields that the standard attributes of an event log feed where no column is called like the field."""
    if not all(frame.has(XES[name]) for name in ("event", "time")):
        return {}
    known = auto | ({"user_id"} if "anonymous_id" in auto else set())
    return {name: Feed(column=column) for name, column in XES.items() if name not in known and frame.has(column)}


def _events(mapping: Mapping, base: dict[str, Feed | None]) -> tuple[EventPlan, ...]:
    if not mapping.events:
        return (EventPlan({name: feed for name, feed in base.items() if feed}, (), 0),)
    plans = []
    for number, event in enumerate(mapping.events, 1):
        feeds = base | event.fields | {"event": event.event}
        plans.append(EventPlan({name: feed for name, feed in feeds.items() if feed}, event.when, number))
    return tuple(plans)


def _wanted(mapping: Mapping, frame: Frame, used: set[str]) -> dict[str, str] | None:
    if mapping.properties == "none":
        return {}
    if isinstance(mapping.properties, dict):
        return dict(mapping.properties)
    if isinstance(mapping.properties, tuple):
        return {name: name for name in mapping.properties}
    if not mapping.types:
        return None
    return {name: name for name in frame.names() if name not in used}


def _named(mapping: Mapping) -> list[str]:
    """Every column the mapping names."""
    feeds = [feed for feed in (*mapping.fields.values(), *mapping.identifiers.values()) if feed]
    conditions = list(mapping.where)
    for event in mapping.events:
        feeds += [event.event, *(feed for feed in event.fields.values() if feed)]
        conditions += event.when
    names = [column for feed in feeds for column in feed.columns] + [c.column for c in conditions]
    wanted = mapping.properties
    return (
        names
        + (list(wanted.values()) if isinstance(wanted, dict) else [])
        + (list(wanted) if isinstance(wanted, tuple) else [])
        + list(mapping.types)
    )


def _check(mapping: Mapping, frame: Frame) -> None:
    required = {c for name, feed in mapping.fields.items() if feed and name in REQUIRED for c in feed.columns}
    for name in dict.fromkeys(_named(mapping)):
        if (frame.strict or name in required) and not frame.has(name):
            raise UnknownName("column", name, frame.names())


def _check_complete(events: tuple[EventPlan, ...], frame: Frame, nobody: bool) -> None:
    """A whole table without a time or an id is a missing mapping, no million bad rows; with `nobody` it needs no id."""
    if not frame.strict:
        return
    for event in events:
        lost = [name for name in ("event", "time") if name not in event.feeds]
        lost += [] if nobody or {"user_id", "anonymous_id"} & set(event.feeds) else ["user_id"]
        if lost:
            raise BadInput(
                "nothing_feeds", file=frame.place, fields=tuple(map(repr, lost)), first=lost[0], known=frame.names()
            )
