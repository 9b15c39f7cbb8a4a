"""``lvtu model-change``: what changing a journey model would move, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.core.words import language, say


class _ModelChange(AnalysisCommand):
    example = "lvtu model-change shop.lvtu journey.yaml"

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who enters a stage; SIDE is before, after, gained or lost."
        return [customers_option("STAGE SIDE", text, nargs=2)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(*customers)
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """The stages; then who would be in another one than before, largest first."""
        import pyarrow as pa

        from lvtu.cli.answers import table_text

        names: dict[Any, str] = {None: say("values.no_stage"), **result.naming.names("stage", language())}
        moves = [row for row in result.moves.to_pylist() if row["before"] != row["after"]]
        moves.sort(key=lambda row: -row["customers"])
        head = say("model_change.moved", moved=f"{result.moved:,}", everyone=f"{result.everyone:,}")
        told = [
            {"from": names[row["before"]], "to": names[row["after"]], "customers": row["customers"]} for row in moves
        ]
        text = f"{head}\n{table_text(pa.Table.from_pylist(told), rows)}" if told else head
        return [*super().parts(result, rows), text]


COMMAND = _ModelChange()
