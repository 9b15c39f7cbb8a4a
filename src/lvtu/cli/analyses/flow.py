"""``lvtu flow``: where customers go from a place, or where they come from, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _Flow(AnalysisCommand):
    example = 'lvtu flow shop.lvtu --start "Order Paid" --direction backward --steps 3 --fold'

    def customers_options(self) -> Sequence[click.Option]:
        text = (
            "List who went from one to the other at a step, as JSON names them ('*other', '*left', '*began'); "
            "'*' for any, '' for missing."
        )
        return [customers_option("STEP SOURCE TARGET", text, type=(int, str, str))]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        step, *ends = customers
        names: list[str] = result.customers(step, *(... if end == "*" else end or None for end in ends))
        return names


COMMAND = _Flow()
