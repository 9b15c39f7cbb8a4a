"""What is said over HTTP about rows that could not be accepted."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ReasonOf(BaseModel):
    """Rows with the same trouble.

    Attributes:
        key: names the group in ``reason=``.
        field: the field at fault.
        code: which trouble.
        text: it in words, with the first value that had it.
        rows: how many wait.
        values: how many different values had it.
    """

    key: str
    field: str
    code: str
    text: str
    rows: int
    values: int


class RowOf(BaseModel):
    """A row.

    Attributes:
        id: its name.
        place: where it was: ``orders.csv:17``; ``http:3`` for the third message of a batch.
        field: the field at fault.
        code: which trouble.
        text: it in words.
        raw: the row as it came; null for whoever may not see personal data.
        time: when it came.
    """

    id: str
    place: str
    field: str
    code: str
    text: str
    raw: str | None
    time: str


class Waiting(BaseModel):
    """The quarantine.

    Attributes:
        total: how many rows wait.
        reasons: why, most rows first.
        rows: those asked for, newest first.
        next: what ``after`` takes for the next page; null on the last.
    """

    total: int
    reasons: list[ReasonOf]
    rows: list[RowOf]
    next: str | None


class Dropped(BaseModel):
    """What was dropped.

    Attributes:
        rows: how many rows.
    """

    rows: int


class Group(BaseModel):
    """Rows with the same trouble.

    Attributes:
        reason: the group's key.
    """

    model_config = ConfigDict(extra="forbid")

    reason: str
