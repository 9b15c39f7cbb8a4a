"""Words of a segment: its condition."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.whom import group_called
from lvtu.analyses.wording.base import Wording
from lvtu.core.expr import describe, parse
from lvtu.core.words import language


class _Segment(Wording):
    def remarks(self, result: Any) -> list[str]:
        """The condition in words."""
        return [describe(parse(result.spec.condition), language(), result.naming)]

    def in_words(self, result: Any, data: pa.Table) -> pa.Table:
        """The segment by its name, or by its condition in words."""
        names = [group_called(text, language(), result.naming) for text in data["condition"].to_pylist()]
        return data.set_column(data.column_names.index("condition"), "condition", pa.array(names, pa.string()))


WORDING = _Segment()
