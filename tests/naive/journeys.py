"""Events and journeys in plain Python: what every twin starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something one customer did; `time` is in microseconds since 1970 UTC."""

    message_id: str
    time: int
    customer: str
    event: str
    sequence: int | None = None
    channel: str | None = None
    value: float | None = None
    properties: dict[str, Any] = field(default_factory=dict, hash=False)
    score: float | None = None
    scale: str | None = None
    weight: float | None = None
    time_basis: str | None = None
    text: str | None = None

    @property
    def exact(self) -> bool:
        """Whether its time was observed: where it was not, nothing is known of how long something took."""
        return self.time_basis in (None, "exact")

    def get(self, name: str) -> Any:
        """The field or property of that name, or None."""
        return (
            getattr(self, name) if name in ("event", "channel", "value", "scale", "text") else self.properties.get(name)
        )

    def record(self) -> dict[str, Any]:
        """The same event as a record to append; absent fields are left out."""
        when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.time)
        fields = {
            "message_id": self.message_id,
            "time": when.isoformat(),
            "user_id": self.customer,
            "event": self.event,
            "sequence": self.sequence,
            "channel": self.channel,
            "value": self.value,
            "properties": self.properties or None,
            "score": self.score,
            "scale": self.scale,
            "weight": self.weight,
            "time_basis": self.time_basis,
            "text": self.text,
        }
        return {name: value for name, value in fields.items() if value is not None}


What = None | str | Iterable[str] | Callable[[Event], bool]
"""Which events are meant: every one, those of one name, those of several names, or those a test accepts."""


def matches(what: What, event: Event) -> bool:
    if what is None:
        return True
    if isinstance(what, str):
        return event.event == what
    return what(event) if callable(what) else event.event in what


def in_range(event: Event, since: int | None, until: int | None) -> bool:
    """Half open: since ≤ time < until."""
    return (since is None or event.time >= since) and (until is None or event.time < until)


def once(events: Iterable[Event]) -> list[Event]:
    """Without repeats: of several arrivals with one message_id the first is kept."""
    kept: dict[str, Event] = {}
    for event in events:
        kept.setdefault(event.message_id, event)
    return list(kept.values())


def order(event: Event) -> tuple[int, int, bytes]:
    """An event's place in its journey: time, then sequence (missing = 0), then the bytes of message_id."""
    return event.time, event.sequence or 0, event.message_id.encode()


_ORDERED: dict[tuple[int, ...], tuple[list[Event], list[Event]]] = {}
"""Lists that were put in order, as they were and as they are then."""


def in_order(events: Iterable[Event]) -> list[Event]:
    """Without repeats, in order. Kept, since the same few lists are asked about again and again."""
    events = list(events)
    key = (len(events), id(events[0]), id(events[-1])) if events else ()
    if key not in _ORDERED or _ORDERED[key][0] != events:
        if len(_ORDERED) > 20:
            _ORDERED.clear()
        _ORDERED[key] = events, sorted(once(events), key=order)
    return _ORDERED[key][1]


def journeys(events: Iterable[Event], where: What = None) -> dict[str, list[Event]]:
    """Each customer's events in order; events that `where` refuses do not exist, nor customers without events."""
    lines: dict[str, list[Event]] = {}
    for event in in_order(events):
        if matches(where, event):
            lines.setdefault(event.customer, []).append(event)
    return lines


def sessions(journey: list[Event], gap: int) -> list[list[Event]]:
    """A journey cut wherever more than `gap` microseconds pass between two events."""
    parts: list[list[Event]] = []
    for event in journey:
        if not parts or event.time - parts[-1][-1].time > gap:
            parts.append([])
        parts[-1].append(event)
    return parts


def last_time(events: Iterable[Event]) -> int:
    """The time of the last event there is, 0 without events."""
    return max((event.time for event in events), default=0)
