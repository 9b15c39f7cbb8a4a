"""``lvtu maxdiff``: which options matter most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_option, group_given


class _Maxdiff(AnalysisCommand):
    example = "lvtu maxdiff shop.lvtu --by channel"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_option("OPTION", "List who chose among sets with an option."),
            GROUP,
            click.Option(["--chose"], type=click.Choice(["best", "worst"]), help="With --customers: as which end."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers, chose=more["chose"], **group_given(more))
        return names


COMMAND = _Maxdiff()
