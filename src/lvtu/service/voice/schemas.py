"""What is told of scores and what goes with them, in codes and in finished text."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from lvtu.service.overview.schemas import Change, Matter, Periods

Unit = Literal["points", "share", "feeling", "mean"]
"""Of −100…+100, of 1, of −2…+2, of the scale itself."""


class Offered(BaseModel):
    """One of a few things to choose from.

    Attributes:
        value: what it is asked for with.
        title: what people call it.
    """

    value: str
    title: str


class Score(BaseModel):
    """The answers on one scale as a number.

    Attributes:
        value: it; null of no answers.
        shown: it as people read it, — for nothing.
        low, high: its 95 % interval; null where nothing tells.
        interval: that as people read it; empty where there is none.
        n: answers.
        effective_n: equally weighted answers that would tell as much.
        change: since the period before; null without one, and where nobody answered then.
    """

    value: float | None
    shown: str
    low: float | None
    high: float | None
    interval: str
    n: int
    effective_n: float
    change: Change | None


class Point(BaseModel):
    """A calendar period of a trend.

    Attributes:
        start: its first instant.
        title: which it is.
        score: of the answers in it; null where nobody answered.
    """

    start: str
    title: str
    score: Score | None


class Response(BaseModel):
    """How many answered of those who were asked.

    Attributes:
        asked: customers to whom a survey was sent in the period.
        responded: those of them who answered on the scale later in it.
        shown: the share, as people read it.
    """

    asked: int
    responded: int
    shown: str


class Scale(BaseModel):
    """One scale: never in one curve with another.

    Attributes:
        scale: its key; null for answers that name none.
        title: what people call it.
        ends: from which answer to which it goes, as people read it; empty where it does not tell.
        metric: how its answers are made a number: ``nps``, ``csat``, ``ces``, ``stars``, ``emotion``, ``mean``.
        measure: what people call that; empty where the title says it.
        unit: of the number.
        range: its lowest and highest possible value; null where nobody can tell.
        lower_is_better: whether it asks for something that should be little, effort say.
        score: of all answers in the period.
        response: who answered of those who were asked; null where nobody knows who was.
        trend: by calendar period.
        places: by place, in the order of the answer's `places`; null where nobody was asked.
        spec: the question of ``scores`` by place, for looking further into it; without its ``by`` of all answers.
        trend_spec: that over time.
    """

    scale: str | None
    title: str
    ends: str
    metric: str
    measure: str
    unit: Unit
    range: tuple[float, float] | None
    lower_is_better: bool
    score: Score
    response: Response | None
    trend: list[Point]
    places: list[Score | None]
    spec: dict[str, Any]
    trend_spec: dict[str, Any]


class Place(BaseModel):
    """What was scored.

    Attributes:
        key: the value of ``by``; null for answers that have none.
        title: what people call it.
        where: of a segment, the condition that stands in place of ``by``; null otherwise.
    """

    key: str | None
    title: str
    where: str | None


class Voice(BaseModel):
    """What customers score.

    Attributes:
        state: ``ok``, ``empty`` (no events), ``mute`` (nobody scored anything).
        token: the snapshot that it was counted on.
        period: the time that it is about; null when empty.
        by: what scores are broken down by.
        choices: what they can be broken down by.
        scales: one for each scale with answers.
        places: what was scored, in its order.
        compared: how many differences were tested, and false discoveries controlled over.
        changed: how many of them are more than chance.
        next: the next step to take; null where there are scores.
        notes: what a reader must know to read it rightly.
    """

    state: Literal["ok", "empty", "mute"]
    token: str
    period: Periods | None = None
    by: str = "event"
    choices: list[Offered] = []
    scales: list[Scale] = []
    places: list[Place] = []
    compared: int = 0
    changed: int = 0
    next: Matter | None = None
    notes: list[str] = []


class Note(BaseModel):
    """What a reader must know to read an answer rightly.

    Attributes:
        code: which remark.
        text: it.
    """

    code: str
    text: str


class Share(BaseModel):
    """A share of 1.

    Attributes:
        value: it; null where nothing tells.
        low, high: its 95 % interval.
        shown: it as people read it, — for nothing.
        interval: that as people read it; empty where there is none.
    """

    value: float | None
    low: float | None
    high: float | None
    shown: str
    interval: str


class Driver(BaseModel):
    """What was scored, on one scale, and how much it goes with the outcome.

    Attributes:
        key, scale: it, as the answer of ``drivers`` names it.
        title: what people call it; with the scale where it was scored on several.
        importance: its share of what all explain.
        direction: ``up`` where a better score surely goes with more of the outcome, ``down``, or null.
        mean: the mean score.
        shown_mean: that as people read it, with the end of its scale.
        feeling: that from −2 to +2, so that scales can stand beside each other; null where the scale does not tell.
        n: customers who scored it.
        cell: what its customers are asked for with.
    """

    key: str | None
    scale: str | None
    title: str
    importance: Share
    direction: Literal["up", "down"] | None
    mean: float | None
    shown_mean: str
    feeling: float | None
    n: int
    cell: dict[str, Any]


class Drivers(BaseModel):
    """Which experiences go with an outcome; which does not say that they are the cause.

    Attributes:
        state: ``ok``; ``few`` (too little to tell anything, see the notes); ``mute`` (nobody scored anything).
        token: the snapshot that it was counted on.
        outcome: what is explained.
        outcomes: what can be.
        sentence: the answer in one sentence.
        spec: the question of ``drivers``, for looking further into it; null where there is none.
        r2: how much of the differences between customers all drivers explain together.
        rows: the drivers, the most important first.
        notes: what a reader must know, that association is not cause first.
    """

    state: Literal["ok", "few", "mute"]
    token: str
    outcome: str | None = None
    outcomes: list[Offered] = []
    sentence: str = ""
    spec: dict[str, Any] | None = None
    r2: Share | None = None
    rows: list[Driver] = []
    notes: list[Note] = []


class Band(BaseModel):
    """The customers whose score is in one band.

    Attributes:
        band: ``low``, ``middle``, ``high``.
        title: what people call it, and which scores those are.
        customers: how many they are.
        yes: how many of them have the outcome.
        rate: which share that is.
        lift: how many times the share of all that is; null where nobody has it.
        shown_lift: that as people read it.
        cell: what the customers are asked for with; those with the outcome by ``yes`` beside it.
    """

    band: Literal["low", "middle", "high"]
    title: str
    customers: int
    yes: int
    rate: Share
    lift: float | None
    shown_lift: str
    cell: dict[str, Any]


class Followed(BaseModel):
    """One thing that customers did after they answered, or did not.

    Attributes:
        key: ``ordered``, ``referred``, ``complained``, ``refunded``, ``silent``.
        title: what people call it.
        good: whether it is welcome.
        rate: that of all who answered.
        bands: by how satisfied they were, the least first; none where nobody answered.
        spec: the question of ``drivers``, of which the bands are the part ``linked``.
    """

    key: str
    title: str
    good: bool
    rate: Share
    bands: list[Band]
    spec: dict[str, Any]


class After(BaseModel):
    """What happens after an answer, by how satisfied it was.

    Attributes:
        state: ``ok``, ``none`` (no event shows what customers did), ``mute`` (nobody scored anything).
        token: the snapshot that it was counted on.
        scale: on which the answers are.
        scales: on which they can be.
        outcomes: what customers did or did not do.
        notes: what a reader must know, that association is not cause first.
    """

    state: Literal["ok", "none", "mute"]
    token: str
    scale: str | None = None
    scales: list[Offered] = []
    outcomes: list[Followed] = []
    notes: list[Note] = []


class Quoted(BaseModel):
    """Something that a customer said of a theme.

    Attributes:
        text: it, addresses and phone numbers masked for those who may not see them.
        start, end: the place that speaks of the theme, in characters; null where all of it is meant.
        message_id: of its event; null for those who may not see identifiers.
        shown: on which day.
    """

    text: str
    start: int | None
    end: int | None
    message_id: str | None
    shown: str


class VoiceQuote(Quoted):
    """What somebody said who is behind a number.

    Attributes:
        customer: who, as their time line is asked for.
        feeling: how it feels, −2 to +2; null where it says nothing of that.
        theme: what it speaks of; null where that has no name.
    """

    customer: str
    feeling: float | None
    theme: str | None


class BehindNumber(BaseModel):
    """A number that customers are behind.

    Attributes:
        spec: the question.
        cell: as the number carries it.
    """

    spec: dict[str, Any]
    cell: dict[str, Any]


class VoiceQuotes(BaseModel):
    """What was said by those behind a number.

    Attributes:
        quotes: they, of different themes first.
        own: whether they came with what is counted; else they were said at the same place in the same time.
        where: the condition of all that was said, for the inbox.
    """

    quotes: list[VoiceQuote]
    own: bool
    where: str


class Moved(BaseModel):
    """A change of a theme that is more than chance.

    Attributes:
        direction: ``new``, ``rising``, ``falling`` of what is said; ``better``, ``worse`` of how it feels.
        text: it, as people read it: since when, from what to what.
    """

    direction: Literal["new", "rising", "falling", "better", "worse"]
    text: str


class Theme(BaseModel):
    """What customers talk about.

    Attributes:
        key: as the answer of ``themes`` names it.
        title: what people call it.
        comments: how many speak of it.
        customers: how many wrote those.
        share: of all comments.
        feeling: the mean of the clauses that speak of it, −2 to +2; null where none feels anything.
        negative: the share of those that feel anything which is negative.
        trend: its share by calendar period; null in those without any comment.
        moved: what changed about it, by more than chance.
        quotes: what customers said of it.
        cell: what its customers are asked for with.
    """

    key: str
    title: str
    comments: int
    customers: int
    share: Share
    feeling: Score | None
    negative: Share | None
    trend: list[float | None]
    moved: list[Moved]
    quotes: list[Quoted]
    cell: dict[str, Any]


class Themes(BaseModel):
    """What customers talk about, in their texts.

    Attributes:
        state: ``ok``, ``mute`` (nobody wrote anything).
        token: the snapshot that it was counted on.
        kind: a taxonomy's name, or ``found`` in the words of the texts.
        kinds: what themes can be.
        comments: how many texts there are.
        untold: which share of them speaks of no theme.
        spec: the question of ``themes``, for looking further into it; null where there is none.
        rows: the themes, the most comments first; of a taxonomy its second level, where it has one.
        notes: what a reader must know to read it rightly.
    """

    state: Literal["ok", "mute"]
    token: str
    kind: str | None = None
    kinds: list[Offered] = []
    comments: int = 0
    untold: Share | None = None
    spec: dict[str, Any] | None = None
    rows: list[Theme] = []
    notes: list[Note] = []
