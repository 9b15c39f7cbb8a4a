"""Words of expectations: the gap with its interval in one cell, points with one decimal."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language, say


class _Expectations(Wording):
    heads: ClassVar[dict[str, str]] = {"n": "gap_pairs"}
    only_if_any: ClassVar[dict[str, tuple[str, ...]]] = {"perceived_alone": (), "expected_alone": ()}

    def shaped(self, result: Any) -> pa.Table:
        """What a person needs of it."""
        data, rows = super().shaped(result), result.table.to_pylist()
        told = {"gap": [_gap(row) for row in rows]}
        told |= {side: [None if row[side] is None else f"{row[side]:.1f}" for row in rows]
                 for side in ("perceived", "expected")}  # fmt: skip
        for name, texts in told.items():
            data = data.set_column(data.column_names.index(name), name, pa.array(texts, pa.string()))
        return data.drop_columns(["gap_low", "gap_high", "p_value"])


def _gap(row: dict[str, Any]) -> str | None:
    def signed(value: float) -> str:
        return f"{value:+.1f}".replace("-", "−")

    if row["gap"] is None or row["gap_low"] is None:
        return None if row["gap"] is None else signed(row["gap"])
    more = f"{signed(row['gap_low'])}…{signed(row['gap_high'])}"
    return say("charts.aside", language(), text=signed(row["gap"]), more=more)


WORDING = _Expectations()
