"""``lvtu touchpoint_quality``: perception, emotion, effort and operations of touchpoints in one index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _TouchpointQuality(AnalysisCommand):
    example = "lvtu touchpoint_quality shop.lvtu --by touchpoint --failure \"event = 'Payment Failed'\""

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who answered or wrote."),
            GROUP,
            click.Option(["--in-period"], metavar="TIME", help="With --customers: in the period that starts then."),
            click.Option(
                ["--of-part"], metavar="PART",
                help="With --customers: who told their perception, emotion or effort; who met a failure (reliability), "
                "or waited too long (punctuality).",
            ),
        ]  # fmt: skip

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(period=more["in_period"], part=more["of_part"], **group_given(more))
        return names


COMMAND = _TouchpointQuality()
