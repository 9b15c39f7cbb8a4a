"""``lvtu servqual``: how good a service is found, by dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _Servqual(AnalysisCommand):
    example = "lvtu servqual shop.lvtu --by touchpoint --points 11 --points 32 --points 22 --points 19 --points 16"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who answered."),
            GROUP,
            click.Option(["--of-dimension"], metavar="DIMENSION", help="With --customers: who is in its figure."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(dimension=more["of_dimension"], **group_given(more))
        return names


COMMAND = _Servqual()
