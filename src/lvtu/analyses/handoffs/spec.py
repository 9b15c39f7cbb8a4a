"""The question "when one has done a thing, does the next one take over in time?"."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from lvtu.analyses.base import Duration, Spec, names_in
from lvtu.core.expr.values import column

MOST_PAIRS = 32
"""Pairs of one question at most."""


class Pair(BaseModel):
    """One hand-off.

    Attributes:
        source: the value of `by` that hands over (an event's name, say), or several of them.
        target: the one that takes over.
        within: in this time. The end is included.
        name: what it is called in the answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str | tuple[str, ...] = Field(min_length=1)
    target: str | tuple[str, ...] = Field(min_length=1)
    within: Duration
    name: str | None = None


class HandoffsSpec(Spec):
    """What is handed over, and whether the next one takes over in time.

    Attributes:
        pairs: who hands over to whom and how long that may take: JSON with source, target, within.
        by: what hands over and takes over: ``event``, ``touchpoint``, ``stage``, ``channel``, a property, or ``owner``:
            the department that answers for the event's touchpoint.
        match: ``own``: each source has a target of its own, the earliest that still waits comes first; ``shared``: a
            target takes over from every source of the customer that waits.
        since, until: select what is handed over; it may be taken over after ``until``.
    """

    analysis: ClassVar[str] = "handoffs"

    pairs: tuple[Pair, ...] = Field(min_length=1, max_length=MOST_PAIRS)
    by: str = "event"
    match: Literal["own", "shared"] = "own"

    @field_validator("pairs", mode="before")
    @classmethod
    def _several(cls, pairs: Any) -> Any:
        return (pairs,) if isinstance(pairs, dict) else pairs

    @property
    def column(self) -> str:
        """The column that the sources and targets are values of; departments are known by their touchpoints."""
        return "touchpoint" if column(self.by) == self.by == "owner" else self.by

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | {self.column, "time_basis"}
