"""The question of touchpoint quality: what is blended, where, and by which weights."""

from __future__ import annotations

import math
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lvtu.analyses.base import Condition, Duration, Spec, names_in
from lvtu.analyses.response_times.spec import ResponseTimesSpec
from lvtu.analyses.touchpoint_quality.blends import BLENDS, STANDARD, WEIGHED, Blend
from lvtu.core.units import MINUTE
from lvtu.errors import BadInput, UnknownName

Points = Annotated[tuple[float, ...], Field(min_length=len(WEIGHED), max_length=len(WEIGHED))]


class Standard(BaseModel):
    """How long something may take.

    Attributes:
        start: the event with which somebody begins to wait, or several.
        end: the event that ends it, or several.
        within: in this time; its end is in time.
        match: a property that both have, the number of the ticket, say; the customer's next such event if not given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: str | tuple[str, ...] = Field(min_length=1)
    end: str | tuple[str, ...] = Field(min_length=1)
    within: Duration = Field(gt=0)
    match: str | None = None


class TouchpointQualitySpec(Spec):
    """How good touchpoints are, from 0 to 100: perception, emotion, effort and operations in one index.

    Attributes:
        by: touchpoint, stage, channel, a property; one figure for everything if none.
        period: day, week (from Monday), month, quarter or year of the calendar in `zone`; none if not given.
        zone: the calendar's time zone.
        failure: true of events that show that something went wrong: event = 'Payment Failed'. Counted are passes: a
            customer's events at a place without a break longer than `session_gap`.
        session_gap: the longest break within a pass.
        standards: how long something may take: JSON with start, end, within, and match.
        blend: the name and the version of the weights; with `points` a name of your own.
        points: 100 points divided among perception, emotion, effort and operations; those of the blend if not given.
        least: with fewer answers, texts, passes or waits a part is left out.
        weighted: whether survey weights count.
        since, until: select events: answers, texts, passes, starts of waits.
    """

    analysis: ClassVar[str] = "touchpoint_quality"

    by: str | None = None
    period: Literal["day", "week", "month", "quarter", "year"] | None = None
    zone: str = "UTC"
    failure: Condition | None = None
    session_gap: Duration = Field(30 * MINUTE, gt=0)
    standards: tuple[Standard, ...] = Field((), max_length=16)
    blend: str = Field(STANDARD, min_length=1)
    points: Points | None = None
    least: int = Field(5, ge=1)
    weighted: bool = True

    @field_validator("standards", mode="before")
    @classmethod
    def _several(cls, standards: Any) -> Any:
        return (standards,) if isinstance(standards, dict) else standards

    @model_validator(mode="after")
    def _weighed(self) -> TouchpointQualitySpec:
        if self.points is not None and (min(self.points) < 0 or not math.isclose(sum(self.points), 100)):
            raise BadInput("quality_points", points=f"{sum(self.points):g}")
        if self.points is not None and self.blend in BLENDS and self.points != BLENDS[self.blend].points:
            raise BadInput("blend_taken", blend=self.blend)
        return self

    @property
    def weights(self) -> Blend:
        """The blend.

        Raises:
            UnknownName: there is none of this name, and no points.
        """
        if self.points is not None:
            perception, emotion, effort, operations = self.points
            return Blend(self.blend, (perception, emotion, effort, operations))
        if self.blend not in BLENDS:
            raise UnknownName("blend", self.blend, list(BLENDS))
        return BLENDS[self.blend]

    def to_json(self) -> dict[str, Any]:
        """The question as JSON; it always says its blend, so that one that is saved goes on meaning the same."""
        return {**super().to_json(), "blend": self.blend}

    def waits(self) -> list[ResponseTimesSpec]:
        """Each standard as a question of response times, by the same places and periods."""
        shared = {name: getattr(self, name) for name in ("by", "period", "zone", "where", "since", "until", "model")}
        return [
            ResponseTimesSpec(start=one.start, end=one.end, match=one.match, target=one.within, **shared)
            for one in self.standards
        ]

    def reads(self) -> set[str]:
        """The fields and properties that its conditions, its places and its standards read."""
        more = {name for name in (self.by, *(one.match for one in self.standards)) if name}
        return names_in(self.where, self.failure) | more | ({"time_basis"} if self.standards else set())
