"""The question of a service's quality: expected and perceived, by dimension."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lvtu.analyses.base import Spec

Points = Annotated[tuple[float, ...], Field(min_length=5, max_length=5)]


class ServqualSpec(Spec):
    """How good a service is found, by the dimensions of SERVQUAL.

    Answers are events with a score on servqual5, 7 or 9 and the properties dimension, item and side (expectation or
    perception), as surveys make them. Of several answers of a customer to the same, the latest counts.

    Attributes:
        by: a field or property to break the figures down by.
        points: 100 points divided among tangibles, reliability, responsiveness, assurance and empathy, by which the
            dimensions are weighted; as respondents themselves divided them, say.
        scale: the scale of the answers; may be left out where there is one.
        weighted: whether survey weights count.
        since, until: select answers.
    """

    analysis: ClassVar[str] = "servqual"

    by: str | None = None
    points: Points | None = None
    scale: str | None = None
    weighted: bool = True
