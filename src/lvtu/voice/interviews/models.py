"""Interviews and documents as they are brought and kept, and what is marked in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lvtu.voice.interviews.files import LONGEST, Form

Code = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S")]
Colour = Literal["yellow", "green", "blue", "pink", "purple"]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d)?$")]
Post = tuple[Annotated[int, Field(ge=0)], Annotated[float, Field(ge=0)]]


class Strict(BaseModel):
    """What is sent holds nothing else."""

    model_config = ConfigDict(extra="forbid")


class Citation(Strict):
    """Where a document comes from.

    Attributes:
        author: who wrote it.
        publisher: the site, journal or system.
        url: its address. Nobody but the reader ever opens it.
        published: when, as it says.
        accessed: the day it was read at that address.
    """

    author: str = Field(default="", max_length=200)
    publisher: str = Field(default="", max_length=200)
    url: str = Field(default="", max_length=2000, pattern=r"^(https?://\S+)?$")
    published: str = Field(default="", max_length=40)
    accessed: Day = ""


class Speaker(Strict):
    """What somebody who speaks is called where they are quoted.

    Attributes:
        name: as the transcript calls them.
        pseudonym: instead; one is made up where it is empty.
    """

    name: str = Field(min_length=1, max_length=40)
    pseudonym: str = Field(max_length=40)


class Described(Strict):
    """What an interview, a note or a document says, and what is said of it.

    Attributes:
        title: what it is called.
        form: which of them it is.
        text: what it says: a transcript with names before colons, or any text.
        date: the day it was held or found, 2026-05-01.
        customer: an identifier of the customer who speaks, where that is known.
        citation: where a document comes from.
        speakers: what some speakers are called where they are quoted; the others get a number, or keep the name of the
            part they play.
    """

    title: str = Field(min_length=1, max_length=200)
    form: Form = "interview"
    text: str = Field(min_length=1, max_length=LONGEST)
    date: Day = ""
    customer: str | None = Field(default=None, max_length=320)
    citation: Citation = Field(default_factory=lambda: Citation())
    speakers: list[Speaker] = Field(default_factory=list, max_length=100)


class Interview(Described):
    """An interview, a note or a document to be kept.

    Subtitles, and times that stand in the lines of an interview, are taken out of the text unless `times` or `pages`
    come with it.

    Attributes:
        times: where in the text which second of the recording begins, ascending.
        pages: where in the text which page begins, ascending.
        file: what the file was called that it was in.
        sha256: by which that file can be told again.
    """

    times: list[Post] = Field(default_factory=list, max_length=20_000)
    pages: list[Post] = Field(default_factory=list, max_length=20_000)
    file: str = Field(default="", max_length=200)
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")

    @model_validator(mode="after")
    def _in_order(self) -> Interview:
        for posts in (self.times, self.pages):
            places = [place for place, _ in posts]
            if places != sorted(set(places)) or (places and places[-1] > len(self.text)):
                raise ValueError("times and pages: places ascend, and lie within the text")
        return self


class Coding(Strict):
    """What a highlight says.

    Attributes:
        codes: what it is about.
        note: what somebody thinks of it.
        colour: of the marker.
    """

    codes: list[Code] = Field(default_factory=list, max_length=20)
    note: str = Field(default="", max_length=2000)
    colour: Colour = "yellow"


class NewHighlight(Coding):
    """A passage that somebody marks.

    Attributes:
        start, end: characters of the text (Unicode code points), the end not included.
        quote: the passage as it was seen; refused where the text says something else there.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str = Field(min_length=1, max_length=10_000)


class Highlight(Coding):
    """A highlight as it is kept.

    Attributes:
        id: its own; quotes that are copied or exported carry it.
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
