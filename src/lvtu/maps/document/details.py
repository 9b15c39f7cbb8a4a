"""What needs, pains, strengths, opportunities, actions and standards say of themselves beside their text."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from lvtu.core.documents import Document
from lvtu.core.expr import parse
from lvtu.core.model.rules import Names
from lvtu.core.model.text import Words
from lvtu.errors import BadInput

Rung = Literal["stated", "want", "desire", "demand"]
"""How deep a need lies: what people say they need, want for it, long for, and what they would pay for."""

Status = Literal["open", "confirmed", "in_progress", "solved", "dismissed"]
"""How far one is with a pain."""

_AMOUNT = re.compile(r"\s*(?:(?P<code>[A-Za-z]{3})\s*)?(?P<value>\d[\d,]*(?:\.\d+)?)(?:\s*(?P<unit>[A-Za-z]{3}))?\s*")


class Money(Document):
    """An amount of money.

    Attributes:
        value: how much.
        currency: the code of its currency (ISO 4217).

    Example:
        >>> Pain.model_validate({"at_risk": "12,000 cny"}).at_risk
        Money(value=12000.0, currency='CNY')
    """

    called: ClassVar[str] = "amount"

    value: float = Field(ge=0, allow_inf_nan=False)
    currency: str = Field(pattern="^[A-Z]{3}$")

    def __str__(self) -> str:
        return f"{format(Decimal(repr(self.value)), 'f').removesuffix('.0')} {self.currency}"


def _amount(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = _AMOUNT.fullmatch(value)
    code = found and (found["code"] or found["unit"])
    if found is None or code is None:
        raise BadInput("no_amount", given=value)
    return {"value": float(found["value"].replace(",", "")), "currency": code.upper()}


def _condition(value: Any) -> Any:
    return str(parse(value)) if isinstance(value, str) else value


Amount = Annotated[Money, BeforeValidator(_amount)]
"""An amount of money, also as text: ``12000 CNY``."""

Condition = Annotated[str, BeforeValidator(_condition)]
"""A condition in the filter language."""

Tenth = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
Fifth = Annotated[int, Field(ge=1, le=5)]
Many = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Times = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Need(Document):
    """What is said of a need.

    Attributes:
        rung: how deep it lies.
        persona: the key of the persona who has it; None: everybody.
        importance: how much it matters, 0 … 10: somebody's estimate.
        satisfaction: how well it is met, 0 … 10: somebody's estimate.
        item: what answers to it are called in the data, where customers were asked: their answers go before estimates
            (`lvtu.analyses.importance`).
    """

    called: ClassVar[str] = "need"

    rung: Rung | None = None
    persona: str | None = None
    importance: Tenth | None = None
    satisfaction: Tenth | None = None
    item: str | None = None


class Pain(Document):
    """What is said of a pain.

    Attributes:
        status: how far one is with it.
        persona: the key of the persona who has it; None: everybody.
        severity: how bad it is for who meets it, 1 … 5.
        reach: customers who meet it: somebody's estimate.
        frequency: how often each of them does: somebody's estimate.
        at_risk: the money that may be lost by it.
        where: which events show it, where the data know: reach and frequency are counted then.
    """

    called: ClassVar[str] = "pain"

    status: Status = "open"
    persona: str | None = None
    severity: Fifth | None = None
    reach: Many | None = None
    frequency: Times | None = None
    at_risk: Amount | None = None
    where: Condition | None = None


class Gain(Document):
    """What is said of a strength: as of a pain, the other way round.

    Attributes:
        persona: the key of the persona who has it; None: everybody.
        strength: how good it is for who meets it, 1 … 5.
        reach: customers who meet it: somebody's estimate.
        frequency: how often each of them does: somebody's estimate.
        worth: the money that it brings.
        where: which events show it, where the data know: reach and frequency are counted then.
    """

    called: ClassVar[str] = "gain"

    persona: str | None = None
    strength: Fifth | None = None
    reach: Many | None = None
    frequency: Times | None = None
    worth: Amount | None = None
    where: Condition | None = None


class Opportunity(Document):
    """What is said of an opportunity.

    Attributes:
        stems_from: the keys of the cards it stems from: pains, needs, strengths.
        reach: customers it would reach: somebody's estimate.
        impact: how much it would do for each of them; 0.25 a little, 1 well, 3 very much.
        confidence: how sure one is of the rest, 0 … 1.
        effort: what it takes, in months of one person.
        value: what it is worth, 0 … 10.
    """

    called: ClassVar[str] = "opportunity"

    stems_from: Names = ()
    reach: Many | None = None
    impact: Times | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    effort: Positive | None = None
    value: Tenth | None = None


class Action(Document):
    """What is said of an action; who does it stands on its card.

    Attributes:
        stems_from: the keys of the cards it stems from: opportunities, pains.
        expected: what it is expected to change.
        metrics: the keys of the map's questions by which that is seen.
        cost: what it costs.
        due: until when.
    """

    called: ClassVar[str] = "action"

    stems_from: Names = ()
    expected: Words | None = None
    metrics: Names = ()
    cost: Amount | None = None
    due: dt.date | None = None


class Standard(Document):
    """What is said of a service standard; who answers for it, and a photo of how it looks, stand on its card.

    Attributes:
        do: what is done, so that somebody new can do it.
        dont: what is never done.
        version: which version of it holds.
        since: from when on.
        training: what teaches it: the name of a lesson, or an address.
    """

    called: ClassVar[str] = "standard"

    do: Words | None = None
    dont: Words | None = None
    version: str | None = Field(default=None, max_length=40)
    since: dt.date | None = None
    training: str | None = Field(default=None, max_length=500)


Details = Need | Pain | Gain | Opportunity | Action | Standard

DETAILS: dict[str, type[Document]] = {
    "need": Need, "pain": Pain, "gain": Gain, "opportunity": Opportunity, "action": Action,
    "standard": Standard,
}  # fmt: skip
"""By the kind of a card, what else can be said of it."""


def detailed(kind: str, value: Any) -> Any:
    """The details of a card as its kind has them; None where nothing is said.

    Raises:
        BadInput: a card of that kind has none.
        UnknownName: a card of that kind has no such field.

    Example:
        >>> detailed("need", {"importance": 8, "rung": "want"}).rung, detailed("pain", {})
        ('want', None)
    """
    if value is None or value == {}:
        return None
    if kind not in DETAILS:
        raise BadInput("no_details", card=kind, known=list(DETAILS))
    plain = value.model_dump(exclude_unset=True) if isinstance(value, Document) else value
    made = DETAILS[kind].model_validate(plain)
    return made if made.model_dump(exclude_defaults=True) else None
