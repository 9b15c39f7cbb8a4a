"""``lvtu trend``: events, customers and money per period."""

from __future__ import annotations

from collections.abc import Sequence

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_option


class _Trend(AnalysisCommand):
    example = 'lvtu trend shop.lvtu "Order Paid" --period week --by channel'

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("TIME", "List who is in the period that starts then."), GROUP]


COMMAND = _Trend()
