"""What is told of customers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class Named(BaseModel):
    """A value that people call otherwise.

    Attributes:
        key: it.
        name: what people call it, in the reader's language.
    """

    key: str
    name: str


class Customer(BaseModel):
    """A customer in a list.

    Attributes:
        id: what they are called; masked unless the reader may see it.
        ref: stands for them in addresses, whoever reads.
        name, email: as they last said; null where they never did.
        events: how many.
        first, last: times of the first and the last.
        channels: those they were met on, in the order in which they were first.
        segments: the keys of those they are in.
    """

    id: str
    ref: str
    name: str | None
    email: str | None
    events: int
    first: str
    last: str
    channels: list[str]
    segments: list[str]


class Customers(BaseModel):
    """A page of customers, those first who were active last.

    Attributes:
        customers: they.
        total: how many there are in all.
        next: what to ask for the next page with, as ``after``; null on the last.
        matched: how the search matched: ``exact`` (an identifier of any kind), ``prefix`` (the beginning of what
            customers are called), ``all`` (nothing was searched for), ``none``.
        token: the snapshot that this is true of.
    """

    customers: list[Customer]
    total: int
    next: str | None
    matched: Literal["exact", "prefix", "all", "none"]
    token: str


class Identity(BaseModel):
    """Something that is known about one of a customer's identifiers.

    Attributes:
        kind: ``user_id``, ``anonymous_id``, ``email``, …
        id: it.
        how: ``seen``, ``sign_in``, ``alias``, ``rule``, ``join``, ``review``, ``proposed``, ``seen_with``.
        text: that as people read it.
        other: the identifier that it was joined with; null where it is by itself.
        time: when.
        edge: the number of a stored edge, by which it can be undone; null where events themselves say so.
        retracted: when that was taken back; null where it holds.
    """

    kind: str
    id: str
    how: str
    text: str
    other: str | None
    time: str
    edge: int | None
    retracted: str | None


class Worth(BaseModel):
    """Money of one currency.

    Attributes:
        currency: its code; null where records name none.
        value: the sum.
        events: how many events it comes from.
    """

    currency: str | None
    value: float
    events: int


class Said(BaseModel):
    """An answer that a customer gave.

    Attributes:
        time: when.
        event: at which event.
        scale: on which scale.
        score: the number.
        feeling: that from −2 to +2; null where the scale does not tell.
        text: what they wrote.
    """

    time: str
    event: str
    scale: str | None
    score: float
    feeling: float | None
    text: str | None


class Chosen(BaseModel):
    """A choice that a customer made.

    Attributes:
        category: for what, as the sender calls it.
        given: whether they agreed.
        field: where in the event it stands.
    """

    category: str
    given: bool
    field: str


class ConsentOf(Chosen):
    """Where a customer's choice stands.

    Attributes:
        since: when the event came that said so first, without a change since.
        event, source: that event, and the system that told it.
        place: its place on the time line.
        changes: how often the choice was made or changed.
    """

    since: str
    event: str
    source: str | None
    place: int
    changes: int


class Profile(Customer):
    """A customer.

    Attributes:
        sessions: visits with pauses of half an hour at most.
        stage: where they are in the journey; null where there is no model, or they are in no stage.
        model: the key of that model.
        value: money, each currency by itself.
        answers: the last ones they gave, the newest first.
        identities: their identifiers, and how and when each was joined, by time.
        notes: what is to be known of those.
        consent: what they agreed to and refused, as their events say it; null where none says anything.
        token: the snapshot that this is true of.
    """

    sessions: int
    stage: Named | None
    model: str | None
    value: list[Worth]
    answers: list[Said]
    identities: list[Identity]
    notes: list[str]
    consent: list[ConsentOf] | None
    token: str


class Happened(BaseModel):
    """An event on a time line.

    Attributes:
        place: its place on the whole line, from 0.
        message_id: which one it is.
        event: what happened.
        channel: the lane; empty where the record names none.
        source: the system that told it.
        time: when; null where only the day, or only the order is known.
        day: the day, by the workspace's clock; null where only the order is known.
        time_basis: ``exact``, ``day`` or ``order``.
        shown: when, as people read it.
        starts_session: whether a visit begins with it.
        touchpoint, stage: what it shows by the journey model.
        value, currency: money.
        score, scale, feeling: an answer, and that from −2 to +2.
        text, language: what the customer said.
        properties: the rest.
        consent: the choices that changed with it.
    """

    place: int
    message_id: str
    event: str
    channel: str
    source: str | None
    time: str | None
    day: str | None
    time_basis: Literal["exact", "day", "order"]
    shown: str
    starts_session: bool
    touchpoint: Named | None
    stage: Named | None
    value: float | None
    currency: str | None
    score: float | None
    scale: str | None
    feeling: float | None
    text: str | None
    language: str | None
    properties: dict[str, Any]
    consent: list[Chosen]


class Lane(BaseModel):
    """A channel of a time line.

    Attributes:
        channel: its key; empty for records that name none.
        name: in the reader's language.
        events: how many are on it.
    """

    channel: str
    name: str
    events: int


class Span(BaseModel):
    """From when to when a time line goes.

    Attributes:
        first, last: times of the first and the last event; null where only their order is known.
    """

    first: str | None
    last: str | None


class Timeline(BaseModel):
    """A page of a customer's time line.

    Attributes:
        customer: what they are called; masked unless the reader may see it.
        ref: stands for them in addresses.
        events: in the order that was asked for.
        lanes: the channels, in the order in which they were first met.
        span: of the whole line.
        total: how many events it has.
        next: what to ask for the next page with, as ``before`` (oldest first: as ``after``); null on the last.
        token: the snapshot that this is true of.
    """

    customer: str
    ref: str
    events: list[Happened]
    lanes: list[Lane]
    span: Span
    total: int
    next: int | None
    token: str
