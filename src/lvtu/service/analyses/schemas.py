"""What is said over HTTP about questions and answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

Unit = Literal["count", "share", "points", "duration", "money", "score", "time", "number", "text"]
"""What the numbers of a column are: whole numbers of something, shares of 1, differences of shares, µs, money, …"""


class ColumnOf(BaseModel):
    """A column of an answer.

    Attributes:
        name: its name in ``table``.
        title: what people call it.
        unit: what its values are.
    """

    name: str
    title: str
    unit: Unit


class NoteOf(BaseModel):
    """What a reader must know to read an answer rightly.

    Attributes:
        code: which remark; empty for one that is only said.
        level: how much it matters.
        text: it, in the language asked for.
    """

    code: str
    level: Literal["info", "warning"]
    text: str


class Answer(BaseModel):
    """The answer of a question.

    Attributes:
        spec: the question, without what is left at its default.
        sentence: the question in words.
        kind: what kind of answer it is.
        columns: the columns of ``shown``.
        table: the rows: numbers as numbers, times as ISO-8601, durations in µs, shares of 1.
        shown: the same rows as people read them.
        cells: for each row of ``table`` what ``customers`` takes to say who is behind it; null where nobody is counted.
        notes: what to know about it.
        chart: an ECharts option, whose items carry their ``cell`` too; null if not asked for.
        token: the snapshot that was counted.
        newer: whether a token was sent whose snapshot is no longer held, so that this is counted on a newer one.
        took_ms: how long it took to count.
        total: all rows; ``table`` holds the first ``rows`` of them.
    """

    spec: dict[str, Any]
    sentence: str
    kind: str
    columns: list[ColumnOf]
    table: list[dict[str, Any]]
    shown: list[dict[str, str]]
    cells: list[dict[str, Any] | None]
    notes: list[NoteOf]
    chart: dict[str, Any] | None
    token: str
    newer: bool
    took_ms: float
    total: int
