"""Interviews and documents as they are kept, and what is said about them over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Form = Literal["interview", "note", "document"]
Code = Annotated[str, Field(min_length=1, max_length=80)]

LONGEST = 400_000
"""Characters of a text."""


class Strict(BaseModel):
    """What is sent holds nothing else."""

    model_config = ConfigDict(extra="forbid")


class Citation(Strict):
    """Where a document comes from.

    Attributes:
        author: who wrote it.
        publisher: the site, journal or system.
        url: its address.
        published: when, as it says.
    """

    author: str = Field(default="", max_length=200)
    publisher: str = Field(default="", max_length=200)
    url: str = Field(default="", max_length=2000, pattern=r"^(https?://\S+)?$")
    published: str = Field(default="", max_length=40)


class Interview(Strict):
    """An interview, a note or a document.

    Attributes:
        title: what it is called.
        form: which of them it is.
        text: what it says: a transcript with names before colons, subtitles (they lose their times), or any text.
        date: the day it was held or found, 2026-05-01.
        customer: an identifier of the customer who speaks, where that is known.
        citation: where a document comes from.
    """

    title: str = Field(min_length=1, max_length=200)
    form: Form = "interview"
    text: str = Field(min_length=1, max_length=LONGEST)
    date: str = Field(default="", pattern=r"^(\d{4}-\d\d-\d\d)?$")
    customer: str | None = Field(default=None, max_length=320)
    citation: Citation = Field(default_factory=lambda: Citation())


class ChangedInterview(Interview):
    """An interview as it is now.

    Attributes:
        version: the one that was changed.
    """

    version: int


class NewHighlight(Strict):
    """A passage that somebody marks.

    Attributes:
        start, end: characters of the text (Unicode code points), the end not included.
        quote: the passage as it was seen; refused where the text says something else there.
        codes: what it is about.
        note: what somebody thinks of it.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str = Field(min_length=1, max_length=10_000)
    codes: list[Code] = Field(default_factory=list, max_length=20)
    note: str = Field(default="", max_length=2000)


class Coding(Strict):
    """What a highlight says.

    Attributes:
        codes, note: see `NewHighlight`.
    """

    codes: list[Code] = Field(default_factory=list, max_length=20)
    note: str = Field(default="", max_length=2000)


class Highlight(Coding):
    """A highlight as it is kept.

    Attributes:
        id: its own; quotes that are copied carry it.
        start, end: characters of the text; None where an edit has removed the passage.
        quote: the passage, word for word.
        author: the id of who marked it.
        created: when.
    """

    id: str
    start: int | None
    end: int | None
    quote: str
    author: str | None
    created: str


class HighlightOf(Highlight):
    """A highlight with what is known about it.

    Attributes:
        author_name: who marked it.
        speaker: whose words they are, where the transcript says so.
        sentiment: how the passage feels, −2 to +2, as it is read; None where there is nothing to read.
        interview: the id of the text it is in.
        title: what that is called.
    """

    author_name: str
    speaker: str | None
    sentiment: float | None
    interview: str
    title: str


class TurnOf(BaseModel):
    """A turn of a transcript: see `lvtu.voice.interviews.Turn`."""

    speaker: str
    start: int
    end: int


class InterviewRow(BaseModel):
    """An interview in a list.

    Attributes:
        id: its name in addresses.
        title, form, date: of it.
        characters: how long it is.
        speakers: who speaks.
        highlights: how many passages are marked.
        codes: what they are about, the most frequent first.
        updated: when it was changed last.
    """

    id: str
    title: str
    form: Form
    date: str
    characters: int
    speakers: list[str]
    highlights: int
    codes: list[str]
    updated: str


class InterviewOf(Interview):
    """An interview with all that belongs to it.

    Attributes:
        id: its name in addresses.
        version: one more with each change, of highlights too.
        turns: who says what; none in a document.
        highlights: in the order of the text, those that an edit has removed at the end.
        author_name: who brought it in.
        created, updated: when.
    """

    id: str
    version: int
    turns: list[TurnOf]
    highlights: list[HighlightOf]
    author_name: str
    created: str
    updated: str


class CodeOf(BaseModel):
    """A code.

    Attributes:
        code: it.
        highlights: how many passages carry it.
        interviews: in how many texts.
    """

    code: str
    highlights: int
    interviews: int


class Quotes(BaseModel):
    """Highlights of all texts.

    Attributes:
        highlights: those that are asked for, the newest first.
        codes: all that are used, the most frequent first.
    """

    highlights: list[HighlightOf]
    codes: list[CodeOf]
