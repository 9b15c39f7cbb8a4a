"""What is said over HTTP about what customers said."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.customers.schemas import Named

Reading = Literal["sentiment", "label", "language", "emotion", "intent", "topics", "urgency"]
"""What is read of a text."""


class Speaker(BaseModel):
    """Who said something.

    Attributes:
        id: what they are called; masked for readers from whom identifiers are hidden.
        ref: stands for them in addresses.
    """

    id: str
    ref: str


class Corrected(BaseModel):
    """What somebody said of a reading.

    Attributes:
        what: which part of it.
        value: what it should be; null where somebody took back what was said before.
        by: who: a person's id, or a name where it was not said over HTTP.
        by_name: what they are called.
        time: when, ISO-8601.
    """

    what: Reading
    value: str | float | list[str] | None
    by: str
    by_name: str
    time: str


class Read(BaseModel):
    """How a text was read, as people corrected it.

    Attributes:
        language: zh, en or other; null where there are no letters.
        sentiment: from -2 to +2; null where there is nothing to read, as are those that follow.
        label: negative, neutral or positive.
        emotion: the strongest one; null where none holds.
        intent: what they want.
        topics: what it is about.
        urgency: 0 to 3.
        corrected: what people corrected, and who.
    """

    language: Named | None
    sentiment: float | None
    label: Named | None
    emotion: Named | None = None
    intent: Named | None = None
    topics: list[Named] = Field(default_factory=list)
    urgency: int | None = None
    corrected: list[Corrected]


class Said(BaseModel):
    """Something that a customer said.

    Attributes:
        id: the number of the event; it stands for it in addresses.
        message_id: masked for readers from whom identifiers are hidden.
        customer: who.
        time: when, ISO-8601, UTC; null where only the day is known, or the order.
        shown: when, by the reader's clock.
        event, channel: what it came with; a channel of "" is none.
        touchpoint, stage: what the event shows; null where the model says nothing, or there is none.
        source: the system it came from.
        score, scale: an answer's number, and its scale.
        feeling: the score as a feeling from -2 to +2; null where its scale does not tell.
        text: addresses and phone numbers masked for readers from whom identifiers are hidden.
        reading: how it was read.
        answered: whether somebody answered the customer later.
    """

    id: str
    message_id: str
    customer: Speaker
    time: str | None
    shown: str
    event: Named
    channel: Named
    touchpoint: Named | None
    stage: Named | None
    source: str | None
    score: float | None
    scale: str | None
    feeling: float | None
    text: str
    reading: Read
    answered: bool


class Choice(BaseModel):
    """A value to filter by.

    Attributes:
        value: it; null for what has none.
        title: what people call it.
        texts: how many texts have it that fit all other filters.
    """

    value: str | None
    title: str
    texts: int


class Facet(BaseModel):
    """What can be filtered by.

    Attributes:
        name: the parameter of the address.
        title: what people call it.
        choices: its values, the most frequent first; in their order where they have one.
    """

    name: str
    title: str
    choices: list[Choice]


class Inbox(BaseModel):
    """A page of what customers said.

    Attributes:
        said: in the order that was asked for.
        total: how many texts fit.
        customers: of how many customers.
        facets: what can be filtered by.
        next: where the next page goes on; null at the end. It stays true while more comes in.
        token: the snapshot.
    """

    said: list[Said]
    total: int
    customers: int
    facets: list[Facet]
    next: str | None
    token: str


class Stretch(BaseModel):
    """Words of a text.

    Attributes:
        start, end: characters of the text as it is shown.
        text: they.
        weight: their part of the log odds; above zero they speak for positive.
    """

    start: int
    end: int
    text: str
    weight: float


class Clause(BaseModel):
    """A clause of a text.

    Attributes:
        start, end: characters of the text as it is shown.
        text: it.
        sentiment, label: how it feels.
    """

    start: int
    end: int
    text: str
    sentiment: float | None
    label: Named | None


class Mention(BaseModel):
    """Words that show something: an emotion, an intent, a topic, …

    Attributes:
        start, end: characters of the text as it is shown.
        text: they.
        what: what kind of thing they show.
        value: which.
    """

    start: int
    end: int
    text: str
    what: str
    value: Named


class Neighbour(BaseModel):
    """What the same customer did or said before or after.

    Attributes:
        id: the number of the event.
        shown: when, by the reader's clock.
        event, channel: what it was.
        text: what they said, masked as in `Said`.
        score, scale: an answer's number, and its scale.
        reply: what was answered to them, where the event is an answer.
        label: how the text was read.
    """

    id: str
    shown: str
    event: Named
    channel: Named
    text: str | None
    score: float | None
    scale: str | None
    reply: str | None
    label: Named | None


class SaidWhy(Said):
    """Something that a customer said, with what made its reading.

    Attributes:
        words: the stretches that moved its feeling most, the strongest first.
        clauses: its clauses, each with its own feeling.
        mentions: the words that show its emotion, intent, topics.
        read: what the model read, where people corrected it: the reading without their word.
        history: all that people ever said of it, oldest first.
        before, after: the customer's events around it, oldest first.
        choices: what each part of the reading may be corrected to.
        token: the snapshot.
    """

    words: list[Stretch]
    clauses: list[Clause]
    mentions: list[Mention] = Field(default_factory=list)
    read: Read
    history: list[Corrected]
    before: list[Neighbour]
    after: list[Neighbour]
    choices: dict[str, list[Named]]
    token: str


class Correction(BaseModel):
    """How a text should have been read; what is not given stays.

    Attributes:
        label: negative, neutral or positive; the feeling follows it.
        sentiment: from -2 to +2; the label follows it.
        language: zh, en or other.
    """

    model_config = ConfigDict(extra="forbid")

    label: Literal["negative", "neutral", "positive"] | None = None
    sentiment: float | None = Field(default=None, ge=-2, le=2)
    language: Literal["zh", "en", "other"] | None = None
