"""Words of touchpoint quality: points with their intervals in one cell, and of each part how many there are."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.points.shown import interval
from lvtu.analyses.touchpoint_quality.blends import PARTS
from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language, say


class _TouchpointQuality(Wording):
    def shaped(self, result: Any) -> pa.Table:
        """A cell for each part; parts that nobody asked for and nobody told anything of are left out."""
        data = super().shaped(result)
        rows, lang = data.to_pylist(), language()
        columns: dict[str, Any] = {}
        for name in data.column_names:
            if name == "quality":
                columns[name] = pa.array([interval(row, name, lang) for row in rows], pa.string())
            elif name in PARTS and any(row[f"{name}_n"] for row in rows):
                told = [
                    say("charts.quality.of", lang, points=interval(row, name, lang), n=row[f"{name}_n"])
                    if row[f"{name}_n"] else None
                    for row in rows
                ]  # fmt: skip
                columns[name] = pa.array(told, pa.string())
            elif name.partition("_")[0] not in ("quality", *PARTS):
                columns[name] = data[name]
        return pa.table(columns)


WORDING = _TouchpointQuality()
