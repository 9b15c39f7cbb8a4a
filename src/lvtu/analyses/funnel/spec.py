"""The question "how many get how far, in which order, in what time": every rule on which products differ, by name."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lvtu.analyses.base import Condition, Duration, Spec, names_in
from lvtu.analyses.funnel.rules import RULES, Rules, check_rules, with_rules
from lvtu.core.units import MINUTE
from lvtu.errors import BadInput

MOST_STEPS = 16
"""Steps of a funnel at most; exclusions likewise."""


class Matcher(BaseModel):
    """Which events are meant.

    Attributes:
        event: one name, several names, or none for any event.
        where: a condition on the event.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: str | tuple[str, ...] | None = None
    where: Condition | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The event names; empty for any event."""
        if self.event is None:
            return ()
        return (self.event,) if isinstance(self.event, str) else self.event


class Step(Matcher):
    """One step of a funnel.

    Attributes:
        name: what it is called in the answer; the event's name if not given.
        within: at most this long after the step before.
        optional: may be left out; counted where it happened between its neighbours.
    """

    name: str | None = None
    within: Duration | None = None
    optional: bool = False

    @property
    def title(self) -> str:
        """What the step is called."""
        return self.name or " | ".join(self.names) or "*"


class Exclusion(Matcher):
    """Events that end an attempt when they lie between two steps.

    Attributes:
        after: number of the step after which they matter (1-based).
        before: number of the step before which they do; None for the last.
    """

    after: int = 1
    before: int | None = None


class FunnelSpec(Spec):
    """A funnel.

    Attributes:
        steps: the steps in order; a text is an event name.
        rules: count as another product documents it: ``mixpanel``, ``posthog`` or ``ga4`` set within, entry, order,
            ties and unit, where they are not given.
        within: at most this long from the first step to the last; None for no limit. The end is included.
        entry: which attempt of a unit counts. ``any``: the furthest; ``first``: the one that starts at its first
            event of step 1; ``latest``: at the last; ``each``: attempts one after another, not overlapping.
        order: ``ordered``: other events may lie between; ``strict``: steps follow one another directly;
            ``any``: in any order.
        ties: whether an event at the same time as the step before may fill a step: ``follow`` (in journey order)
            or ``strict`` (it must be later).
        exclude: events that end an attempt.
        hold: properties that must have one and the same value at every step.
        unit: what is counted: ``customers``, ``sessions``, or ``totals`` (attempts; implies entry ``each``).
        session_gap: a longer pause starts a new session.
        by: a field or property to break the counts down by.
        by_step: at which step its value is read (1-based).
        trend: counts per calendar period of the entry: ``day``, ``week``, ``month``.
        zone: the calendar's time zone.
        since, until: select entries; later steps may come after ``until``.
    """

    analysis: ClassVar[str] = "funnel"

    steps: tuple[Step, ...] = Field(min_length=1, max_length=MOST_STEPS)
    rules: Rules | None = None
    within: Duration | None = None
    entry: Literal["any", "first", "latest", "each"] = "any"
    order: Literal["ordered", "strict", "any"] = "ordered"
    ties: Literal["follow", "strict"] = "follow"
    exclude: tuple[Exclusion, ...] = Field(default=(), max_length=MOST_STEPS)
    hold: tuple[str, ...] = ()
    unit: Literal["customers", "sessions", "totals"] = "customers"
    session_gap: Duration = 30 * MINUTE
    by: str | None = None
    by_step: int = Field(default=1, ge=1)
    trend: Literal["day", "week", "month"] | None = None
    zone: str = "UTC"

    @field_validator("steps", mode="before")
    @classmethod
    def _named(cls, steps: Any) -> Any:
        if not isinstance(steps, list | tuple):
            return steps
        return tuple({"event": s} if isinstance(s, str) or s is None else
                     {"event": tuple(s)} if isinstance(s, list | tuple | set) else s for s in steps)  # fmt: skip

    @field_validator("exclude", mode="before")
    @classmethod
    def _excluded(cls, exclude: Any) -> Any:
        given = [exclude] if isinstance(exclude, str | dict) else exclude
        if not isinstance(given, list | tuple):
            return given
        return tuple({"event": x} if isinstance(x, str) else x for x in given)

    @field_validator("hold", mode="before")
    @classmethod
    def _held(cls, hold: Any) -> Any:
        return (hold,) if isinstance(hold, str) else hold

    @model_validator(mode="before")
    @classmethod
    def _settled(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        settled = with_rules(values)
        return {**settled, "entry": "each"} if settled.get("unit") == "totals" else settled

    @model_validator(mode="after")
    def _consistent(self) -> FunnelSpec:
        if self.steps[0].optional or self.steps[-1].optional:
            raise BadInput("optional_ends")
        if self.order != "ordered" and any(step.optional for step in self.steps):
            raise BadInput("optional_order")
        if self.by_step > len(self.steps):
            raise BadInput("by_step_outside", step=self.by_step, steps=len(self.steps))
        for exclusion in self.exclude:
            before = exclusion.before or len(self.steps)
            if not 1 <= exclusion.after < before <= len(self.steps):
                raise BadInput("exclusion_steps", after=exclusion.after, before=before, steps=len(self.steps))
            if self.steps[exclusion.after - 1].optional or self.steps[before - 1].optional:
                raise BadInput("exclusion_optional")
        check_rules(self)
        return self

    def to_json(self) -> dict[str, Any]:
        """As every question; where another product's rules were asked for, each parameter they set is spelled out."""
        said = super().to_json()
        if self.rules:
            said |= self.model_dump(mode="json", include=set(RULES[self.rules]))
        return said

    @property
    def required(self) -> tuple[Step, ...]:
        """The steps that an attempt must fill."""
        return tuple(step for step in self.steps if not step.optional)

    @property
    def before(self) -> list[int]:
        """For each step the required step before it (0-based), which shares and durations refer to."""
        required = [number for number, step in enumerate(self.steps) if not step.optional]
        return [max((r for r in required if r < number), default=0) for number in range(len(self.steps))]

    @property
    def breaks(self) -> list[tuple[int, int]]:
        """For each exclusion the required steps (0-based) after and before which it matters."""
        place = [number for number, step in enumerate(self.steps, 1) if not step.optional]
        return [(place.index(x.after), place.index(x.before or len(self.steps))) for x in self.exclude]

    @property
    def plain(self) -> bool:
        """Whether merging postings answers it: ordered, any entry, one event name per step, customers."""
        return (
            self.order == "ordered"
            and self.entry == "any"
            and self.unit == "customers"
            and not self.exclude
            and not self.hold
            and all(len(step.names) == 1 and not step.optional for step in self.steps)
        )

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        matchers = (*self.steps, *self.exclude)
        wheres = names_in(self.where, *(m.where for m in matchers))
        return wheres | {*self.hold, "time_basis"} | ({self.by} if self.by else set())
