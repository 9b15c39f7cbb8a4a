"""What is said about uploads over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from lvtu.service.uploads.repository import State


class Said(BaseModel):
    """A sentence with its code.

    Attributes:
        code: which sentence.
        text: the sentence, in the language that was asked for.
    """

    code: str
    text: str


class FeedOf(BaseModel):
    """What a column is taken for.

    Attributes:
        field: a field of the record, or ``identifiers.KIND``.
        confidence: ``high`` where the column is called like it, ``medium`` where only its values look like it.
        why: the same in words.
    """

    field: str
    confidence: Literal["high", "medium"]
    why: str


class ColumnOf(BaseModel):
    """A column of the file.

    Attributes:
        name: its heading.
        samples: some of the values that it holds, each once.
        filled: share of the first rows that have a value, 0…1.
        feeds: what it is taken for; nothing: it becomes a property.
    """

    name: str
    samples: list[str]
    filled: float
    feeds: list[FeedOf]


class ReasonRows(Said):
    """Why rows are set aside.

    Attributes:
        rows: how many.
        values: how many different values they have there.
    """

    rows: int
    values: int


class TroubleRows(ReasonRows):
    """Why rows would be set aside, and by which columns.

    Attributes:
        field: the field at fault; ``row`` or ``file`` where a row cannot be taken apart.
        columns: those that feed it.
    """

    field: str
    columns: list[str]


class Report(BaseModel):
    """What became of a file.

    Attributes:
        accepted: new events.
        duplicates: events that were there already, or twice in the file.
        rejected: rows set aside, see `reasons`; they wait in the quarantine.
        suppressed: events of customers who asked to be forgotten.
        reasons: why rows were set aside, most frequent first.
        notes: what is to be known about how the file was read.
        text: all that in one sentence.
    """

    accepted: int
    duplicates: int
    rejected: int
    suppressed: int
    reasons: list[ReasonRows]
    notes: list[Said]
    text: str


class UploadOf(BaseModel):
    """An upload.

    Attributes:
        id: its name in addresses.
        name: what the file is called.
        size: its bytes.
        created: when it came.
        state: ``ready`` to be imported, ``importing``, ``done``, ``failed``, or ``interrupted`` by the end of the
            service: then it may be imported again, and what came in before is not doubled.
        rows: how many of its rows have been read.
        share: how much of it that is, 0…1; null before.
        mapping: what it is or was imported with.
        report: what became of it, once it is done.
        error: why it failed: the body of a problem.
    """

    id: str
    name: str
    size: int
    created: str
    state: State
    rows: int
    share: float | None
    mapping: dict[str, Any] | None
    report: Report | None
    error: dict[str, Any] | None


class Looked(UploadOf):
    """An upload with what was found in it.

    Attributes:
        columns: its columns, and what each is taken for.
        guess: the proposed mapping.
        yaml: the same as ``lvtu ingest --mapping`` takes it.
        notes: what was assumed, and what is missing.
    """

    columns: list[ColumnOf]
    guess: dict[str, Any]
    yaml: str
    notes: list[Said]


class UploadList(BaseModel):
    """The uploads of a workspace.

    Attributes:
        uploads: newest first.
        most_bytes: how large a file may be.
        formats: which endings of names are known.
    """

    uploads: list[UploadOf]
    most_bytes: int
    formats: list[str]


class Chosen(BaseModel):
    """A mapping that was chosen.

    Attributes:
        mapping: which column feeds what, as `lvtu.collect.Mapping`; by the columns' names where it is empty.
    """

    mapping: dict[str, Any] = Field(default_factory=dict)


class QuestionIn(BaseModel):
    """A question of a survey's export.

    Attributes:
        question: its words.
        kind: whether it is ``rated``, answered in words (``said``), or ``chosen`` among answers, to filter by.
        scale: what it is rated on.
        answers: how many there are.
        examples: some of them.
    """

    question: str
    kind: Literal["rated", "said", "chosen"]
    scale: str | None
    answers: int
    examples: list[str]


class PreviewOf(BaseModel):
    """What a mapping would make of the file.

    Attributes:
        rows: how many rows were looked at.
        whole: whether that is the whole file.
        events: how many events they become.
        customers: of how many customers.
        names: the events by name, most frequent first.
        refused: how many rows would be set aside.
        records: the first events.
        problems: why rows would be set aside, most frequent first.
        notes: what is to be known about how the file is read.
        questions: of a survey's export what was asked; nothing of other files.
        responses: to it.
        text: all that in one sentence.
    """

    rows: int
    whole: bool
    events: int
    customers: int
    names: dict[str, int]
    refused: int
    records: list[dict[str, Any]]
    problems: list[TroubleRows]
    notes: list[Said]
    questions: list[QuestionIn]
    responses: int
    text: str
