"""``lvtu sessions``: how many visits, how long and how large, where they begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _Sessions(AnalysisCommand):
    example = "lvtu sessions shop.lvtu --session-gap 30m --by channel"
    bars = ("bounce_rate", "bounced")

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who had a session."),
            click.Option(["--bounced"], is_flag=True, help="With --customers: of one event only."),
            click.Option(["--exits"], is_flag=True, help="With --customers: --group is where the session ended."),
            GROUP,
            click.Option(["--in-period"], metavar="TIME", help="With --customers: begun in a period, its start."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(
            period=more["in_period"], bounced=more["bounced"], exits=more["exits"], **group_given(more)
        )
        return names


COMMAND = _Sessions()
