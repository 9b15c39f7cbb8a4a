"""``lvtu stages --now``: who is in which stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lvtu.cli.analyses.base import AnalysisCommand
from lvtu.core.words import say

if TYPE_CHECKING:
    import pyarrow as pa


class _StagesNow(AnalysisCommand):
    bars = ("share", "customers")

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers or None)
        return names

    def shaped(self, result: Any) -> pa.Table:
        """The last row is those who are in no stage."""
        import pyarrow as pa

        table = super().shaped(result)
        names = [*table["stage"].to_pylist()[:-1], say("values.no_stage")]
        return table.set_column(table.column_names.index("stage"), "stage", pa.array(names, pa.string()))


COMMAND = _StagesNow()
