"""What is said about interviews and documents over HTTP."""

from __future__ import annotations

from pydantic import BaseModel, Field

from lvtu.voice.interviews.files import Form
from lvtu.voice.interviews.models import (
    Code,
    Colour,
    Described,
    Highlight,
    Interview,
    Strict,
)


class ChangedInterview(Described):
    """An interview as it is now.

    Attributes:
        version: the one that was changed.
    """

    version: int


class HighlightOf(Highlight):
    """A highlight with what is known about it.

    Attributes:
        author_name: who marked it.
        speaker: whose words they are, by their pseudonym, where the transcript says so.
        time: at which second of the recording that is said.
        page: on which page it stands.
        sentiment: how the passage feels, −2 to +2, as it is read; None where there is nothing to read.
        interview: the id of the text it is in.
        title: what that is called.
        form: what that is.
        date: of that.
    """

    author_name: str
    speaker: str | None
    time: float | None
    page: int | None
    sentiment: float | None
    interview: str
    title: str
    form: Form
    date: str


class TurnOf(BaseModel):
    """A turn of a transcript.

    Attributes:
        speaker: their pseudonym.
        start, end: characters of the text, without the name.
        time: at which second of the recording it begins, where that is known.
    """

    speaker: str
    start: int
    end: int
    time: float | None


class SpeakerOf(BaseModel):
    """Who speaks in a text.

    Attributes:
        name: as the transcript calls them; their pseudonym to those who may not see names.
        pseudonym: what they are called where they are quoted.
        turns: how often they speak.
        asks: whether they ask the questions, going by the name.
    """

    name: str
    pseudonym: str
    turns: int
    asks: bool


class InterviewRow(BaseModel):
    """An interview in a list.

    Attributes:
        id: its name in addresses.
        title, form, date: of it.
        characters: how long it is.
        pages: how many pages it has; None where it has none.
        speakers: who speaks, by their pseudonyms.
        highlights: how many passages are marked.
        codes: what they are about, the most frequent first.
        source: where a document comes from, without its title.
        found: the words around the first place where the words that are searched for stand; None where none are.
        updated: when it was changed last.
    """

    id: str
    title: str
    form: Form
    date: str
    characters: int
    pages: int | None
    speakers: list[str]
    highlights: int
    codes: list[str]
    source: str
    found: str | None
    updated: str


class RecordingOf(BaseModel):
    """A recording.

    Attributes:
        name: of its file.
        type: of its sound, ``audio/mpeg``.
        bytes: how large it is.
    """

    name: str
    type: str
    bytes: int


class InterviewOf(Interview):
    """An interview with all that belongs to it.

    Attributes:
        id: its name in addresses.
        version: one more with each change, of highlights too.
        who: who speaks, in the order in which they first do.
        turns: who says what; none in a document.
        highlights: in the order of the text, those that an edit has removed at the end.
        source: where a document comes from, without its title.
        author_name: who brought it in.
        created, updated: when.
        recording: what can be heard of it; None where nothing can, or by those who may not see names.
        new_highlight: the id of the highlight that was just made.
    """

    id: str
    version: int
    who: list[SpeakerOf]
    turns: list[TurnOf]
    highlights: list[HighlightOf]
    source: str
    author_name: str
    created: str
    updated: str
    recording: RecordingOf | None = None
    new_highlight: str | None = None


class FileRead(Interview):
    """What is in a file: to be looked at, and kept by sending it as an interview. Nothing is kept yet.

    Attributes:
        who: who speaks.
        empty_pages: pages without text: pictures, most likely.
    """

    who: list[SpeakerOf]
    empty_pages: list[int]


class CodeOf(BaseModel):
    """A code.

    Attributes:
        code: it.
        colour: that in which it was marked last.
        highlights: how many passages carry it.
        interviews: in how many texts.
    """

    code: str
    colour: Colour
    highlights: int
    interviews: int


class Renamed(Strict):
    """A code that is called otherwise from now on.

    Attributes:
        code: as it is called.
        becomes: as it will be; a code that is there already takes the other in.
    """

    code: Code
    becomes: Code


class Quotes(BaseModel):
    """Highlights of all texts.

    Attributes:
        highlights: those that are asked for, the newest first.
        codes: all that are used, the most frequent first.
        total: how many highlights there are.
    """

    highlights: list[HighlightOf]
    codes: list[CodeOf]
    total: int = Field(ge=0)
