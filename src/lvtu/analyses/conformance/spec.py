"""The question "do customers keep to the order that we designed?"."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lvtu.analyses.base import Duration, Spec, names_in
from lvtu.errors import BadInput

MOST_STEPS = 40
"""Steps of a design at most: alignments take time and room by them."""


class Planned(BaseModel):
    """One step of a design.

    Attributes:
        place: the value of `by` that shows it (an event's name, say), or several of them.
        name: what it is called in the answer; the place if not given.
        within: its time: at most this long after the step done before it. The end is included.
        optional: may be left out.
        repeatable: may be done several times in a row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str | tuple[str, ...] = Field(min_length=1)
    name: str | None = None
    within: Duration | None = None
    optional: bool = False
    repeatable: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """The values that show it."""
        return (self.place,) if isinstance(self.place, str) else self.place

    @property
    def title(self) -> str:
        """What the step is called."""
        return self.name or " | ".join(self.places)


class ConformanceSpec(Spec):
    """Customers' paths beside a designed order of steps.

    Attributes:
        order: the steps as designed; a text is a place. If not given, the stages of the journey model, each of which
            may have several events in a row.
        by: what a place is: ``event``, ``touchpoint``, ``stage``, ``channel``, or a property.
        fold: take a run of one place as one (its first event).
        since, until: select events.
    """

    analysis: ClassVar[str] = "conformance"

    order: tuple[Planned, ...] = Field(default=(), max_length=MOST_STEPS)
    by: str = "event"
    fold: bool = False

    @model_validator(mode="before")
    @classmethod
    def _of_stages(cls, values: Any) -> Any:
        return values if not isinstance(values, dict) or values.get("order") else {"by": "stage"} | values

    @field_validator("order", mode="before")
    @classmethod
    def _named(cls, order: Any) -> Any:
        if not isinstance(order, list | tuple):
            return order
        return tuple({"place": s} if isinstance(s, str) else {"place": tuple(s)} if isinstance(s, list | tuple) else s
                     for s in order)  # fmt: skip

    @model_validator(mode="after")
    def _consistent(self) -> ConformanceSpec:
        if not self.order and self.by != "stage":
            raise BadInput("no_order", by=self.by)
        if self.order and self.order[0].within is not None:
            raise BadInput("first_within", step=self.order[0].title)
        return self

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | {self.by, "time_basis"}
