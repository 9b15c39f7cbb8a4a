"""Words of a comparison: a column for each of the two."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.whom import group_called
from lvtu.analyses.wording.base import Wording
from lvtu.analyses.wording.cells import heading
from lvtu.analyses.wording.steps import Steps
from lvtu.core.words import language, say


class Sides(Wording):
    """The words of an answer about two segments."""

    def titles(self, result: Any) -> dict[str, str]:
        """Each column with the segment that it is of."""
        return {
            f"{name}_{side}": say(
                "charts.aside", text=heading(name), more=group_called(segment, language(), result.naming)
            )
            for side, segment in zip("ab", result.segments, strict=True)
            for name in ("customers", "from_start", "share")
        }


class _Compare(Sides, Steps):
    """Both, of funnels."""


WORDING = _Compare()
