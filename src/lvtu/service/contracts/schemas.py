"""What is said over HTTP about contracts."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.core.contracts import Contract
from lvtu.core.contracts.contract import Mode


class ViolationOf(BaseModel):
    """One way in which arrivals broke a contract.

    Attributes:
        event: their name.
        version: the contract's.
        property: which one was wrong.
        code: how: ``missing``, ``of_type``, ``not_allowed``.
        text: the same in words.
        messages: how many.
        last: when the last one came.
    """

    event: str
    version: int
    property: str
    code: Literal["missing", "of_type", "not_allowed"]
    text: str
    messages: int
    last: str


class ContractOf(BaseModel):
    """A contract.

    Attributes:
        event: the event's name.
        version: the newest; null for one that is only proposed.
        mode: what becomes of what breaks it: ``off``, ``observe``, ``warn``, ``enforce``.
        contract: it.
        yaml: the same as YAML.
        json_schema: the same as JSON Schema, for senders who check before they send.
        broken: how many arrivals broke its newest version.
        violations: how.
        text: how it is held, in words.
    """

    event: str
    version: int | None
    mode: Mode
    contract: Contract
    yaml: str
    json_schema: dict[str, Any]
    broken: int
    violations: list[ViolationOf]
    text: str


class TroubleOf(BaseModel):
    """One way in which events would break a contract.

    Attributes:
        property: which one is wrong.
        code: how: ``missing``, ``of_type``, ``not_allowed``.
        text: the same in words.
        example: one reason in full.
        events: how many.
    """

    property: str
    code: str
    text: str
    example: str
    events: int


class Tried(BaseModel):
    """What a contract would do to the newest events of its name.

    Attributes:
        events: how many were looked at.
        broken: how many break it; by ``enforce``, they would be refused.
        troubles: how, most events first.
    """

    events: int
    broken: int
    troubles: list[TroubleOf]


class SavingContract(BaseModel):
    """A contract to be saved.

    Attributes:
        contract: it, as a document.
        yaml: instead, as YAML.
        version: the one that was changed; null where there was none, or whatever there is.
    """

    model_config = ConfigDict(extra="forbid")

    contract: dict[str, Any] | None = None
    yaml: str | None = Field(default=None, max_length=1_000_000)
    version: int | None = None
