"""``lvtu lifecycle``: who is new, stays, comes back or goes quiet, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _Lifecycle(AnalysisCommand):
    example = 'lvtu lifecycle shop.lvtu "Order Paid" --period month'

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("PERIOD STATUS", "List who has a status in a period.", nargs=2)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(*customers)
        return names


COMMAND = _Lifecycle()
