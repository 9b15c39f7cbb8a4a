"""``lvtu rfm``: RFM, how lately, how often and for how much customers buy, and the segments made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.core.words import say

if TYPE_CHECKING:
    import pyarrow as pa

_CUTS = {"recency_time": "R", "frequency": "F", "money": "M"}


class _Rfm(AnalysisCommand):
    example = "lvtu rfm shop.lvtu 'Order Paid' --customers champions"
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who is in a segment: champions, loyal, …, as JSON names them."
        return [customers_option("SEGMENT", text)]

    def shaped(self, result: Any) -> pa.Table:
        """Segments by what people call them."""
        import pyarrow as pa

        table = _of_one_currency(super().shaped(result))
        names = pa.array([say(f"charts.rfm.{key}") for key in table["segment"].to_pylist()], pa.string())
        return table.set_column(table.column_names.index("segment"), "segment", names)

    def parts(self, result: Any, rows: int) -> list[str]:
        """The segments; then where the scores are cut."""
        from lvtu.cli.answers import table_text

        cuts = table_text(_of_one_currency(result.cuts), rows, _CUTS)
        return [*super().parts(result, rows), f"{say('rfm.cuts')}\n{cuts}"]


def _of_one_currency(table: pa.Table) -> pa.Table:
    """No column of currencies where there is one."""
    return table if len(table["currency"].unique()) > 1 else table.drop_columns(["currency"])


COMMAND = _Rfm()
