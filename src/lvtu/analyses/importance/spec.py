"""The question of importance beside satisfaction."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.base import Spec, names_in


class ImportanceSpec(Spec):
    """How much needs matter, and how well they are met.

    Answers are events with a score on a scale whose name says its ends, and the property side: importance, or
    satisfaction (perception counts as it). Of several answers of a customer to the same, the latest counts.

    Attributes:
        item: the property that says which need it is.
        by: a field or property to break the figures down by.
        weighted: whether survey weights count.
        since, until: select answers.
    """

    analysis: ClassVar[str] = "importance"

    item: str = "item"
    by: str | None = None
    weighted: bool = True

    def reads(self) -> set[str]:
        """The fields and properties that are there for certain."""
        return names_in(self.where) | ({self.by} if self.by else set())
