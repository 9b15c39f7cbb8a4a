"""``lvtu attribution``: which touches conversions are credited to, by seven models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.core.words import say

if TYPE_CHECKING:
    import pyarrow as pa


class _Attribution(AnalysisCommand):
    example = 'lvtu attribution shop.lvtu --goal "Order Paid" --model all'
    bars = ("share", "conversions")
    idle = ("value", ("currency", "value", "value_share", "value_low", "value_high"))

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who reached the goal with a touch of a channel; '' for those without any touch."
        return [customers_option("CHANNEL", text)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers or None)
        return names

    def titles(self, result: Any) -> dict[str, str]:
        """Models side by side have a column each."""
        return {model: say(f"charts.attribution.{model}") for model in result.spec.models}

    def shaped(self, result: Any) -> pa.Table:
        """Goals without a touch by name."""
        import pyarrow.compute as pc

        table = super().shaped(result)
        names = pc.fill_null(table[0], say("charts.attribution.no_touch"))
        return table.set_column(0, table.column_names[0], names)


COMMAND = _Attribution()
