"""The question of expectations: how far behind them it was, step by step."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.base import Spec, names_in


class ExpectationsSpec(Spec):
    """How far what is perceived lies behind what was expected, by step.

    Answers are events with a score on a scale whose name says its ends, and the property side: perception or
    expectation, as statements of SERVQUAL have it. A pair is a customer's latest answers to both, about the same item,
    at the same place and on the same scale.

    Attributes:
        by: what tells steps apart: touchpoint, stage, a property; all as one if none.
        item: the property that says what was asked about; where an event has none, it is about the step itself.
        weighted: whether survey weights count: those of perceptions.
        since, until: select answers.
    """

    analysis: ClassVar[str] = "expectations"

    by: str | None = None
    item: str = "item"
    weighted: bool = True

    def reads(self) -> set[str]:
        """The fields and properties that are there for certain."""
        return names_in(self.where) | ({self.by} if self.by else set())
