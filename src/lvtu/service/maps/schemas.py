"""What is asked and told about journey maps."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.maps.stages import By
from lvtu.service.languages import Both


class MapRow(BaseModel):
    """A map in the library.

    Attributes:
        id: by which addresses name it.
        title: what people call it.
        state: how the journey is, or how it is meant to be.
        status: how far the map is.
        owner: who answers for it; null where nobody does.
        stages, steps, cards: how many it has.
        edited: when it was edited last, ISO-8601.
        by: who edited it last.
    """

    id: str
    title: str
    state: Literal["as_is", "to_be"]
    status: Literal["draft", "in_research", "live", "archived"]
    owner: str | None
    stages: int
    steps: int
    cards: int
    edited: str
    by: str


class Maps(BaseModel):
    """The maps of a workspace.

    Attributes:
        maps: the one that was edited last first.
        models: the journey models that a map can be drawn by, the default one first.
    """

    maps: list[MapRow]
    models: list[MapModel]


class MapModel(BaseModel):
    """A journey model that a map can be drawn by.

    Attributes:
        key: it.
        title: what people call it.
    """

    key: str
    title: str


class MapQuestion(BaseModel):
    """A question of a survey that customers rated, as a step that a map can have.

    Attributes:
        question: its words.
        where: the condition that its answers fit, as the rule of a step.
        name: what the step would be called.
        stage: the stage it would be in; empty where nothing tells one.
        by: what the stage is told by: the survey's own ``section`` or ``heading``, or a guess from the ``beginning`` or
            the ``words`` of questions.
        scale: what it is rated on.
        n: answers.
        overall: whether it asks about everything at once, so that it is proposed as a number of the whole map.
        survey: which survey it is of, from 0, the one that was answered last.
        drawn: whether a step of a map is shown by its answers already.
    """

    question: str
    where: str
    name: str
    stage: str
    by: By
    scale: str
    n: int
    overall: bool
    survey: int
    drawn: bool = False


class SurveyStep(BaseModel):
    """A rated question that is to be a step.

    Attributes:
        question: its words.
        name: what the step is called; as it is proposed where empty.
        stage: the stage it is in; that of the step before where empty.
    """

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=2_000)
    name: str = Field(default="", max_length=200)
    stage: str = Field(default="", max_length=200)


class MapDrawing(BaseModel):
    """What a map is drawn of.

    Attributes:
        title: what it is to be called; as the model if not given.
        model: the key of the journey model; the default one if not given. ``survey``: the questions of a survey are its
            steps; ``behaviour``: what customers did.
        where: whom it is about.
        since, until: when it happened, ISO-8601.
        steps: of a survey, which questions are steps, in order; as they are proposed if not given.
    """

    model_config = ConfigDict(extra="forbid")

    title: Both | str | None = None
    model: str | None = None
    where: str | None = None
    since: str | None = None
    until: str | None = None
    steps: list[SurveyStep] | None = Field(default=None, min_length=1, max_length=100)


class MapOf(BaseModel):
    """A map.

    Attributes:
        id: by which addresses name it.
        step: how often it was edited.
        title: what people call it.
        document: it (`lvtu map schema` prints the JSON Schema).
        versions: those that were kept under a name, the first first.
        edits: whether whoever asks may edit it.
    """

    id: str
    step: int
    title: str
    document: dict[str, Any]
    versions: list[NamedVersion]
    edits: bool


class NamedVersion(BaseModel):
    """A map as it was kept under a name.

    Attributes:
        number: it.
        name: its name.
        time: when, ISO-8601.
        by: who kept it.
        step: how often the map had been edited then.
    """

    number: int
    name: str
    time: str
    by: str
    step: int


class MapCell(BaseModel):
    """A number of a map as people read it.

    Attributes:
        lane, step: where it stands; the lane is null for a number of the whole journey, which `key` names.
        key: of the binding that it answers, for a number of the whole journey.
        title: what it is: of which step, on which scale.
        shown: it.
        interval: its 95 % interval; empty where there is none.
        n: what it rests on.
        before: what it was in the period before; null where that is not known.
        worse, better: whether it changed since, and not by chance.
        few: whether it rests on too few to be told like the others.
        target: what it should be and how far it is, in words; empty without a target.
        stale: why it is not to be relied on any more; null where it is.
        spec: the question behind it, to open in the analysis; null where it is no single one.
    """

    lane: str | None
    step: str | None
    key: str | None = None
    title: str
    shown: str
    interval: str
    n: int
    before: str | None
    worse: bool
    better: bool
    few: bool
    target: str = ""
    stale: str | None = None
    spec: dict[str, Any] | None = None


class MapQuote(BaseModel):
    """What a customer said at a step.

    Attributes:
        step: where.
        text: word for word.
        event: the number of its event: under it the inbox finds it.
        speaker: a pseudonym.
        date: the day; empty where it is not known.
        feeling: −2 … +2; null where it has none.
    """

    step: str
    text: str
    event: str
    speaker: str
    date: str
    feeling: float | None


class JourneyScore(BaseModel):
    """One number for how customers feel along the way (`lvtu.maps.live.score`).

    Attributes:
        how: mean, peak_end or weakest.
        shown, interval: it as people read it; of the last two no interval is told.
        n: steps that it is made of.
    """

    how: Literal["mean", "peak_end", "weakest"]
    shown: str
    interval: str
    n: int


class MapGap(BaseModel):
    """What the answers of some differ by from those of others in a cell.

    Attributes:
        lane, step: where.
        difference: theirs minus the others'.
        low, high: its 95 % interval; null where nothing tells.
        significant: whether it is more than chance, with false-discovery control over everything compared.
    """

    lane: str
    step: str
    difference: str
    low: float | None
    high: float | None
    significant: bool


class MapBeside(BaseModel):
    """The answers of others, beside which a map's are set.

    Attributes:
        who: what people call them.
        customers: how many they are; null without data.
        cells: their numbers.
        gaps: what the two differ by.
    """

    who: str
    customers: int | None
    cells: list[MapCell]
    gaps: list[MapGap]


class MapPlanned(BaseModel):
    """How a step went beside the plan: customers.

    Attributes:
        planned: whether the planned path has the step, or all steps count as planned.
        optional: whether it may be left out.
        completed: who did it in its place and in time.
        missing: who left it out.
        skipped: who left it out where they may.
        failing: who did it at another place, or later than its standard allows.
        ad_hoc: who did it though the plan does not have it, or more often than it has.
    """

    planned: bool
    optional: bool
    completed: int
    missing: int
    skipped: int
    failing: int
    ad_hoc: int


class MapAnswers(BaseModel):
    """What the data say to a map.

    Attributes:
        who: from whose perspective it is seen; null: everybody's.
        beside: the answers of others that are set beside them; null where none are.
        cells: its numbers.
        quotes: what customers said, at the step that it speaks of; what speaks of none, at none (empty).
        unplaced: how much they wrote in the map's survey that speaks of no step.
        customers: how many it is about; null without data.
        volume: customers by the key of the step.
        plan: how each step went beside the planned path, or beside the order of the steps, by key; none where nobody's
            way was observed.
        since, until: which time it is about, ISO-8601; null: all there is.
        notes: what must be said with it.
        weighted: whether answers carry survey weights that count.
        live: how many numbers there are.
        stale: how many of them, or of those that there were, are not to be relied on any more.
        scores: the score of the journey, taken together in each of the ways; none without a curve of feelings.
    """

    who: str | None
    beside: MapBeside | None
    cells: list[MapCell]
    quotes: list[MapQuote]
    unplaced: int = 0
    customers: int | None
    volume: dict[str, int]
    plan: dict[str, MapPlanned] = {}
    since: str | None
    until: str | None
    notes: list[str]
    weighted: bool
    live: int = 0
    stale: int = 0
    scores: list[JourneyScore] = []
