"""A journey map: one document, which every type and style draws."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path as FilePath
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import Field, field_validator, model_validator
from pydantic_core import to_json

from lvtu.catalog.ids import uuid7
from lvtu.core.documents import Document, loaded
from lvtu.core.expr import parse
from lvtu.core.model.rules import Key, ModelName
from lvtu.core.model.text import Text, Words
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document.cards import Card, CurvePoint, Frame, Link, Verdict, Waiver
from lvtu.maps.document.evidence import Binding
from lvtu.maps.document.lanes import Lane
from lvtu.maps.document.steps import Actor, Lineage, Path, Stage, Step
from lvtu.maps.document.votings import Voting
from lvtu.maps.document.whole import checked

FORMAT: Literal["lvtu.map/1"] = "lvtu.map/1"
"""What a map's JSON says it is."""

PARTS = (
    "scenarios", "actors", "stages", "steps", "lanes", "cards", "links", "curve", "paths", "bindings", "frames",
    "waivers", "verdicts", "votings",
)  # fmt: skip
"""The fields of a map that are lists of parts with keys."""


P = TypeVar("P", Stage, Step, Lane, Binding)
Spoken = TypeVar("Spoken", bound=Document)


class Scenario(Document):
    """In which situation the journey is told.

    Attributes:
        key: a stable name.
        who: who travels.
        where: where they are.
        when: when it happens.
        trigger: what makes them set out.
        goal: what they want to have in the end.
    """

    called: ClassVar[str] = "scenario"

    key: Key
    who: Words
    where: Words | None = None
    when: Words | None = None
    trigger: Words | None = None
    goal: Words | None = None


class Parent(Document):
    """The step of another map that a map tells in detail.

    Attributes:
        map: the id of the map.
        step: the key of its step.
    """

    called: ClassVar[str] = "parent"

    map: str
    step: Key


class JourneyMap(Document):
    """A journey map. Type and style are ways of drawing it, not properties of it.

    Attributes:
        format: always `FORMAT`.
        id: it, among all maps (UUIDv7).
        title: what people call it.
        goal: what the customer wants to have in the end.
        state: how the journey is, or how it is meant to be.
        status: how far the map is.
        owner: the department that answers for it, or who does.
        person: who answers for it; see `Step`. They are told of what nobody else in the map answers for.
        departments: what departments are called in both languages, where that differs; an ``owner`` is named by either.
        systems: what systems are called, likewise; a card's ``system`` is named by either.
        tags: by which it is found.
        begins, ends: where it begins and ends.
        model: the key of the journey model whose stages it shows, if it shows those of one.
        where: whom it is about: a condition in the filter language. None: everybody.
        since, until: when it happened, ISO-8601. None: ever.
        parent: the step of another map that it tells in detail.
        pair: the id of the map of the journey as it is, where it tells how that is to be.
        personas: ids of the personas it is about.
        scenarios: in which situations it is told.
        actors: the roles that take its steps, where it is the journey of several.
        stages: in order.
        steps: in order, those of a stage together.
        lanes: from top to bottom.
        cards: in the order they stand in their cells.
        links: how cards lead to each other.
        curve: what people estimate that customers feel.
        paths: ways through the steps.
        bindings: the questions whose answers fill cells.
        frames: the parts that are shown one by one when it is presented.
        waivers: findings of the blueprint's checks that were accepted.
        verdicts: what was decided about steps that were proposed as moments of truth.
        votings: what people chose among the cards, in the order in which they did.
        lineage: what was split and merged, in the order it was.

    Example:
        >>> drawn = JourneyMap.load('''
        ... title: {zh: 网购, en: Shopping}
        ... stages: [{key: buy, name: {zh: 购买, en: Buy}}]
        ... steps: [{key: pay, stage: buy, name: {zh: 付款, en: Pay}, entry: Order Paid}]
        ... lanes: [{key: said, role: thoughts, label: {zh: 想法, en: Thoughts}}]
        ... cards: [{key: c1, lane: said, step: pay, text: 又要排队？}]
        ... ''')
        >>> [card.text.zh for card in drawn.cell("said", "pay")], JourneyMap.load(drawn.to_json()) == drawn
        (['又要排队？'], True)
    """

    called: ClassVar[str] = "map"

    format: Literal["lvtu.map/1"] = FORMAT
    id: str = Field(default_factory=uuid7, json_schema_extra={"pattern": "^[A-Za-z0-9_-]{1,64}$"})
    title: Words
    goal: Words | None = None
    state: Literal["as_is", "to_be"] = "as_is"
    status: Literal["draft", "in_research", "live", "archived"] = "draft"
    owner: str | None = None
    person: str | None = None
    departments: tuple[Words, ...] = ()
    systems: tuple[Words, ...] = ()
    tags: tuple[str, ...] = ()
    begins: Words | None = None
    ends: Words | None = None
    model: ModelName | None = None
    where: str | None = None
    since: str | None = None
    until: str | None = None
    parent: Parent | None = None
    pair: str | None = None
    personas: tuple[str, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    actors: tuple[Actor, ...] = ()
    stages: tuple[Stage, ...] = ()
    steps: tuple[Step, ...] = ()
    lanes: tuple[Lane, ...] = ()
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    paths: tuple[Path, ...] = ()
    bindings: tuple[Binding, ...] = ()
    frames: tuple[Frame, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    votings: tuple[Voting, ...] = ()
    lineage: tuple[Lineage, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_this_version(cls, value: Any) -> Any:
        """A later format is told before what else is odd about the map: its keys are none that could be known here."""
        given = value.get("format") if isinstance(value, dict) else None
        if given != FORMAT and isinstance(given, str) and given.startswith(FORMAT.rpartition("/")[0] + "/"):
            raise BadInput("map_of_later_format", given=given, format=FORMAT)
        return value

    @field_validator("state", "status", mode="before")
    @classmethod
    def _as_people_write(cls, value: Any) -> Any:
        return value.replace("-", "_") if isinstance(value, str) else value

    @field_validator("where")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        return None if value is None else str(parse(value))

    @model_validator(mode="after")
    def _whole(self) -> JourneyMap:
        checked(self)
        return self

    @classmethod
    def load(cls, value: JourneyMap | dict[str, Any] | str | FilePath) -> JourneyMap:
        """A map from a map, a dict, JSON or YAML text, or the path of a file of either.

        Raises:
            BadInput: the file does not exist, a key is unknown, something it names does not exist.
        """
        if isinstance(value, str) and value.lstrip().startswith("{"):
            with suppress(ValueError):  # reading JSON as YAML takes a hundred times as long
                value = json.loads(value)
        return loaded(cls, value)

    def document(self) -> dict[str, Any]:
        """The map as plain values, without what is as it is where nothing was said; `load` reads it."""
        document = self.model_dump(mode="json", exclude_defaults=True)
        return {"format": self.format, "id": self.id, **document}

    def to_json(self) -> str:
        """The map as JSON: nothing is lost."""
        return to_json(self.document(), indent=1).decode()

    def spoken(self, lang: Lang) -> JourneyMap:
        """The map with its departments and systems called as in a language: for who reads it, not to be kept.

        Example:
            >>> shop = JourneyMap.load({
            ...     "title": "Shop", "owner": "门店", "departments": [{"zh": "门店", "en": "Store"}],
            ...     "stages": [
            ...         {"key": "buy", "name": "Buy", "owner": "Store"}, {"key": "use", "name": "Use", "owner": "IT"},
            ...     ],
            ... })
            >>> english = shop.spoken("en")
            >>> english.owner, [stage.owner for stage in english.stages], shop.spoken("zh").stages[0].owner
            ('Store', ['Store', 'IT'], '门店')
        """
        if not self.departments and not self.systems:
            return self
        known = {"owner": _names(self.departments), "system": _names(self.systems)}

        def told(part: Spoken) -> Spoken:
            said = {field: (getattr(part, field, None), names) for field, names in known.items()}
            new = {field: names[was].get(lang) for field, (was, names) in said.items() if was in names}
            return part.model_copy(update=new) if new else part

        parts = {
            name: tuple(told(one) for one in getattr(self, name)) for name in ("stages", "steps", "lanes", "cards")
        }
        return told(self).model_copy(update=parts)

    def department(self, name: str | None) -> Text | None:
        """What a department that a part names is called in both languages; one that nobody named in two, as it is.

        Example:
            >>> shop = JourneyMap.load({"title": "Shop", "departments": [{"zh": "门店", "en": "Store"}]})
            >>> shop.department("门店"), shop.department("IT").get("zh"), shop.department(None)
            (Text(zh='门店', en='Store'), 'IT', None)
        """
        return None if name is None else _names(self.departments).get(name, Text(name, name))

    def system(self, name: str | None) -> Text | None:
        """What a system that a card names is called in both languages, likewise."""
        return None if name is None else _names(self.systems).get(name, Text(name, name))

    def step(self, key: str) -> Step:
        """One step.

        Raises:
            UnknownName: the map has no such step.
        """
        return _one("map_step", self.steps, key)

    def stage(self, key: str) -> Stage:
        """One stage.

        Raises:
            UnknownName: the map has no such stage.
        """
        return _one("stage", self.stages, key)

    def lane(self, key: str) -> Lane:
        """One lane.

        Raises:
            UnknownName: the map has no such lane.
        """
        return _one("lane", self.lanes, key)

    def binding(self, key: str) -> Binding:
        """One binding.

        Raises:
            UnknownName: the map has no such binding.
        """
        return _one("binding", self.bindings, key)

    def steps_of(self, stage: str) -> tuple[Step, ...]:
        """The steps of a stage, in order."""
        return tuple(step for step in self.steps if step.stage == stage)

    @property
    def in_turns(self) -> bool:
        """Whether what shows the first stage shows later steps, too, each at its own turn: none comes to it again."""
        shown = [(step.stage, step.entry or step.touchpoints) for step in self.steps]
        first = [rules for stage, rules in shown if stage == self.stages[0].key] if self.stages else []
        later = [rules for stage, rules in shown if stage != self.stages[0].key] if self.stages else []
        return bool(first) and all(rules and rules in later for rules in first)

    def cell(self, lane: str, step: str) -> tuple[Card, ...]:
        """The cards that begin in a cell, in order."""
        return tuple(card for card in self.cards if card.lane == lane and card.step == step)

    def bound(self, lane: str, step: str) -> Binding | None:
        """The question that fills a cell: its own, else that of its lane; None where none does."""
        here = [one for one in self.bindings if one.lane == lane and one.step in (None, step)]
        return next((one for one in here if one.step is not None), here[0] if here else None)

    def spanned(self, card: Card) -> tuple[str, ...]:
        """The keys of the steps that a card stands over, in order."""
        if card.until is None:
            return (card.step,)
        keys = [step.key for step in self.steps]
        first = keys.index(card.step)
        return tuple(keys[first : keys.index(card.until) + 1])

    def now(self, key: str, part: Literal["stages", "steps"] = "steps") -> tuple[str, ...]:
        """The keys that a step (or stage) of a former version goes by now: itself, or what it was split or merged into.

        Args:
            key: its key then.
            part: what it is.

        Returns:
            Nothing where it was taken away.
        """
        found: tuple[str, ...] = (key,)
        for row in self.lineage:
            if row.part == part and any(one in row.former for one in found):
                kept = [one for one in found if one not in row.former]
                found = tuple(dict.fromkeys((*kept, *row.into)))
        there = {one.key for one in getattr(self, part)}
        return tuple(one for one in found if one in there)


def _names(some: Iterable[Text]) -> dict[str, Text]:
    """What is called in two languages, by either name."""
    return {name: one for one in some for name in (one.zh, one.en)}


def _one(kind: str, parts: Iterable[P], key: str) -> P:
    known = []
    for part in parts:
        if part.key == key:
            return part
        known.append(part.key)
    raise UnknownName(kind, key, known)
