"""What is asked and told about guided programmes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.maps.programmes.board import Becomes
from lvtu.maps.programmes.definition import Field as Written
from lvtu.maps.programmes.project import DOTS, Sense, Strategy
from lvtu.voice.interviews.files import Form


class ProgrammeRow(BaseModel):
    """A programme.

    Attributes:
        key: it.
        title, about: what people call it, and what it is for.
        steps: what its steps are called.
    """

    key: str
    title: str
    about: str
    steps: list[str]


class ProjectRow(BaseModel):
    """A project.

    Attributes:
        id: by which addresses name it.
        title: what people call it.
        programme: what its programme is called.
        done: how many of its steps are done.
        of: how many there are.
        now: what the step is called that it is at; null where all are done.
    """

    id: str
    title: str
    programme: str
    done: int
    of: int
    now: str | None


class ProgrammeList(BaseModel):
    """The programmes there are, and the projects; the one that was worked on last first."""

    programmes: list[ProgrammeRow]
    projects: list[ProjectRow]


class ProjectBegun(BaseModel):
    """What a project is begun with.

    Attributes:
        programme: the key of the programme.
        title: what people call it; as the programme if not given.
        map: the id of the map that it is about.
    """

    model_config = ConfigDict(extra="forbid")

    programme: str
    title: str | None = Field(default=None, max_length=200)
    map: str | None = None


class ProjectGate(BaseModel):
    """A gate of a step.

    Attributes:
        key: it.
        told: what must be there.
        open: whether it is.
        place: the page of the workspace where it is made; empty: the project's own.
    """

    key: str
    told: str
    open: bool
    place: str


class ProjectNote(BaseModel):
    """Something that people write in a step.

    Attributes:
        key: which field.
        label: what it is called.
        text: what is written.
    """

    key: Written
    label: str
    text: str


class ProjectStep(BaseModel):
    """A step of a project.

    Attributes:
        key: it.
        title, about: what people call it, and what is to be done.
        state: done, at it, or not yet.
        passed: when and by whom it was done; null: not yet.
        notes: what people write in it.
        gates: what must be there.
        aids: what helps.
    """

    key: str
    title: str
    about: str
    state: Literal["passed", "now", "later"]
    passed: str | None
    notes: list[ProjectNote]
    gates: list[ProjectGate]
    aids: list[Literal["quotes", "focus", "ideas", "strategy"]]


class ProjectScene(BaseModel):
    """In which situation the map is told; what is null is not said."""

    model_config = ConfigDict(extra="forbid")

    who: str = Field(min_length=1, max_length=2000)
    where: str | None = Field(default=None, max_length=2000)
    when: str | None = Field(default=None, max_length=2000)
    trigger: str | None = Field(default=None, max_length=2000)
    goal: str | None = Field(default=None, max_length=2000)


class ProjectIdea(BaseModel):
    """An idea for the map.

    Attributes:
        step: the key of the step.
        text: it.
        kind: an idea, or an opportunity that somebody takes.
        owner: who takes it.
        question: the key of the question that it answers.
    """

    model_config = ConfigDict(extra="forbid")

    step: str
    text: str = Field(min_length=1, max_length=2000)
    kind: Literal["idea", "opportunity"] = "idea"
    owner: str | None = Field(default=None, max_length=200)
    question: str | None = None


class ProjectIdeaOf(BaseModel):
    """An idea in the map, or what became of one.

    Attributes:
        key: its card's.
        step: the key of the step.
        text: it.
        kind: what it is.
        owner: who takes it.
        question: the key of the question that it answers; null: none.
        dots: how many dots stand on it.
        mine: how many of them are those of whoever asks.
        voters: how many people voted for it.
    """

    key: str
    step: str
    text: str
    kind: Literal["idea", "opportunity", "action"]
    owner: str | None
    question: str | None
    dots: int
    mine: int
    voters: int


class ProjectQuestion(BaseModel):
    """A question that ideas answer.

    Attributes:
        text: it, without “How might we”.
        step: the key of the step that it is about; null: the whole journey.
    """

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=500)
    step: str | None = None


class ProjectQuestionOf(ProjectQuestion):
    """A question of a project, with its key."""

    key: str


class ProjectDots(BaseModel):
    """How many dots of whoever sends it stand on an idea."""

    model_config = ConfigDict(extra="forbid")

    dots: int = Field(ge=0, le=DOTS)


class ProjectBecomes(BaseModel):
    """What an idea becomes on the map.

    Attributes:
        kind: that.
        owner: who takes it.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Becomes
    owner: str | None = Field(default=None, max_length=200)


class ProjectCard(BaseModel):
    """A card of the project's map.

    Attributes:
        key: it.
        text: what it says.
        step: what its step is called.
        evidence: whether it rests on something.
    """

    key: str
    text: str
    step: str
    evidence: bool


class ProjectDocument(BaseModel):
    """An interview, a note or a document that was brought in for a project.

    Attributes:
        id: it.
        title: what it is called; empty where it has been removed.
        form: what it is.
        date: of that.
        cards: the cards that rest on it, or on a passage in it.
    """

    id: str
    title: str
    form: Form | None
    date: str
    cards: list[ProjectCard]


class ProjectBrought(BaseModel):
    """Which document is brought in: the id of an interview."""

    model_config = ConfigDict(extra="forbid")

    document: str


class ProjectRests(BaseModel):
    """Which card rests on a document: its key."""

    model_config = ConfigDict(extra="forbid")

    card: str


class ProjectPain(BaseModel):
    """A pain that rests on what a customer said.

    Attributes:
        step: the key of the step.
        text: the pain in a sentence.
        event: the event of the quote.
    """

    model_config = ConfigDict(extra="forbid")

    step: str
    text: str = Field(min_length=1, max_length=2000)
    event: str


class ProjectMapStep(BaseModel):
    """A step of the project's map."""

    key: str
    name: str


class ProjectOf(BaseModel):
    """A project.

    Attributes:
        id: by which addresses name it.
        title: what people call it.
        programme: what its programme is called.
        map: the id of its map; null while there is none.
        map_title: what that is called.
        steps: they.
        scene: in which situation its map is told; null where nobody said.
        map_steps: the steps of its map.
        ideas: those in its map and what became of them, those with most dots first.
        questions: those that they answer.
        dots_left: how many dots whoever asks has left, of `dots_of`.
        outcome: what importance is measured against; null where nobody said.
        focus: the keys of the steps that were chosen.
        strategy: the rows of the strategy.
        documents: what was brought in for it.
        map_cards: the cards of its map that say something.
        with_evidence, cards: how many cards of its map rest on evidence, of how many.
        edits: whether whoever asks may work on it.
    """

    id: str
    title: str
    programme: str
    map: str | None
    map_title: str
    steps: list[ProjectStep]
    scene: ProjectScene | None
    map_steps: list[ProjectMapStep]
    ideas: list[ProjectIdeaOf]
    questions: list[ProjectQuestionOf]
    dots_left: int
    dots_of: int
    outcome: str | None
    focus: list[str]
    strategy: dict[Sense, Strategy]
    documents: list[ProjectDocument]
    map_cards: list[ProjectCard]
    with_evidence: int
    cards: int
    edits: bool


class ProjectStrategy(BaseModel):
    """What is written in a row of the strategy: what is not sent stays as it is."""

    model_config = ConfigDict(extra="forbid")

    action: str | None = Field(default=None, max_length=2000)
    metric: str | None = Field(default=None, max_length=500)


class ProjectChanges(BaseModel):
    """What is otherwise with a project: what is sent is set.

    Attributes:
        title: what people call it.
        map: the id of the map that it is about; null: none.
        notes: what people wrote, by field.
        strategy: rows of the strategy.
        scene: in which situation its map is told.
        focus: the keys of the steps that are tackled, of those that were weighed.
    """

    model_config = ConfigDict(extra="forbid")

    title: str | None = Field(default=None, min_length=1, max_length=200)
    map: str | None = None
    notes: dict[Written, str] | None = None
    strategy: dict[Sense, ProjectStrategy] | None = None
    scene: ProjectScene | None = None
    focus: list[str] | None = Field(default=None, max_length=60)


class ProjectPassed(BaseModel):
    """Which step is done."""

    model_config = ConfigDict(extra="forbid")

    step: str


class ProjectOutcome(BaseModel):
    """What importance is measured against: a scale, an event with a score, or a condition."""

    model_config = ConfigDict(extra="forbid")

    outcome: str = Field(min_length=1, max_length=500)


class ProjectWeighed(BaseModel):
    """A step by importance and performance.

    Attributes:
        step: its key.
        name: what it is called.
        scale: what it is rated on.
        importance: its share of what explains the outcome, 0 … 1.
        importance_shown: that, with its interval.
        performance: the rating, −2 … +2.
        performance_shown: that.
        n: customers that the importance rests on.
        quadrant: focus, keep, low or enough.
    """

    step: str
    name: str
    scale: str
    importance: float
    importance_shown: str
    performance: float
    performance_shown: str
    n: int
    quadrant: Literal["focus", "keep", "low", "enough"]


class ProjectFocus(BaseModel):
    """The steps of a project's map, what to tackle first."""

    items: list[ProjectWeighed]
