"""Insights and their quotes, as they are said over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.insights.insight import Source, State
from lvtu.insights.kinds import Kind
from lvtu.insights.reliability import Level
from lvtu.service.customers.schemas import Named

Key = Annotated[str, Field(max_length=200)]


class Exact(BaseModel):
    """What is sent holds nothing else."""

    model_config = ConfigDict(extra="forbid")


class InsightPlace(Exact):
    """Where in the journey an insight belongs; what is empty is not said.

    Attributes:
        stage, touchpoint: keys of the default journey model.
        step: what happens there, in one's own words.
        topic: a topic's code.
    """

    stage: Key = ""
    step: Key = ""
    touchpoint: Key = ""
    topic: Key = ""


class QuoteOfComment(Exact):
    """Something that a customer said.

    Attributes:
        source: ``comment``.
        comment: its `id` in the inbox.
        words: the passage, as it stands there; all of it if not given.
        start: where the words begin (Unicode code points); at the first place where they stand if not given.
        kind: what kind of evidence it is; by the event's name if not given.
    """

    source: Literal["comment"]
    comment: str = Field(pattern=r"^\d{1,18}$")
    words: str | None = Field(default=None, min_length=1, max_length=20_000)
    start: int | None = Field(default=None, ge=0)
    kind: Kind | None = None


class QuoteOfHighlight(Exact):
    """A passage that is marked in an interview, a note or a document.

    Attributes:
        source: ``highlight``.
        highlight: its id.
    """

    source: Literal["highlight"]
    highlight: str = Field(min_length=1, max_length=64)


NewQuote = Annotated[QuoteOfComment | QuoteOfHighlight, Field(discriminator="source")]


class SaidOfInsight(Exact):
    """What people say of an insight.

    Attributes:
        title: it, in one sentence.
        text: more of it.
        state: where it stands.
        owner: who sees to it: somebody, or a department.
        place: where it belongs.
    """

    title: str = Field(min_length=1, max_length=300)
    text: str = Field(default="", max_length=10_000)
    state: State = "draft"
    owner: str = Field(default="", max_length=120)
    place: InsightPlace = Field(default_factory=InsightPlace)


class NewInsight(SaidOfInsight):
    """An insight that somebody writes down.

    Attributes:
        quotes: what it stands on from the beginning.
    """

    quotes: list[NewQuote] = Field(default_factory=list, max_length=100)


class ChangedInsight(SaidOfInsight):
    """An insight as it is now.

    Attributes:
        version: the one that was changed.
    """

    version: int


class ReliabilityOf(BaseModel):
    """How far the quotes of an insight carry it: see `lvtu.insights.reliability`.

    Attributes:
        value: 0 to 100; null without a quote.
        level: that in words.
        quotes: how many there are, without those whose words are gone.
        speakers: how many they come from.
        sources: the kinds of sources.
        text: what it was worked out from, as people say it; `short` the same in fewer words.
    """

    value: float | None
    level: Level
    level_name: str
    quotes: int
    speakers: int
    sources: list[Named]
    text: str
    short: str


class QuoteStands(BaseModel):
    """Where a passage stands in its interview now.

    Attributes:
        start, end: characters, the end not included.
    """

    start: int
    end: int


class InsightQuote(BaseModel):
    """A quote of an insight.

    Attributes:
        id: its own.
        kind: what kind of evidence it is.
        source: where it stands.
        words: it, word for word as it was then; addresses and phone numbers masked for readers from whom identifiers
            are hidden. Null where it is gone.
        gone: why: ``forgotten``, ``removed``; `gone_text` says so.
        speaker: a pseudonym; `speaker_name` as people read it. Null in a document.
        customer: what stands for the customer in addresses; null where that is not known.
        place: which of the customer's events the comment is, from 0, as their time line counts; null of others.
        time: when it was said, ISO-8601; null where only the day is known, or not even that.
        shown: when, by the reader's clock.
        start, end: characters of the text as it was then.
        comment: its `id` in the inbox, of a comment.
        interview, highlight: the ids of the interview and the highlight, otherwise; `title` is what that is called.
        stands: where it stands in the interview now; null where an edit has removed it.
        by_name: who put it there.
        added: when.
    """

    id: str
    kind: Named
    source: Source
    words: str | None
    gone: Literal["forgotten", "removed"] | None
    gone_text: str | None
    speaker: str | None
    speaker_name: str | None
    customer: str | None
    place: int | None
    time: str | None
    shown: str
    start: int
    end: int
    comment: str | None
    interview: str | None
    highlight: str | None
    title: str | None
    stands: QuoteStands | None
    by_name: str
    added: str


class InsightChange(BaseModel):
    """Something that was done to an insight.

    Attributes:
        time: when.
        by_name: who; empty where nobody did, as when words go with a customer who is forgotten.
        what: see `lvtu.insights.Change`.
        text: that as people say it.
    """

    time: str
    by_name: str
    what: str
    text: str


class InsightRow(BaseModel):
    """An insight in a list.

    Attributes:
        id: its name in addresses.
        version: one more with each change of what it says.
        title, text, state, owner, place: see `SaidOfInsight`.
        places: the places by their names, as far as they are said: stage, step, touchpoint, topic.
        reliability: how far its quotes carry it.
        gone: how many quotes have lost their words.
        quoted: the words of its last quote; null where there is none.
        by_name: who wrote it down.
        made, changed: when.
    """

    id: str
    version: int
    title: str
    text: str
    state: State
    state_name: str
    owner: str
    place: InsightPlace
    places: list[Named]
    reliability: ReliabilityOf
    gone: int
    quoted: str | None
    by_name: str
    made: str
    changed: str


class InsightOf(InsightRow):
    """An insight with all that belongs to it.

    Attributes:
        quotes: what it stands on, in the order in which it was put there.
        history: what was done to it, the newest first.
    """

    quotes: list[InsightQuote]
    history: list[InsightChange]


class InsightChoices(BaseModel):
    """What may be said of insights.

    Attributes:
        stages, touchpoints, topics: by key and name.
        owners: those that insights have.
    """

    stages: list[Named]
    touchpoints: list[Named]
    topics: list[Named]
    owners: list[str]


class Insights(BaseModel):
    """A list of insights.

    Attributes:
        insights: those that are asked for, the newest first.
        total: how many there are.
        choices: what may be said of them.
    """

    insights: list[InsightRow]
    total: int
    choices: InsightChoices
