"""What is asked of scores."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lvtu.analyses.base import Condition, Spec
from lvtu.analyses.scores.measures import Name


class ScoresSpec(Spec):
    """How customers rate what they were asked about.

    Attributes:
        event: the events whose scores count, one name or several; None for all.
        event_where: a condition on those events.
        metric: nps (on 0 to 10), csat (the share of the two best answers), ces (the mean on seven points, and the share
            of the three best), stars and mean (means), emotion (the mean as a feeling from -2 to +2), share (of two
            answers the share of the better one, or of yes: on yesno, csat2); or sentiment: how what they said feels,
            from -2 to +2, of every event with a text that says anything.
        scale: the scale of the answers; may be left out where only one fits.
        by: a field or property to break the figures down by.
        period: day, week (from Monday), month, quarter or year of the calendar in `zone`; none if not given.
        zone: the calendar's time zone.
        carry: an answer whose event has no value of `by` counts with the last one that its customer had before.
        weighted: whether survey weights count; otherwise every answer counts as one.
        shrink: a mean is drawn towards that of all answers as if so many of those had been given too; for few answers.
        sent: the events by which somebody is asked for an answer; Survey Sent if not given, where there is such an
            event.
        since, until: select events: answers, and those by which customers are there at all.
    """

    analysis: ClassVar[str] = "scores"

    event: str | tuple[str, ...] | None = None
    event_where: Condition | None = None
    metric: Name = "nps"
    scale: str | None = None
    by: str | None = None
    period: Literal["day", "week", "month", "quarter", "year"] | None = None
    zone: str = "UTC"
    carry: bool = False
    weighted: bool = True
    shrink: int = Field(0, ge=0)
    sent: str | tuple[str, ...] | None = None
