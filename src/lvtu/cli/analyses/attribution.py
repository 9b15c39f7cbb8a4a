"""``lvtu attribution``: which touches conversions are credited to, by seven models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option

if TYPE_CHECKING:
    pass


class _Attribution(AnalysisCommand):
    example = 'lvtu attribution shop.lvtu --goal "Order Paid" --model all'
    bars = ("share", "conversions")

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who reached the goal with a touch of a channel; '' for those without any touch."
        return [customers_option("CHANNEL", text)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers or None)
        return names


COMMAND = _Attribution()
