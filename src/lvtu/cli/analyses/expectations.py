"""``lvtu expectations``: how far what is perceived lies behind what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _Expectations(AnalysisCommand):
    example = "lvtu expectations shop.lvtu --by touchpoint"

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_flag("List who answered both sides."), GROUP]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(**group_given(more))
        return names


COMMAND = _Expectations()
