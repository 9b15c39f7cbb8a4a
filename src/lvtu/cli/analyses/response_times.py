"""``lvtu response_times``: how long until customers are answered, and how often in time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _ResponseTimes(AnalysisCommand):
    example = 'lvtu response-times shop.lvtu --target 4h --hours "mon-fri 09:00-18:00" --by channel'

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who waited."),
            GROUP,
            click.Option(["--in-period"], metavar="TIME", help="With --customers: in the period that starts then."),
            click.Option(
                ["--fate"], metavar="FATE", help="With --customers: whose wait was met, missed, open, untimed."
            ),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(period=more["in_period"], fate=more["fate"], **group_given(more))
        return names


COMMAND = _ResponseTimes()
