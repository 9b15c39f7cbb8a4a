"""``lvtu scores``: how customers rate what they were asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _Scores(AnalysisCommand):
    example = "lvtu scores shop.lvtu --metric nps --by stage"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who answered."),
            GROUP,
            click.Option(["--in-period"], metavar="TIME", help="With --customers: in the period that starts then."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(period=more["in_period"], **group_given(more))
        return names


COMMAND = _Scores()
