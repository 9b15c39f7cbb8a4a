"""The question of response times: how long until somebody answers, and how often in time."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from lvtu.analyses.base import Condition, Duration, Spec, names_in
from lvtu.analyses.response_times.hours import Hours
from lvtu.core.units import DAY


class ResponseTimesSpec(Spec):
    """How long it takes until customers are answered, and how often that is in time.

    Attributes:
        start: the event with which somebody begins to wait, or several.
        end: the event that answers, or several: First Response, or Ticket Solved for resolution.
        start_where, end_where: conditions on those events.
        match: a property that both have, the number of the ticket, say: the answer is the first one with the same
            value. The customer's next answer, if not given.
        target: the time that is promised; its end is in time.
        hours: only working hours count, for the target too: mon-fri 09:00-18:00, sat 10:00-14:00.
        zone: the time zone of the hours and of the periods.
        holidays: days without work: 2026-10-01.
        by: a field or property to break the figures down by, read at the start.
        period: day, week, month, quarter or year of the start.
        since: select starts.
        until: select starts; nothing from then on is known: who has no answer by then is still waiting.
    """

    analysis: ClassVar[str] = "response_times"

    start: str | tuple[str, ...] = "Ticket Created"
    end: str | tuple[str, ...] = "First Response"
    start_where: Condition | None = None
    end_where: Condition | None = None
    match: str | None = None
    target: Duration = Field(DAY, gt=0)
    hours: str | None = None
    zone: str = "UTC"
    holidays: tuple[str, ...] = ()
    by: str | None = None
    period: Literal["day", "week", "month", "quarter", "year"] | None = None

    @model_validator(mode="after")
    def _readable(self) -> ResponseTimesSpec:
        Hours.of(self.hours or "mon-sun 00:00-24:00", self.zone, self.holidays)
        return self

    @property
    def clock(self) -> Hours | None:
        """The hours that count; None where all do."""
        return None if self.hours is None else Hours.of(self.hours, self.zone, self.holidays)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        more = {name for name in (self.by, self.match) if name}
        return names_in(self.where, self.start_where, self.end_where) | more | {"time_basis"}
