"""``lvtu stages``: how many customers reach each stage of a journey model, and how long they stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _Stages(AnalysisCommand):
    example = "lvtu stages shop.lvtu --model shop --since 2026-01-01"
    bars = ("from_start", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        inside = "List who entered a stage; with --now, who is in it, '' for no stage."
        return [
            customers_option("STAGE", inside),
            click.Option(["--lost"], is_flag=True, help="With --customers: who did not enter the next one instead."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers, lost=more["lost"])
        return names

    def own_options(self) -> Sequence[click.Option]:
        text = "Show how many customers are in each stage now, or were at the --moment."
        return [click.Option(["--now"], is_flag=True, help=text)]


COMMAND = _Stages()
