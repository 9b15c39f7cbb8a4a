"""``lvtu timing``: how long it takes from one thing to another, or to silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _Timing(AnalysisCommand):
    example = 'lvtu timing shop.lvtu --start "Signed Up" --end "Order Paid" --by channel'
    bars = ("kaplan_meier", "p90_time")

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List to whom it happened."),
            click.Option(["--lost"], is_flag=True, help="With --customers: who is still waiting instead."),
            GROUP,
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(not more["lost"], **group_given(more))
        return names


COMMAND = _Timing()
