"""The question of MaxDiff: which of several things matter most."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.base import Spec


class MaxdiffSpec(Spec):
    """Which options matter most, by which of a few was chosen as the best and which as the worst, again and again.

    Answers are events with the properties shown (a list), best and worst, as surveys make them. Every set counts that a
    customer answered; intervals are over customers, for the choices of one hang together. Survey weights do not count.

    Attributes:
        asked: the property that says which question it is: options of different ones are not compared.
        by: a field or property to break the figures down by.
        since, until: select answers.
    """

    analysis: ClassVar[str] = "maxdiff"

    asked: str = "question"
    by: str | None = None
