"""``lvtu drift``: how a segment changes: who is in it at the end of each period, who entered, who left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _Drift(AnalysisCommand):
    example = "lvtu drift shop.lvtu VIP --period month"
    bars = ("share", "inside")

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who is 'inside' at the end of the period that starts then, 'entered' or 'exited' in it."
        return [customers_option("TIME CHANGE", text, nargs=2)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(*customers)
        return names


COMMAND = _Drift()
