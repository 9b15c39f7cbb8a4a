"""``lvtu word_of_mouth``: who would recommend, what is said, and who did recommend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _WordOfMouth(AnalysisCommand):
    example = "lvtu word_of_mouth shop.lvtu --by stage --within 30d"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who answered or wrote."),
            GROUP,
            click.Option(
                ["--who"], metavar="WHO",
                help="With --customers: promoters, detractors, positive, negative, referrers, converted, lost or open.",
            ),
        ]  # fmt: skip

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(who=more["who"], **group_given(more))
        return names


COMMAND = _WordOfMouth()
