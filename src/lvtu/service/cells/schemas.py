"""What is told about the cells of journey maps."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class BehindScore(BaseModel):
    """A number of a calendar period.

    Attributes:
        value, low, high: it, with its 95 % interval; null where there is none.
        shown, interval: the same as people read it.
        n: what it rests on.
    """

    value: float
    low: float | None
    high: float | None
    shown: str
    interval: str
    n: int


class BehindTrend(BaseModel):
    """A calendar period.

    Attributes:
        title: what people call it.
        score: its number; null where nothing is known.
    """

    title: str
    score: BehindScore | None


class BehindCell(BaseModel):
    """A number of a map with everything that is known of it.

    Attributes:
        lane: the lane's key; null in the head.
        key: of the binding that gives it.
        title: what it is.
        shown: it; "—" where the question has no answer.
        interval: its 95 % interval; empty where there is none.
        n: what it rests on.
        change: how it changed, and against what; empty where that is not known.
        worse, better: whether it changed, and not by chance.
        few: whether it rests on too few to be told like the others.
        target: what it should be and how far it is, in words; empty without a target. `met` says whether it is.
        stale: why it is not to be relied on any more; null where it is.
        failed: why its question has no answer; null where it has one.
        own: whether the question is this cell's own, and not its lane's.
        trend: by calendar period; empty where the question knows none.
        spec: the question behind it, to open in the analysis.
        cadence: how old an answer may be; null where nobody said.
    """

    lane: str | None
    key: str
    title: str
    shown: str
    interval: str
    n: int
    change: str
    worse: bool
    better: bool
    few: bool
    target: str
    met: bool
    stale: str | None
    failed: str | None
    own: bool
    trend: list[BehindTrend]
    spec: dict[str, Any]
    cadence: str | None


class BehindTile(BaseModel):
    """One of the four words for a step.

    Attributes:
        name: which; `title` as people call it.
        shown, interval, n: the number; "—" where nothing is known.
        source: what it is counted from.
        trend: by calendar period.
        spec: the question behind it; null where it is counted on the map itself.
    """

    name: Literal["perception", "emotion", "behaviour", "quality"]
    title: str
    shown: str
    interval: str
    n: int
    source: str
    trend: list[BehindTrend]
    spec: dict[str, Any] | None


class BehindGap(BaseModel):
    """What was expected and what was found, in points of 100.

    Attributes:
        expected, perceived: the means over pairs of answers.
        shown, interval, n: the difference.
        behind: whether it lies below zero, and not by chance.
    """

    expected: str
    perceived: str
    shown: str
    interval: str
    n: int
    behind: bool


class BehindNext(BaseModel):
    """Where customers go next.

    Attributes:
        step: the key; `title` what people call it.
        share: of those who went on, as people read it.
        time: the median time until then; empty where it is not known.
    """

    step: str
    title: str
    share: str
    time: str


class BehindQuote(BaseModel):
    """Something a customer said here.

    Attributes:
        text: word for word.
        event: under it the inbox finds it.
        who: a pseudonym, and the day.
    """

    text: str
    event: str
    who: str


class EvidenceShown(BaseModel):
    """Something that a card rests on, as it is now.

    Attributes:
        place: which of the card's it is, from 0.
        kind: where it is known from; `kind_name` as people call it.
        title: what the source is called.
        quote: what was said, word for word; null where nothing was, or it is gone.
        gone: why the words are gone; null where they are there.
        who: a pseudonym and the day, as far as they are known.
        to: the address in the app where it can be read; null where there is none.
        url: an address outside.
    """

    place: int
    kind: str
    kind_name: str
    title: str
    quote: str | None
    gone: str | None
    who: str
    to: str | None
    url: str | None


class BehindCard(BaseModel):
    """A card of the step.

    Attributes:
        key: it.
        lane: the lane's key; `lane_title` what people call it.
        kind: what it is.
        text: what it says.
        owner: who answers for it.
        assumed: whether nothing supports it.
        evidence: what it rests on.
    """

    key: str
    lane: str
    lane_title: str
    kind: str
    text: str
    owner: str | None
    assumed: bool
    evidence: list[EvidenceShown]


class BehindStep(BaseModel):
    """Everything that is behind a step of a map.

    Attributes:
        step: its key; empty for the head of the map.
        title: what people call it; `stage` its stage.
        owner: who answers for it.
        expectation: what the customer expects here, as somebody wrote it.
        customers: how many came by; null without data.
        share: of the map's customers, as people read it.
        cells: its numbers, the chosen one first.
        tiles: the four words.
        effort: how easy it is, as people read it; empty where that is not known.
        gap: what was expected against what was found; null where nobody said.
        next: where customers go next, the most frequent first.
        quotes: what they said.
        cards: what people wrote.
        period: which time it is about, as people read it.
        since, until: the same, ISO-8601; null: all there is.
        where: whom it is about.
        notes: what must be said with it.
        edits: whether whoever asks may edit the map.
        opens: whether they may see the customers.
    """

    step: str
    title: str
    stage: str
    owner: str | None
    expectation: str | None
    customers: int | None
    share: str
    cells: list[BehindCell]
    tiles: list[BehindTile]
    effort: str
    gap: BehindGap | None
    next: list[BehindNext]
    quotes: list[BehindQuote]
    cards: list[BehindCard]
    period: str
    since: str | None
    until: str | None
    where: str | None
    notes: list[str]
    edits: bool
    opens: bool


class Shown(BaseModel):
    """A question that a place of a map can be shown with.

    Attributes:
        key: it among the choices.
        group: of what kind it is; `group_name` as people call it.
        title: what people call it.
        analysis: the name of the question.
        spec: it, as plain values.
        value: the column that is shown; null: its first number.
        n: answers that there are; null where nobody counted.
    """

    key: str
    group: Literal["scales", "questions", "texts", "quality", "metrics", "boards"]
    group_name: str
    title: str
    analysis: str
    spec: dict[str, Any]
    value: str | None
    n: int | None


class BindingChoices(BaseModel):
    """What the places of a map can be shown with."""

    choices: list[Shown]


class BindingTried(BaseModel):
    """What a map would be shown with; one of the two.

    Attributes:
        binding: the document of a binding; its lane may be one that is not there yet (``new``).
        edit: an edit of the map, as ``edits`` takes it.
    """

    model_config = ConfigDict(extra="forbid")

    binding: dict[str, Any] | None = None
    edit: dict[str, Any] | None = None


class TriedCell(BaseModel):
    """What a step would show.

    Attributes:
        step: its key; empty for the whole journey.
        title: what people call it.
        shown, interval, n: the number.
    """

    step: str
    title: str
    shown: str
    interval: str
    n: int


class MovedStep(BaseModel):
    """A step that would count other customers.

    Attributes:
        step, title: which.
        before, after: how many customers came by it.
    """

    step: str
    title: str
    before: int
    after: int


class TriedColumn(BaseModel):
    """A number of the question's answer.

    Attributes:
        name: the column; `title` what people call it.
    """

    name: str
    title: str


class BindingShows(BaseModel):
    """What the map would show.

    Attributes:
        cells: by step.
        columns: the numbers any of which can be shown.
        shown: the one that is.
        period: the days of which they are, as people read them: those that the map is about; empty where it has none.
        whole: whether the data are of no other time.
        moves: of a rule, the steps that would count other customers.
    """

    cells: list[TriedCell]
    columns: list[TriedColumn]
    shown: str | None
    period: str = ""
    whole: bool = True
    moves: list[MovedStep]
