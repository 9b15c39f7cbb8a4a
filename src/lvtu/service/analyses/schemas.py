"""What is said over HTTP about questions and answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from lvtu.service.analyses.export import Format, Heads

Unit = Literal["count", "share", "points", "duration", "money", "score", "time", "number", "text"]
"""What the numbers of a column are: whole numbers of something, shares of 1, differences of shares, µs, money, …"""


Part = Literal["times", "now", "linked"]
"""Another answer that one gives: how long the steps of a funnel take; in which stage customers are now; of drivers of a
yes or no, its rate by band of score."""


class Shown(BaseModel):
    """How an answer is shown.

    Attributes:
        dark: for a dark page.
        chart: draw it.
        rows: rows of the table at most.
        part: another answer that this one gives: ``times`` of a funnel, ``now`` of stages, ``linked`` of
            drivers.
        token: of the snapshot to count on, as an answer before named it; the newest one where it is no longer held.
    """

    dark: bool = False
    chart: bool = True
    rows: int = Field(default=500, ge=0, le=10_000)
    part: Part | None = None
    token: str | None = Field(default=None, max_length=64)


class Exported(BaseModel):
    """How an answer is written to a file.

    Attributes:
        format: ``csv``, ``json``, or the ``python`` that asks for it.
        heads: of CSV: the columns' names, or what people call them.
        token: as of `Shown`.
    """

    format: Format
    heads: Heads = "codes"
    token: str | None = Field(default=None, max_length=64)


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


class Who(BaseModel):
    """Whom to name: the customers behind a cell of an answer.

    Attributes:
        spec: the question.
        cell: as the chart's item or the table's row carries it.
        part: which part of the answer it is of.
        token: of the snapshot that the answer was counted on.
        after: leave out so many before; ``next`` of the page before.
        limit: so many at most.
    """

    spec: dict[str, Any]
    cell: dict[str, Any]
    part: Part | None = None
    token: str | None = Field(default=None, max_length=64)
    after: int = Field(default=0, ge=0)
    limit: int = Field(default=50, ge=1, le=1000)


class CustomerOf(BaseModel):
    """A customer.

    Attributes:
        id: the identifier that they are asked for with.
        name: what they are called.
    """

    id: str
    name: str


class CustomersOf(BaseModel):
    """A page of customers, in the order of their names.

    Attributes:
        customers: they.
        total: how many there are in all.
        next: what ``after`` is for the next page; null after the last.
        token: the snapshot that was counted.
        newer: as in an answer.
    """

    customers: list[CustomerOf]
    total: int
    next: int | None
    token: str
    newer: bool


class Why(BaseModel):
    """Whom to explain an answer by.

    Attributes:
        spec: the question.
        customer: any identifier of theirs.
        token: of the snapshot that the answer was counted on.
    """

    spec: dict[str, Any]
    customer: str
    token: str | None = Field(default=None, max_length=64)


class Because(BaseModel):
    """Why a customer is counted as they are.

    Attributes:
        customer: what they are called.
        text: in sentences, a line each.
        rows: the same as rows: times as ISO-8601, durations in µs.
    """

    customer: str
    text: str
    rows: list[dict[str, Any]]


class Answer(BaseModel):
    """The answer of a question.

    Attributes:
        spec: the question, without what is left at its default.
        sentence: the question in words.
        kind: what kind of answer it is.
        columns: the columns of ``shown``.
        table: the rows: numbers as numbers, times as ISO-8601, durations in µs, shares of 1.
        shown: the same rows as people read them.
        cells: for each row of ``table``, by its columns, what ``customers`` takes to say who is behind the number.
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
    cells: list[dict[str, dict[str, Any]]]
    notes: list[NoteOf]
    chart: dict[str, Any] | None
    token: str
    newer: bool
    took_ms: float
    total: int


class AlignedColumn(BaseModel):
    """A column of two answers side by side.

    Attributes:
        name: its name in the rows.
        title: what people call it.
        unit: what its values are.
        side: whose it is; null for what both rows have in common, ``difference`` for a minus b.
    """

    name: str
    title: str
    unit: Unit
    side: Literal["a", "b", "difference"] | None


class Aligned(BaseModel):
    """Two answers' rows side by side.

    Attributes:
        columns: what the rows have in common, then each number of a, of b, and their difference.
        table: the rows; null where one of both has no such row.
    """

    columns: list[AlignedColumn]
    table: list[dict[str, Any]]


class Comparison(BaseModel):
    """The same question of two segments or periods.

    Attributes:
        sentence: the question in words.
        a, b: both answers.
        tested: the answer that says whether they differ by more than chance; null where there is none.
        aligned: their rows side by side; null where rows have no names of their own.
        token, newer: as in an answer.
    """

    sentence: str
    a: Answer
    b: Answer
    tested: Answer | None
    aligned: Aligned | None
    token: str
    newer: bool
