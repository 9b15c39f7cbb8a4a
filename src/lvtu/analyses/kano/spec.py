"""The question of Kano: which features must be there, which are the better the more, which delight."""

from __future__ import annotations

from typing import ClassVar

from lvtu.analyses.base import Spec


class KanoSpec(Spec):
    """How features are wanted, by pairs of answers: how somebody feels if it is there, and if it is not.

    Answers are events with the properties functional and dysfunctional (like, must_be, neutral, live_with, dislike), as
    surveys make them. Of several pairs of a customer for the same feature the latest counts. Survey weights do not
    count.

    Attributes:
        feature: the property that says which feature it is.
        by: a field or property to break the figures down by.
        since, until: select answers.
    """

    analysis: ClassVar[str] = "kano"

    feature: str = "question"
    by: str | None = None
