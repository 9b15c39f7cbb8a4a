"""Words of drivers: the importance with its interval, which way it goes, and what else people read."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import known

_LEFT_OUT = (
    "r2_part", "johnson", "coefficient_low", "coefficient_high", "odds_low", "odds_high", "correlation", "used", "vif",
)  # fmt: skip


class _Drivers(Wording):
    places = ("driver",)
    intervals: ClassVar[dict[str, tuple[str, str]]] = {"importance": ("low", "high")}
    heads: ClassVar[dict[str, str]] = {"n": "scored_by", "mean": "mean"}

    def shaped(self, result: Any) -> pa.Table:
        """The columns that people read; a machine has the rest."""
        data = super().shaped(result)
        told = [one if one is None else known(f"values.{one}") for one in data["direction"].to_pylist()]
        data = data.set_column(data.column_names.index("direction"), "direction", pa.array(told, pa.string()))
        return data.drop_columns([name for name in _LEFT_OUT if name in data.column_names])


WORDING = _Drivers()
