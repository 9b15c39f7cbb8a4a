"""``lvtu stickiness``: on how many days customers are active."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _Stickiness(AnalysisCommand):
    example = "lvtu stickiness shop.lvtu --since 2026-03-01 --until 2026-04-01"
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_option("NUMBER", "List who was active on so many periods.", type=int),
            click.Option(["--at-least"], is_flag=True, help="With --customers: or more."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers, at_least=more["at_least"])
        return names


COMMAND = _Stickiness()
