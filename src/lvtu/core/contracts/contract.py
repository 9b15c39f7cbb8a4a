"""What a contract is: a part of JSON Schema for the properties of one event, and what becomes of what breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import yaml
from pydantic import BeforeValidator, Field, model_validator

from lvtu.core.documents import Document, loaded
from lvtu.core.model.text import Words
from lvtu.errors import BadInput

Mode = Literal["off", "observe", "warn", "enforce"]
"""What becomes of an event that breaks its contract; see `Contract.mode`."""

Kind = Literal["string", "number", "integer", "boolean", "object", "array"]
"""The types of JSON Schema, but ``null``: a property that is null is missing."""

Scalar = bool | int | float | str


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Property(Document):
    """One property.

    Attributes:
        type: its type or types; None for any.
        enum: the values that are allowed; None for any.
        description: what it means.
    """

    called: ClassVar[str] = "property"

    type: Annotated[tuple[Kind, ...] | None, BeforeValidator(_several)] = Field(default=None, min_length=1)
    enum: tuple[Scalar, ...] | None = Field(default=None, min_length=1)
    description: str | None = None


class Contract(Document):
    """What the properties of one event must be.

    ``properties`` and ``required`` are JSON Schema's, with its keywords ``type``, ``enum`` and ``description``. A
    property that is null is missing. Properties that the contract does not name may be there. For ``identify`` and
    ``group`` the traits are the properties.

    Attributes:
        event: the event's name.
        version: given by the workspace at each save.
        mode: ``observe``: those that break it are accepted and counted; ``warn``: their sender is told, too;
            ``enforce``: they are set aside with the field and the reason; ``off``: nobody looks.
        description: what it is about.
        properties: name → what it must be.
        required: the names of those that must be there.

    Example:
        >>> contract = Contract.load({"event": "Paid", "properties": {"total": {"type": "number"}}})
        >>> contract.mode, contract.properties["total"].type
        ('observe', ('number',))
    """

    called: ClassVar[str] = "contract"

    event: str = Field(min_length=1)
    version: int | None = None
    mode: Mode = "observe"
    description: Words | None = None
    properties: dict[str, Property] = Field(default_factory=dict)
    required: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Contract:
        for name, wanted in self.properties.items():
            for value in wanted.enum or ():
                if wanted.type is not None and not _fits(value, wanted.type):
                    raise BadInput("enum_of_type", property=name, value=repr(value), types=", ".join(wanted.type))
        return self

    @property
    def key(self) -> str:
        """The event's name: there is one contract for each."""
        return self.event

    @classmethod
    def load(cls, value: Contract | dict[str, Any] | str | Path) -> Contract:
        """A contract from a contract, a dict, YAML text (JSON is YAML), or the path of a YAML file.

        Raises:
            BadInput: the file does not exist, a key is unknown, the parts do not go together.
        """
        return loaded(cls, value)

    def to_yaml(self) -> str:
        """The contract as YAML."""
        document = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of the event's properties, for senders who check before they send.

        Example:
            >>> Contract(event="Paid", properties={"total": Property(type=("number",))}).json_schema()["properties"]
            {'total': {'type': ['number', 'null']}}
        """
        properties = {}
        for name, wanted in self.properties.items():
            given = wanted.model_dump(mode="json", exclude_none=True)
            if name not in self.required:
                given |= {"type": [*wanted.type, "null"]} if wanted.type else {}
                given |= {"enum": [*wanted.enum, None]} if wanted.enum else {}
            properties[name] = given
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.event,
            "type": "object",
            "properties": properties,
            "required": list(self.required),
        }


def _fits(value: Scalar, kinds: tuple[Kind, ...]) -> bool:
    if isinstance(value, bool):
        return "boolean" in kinds
    if isinstance(value, str):
        return "string" in kinds
    return "number" in kinds or ("integer" in kinds and float(value).is_integer())
