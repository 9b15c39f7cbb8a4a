"""Words of who is in which stage: the last row are those in none."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import say


class _StagesNow(Wording):
    def shaped(self, result: Any) -> pa.Table:
        """The last row by name."""
        table = super().shaped(result)
        names = [*table["stage"].to_pylist()[:-1], say("values.no_stage")]
        return table.set_column(table.column_names.index("stage"), "stage", pa.array(names, pa.string()))


WORDING = _StagesNow()
