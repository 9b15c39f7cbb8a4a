"""Behaviours: what customers do that a business goes by, defined by events or derived from them."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key, Names, Rule, Rules
from lvtu.core.model.text import Text, Words
from lvtu.core.sentences import Term
from lvtu.core.units import DAY, duration, write_duration
from lvtu.errors import BadInput

Duration = Annotated[int, BeforeValidator(duration), PlainSerializer(write_duration)]
"""Microseconds; read from and written as ``90d``."""


class Repeat(Document):
    """Some behaviour shown several times.

    Attributes:
        of: behaviours; it is enough that one of them was shown so often.
        times: how often.
    """

    called: ClassVar[str] = "repeat"

    of: Names = Field(min_length=1)
    times: int = Field(default=2, ge=2)


class Behaviour(Document):
    """A behaviour: exactly one of `events`, `repeats` and `silent` defines it.

    Attributes:
        key: its stable name.
        name: what people call it.
        events: shown by each event that fits one of the rules.
        repeats: a flag of customers, derived: another behaviour was shown again.
        silent: a flag of customers, derived: no event of any kind for longer than this when the snapshot ends (its
            last event of all customers, or ``until``).
    """

    called: ClassVar[str] = "behaviour"

    key: Key
    name: Words
    events: Rules = ()
    repeats: Repeat | None = None
    silent: Duration | None = None

    @model_validator(mode="after")
    def _defined_once(self) -> Behaviour:
        if bool(self.events) + (self.repeats is not None) + (self.silent is not None) != 1:
            raise BadInput("one_definition", behaviour=self.key, known=["events", "repeats", "silent"])
        if any(rule.touchpoints for rule in self.events):
            raise BadInput("rule_names_touchpoints", of=Term("behaviour"), key=self.key)
        return self


def _standard(key: str, zh: str, en: str, *events: str, **derived: Any) -> Behaviour:
    return Behaviour(key=key, name=Text(zh, en), events=(Rule(events=events),) if events else (), **derived)


STANDARD: tuple[Behaviour, ...] = (
    _standard("viewed", "浏览", "Viewed", "Product Viewed", "Product List Viewed"),
    _standard("ordered", "下单", "Ordered", "Order Completed", "Order Placed"),
    _standard("paid", "支付", "Paid", "Order Paid", "Payment Completed"),
    _standard("repurchased", "复购", "Repurchased", repeats=Repeat(of=("ordered", "paid"))),
    _standard("referred", "推荐", "Referred", "Invite Sent", "Product Shared", "Cart Shared"),
    _standard("complained", "投诉", "Complained", "Complaint *"),
    _standard("refunded", "退款", "Refunded", "Order Refunded"),
    _standard("churned", "流失", "Churned", silent=90 * DAY),
)
"""The behaviours that every model defines unless it says otherwise.

Names come from the Segment spec where it has them. Its ``Order Completed`` is the order; a shop that sends it on
payment says so in its model: ``behaviours: [{key: paid, name: Paid, events: Order Completed}]``.
"""
