"""Words of a segment: its condition."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.wording.base import Wording
from lvtu.core.expr import describe, parse
from lvtu.core.words import language


class _Segment(Wording):
    def remarks(self, result: Any) -> list[str]:
        """The condition in words."""
        return [describe(parse(result.spec.condition), language(), result.naming)]


WORDING = _Segment()
