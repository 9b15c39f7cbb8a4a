"""What is said over HTTP about pieces of feedback, to those who see to them and to everybody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from lvtu.service.session.schemas import Strict
from lvtu.service.surveys.settings import SurveyTheme

Status = Literal["new", "seen", "planned", "done", "declined"]
Kind = Literal["idea", "complaint", "praise", "other"]
Spoken = Literal["zh", "en"]
_WRITTEN = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\S[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*"
Line = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Words = Annotated[str, StringConstraints(max_length=2000, pattern=f"^{_WRITTEN}$")]


class PublicWords(BaseModel):
    """A piece as everybody reads it, in an editor's words, by language."""

    title: dict[Spoken, Line] = Field(min_length=1)
    text: dict[Spoken, Words] = Field(default_factory=dict)


class FeedbackDoor(BaseModel):
    """A survey by which feedback comes.

    Attributes:
        id: the survey's.
        key: by which events tell it.
        title: in the reader's language.
        url: the page where everybody may say something and read what became of what was said.
        open: whether it takes anything now.
    """

    id: str
    key: str
    title: str
    url: str
    open: bool


class FeedbackPiece(BaseModel):
    """A piece of feedback.

    Attributes:
        id: its name in addresses.
        door: the id of the survey that it came by.
        kind: an idea, a complaint, praise; something else where the survey does not ask.
        status: new, looked at (``seen``), planned, done, declined.
        owner: the id of who sees to it.
        words: what was said.
        customer: who said it, if that is known.
        contact: how they want to be told, if they said so.
        channel, touchpoint, page, language: where, and in which language.
        came: when.
        answer: what they are told, by language.
        public: its title and text as everybody reads them, by language; null while it is not published.
        votes: how many votes it has.
        pieces: how many said it: those that were merged into it count.
        version: whoever changes it says which one.
    """

    id: str
    door: str
    kind: Kind
    status: Status
    owner: str | None
    words: str
    customer: str | None
    contact: str | None
    channel: str | None
    touchpoint: str | None
    page: str | None
    language: str
    came: datetime
    answer: dict[str, str] | None
    public: PublicWords | None
    votes: int
    pieces: int
    version: int


class FeedbackCount(BaseModel):
    """How many pieces of a kind have a status; merged ones count with the one that they are merged into."""

    status: Status
    kind: Kind
    pieces: int


class FeedbackPieces(BaseModel):
    """Pieces of feedback.

    Attributes:
        counts: how many there are of each status and kind, whatever is asked for.
        doors: by which they come.
        answered: whether anything was ever answered: only then events tell how soon.
        pieces: newest first.
        next: the id before which there are more; null where there are none.
    """

    counts: list[FeedbackCount]
    doors: list[FeedbackDoor]
    answered: bool
    pieces: list[FeedbackPiece]
    next: str | None


class FeedbackChange(BaseModel):
    """Something that was done about a piece.

    Attributes:
        at, who: when, and by whom; null where nobody is known.
        what: ``status``, ``answer``, ``owner``, ``published``, ``unpublished``, ``merged``, ``split``.
        status: which it has since; of the others null.
        owner: who sees to it since; of the others null.
    """

    at: datetime
    who: str | None
    what: str
    status: Status | None
    owner: str | None


class FeedbackMessage(BaseModel):
    """A message to whoever said it.

    Attributes:
        at: when it was decided.
        way: ``email`` or ``sms``; null where there is none.
        state: ``waiting``, ``sending``, ``sent``, ``failed``, ``skipped``, ``unknown``; ``none`` where nothing is sent.
        code, why: why it was not sent, as a code and in words.
    """

    at: datetime
    way: Literal["email", "sms"] | None
    state: str
    code: str | None
    why: str | None


class FeedbackWhole(FeedbackPiece):
    """A piece of feedback with all that belongs to it.

    Attributes:
        answers: all that was answered, by question.
        merged_into: the id of the piece that it was merged into.
        merged: those that were merged into it, oldest first.
        changes: what was done, newest first.
        message: the last one to whoever said it; null where there was to be none.
        follow: the secret address at which whoever said it reads what became of it.
        before: its title and text as they were when it was published last, for who publishes it again.
    """

    answers: dict[str, Any]
    merged_into: str | None
    merged: list[FeedbackPiece]
    changes: list[FeedbackChange]
    message: FeedbackMessage | None
    follow: str
    before: PublicWords | None


class _Versioned(Strict):
    """A change of a piece as it was read."""

    version: int = Field(ge=1)


class FeedbackDecision(_Versioned):
    """What is to be about a piece from now on; what is not named stays.

    Attributes:
        status: it.
        owner: the id of who sees to it; null for nobody.
        answer: what whoever said it is told, and everybody if it is published, by language; null for nothing.
        tell: whether whoever said it has a message: you said, we did. Only what is closed and has an answer is told.
    """

    status: Status | None = None
    owner: Annotated[str, StringConstraints(max_length=36)] | None = None
    answer: dict[Spoken, Words] | None = None
    tell: bool = False


class FeedbackPublication(_Versioned):
    """A piece to be published, in an editor's words: what was said itself never is.

    Attributes:
        title: a line, in one language at least.
        text: more about it.
    """

    title: dict[Spoken, Line] = Field(min_length=1)
    text: dict[Spoken, Words] = Field(default_factory=dict)


class FeedbackMerge(Strict):
    """The piece that says the same.

    Attributes:
        into: its id.
        tell: whether whoever said this one has a message, if that one is closed and has an answer.
    """

    into: Annotated[str, StringConstraints(max_length=36)]
    tell: bool = True


# What everybody may read.


class PublicIdea(BaseModel):
    """A published piece, in an editor's words.

    Attributes:
        id: its name here, which leads to no piece of what was said.
        kind: an idea, a complaint, praise.
        status: what became of it.
        title, text: by language.
        answer: what was done, or why not, by language; null before there is one.
        votes: how many votes it has.
        since: the day when it was published.
    """

    id: str
    kind: Kind
    status: Status
    title: dict[str, str]
    text: dict[str, str]
    answer: dict[str, str] | None
    votes: int
    since: date


class PublicFeedback(BaseModel):
    """The public page of a feedback survey.

    Attributes:
        title, description: of the survey, by language.
        languages: in which it is asked.
        language: the one that is nearest to the reader's.
        theme: how the page looks.
        open: whether it takes anything now.
        kinds: what may be said, where the survey asks for that.
        ideas: what was published, newest first.
    """

    title: dict[str, str]
    description: dict[str, str]
    languages: list[str]
    language: str
    theme: SurveyTheme
    open: bool
    kinds: list[Kind]
    ideas: list[PublicIdea]


class FeedbackVote(Strict):
    """A vote.

    Attributes:
        key: made up by the voter's browser for this idea alone; the same key is the same vote.
        on: false takes it back.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{16,64}$")]
    on: bool = True


class FeedbackVoted(BaseModel):
    """How many votes there are now."""

    votes: int


class FollowedStep(BaseModel):
    """Since when a piece has had a status."""

    status: Status
    at: datetime


class FollowedPiece(BaseModel):
    """What became of a piece, for whoever said it.

    Attributes:
        title: of the survey, by language.
        languages, language, theme: as of `PublicFeedback`.
        kind: what it was.
        words: what was said.
        came: when.
        status: what became of it.
        answer: what was done, or why not, by language; null before there is one.
        steps: what happened, oldest first.
        idea: its name on the public page; null where it is not published.
    """

    title: dict[str, str]
    languages: list[str]
    language: str
    theme: SurveyTheme
    kind: Kind
    words: str
    came: datetime
    status: Status
    answer: dict[str, str] | None
    steps: list[FollowedStep]
    idea: str | None
