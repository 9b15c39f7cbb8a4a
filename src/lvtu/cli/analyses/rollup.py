"""``lvtu rollup``: nested journeys: the journeys within stages, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option

if TYPE_CHECKING:
    pass


class _Rollup(AnalysisCommand):
    example = "lvtu rollup shop.lvtu --model shop"

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("PATH", "List who is in a journey or stage: KEY/KEY/….")]

    def parts(self, result: Any, rows: int) -> list[str]:
        """The counts; then the means of the scores, by the place in the journey that they were given at."""
        import pyarrow as pa

        from lvtu.cli.answers import table_text

        parts, scores = super().parts(result, rows), result.scores
        if not scores.num_rows:
            return parts
        names = {"/".join(node.keys): node.breadcrumbs() for node in result.nodes}
        said = pa.array([names[path] for path in scores["path"].to_pylist()], pa.string())
        return [*parts, table_text(scores.set_column(0, "journey", said), rows)]


COMMAND = _Rollup()
