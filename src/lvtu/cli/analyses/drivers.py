"""``lvtu drivers``: which experiences go with an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.core.words import say


class _Drivers(AnalysisCommand):
    example = "lvtu drivers shop.lvtu --outcome nps --by touchpoint"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_option("DRIVER", "List who scored a driver and counts."),
            click.Option(["--on-scale"], metavar="SCALE", help="With --customers: of the driver on this scale."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers, more.get("on_scale"))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """The drivers; of a yes or no its rate by band of score."""
        from lvtu.analyses.wording import shaped
        from lvtu.cli.answers import table_text

        found = super().parts(result, rows)
        if result.linkage.num_rows:
            found.append(f"{say('drivers.linkage')}\n{table_text(shaped(result.linked()), rows)}")
        return found


COMMAND = _Drivers()
