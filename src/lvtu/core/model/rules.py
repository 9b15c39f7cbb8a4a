"""Rules: which events show a touchpoint, a behaviour, or the way into a stage."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, field_validator, model_validator

from lvtu.core.documents import Document
from lvtu.core.expr import parse
from lvtu.core.expr.customers import SegmentName
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.errors import BadInput

_KEY = re.compile(r"\w[\w.-]*")


def _key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise BadInput("no_key", key=value)
    return value


Key = Annotated[str, AfterValidator(_key)]
"""A stable name, never translated."""


def _model_name(value: str) -> str:
    key, at, version = value.partition("@")
    if at and not version.isdigit():
        raise BadInput("version_named", name=value, model=key)
    return _key(key) + (f"@{int(version)}" if at else "")


ModelName = Annotated[str, AfterValidator(_model_name)]
"""A model's key, alone or with a version: ``shop@3``."""


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_several)]
"""Several names; one may stand alone."""


class Rule(Document):
    """A rule fits an event when everything it says is true of the event.

    Attributes:
        events: names, any of which will do; ``*`` stands for any text (``Order *``). Case counts. None: any event.
        touchpoints: ids of touchpoints, any of which will do (in stages only).
        channel: channels, any of which will do.
        where: a condition in the filter language on the record's fields and the properties.

    Example:
        >>> Rule(events="Order *", channel="store").names(["Order Paid", "Order Seen", "Reorder Paid"])
        ['Order Paid', 'Order Seen']
    """

    called: ClassVar[str] = "rule"

    events: Names = ()
    touchpoints: Names = ()
    channel: Names = ()
    where: str | None = None

    @field_validator("where")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        if value is None:
            return None
        condition = parse(value)
        if circular := sorted(condition.names & MODEL_FIELDS):
            raise BadInput("circular_rule", name=circular[0])
        if any(isinstance(name, SegmentName) for name in condition.names):
            raise BadInput("segment_in_rule")
        return str(condition)

    @model_validator(mode="after")
    def _says_something(self) -> Rule:
        if not (self.events or self.touchpoints or self.channel or self.where):
            raise BadInput("empty_rule")
        return self

    @property
    def plain(self) -> bool:
        """Whether the event's name alone decides."""
        return not (self.touchpoints or self.channel or self.where)

    @property
    def reads(self) -> frozenset[str]:
        """The fields and properties it reads besides ``event``."""
        named = parse(self.where).names if self.where else frozenset()
        return named | ({"channel"} if self.channel else frozenset())

    def names(self, known: Any) -> list[str]:
        """Those of some event names that fit."""
        if not self.events:
            return list(known)
        plain = {name for name in self.events if "*" not in name}
        patterns = [re.compile(".*".join(map(re.escape, name.split("*"))), re.DOTALL)
                    for name in self.events if name not in plain]  # fmt: skip
        return [name for name in known if name in plain or any(pattern.fullmatch(name) for pattern in patterns)]


def _rules(value: Any) -> Any:
    if isinstance(value, str | dict | Rule):
        value = (value,)
    if not isinstance(value, list | tuple):
        return value
    return tuple({"events": (one,)} if isinstance(one, str) else one for one in value)


Rules = Annotated[tuple[Rule, ...], BeforeValidator(_rules)]
"""Rules, any of which may fit; a text is an event's name or pattern, one rule may stand alone."""
