"""Words of Kano: the categories by their names, and the coefficients with their intervals."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.kano.result import WORDS
from lvtu.analyses.wording.base import Wording


class _Kano(Wording):
    places = ("category",)
    intervals: ClassVar[dict[str, tuple[str, str]]] = {
        "better": ("better_low", "better_high"), "worse": ("worse_low", "worse_high"),
    }  # fmt: skip
    heads: ClassVar[dict[str, str]] = {"n": "pairs"}

    def shaped(self, result: Any) -> pa.Table:
        """Without categories in which nobody put anything."""
        data = super().shaped(result)
        empty = [name for name in WORDS.values() if not any(result.table[name].to_pylist())]
        return data.drop_columns([name for name in empty if name in data.column_names])


WORDING = _Kano()
