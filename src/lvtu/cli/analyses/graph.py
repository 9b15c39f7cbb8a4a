"""``lvtu graph``: what directly follows what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _Graph(AnalysisCommand):
    example = "lvtu graph shop.lvtu --by channel --within 30m"

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("SOURCE TARGET", "List who went from one to the other.", nargs=2)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(*(end or None for end in customers))
        return names


COMMAND = _Graph()
