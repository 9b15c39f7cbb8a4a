"""``lvtu kano``: how features are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_option, group_given


class _Kano(AnalysisCommand):
    example = "lvtu kano shop.lvtu --by channel"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_option("FEATURE", "List who judged a feature."),
            GROUP,
            click.Option(["--into"], metavar="CATEGORY", help="With --customers: who put it there (must_be, …)."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers, category=more["into"], **group_given(more))
        return names


COMMAND = _Kano()
