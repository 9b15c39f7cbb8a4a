"""Words of importance: figures with their intervals in one cell, quadrants by their names."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.points.shown import interval
from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language

_FIGURES = ("opportunity", "importance", "satisfaction")


class _Importance(Wording):
    places = ("quadrant",)
    heads: ClassVar[dict[str, str]] = {"importance": "need_importance", "satisfaction": "need_satisfaction"}

    def shaped(self, result: Any) -> pa.Table:
        """What a person needs of it."""
        data, rows = super().shaped(result), result.table.to_pylist()
        for name in _FIGURES:
            told = pa.array([interval(row, name, language()) for row in rows], pa.string())
            data = data.set_column(data.column_names.index(name), name, told)
        return data.drop_columns([f"{name}_{end}" for name in _FIGURES for end in ("low", "high")])


WORDING = _Importance()
