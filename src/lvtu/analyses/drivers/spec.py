"""The question of drivers: which experiences go with an outcome."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lvtu.analyses.base import Condition, Duration, Spec


class DriversSpec(Spec):
    """Which experiences go with an outcome.

    Attributes:
        outcome: an event whose score is the outcome, or a scale (nps); or what customers did or did not do: a condition
            (did Purchased at least 2 times), a segment, an event without scores.
            What customers did counts as far as they did it after the last of their scores.
        outcome_where: only the outcome's events for which this is true.
        within: of a yes or no, so long after the last of their scores it counts. Scores with less time behind them are
            left out, so that everybody has had the same. The end is included.
        by: what a driver is: event, touchpoint, stage, channel, or a property; on each scale one of its own.
        drivers: only these values of by; all that were scored if not given.
        take: of several scores of a customer for one driver, the latest or their mean.
        skipped: what becomes of customers who skipped a driver. indicator: they count, and having used it is part of
            the driver; complete: only customers who scored every driver count; pairwise: each correlation is of those
            who scored both.
        weighted: whether survey weights count.
        since, until: select events.
    """

    analysis: ClassVar[str] = "drivers"

    outcome: str = Field(min_length=1)
    outcome_where: Condition | None = None
    within: Duration | None = None
    by: str = "event"
    drivers: tuple[str, ...] | None = Field(default=None, min_length=1)
    take: Literal["latest", "mean"] = "latest"
    skipped: Literal["indicator", "complete", "pairwise"] = "indicator"
    weighted: bool = True
