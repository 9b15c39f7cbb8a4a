"""What is said over HTTP about journey models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.analyses.schemas import Answer
from lvtu.service.languages import Both


class StageOf(BaseModel):
    """A stage of a model.

    Attributes:
        key: its stable name.
        name: what people call it.
        goal: what the customer wants here.
        owner: the department that answers for it.
        lifecycle: the place in the customer's life that it stands for.
        entry: each rule that brings a customer in, in words.
        exit: each rule that ends the time in it, in words.
        touchpoints: the touchpoints that its rules use.
    """

    key: str
    name: Both
    goal: Both | None
    owner: str | None
    lifecycle: str | None
    entry: list[Both]
    exit: list[Both]
    touchpoints: list[str]


class ModelOf(BaseModel):
    """A journey model.

    Attributes:
        key: its stable name.
        version: which; null for one that every workspace has and this one has not changed.
        versions: those that are kept.
        default: whether questions use it that name none.
        preset: whether every workspace has a model of this key.
        title: what people call it.
        stages: in order, with their rules in words.
        document: the model itself.
        yaml: the same as ``lvtu model`` takes it.
    """

    key: str
    version: int | None
    versions: list[int]
    default: bool
    preset: bool
    title: Both
    stages: list[StageOf]
    document: dict[str, Any]
    yaml: str


class Preset(BaseModel):
    """A model that every workspace can use.

    Attributes:
        key: its stable name.
        title: what people call it.
        stages: the names of its stages.
    """

    key: str
    title: Both
    stages: list[Both]


class Changing(BaseModel):
    """A model as it would be.

    Attributes:
        document: the model itself.
        yaml: instead, the same as YAML.
        against: the model that it is compared with: its key, with @3 for a version; the newest of the same key if not
            given, or the default one where there is none.
        default: make it the model that questions use when they name none.
    """

    model_config = ConfigDict(extra="forbid")

    document: dict[str, Any] | None = None
    yaml: str | None = Field(default=None, max_length=1_000_000)
    against: str | None = None
    default: bool = False


class MoveOf(BaseModel):
    """Customers who go from one stage to another.

    Attributes:
        before, after: the stages' keys; null for no stage.
        customers: how many.
    """

    before: str | None
    after: str | None
    customers: int


class ChangePreview(BaseModel):
    """What a changed model would move.

    Attributes:
        answer: customers by stage before and after, as ``analyses/model_change`` answers.
        moves: who would be in another stage now.
        against: the model that it was compared with.
    """

    answer: Answer
    moves: list[MoveOf]
    against: str


class ChannelName(Both):
    """A channel's name in both languages."""

    model_config = ConfigDict(extra="forbid")

    zh: str = Field(min_length=1, max_length=100)
    en: str = Field(min_length=1, max_length=100)


class Naming(BaseModel):
    """What a channel is called.

    Attributes:
        name: it, in both languages.
        online: whether the customer is on a network there.
    """

    model_config = ConfigDict(extra="forbid")

    name: ChannelName
    online: bool


class ChannelOf(BaseModel):
    """A channel.

    Attributes:
        key: what events say.
        name: what people call it; the key where nobody has named it.
        online: whether the customer is on a network there; null where nobody has said.
        known: whether the model knows it; events may name others.
        events: how many came by it.
    """

    key: str
    name: Both
    online: bool | None
    known: bool
    events: int
