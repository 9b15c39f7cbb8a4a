"""What is sent on the stream."""

from __future__ import annotations

from pydantic import BaseModel


class Arriving(BaseModel):
    """Events of one name from one source.

    Attributes:
        source: the system; null where records name none.
        event: what happened.
        last_minute: how many came in the last minute.
    """

    source: str | None
    event: str
    last_minute: int


class Arrivals(BaseModel):
    """How many events came in: ``event: arrivals`` of the stream.

    Attributes:
        last_second: in the last full second.
        last_minute: in the last minute.
        by: of the minute, the most frequent sources and events.
    """

    last_second: int
    last_minute: int
    by: list[Arriving]


class Answer(BaseModel):
    """There is something new to count: ``event: answer`` of the stream.

    Attributes:
        token: the newest snapshot's; what was counted on another is no longer the newest.
    """

    token: str
