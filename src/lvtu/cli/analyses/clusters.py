"""``lvtu clusters``: groups of customers whose paths look alike, and what sets them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.cli.analyses.variants import numbered
from lvtu.core.words import say

if TYPE_CHECKING:
    import pyarrow as pa


class _Clusters(AnalysisCommand):
    example = "lvtu clusters shop.lvtu --clusters 4"
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("CLUSTER", "List who is in a cluster.")]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(numbered(customers))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """The clusters' sizes; then what each is called, and what sets it apart."""
        from lvtu.analyses.wording import shaped
        from lvtu.cli.answers import result_table

        data = shaped(result)
        if not data.num_rows:
            return super().parts(result, rows)
        return [result_table(result, data.drop_columns(["name", "apart"]), rows), _groups(data)]


def _groups(data: pa.Table) -> str:
    """What each cluster is called, and what sets it apart, below one another."""
    from lvtu.analyses.wording.cells import apart, shown
    from lvtu.cli.tables import filled, terminal

    comma, lines = say("values.and"), []
    for row in data.to_pylist():
        head = f"{row['cluster']:>4}  "
        lines += filled(shown("name", row["name"]), head, terminal())
        lines += filled(comma.join(apart(row["apart"])), " " * (len(head) + 2), terminal())
    return "\n".join(lines)


COMMAND = _Clusters()
