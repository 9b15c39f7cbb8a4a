"""``lvtu segment``: who fulfils a condition: did something so often, in this order, along this path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_flag


class _Segment(AnalysisCommand):
    example = "lvtu segment shop.lvtu \"did 'Order Paid' at least 2 times in 90 days\" --customers"
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_flag("List who is in it.")]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers()
        return names


COMMAND = _Segment()
