"""``lvtu funnel``: how many customers get how far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_option, group_given


class _Funnel(AnalysisCommand):
    example = 'lvtu funnel shop.lvtu "Product Viewed" "Order Paid" --within 7d --by channel'
    items = (
        "A STEP is an event's name, * for any event, or JSON: "
        '\'{"event": ["A", "B"], "where": "value > 100", "name": "bought", "within": "1d", "optional": true}\'.'
    )
    bars = ("from_start", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_option("STEP", "List who filled a step.", type=int),
            click.Option(["--lost"], is_flag=True, help="With --customers: whose attempt ended there instead."),
            GROUP,
            click.Option(
                ["--in-period"], metavar="TIME", help="With --customers: of one period of --trend, its start."
            ),
        ]

    def own_options(self) -> Sequence[click.Option]:
        text = (
            "Show how long each step takes since the first, and the share that gets there once all have had their "
            "time (Kaplan–Meier)."
        )
        return [click.Option(["--times"], is_flag=True, help=text)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers, lost=more["lost"], period=more["in_period"], **group_given(more))
        return names


COMMAND = _Funnel()
