"""Words of RFM: segments by what people call them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import say


class _Rfm(Wording):
    def shaped(self, result: Any) -> pa.Table:
        """Segments by name."""
        table = of_one_currency(super().shaped(result))
        names = pa.array([say(f"charts.rfm.{key}") for key in table["segment"].to_pylist()], pa.string())
        return table.set_column(table.column_names.index("segment"), "segment", names)


def of_one_currency(table: pa.Table) -> pa.Table:
    """No column of currencies where there is one."""
    return table if len(table["currency"].unique()) > 1 else table.drop_columns(["currency"])


WORDING = _Rfm()
