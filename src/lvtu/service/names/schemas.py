"""What is said over HTTP about names."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class EventName(BaseModel):
    """An event's name.

    Attributes:
        name: it.
        title: what people call it: the touchpoint that such an event alone shows; null where the model says nothing.
        events: how many there are.
    """

    name: str
    title: str | None
    events: int


class FieldName(BaseModel):
    """What can be compared, or broken down by.

    Attributes:
        name: as conditions and questions name it.
        title: what people call it.
        kind: what its values are.
        of: where it is from: the record, the events' own properties, the journey model, or what is read in texts.
        splits: whether answers can be broken down by it.
        identifying: whether its values say who somebody is.
    """

    name: str
    title: str
    kind: Literal["text", "number", "time", "boolean"]
    of: Literal["record", "property", "model", "text"]
    splits: bool
    identifying: bool


class FieldValue(BaseModel):
    """A value of a field.

    Attributes:
        value: it; null where it is missing.
        title: what people call it.
        events: how many events have it.
    """

    value: str | None
    title: str
    events: int


class SegmentName(BaseModel):
    """A named segment.

    Attributes:
        name: as conditions name it.
        title: what people call it.
        description: who is in it.
        condition: its condition; null for a list of customers.
        version: the newest one; null for those that every workspace has.
    """

    name: str
    title: str
    description: str
    condition: str | None
    version: int | None


class MetricName(BaseModel):
    """A metric of the catalogue.

    Attributes:
        name: as questions name it.
        title: what people call it.
        description: what it says.
        version: the newest one; null for those that every workspace has.
    """

    name: str
    title: str
    description: str
    version: int | None


class ModelName(BaseModel):
    """A journey model.

    Attributes:
        name: as questions name it.
        title: what people call it.
        version: the newest one.
        default: whether questions use it that name none.
        saved: when its newest version was saved.
    """

    name: str
    title: str
    version: int
    default: bool
    saved: str


class Counting(BaseModel):
    """Whom to count: everybody if nothing is given.

    Attributes:
        where: customers with an event for which this is true, and those events.
        segment: the name of a segment, or a condition; one on events means customers who have such an event. All
            events of theirs count.
        since: only events from this time on.
        until: only events before this time.
        model: the journey model behind touchpoints and stages; the default one if not given.
    """

    where: str | None = None
    segment: str | None = None
    since: str | None = None
    until: str | None = None
    model: str | None = None


class Counted(BaseModel):
    """How many there are.

    Attributes:
        customers: who have such an event.
        events: such events.
        token: the snapshot that was counted.
    """

    customers: int
    events: int
    token: str


class Parsing(BaseModel):
    """A condition to be looked at.

    Attributes:
        condition: it.
    """

    condition: str


class Parsed(BaseModel):
    """What a condition means; or where it is wrong.

    Attributes:
        ok: whether it can be read.
        condition: it in its usual spelling.
        said: it in words.
        of_customers: whether it is about what customers did, and not about single events alone.
        start, end: where the mistake is, in characters.
        problem: what is wrong, as other refusals say it.
    """

    ok: bool
    condition: str | None = None
    said: str | None = None
    of_customers: bool | None = None
    start: int | None = None
    end: int | None = None
    problem: dict[str, Any] | None = None
