"""What is said over HTTP about surveys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from lvtu.service.session.schemas import Strict
from lvtu.service.surveys.settings import Intercept, SurveySettings, SurveyTheme

Short = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Definition = dict[str, Any]
State = Literal["draft", "open", "closed"]


class NewSurvey(Strict):
    """A survey to be.

    Attributes:
        definition: what is asked; it may have flaws until it is published.
        settings: how it is asked.
    """

    definition: Definition
    settings: SurveySettings = Field(default_factory=lambda: SurveySettings())


class ChangedSurvey(NewSurvey):
    """A survey as it is now.

    Attributes:
        version: the one that was changed.
    """

    version: int = Field(ge=1)


class FindingOf(BaseModel):
    """Something about a definition.

    Attributes:
        level: ``error``: no such survey can be asked; ``warning``: somebody should look.
        place: where: ``pages[0].questions[2].show_if``; empty for the definition as a whole.
        code: what is wrong.
        what: in words.
        advice: what to do.
    """

    level: Literal["error", "warning"]
    place: str
    code: str
    what: str
    advice: str


class Tally(BaseModel):
    """How many responses there are.

    Attributes:
        started: all that were begun.
        complete: those at their end.
        left: those that ended before.
        open: those that may go on.
        screened: those that were one too many of their kind.
        rate, low, high: complete ones of those that are over, with its 95 % interval; null where none are.
    """

    started: int
    complete: int
    left: int
    open: int
    screened: int
    rate: float | None
    low: float | None
    high: float | None


class SurveyListed(BaseModel):
    """A survey.

    Attributes:
        id: its name in addresses.
        key: by which events tell it.
        title: in the reader's language.
        purpose: ``survey`` or ``feedback``.
        state: ``draft``, ``open``, ``closed``.
        version: of the draft and the settings; whoever changes it says which one.
        published: the number of the version that is asked; null before there is one.
        changed: whether the draft is another than what is asked.
        questions: how many there are in the draft.
        link: where it is answered.
        responses: how many there are.
        editor: the id of who changed it last.
        created: when it was made.
        updated: when it was changed last.
    """

    id: str
    key: str
    title: str
    purpose: str
    state: State
    version: int
    published: int | None
    changed: bool
    questions: int
    link: str
    responses: Tally
    editor: str | None
    created: datetime
    updated: datetime


class SurveyOf(SurveyListed):
    """A survey with what is asked.

    Attributes:
        definition: the draft.
        settings: how it is asked.
        findings: what is to be known of the draft, errors first.
    """

    definition: Definition
    settings: SurveySettings
    findings: list[FindingOf]


class VersionOf(BaseModel):
    """A definition as it was published.

    Attributes:
        number: events carry it as ``survey_version``.
        definition: it.
        author: the id of who published it.
        created: when.
    """

    number: int
    definition: Definition
    author: str | None
    created: datetime


class PresetOf(BaseModel):
    """A survey that is ready to be asked.

    Attributes:
        name: which.
        title: what it is.
        what: what it is for.
        definition: in Chinese and English.
    """

    name: str
    title: str
    what: str
    definition: Definition


class Defined(Strict):
    """A definition."""

    definition: Any


class Checked(BaseModel):
    """What is to be known of a definition.

    Attributes:
        sound: whether it can be asked.
        findings: errors first.
    """

    sound: bool
    findings: list[FindingOf]


class Foreign(Strict):
    """A definition of SurveyJS.

    Attributes:
        definition: it.
        key: what the survey is to be known by.
    """

    definition: Any
    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")] = "survey"


class LeftOut(BaseModel):
    """What could not be taken over: where it stood, and what it is."""

    place: str
    what: str


class Converted(BaseModel):
    """A definition that was taken over.

    Attributes:
        definition: ours.
        left_out: what it does not have of theirs.
    """

    definition: Definition
    left_out: list[LeftOut]


class TriedSurvey(Strict):
    """Answers to try a definition with.

    Attributes:
        definition: it.
        answers: by question.
        response: the id that orders follow from.
        language: the reader's.
    """

    definition: Any
    answers: Any = Field(default_factory=dict)
    response: Short = "preview"
    language: str | None = Field(None, max_length=40)


class ProblemOf(BaseModel):
    """An answer that does not stand.

    Attributes:
        field: the key of its question, or ``key.row``.
        code: why.
        reason: in words.
    """

    field: str
    code: str
    reason: str


class Preview(BaseModel):
    """What becomes of answers.

    Attributes:
        accepted: whether all stand.
        answers: those that stand.
        shown: the questions that are shown, given these.
        problems: what is wrong with the others.
        sheet: what the respondent sees.
        events: what the answers would become; none where they do not stand.
    """

    accepted: bool
    answers: dict[str, Any]
    shown: list[str]
    problems: list[ProblemOf]
    sheet: list[dict[str, Any]]
    events: list[dict[str, Any]]


class Public(BaseModel):
    """A survey as whoever answers it gets it.

    Attributes:
        survey: the definition, in the version that is asked; `lvtu.voice.surveys.schema` says its form.
        version: its number, which the response tells.
        language: in which it is shown at first.
        theme: how the page looks.
        intercept: when a page's script asks; null where it does not.
        invitation: whether the invitation in the link may be answered by; null where there is none.
    """

    survey: Definition
    version: int
    language: str
    theme: SurveyTheme
    intercept: Intercept | None
    invitation: Literal["good", "used", "expired", "wrong"] | None


class Given(Strict):
    """A response, or what there is of it so far.

    Attributes:
        response: its id, made up by whoever answers (a UUID), which the orders follow from. The same id is the same
            response: what is sent again changes nothing.
        state: ``started``: somebody has it before them; ``partial``: more may come; ``complete``.
        answers: by question, all so far.
        version: of the survey, as it was read.
        language: in which it is read.
        invitation: as it stands in the link.
        hidden: what the link says beside, by the names that the survey has in ``hidden``.
        anonymous_id: the device, as the page's script knows it; dropped where the survey is anonymous.
        touchpoint, step, channel: where it is asked, as the link says; the survey's if not given.
        page: the address of the page that it was shown in.
        website: a field of the form that people do not see, and leave empty.
    """

    response: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{8,64}$")]
    state: Literal["started", "partial", "complete"] = "complete"
    answers: Any = Field(default_factory=dict)
    version: int | None = Field(None, ge=1)
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=40)] | None = (
        None
    )
    invitation: str | None = Field(None, max_length=2000)
    hidden: dict[str, str] = Field(default_factory=dict, max_length=20)
    anonymous_id: Short | None = None
    touchpoint: Short | None = None
    step: Short | None = None
    channel: Short | None = None
    page: Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00-\x1f\x7f]*$")] | None = None
    website: str = Field("", max_length=200)


class SentFile(BaseModel):
    """A file that was sent, as an answer names it.

    Attributes:
        file: its id.
        name, type, bytes: what it is called, what it is, how large.
    """

    file: str
    name: str
    type: str
    bytes: int


class GivenFile(SentFile):
    """A file that somebody answered with.

    Attributes:
        came: when.
    """

    came: datetime


class Kept(BaseModel):
    """What became of a response: it is on disk, and sending it again changes nothing.

    Attributes:
        response: its id.
        state: what it is now.
        answered: how many answers stand.
        repeated: whether it was there already.
        follow: where whoever gave it reads what becomes of it, a secret of theirs; null where it is no feedback.
    """

    response: str
    state: str
    answered: int
    repeated: bool
    follow: str | None = None
