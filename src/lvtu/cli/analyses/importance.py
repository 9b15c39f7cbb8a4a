"""``lvtu importance``: how much needs matter, and how well they are met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _Importance(AnalysisCommand):
    example = "lvtu importance shop.lvtu --by channel"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who answered."),
            GROUP,
            click.Option(["--of-need"], metavar="NEED", help="With --customers: about which need."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        need = {} if more["of_need"] is None else {"need": more["of_need"]}
        names: list[str] = result.customers(**need, **group_given(more))
        return names


COMMAND = _Importance()
