"""What a named segment is: a condition on customers, or a list of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, ClassVar

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from lvtu.core.documents import Document, loaded
from lvtu.core.expr import parse
from lvtu.core.expr.customers import Did, Events, InSegment, is_of_customers
from lvtu.core.model.text import Words
from lvtu.errors import BadExpression, BadInput

_KEY = re.compile(r"\w(?:[\w .:-]*\w)?")
_NAME = re.compile(r"[\w.:@-]+|'[^']*'|‘[^’]*’|“[^”]*”")


def _key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise BadInput("no_segment_key", key=value)
    return value


Name = Annotated[str, AfterValidator(_key)]
"""What a segment is called in conditions; never translated."""


class Segment(Document):
    """A group of customers with a name: exactly one of `condition`, `customers` and `members` says who is in it.

    Attributes:
        key: its stable name, which stands in conditions: ``in segment 'VIP'``.
        version: given by the workspace at each save.
        title: what people call it; the key if not given.
        description: what it says, in a sentence.
        condition: of customers, or of events, of which a customer must have one. Who is in it changes with the data.
        customers: identifiers, of any kind, as they are given; a workspace keeps `members` instead.
        members: an event of each customer of a list, by its id. It stays the customer's whatever they are called
            later, and is no byte of theirs.
        unknown: identifiers that nobody had when the list was kept.
        shared: identifiers that several customers had.

    Example:
        >>> Segment.load({"key": "VIP", "condition": "did Paid at least 3 times"}).title.en
        'VIP'
    """

    called: ClassVar[str] = "segment"

    key: Name
    version: int | None = None
    title: Words
    description: Words | None = None
    condition: Annotated[str, BeforeValidator(lambda text: str(parse(text)))] | None = None
    customers: tuple[str, ...] | None = None
    members: tuple[int, ...] | None = None
    unknown: int = Field(default=0, ge=0)
    shared: int = Field(default=0, ge=0)

    @model_validator(mode="before")
    @classmethod
    def _titled(cls, value: Any) -> Any:
        key = value.get("key") if isinstance(value, dict) else None
        return {**value, "title": key} if key and value.get("title") is None else value

    @model_validator(mode="after")
    def _defined_once(self) -> Segment:
        given = [name for name in ("condition", "customers", "members") if getattr(self, name) is not None]
        if len(given) != 1:
            raise BadInput("one_segment", key=self.key, known=["condition", "customers"])
        return self

    @classmethod
    def load(cls, value: Segment | dict[str, Any] | str | Path) -> Segment:
        """A segment from a segment, a dict, YAML text, or the path of a YAML file.

        Raises:
            BadInput: the file does not exist, a key is unknown, the parts do not go together.
            BadExpression: the condition cannot be read.
        """
        return loaded(cls, value, ["key", "title", "condition"])

    def to_yaml(self) -> str:
        """The definition as YAML; of a list only how many customers it has."""
        document = self.to_json()
        return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)

    def to_json(self) -> dict[str, Any]:
        """The definition as plain values; of a list ``size`` in the place of its members."""
        document = self.model_dump(mode="json", exclude_defaults=True, exclude={"members"})
        return document if self.members is None else document | {"size": len(self.members)}


def as_condition(text: str) -> str:
    """The condition that a text stands for: it is one itself, or it is the name of a segment.

    Example:
        >>> as_condition("VIP@2"), as_condition("'best customers'"), as_condition("did A")
        ("in segment 'VIP@2'", "in segment 'best customers'", 'did A')
    """
    if not isinstance(text, str):
        raise BadInput("no_condition", value=str(text))
    try:
        return str(parse(text))
    except BadExpression:
        if not _NAME.fullmatch(text.strip()):
            raise
    return str(InSegment(text.strip().strip("'‘’“”")))


def as_segment(text: str) -> str:
    """The condition on customers that a segment means wherever one is chosen: in overviews, boards, lists and counts.

    A segment is a set of customers, with all their events. So a condition on events means those who have such an event:
    what `lvtu.store.journeys.customers.having` makes of it, said in the language.

    Example:
        >>> as_segment("channel = 'web'"), as_segment("VIP")
        ("did .[channel = 'web']", "in segment 'VIP'")
    """
    condition = parse(as_condition(text))
    return str(condition if is_of_customers(condition) else Did(Events(negated=True, where=condition)))
