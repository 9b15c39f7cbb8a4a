"""What is said over HTTP about sources and the catalogue of events."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from lvtu.core.contracts.contract import Mode


class SourceOf(BaseModel):
    """A system that events come from.

    Attributes:
        name: the field ``source`` of its events; null for events that say none.
        events: how many.
        customers: of how many customers.
        first, last: times of its events.
        received: when the newest came in; null if that was more than a day ago.
        last_hour: how many came in during the last hour.
        last_day: how many during the last 24 hours.
    """

    name: str | None
    events: int
    customers: int
    first: str
    last: str
    received: str | None
    last_hour: int
    last_day: int


class ImportOf(BaseModel):
    """Something that was read: a file, a table.

    Attributes:
        name: what it is called.
        time: when it was read last.
        events: how many events came of it, ever.
        repeats: how many were there already.
    """

    name: str
    time: str
    events: int
    repeats: int


class AsideOf(BaseModel):
    """Where rows that could not be accepted came from.

    Attributes:
        origin: the file; ``http`` and ``append`` for what programs send.
        rows: how many wait.
        newest: when the last of them came.
    """

    origin: str
    rows: int
    newest: str


class Sources(BaseModel):
    """Where the data comes from.

    Attributes:
        sources: by their events, most first.
        imports: what was read, newest first.
        set_aside: rows that wait in the quarantine, by origin, most first.
        events: all events.
        last: the time of the last event; null without events.
        received: when events last came in; null without events.
        repeats: events that were there already when they came again.
        commits: how often data was added.
        token: the snapshot that was counted.
    """

    sources: list[SourceOf]
    imports: list[ImportOf]
    set_aside: list[AsideOf]
    events: int
    last: str | None
    received: str | None
    repeats: int
    commits: int
    token: str


class ContractState(BaseModel):
    """How an event's contract is held.

    Attributes:
        mode: what becomes of what breaks it.
        broken: whether anything that came broke its newest version.
    """

    mode: Mode
    broken: bool


class EventOf(BaseModel):
    """An event of the catalogue.

    Attributes:
        name: it.
        events: how many.
        customers: of how many customers.
        first, last: when it was seen.
        days: events of each day, see `Catalogue.first_day`.
        contract: how its contract is held; null where there is none.
    """

    name: str
    events: int
    customers: int
    first: str
    last: str
    days: list[int]
    contract: ContractState | None


class Catalogue(BaseModel):
    """Every event name there is.

    Attributes:
        events: most frequent first.
        first_day: the day (UTC) that the first number of ``days`` is of; null without events.
        total: how many names there are, before the search.
        token: the snapshot that was counted.
    """

    events: list[EventOf]
    first_day: str | None
    total: int
    token: str


class PropertyOf(BaseModel):
    """A property of an event.

    Attributes:
        name: it.
        share: share of the events looked at that have it.
        kinds: what its values are, most frequent first.
        samples: some of them; none where they may say who somebody is and whoever asks may not know.
    """

    name: str
    share: float
    kinds: list[Literal["text", "number", "boolean", "list", "object"]]
    samples: list[Any]


class EventDetail(EventOf):
    """An event with what it carries.

    Attributes:
        properties: by how many of the events have it.
        fields: the same of the record's own fields.
        looked_at: how many of the newest events were looked at for that.
    """

    properties: list[PropertyOf]
    fields: list[PropertyOf]
    looked_at: int
