"""Touchpoints: where a customer meets the company, and the events that show it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key, Names, Rules
from lvtu.core.model.text import Words
from lvtu.core.sentences import Term
from lvtu.errors import BadInput

Moment = Literal["none", "commercial", "service"]
"""Whether a moment of truth lies there, and of which kind."""


class Touchpoint(Document):
    """A touchpoint.

    Attributes:
        id: its stable name, which stages and filters use.
        name: what people call it.
        channels: the channels it is met on, for people; which events belong to it is up to `events` alone.
        online: True, False, or None: as the channel of each event says.
        location: the place, of one that is offline.
        owner: the department that answers for it.
        systems: the systems it runs on.
        moment: the kind of moment of truth, ``none`` if it is none.
        events: the rules, any of which an event must fit; none for a touchpoint that nothing records.

    Example:
        >>> Touchpoint(id="checkout", name={"zh": "结算", "en": "Checkout"}, events="Checkout *").name.zh
        '结算'
    """

    called: ClassVar[str] = "touchpoint"

    id: Key
    name: Words
    channels: Names = ()
    online: bool | None = None
    location: Words | None = None
    owner: str | None = None
    systems: Names = ()
    moment: Moment = "none"
    events: Rules = ()

    @model_validator(mode="after")
    def _consistent(self) -> Touchpoint:
        if self.location and self.online is not False:
            raise BadInput("location_online", touchpoint=self.id)
        if any(rule.touchpoints for rule in self.events):
            raise BadInput("rule_names_touchpoints", of=Term("touchpoint"), key=self.id)
        return self
