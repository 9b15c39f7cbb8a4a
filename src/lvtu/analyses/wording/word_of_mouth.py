"""Words of word of mouth: figures with their intervals in one cell."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.points.shown import interval
from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language

_POINTS = ("word_of_mouth", "nps")
_MACHINES = ("willing", "said", "lost", *(f"{name}_{end}" for name in _POINTS for end in ("low", "high")))


class _WordOfMouth(Wording):
    intervals: ClassVar[dict[str, tuple[str, str]]] = {
        "positive": ("positive_low", "positive_high"), "conversion": ("conversion_low", "conversion_high"),
    }  # fmt: skip
    only_if_any: ClassVar[dict[str, tuple[str, ...]]] = {"open": ()}
    heads: ClassVar[dict[str, str]] = {"answers": "responses", "open": "still_have_time"}

    def shaped(self, result: Any) -> pa.Table:
        """The index and the recommendation with their intervals."""
        data, rows = super().shaped(result), result.table.to_pylist()
        for name in _POINTS:
            told = pa.array([interval(row, name, language()) for row in rows], pa.string())
            data = data.set_column(data.column_names.index(name), name, told)
        return data.drop_columns(list(_MACHINES))


WORDING = _WordOfMouth()
