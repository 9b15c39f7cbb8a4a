"""Stages and steps: the columns of a map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key, Names, Rules
from lvtu.core.model.text import Words
from lvtu.core.model.touchpoints import Moment
from lvtu.core.units import duration, write_duration
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document.details import Amount


def _span(value: Any) -> str:
    return write_duration(duration(value))


Span = Annotated[str, BeforeValidator(_span)]
"""A duration as text, in its shortest form: ``90 minutes`` is kept as ``90m``."""


class Stage(Document):
    """A stretch of the journey with a goal of the customer's; its steps name it.

    Attributes:
        key: its stable name.
        name: what people call it.
        goal: what the customer wants here.
        needs: what the customer needs for it.
        owner: the department that answers for it.
        person: who answers for it; see `Step`.
        guessed: whether it was guessed from the words of a questionnaire, and nobody has confirmed it. It is taken as
            confirmed once somebody edits or moves it, or moves steps into it or out of it.
    """

    called: ClassVar[str] = "stage"

    key: Key
    name: Words
    goal: Words | None = None
    needs: tuple[Words, ...] = ()
    owner: str | None = None
    person: str | None = None
    guessed: bool = False


WORST, BEST = 1.0, 5.0
"""The scale on which a team rates its own service."""


class Assessment(Document):
    """How the team rates its own service at a step.

    Attributes:
        score: from 1 (poor) to 5 (excellent).
        by: who says so.
        on: when it was said.
        note: why.
    """

    called: ClassVar[str] = "assessment"

    score: float = Field(ge=WORST, le=BEST)
    by: str | None = None
    on: dt.date | None = None
    note: str | None = None


class Step(Document):
    """Something the customer does on the way.

    Attributes:
        key: its stable name: everything that is bound to the step holds on to it.
        stage: the stage it belongs to.
        name: what people call it, as the customer would say it.
        expectation: what the customer expects here.
        moment: the kind of moment of truth, ``none`` if it is none.
        entry: the rules, any of which an event must fit to show the step; without any, those of its touchpoints.
        exit: the rules of events that end it.
        touchpoints: ids of the library's touchpoints, where the customer meets the company.
        channels: channels that it is met on, where the touchpoints do not say.
        actors: the roles that take it (`Actor`), where the journey is that of several.
        standard: how long it may take, ``30m``.
        cost: what it costs the company when one customer passes it, ``1.50 EUR``: somebody's estimate.
        owner: the department that answers for it.
        person: who answers for it, by name or e-mail; a person of the workspace is told what becomes of it.
        assessed: how the team rates its own service here.
        child: the id of a map that tells it in detail.

    Example:
        >>> Step(key="pay", stage="buy", name={"zh": "付款", "en": "Pay"}, entry="Order Paid").entry[0].events
        ('Order Paid',)
    """

    called: ClassVar[str] = "step"

    key: Key
    stage: Key
    name: Words
    expectation: Words | None = None
    moment: Moment = "none"
    entry: Rules = ()
    exit: Rules = ()
    touchpoints: Names = ()
    channels: Names = ()
    actors: Names = ()
    standard: Span | None = None
    cost: Amount | None = None
    owner: str | None = None
    person: str | None = None
    assessed: Assessment | None = None
    child: str | None = None


class Actor(Document):
    """Somebody with a part of their own in the journey: who uses, who decides, who buys.

    Attributes:
        key: a stable name, which steps use.
        name: what people call them.
        strategy: how they are to be treated.
        persona: the id of the persona they are.
    """

    called: ClassVar[str] = "actor"

    key: Key
    name: Words
    strategy: Words | None = None
    persona: str | None = None


class Path(Document):
    """A way through the steps.

    Attributes:
        key: a stable name.
        kind: how it is meant.
        name: what people call it.
        steps: in the order they are passed.
        optional: those of them that may be left out.

    Example:
        >>> way = Path(key="plan", kind="happy", name="Plan", steps=("look", "ask", "pay"), optional=("ask",))
        >>> way.only({"look", "pay"}).steps, way.only({"look", "pay"}).optional
        (('look', 'pay'), ())
    """

    called: ClassVar[str] = "path"

    key: Key
    kind: Literal["happy", "unhappy", "exception", "alternative"]
    name: Words
    steps: tuple[Key, ...]
    optional: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _passes_them(self) -> Path:
        for key in self.optional:
            if key not in self.steps:
                raise UnknownName("map_step", key, list(self.steps))
        return self

    def only(self, there: Collection[str]) -> Path:
        """The same way over those of its steps that are among some."""
        steps, optional = (tuple(key for key in some if key in there) for some in (self.steps, self.optional))
        return self.model_copy(update={"steps": steps, "optional": optional})


class Lineage(Document):
    """What became of steps or stages that were split or merged: whatever was bound to the former still finds them.

    Attributes:
        change: what was done.
        part: ``stages`` or ``steps``.
        former: the keys before.
        into: the keys after.
    """

    called: ClassVar[str] = "lineage row"

    change: Literal["split", "merged"]
    part: Literal["stages", "steps"]
    former: tuple[Key, ...]
    into: tuple[Key, ...]

    @model_validator(mode="after")
    def _says_something(self) -> Lineage:
        if not self.former or not self.into:
            raise BadInput("empty_lineage")
        return self
