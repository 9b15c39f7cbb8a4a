"""Words of an outcome by band of score: what the bands are called, the rate with its interval."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import say


class _Linked(Wording):
    places = ("driver",)
    intervals: ClassVar[dict[str, tuple[str, str]]] = {"rate": ("low", "high")}

    def shaped(self, result: Any) -> pa.Table:
        """The bands by name."""
        data = super().shaped(result)
        told = [say(f"values.band_{one}") for one in data["band"].to_pylist()]
        return data.set_column(data.column_names.index("band"), "band", pa.array(told, pa.string()))


WORDING = _Linked()
