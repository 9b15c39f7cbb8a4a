"""Journey models: stages in order, touchpoints, channels and behaviours, as one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import Field, field_validator, model_validator

from lvtu.core.documents import Document, loaded
from lvtu.core.model import edits
from lvtu.core.model.behaviours import STANDARD, Behaviour
from lvtu.core.model.channels import SEEDED, Channel
from lvtu.core.model.lifecycle import Lifecycle
from lvtu.core.model.rules import Key, ModelName, Rule, Rules
from lvtu.core.model.text import Text, Words
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.sentences import Term
from lvtu.errors import BadInput, UnknownName

MOST_STAGES = 60
"""Stages of a model at most; behaviours likewise: one bit each of an int64."""


class Stage(Document):
    """A stage: a stretch of the journey with a goal of the customer's.

    Attributes:
        key: its stable name.
        name: what people call it.
        goal: what the customer wants here.
        needs: what the customer needs for it.
        owner: the department that answers for it.
        kpis: what it is measured by.
        entry: the rules, any of which an event must fit to bring its customer into the stage.
        exit: the rules of events that end the time in the stage before the next one is entered; they do not keep a
            customer from entering later stages.
        lifecycle: the place in the customer's life that it stands for (`lvtu.core.model.lifecycle`), by which models
            are compared.
        child: the key of a model that tells this stage in detail, ``ecommerce-order`` (its newest version) or
            ``ecommerce-order@2``.
        formerly: the keys of stages that were merged or split into this one.
    """

    called: ClassVar[str] = "stage"

    key: Key
    name: Words
    goal: Words | None = None
    needs: tuple[Words, ...] = ()
    owner: str | None = None
    kpis: tuple[Words, ...] = ()
    entry: Rules = Field(min_length=1)
    exit: Rules = ()
    lifecycle: Lifecycle | None = None
    child: ModelName | None = None
    formerly: tuple[Key, ...] = ()

    @property
    def touchpoints(self) -> tuple[str, ...]:
        """The ids of the touchpoints that its rules use."""
        return tuple(dict.fromkeys(id_ for rule in (*self.entry, *self.exit) for id_ in rule.touchpoints))


class JourneyModel(Document):
    """A journey model. It says how a company looks at journeys, and is applied when they are read.

    Attributes:
        key: its stable name in the workspace.
        version: given by the workspace at each save.
        title: what people call it.
        stages: in order.
        touchpoints: in order: an event belongs to the first that it fits.
        channels: those of `lvtu.core.model.channels.SEEDED`, with the model's own instead or behind.
        behaviours: those of `lvtu.core.model.behaviours.STANDARD`, with the model's own instead or behind.

    Example:
        >>> model = JourneyModel.load('''
        ... key: shop
        ... title: {zh: 网购, en: Shopping}
        ... touchpoints:
        ...   - {id: product_page, name: {zh: 商品页, en: Product page}, events: Product Viewed}
        ... stages:
        ...   - {key: consider, name: {zh: 考虑, en: Consider}, entry: {touchpoints: product_page}}
        ...   - {key: buy, name: {zh: 购买, en: Buy}, entry: Order *}
        ... ''')
        >>> [stage.name.zh for stage in model.stages], model.usage("product_page")
        (['考虑', '购买'], ('consider',))
    """

    called: ClassVar[str] = "model"

    key: Key
    version: int | None = None
    title: Words
    stages: tuple[Stage, ...] = Field(default=(), max_length=MOST_STAGES)
    touchpoints: tuple[Touchpoint, ...] = ()
    channels: tuple[Channel, ...] = Field(default=(), validate_default=True)
    behaviours: tuple[Behaviour, ...] = Field(default=(), validate_default=True, max_length=MOST_STAGES)

    @field_validator("channels")
    @classmethod
    def _with_seeded(cls, value: tuple[Channel, ...]) -> tuple[Channel, ...]:
        _once("channel", [one.key for one in value])
        return tuple({one.key: one for one in (*SEEDED, *value)}.values())

    @field_validator("behaviours")
    @classmethod
    def _with_standard(cls, value: tuple[Behaviour, ...]) -> tuple[Behaviour, ...]:
        _once("behaviour", [one.key for one in value])
        return tuple({one.key: one for one in (*STANDARD, *value)}.values())

    @model_validator(mode="after")
    def _consistent(self) -> JourneyModel:
        _once("stage", [stage.key for stage in self.stages])
        _once("touchpoint", [touchpoint.id for touchpoint in self.touchpoints])
        self._channels_exist()
        self._touchpoints_exist()
        defined = [one.key for one in self.behaviours if one.events]
        for one in self.behaviours:
            for name in one.repeats.of if one.repeats else ():
                if name not in defined:
                    raise UnknownName("behaviour", name, defined)
        return self

    def _channels_exist(self) -> None:
        known = [channel.key for channel in self.channels]
        named = [name for touchpoint in self.touchpoints for name in touchpoint.channels]
        for name in (*named, *(name for rule in self._rules() for name in rule.channel)):
            if name not in known:
                raise UnknownName("channel", name, known)

    def _touchpoints_exist(self) -> None:
        known = {touchpoint.id for touchpoint in self.touchpoints}
        for stage in self.stages:
            for id_ in stage.touchpoints:
                if id_ not in known:
                    unknown = UnknownName("touchpoint", id_, [t.id for t in self.touchpoints])
                    raise BadInput(
                        "touchpoint_used", touchpoint=id_, stages=self.usage(id_),
                        known=unknown.known, try_=unknown.hint,
                    )  # fmt: skip

    def _rules(self) -> Iterable[Rule]:
        for touchpoint in self.touchpoints:
            yield from touchpoint.events
        for stage in self.stages:
            yield from (*stage.entry, *stage.exit)
        for behaviour in self.behaviours:
            yield from behaviour.events

    @classmethod
    def load(cls, value: JourneyModel | dict[str, Any] | str | Path) -> JourneyModel:
        """A model from a model, a dict, YAML text, or the path of a YAML file.

        Raises:
            BadInput: the file does not exist, a key is unknown, something it names does not exist.
        """
        return loaded(cls, value)

    def document(self) -> dict[str, Any]:
        """The model as plain values (JSON), without what every model has; `load` reads it."""
        document = self.model_dump(mode="json", exclude_defaults=True)
        for name, given in (("channels", SEEDED), ("behaviours", STANDARD)):
            plain = [one.model_dump(mode="json", exclude_defaults=True) for one in given]
            own = [one for one in document.pop(name) if one not in plain]
            document |= {name: own} if own else {}
        return document

    def to_yaml(self) -> str:
        """The model as YAML, without what every model has."""
        return yaml.safe_dump(self.document(), sort_keys=False, allow_unicode=True, width=110)

    def usage(self, touchpoint: str) -> tuple[str, ...]:
        """The keys of the stages that use a touchpoint, in order."""
        return tuple(stage.key for stage in self.stages if touchpoint in stage.touchpoints)

    def stage(self, key: str) -> Stage:
        """One stage.

        Raises:
            UnknownName: the model has no such stage.
        """
        found = next((stage for stage in self.stages if stage.key == key), None)
        if found is None:
            raise UnknownName("stage", key, [stage.key for stage in self.stages])
        return found

    def add(self, stage: Stage | dict[str, Any], after: str | None = None) -> JourneyModel:
        """A model with one stage more: behind `after`, or at the end. See `lvtu.core.model.edits`."""
        return edits.add(self, stage, after)

    def rename(self, stage: str, name: Text | dict[str, str] | str) -> JourneyModel:
        """A model in which a stage is called otherwise; its key stays. See `lvtu.core.model.edits`."""
        return edits.rename(self, stage, name)

    def move(self, stage: str, after: str | None = None) -> JourneyModel:
        """A model in which a stage stands behind `after`, or first. See `lvtu.core.model.edits`."""
        return edits.move(self, stage, after)

    def merge(self, *stages: str, key: str | None = None, name: Text | dict[str, str] | str = "") -> JourneyModel:
        """A model in which several stages are one, at the place of the first named. See `lvtu.core.model.edits`."""
        return edits.merge(self, stages, key, name)

    def split(self, stage: str, *parts: Stage | dict[str, Any]) -> JourneyModel:
        """A model in which several stages stand for one. See `lvtu.core.model.edits`."""
        return edits.split(self, stage, parts)

    def lineage(self, key: str) -> tuple[str, ...]:
        """The stages that a key stands for now: the one of that key, and those that it was merged or split into."""
        return tuple(one.key for one in self.stages if key in (one.key, *one.formerly))

    def names(self, column: str) -> dict[str, Text]:
        """What people call the values of ``stage``, ``touchpoint``, ``behaviour`` or ``channel``, by key."""
        if column == "touchpoint":
            return {touchpoint.id: touchpoint.name for touchpoint in self.touchpoints}
        parts: dict[str, Sequence[Stage | Channel | Behaviour]] = {
            "stage": self.stages, "channel": self.channels, "behaviour": self.behaviours,
        }  # fmt: skip
        return {one.key: one.name for one in parts.get(column, ())}


def _once(kind: str, names: Sequence[str]) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise BadInput("twice", of=Term(kind), name=name)
