"""``lvtu scorecard``: how attributes are found, by ratings and by what is read in texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_flag, group_given


class _Scorecard(AnalysisCommand):
    example = (
        """lvtu scorecard shop.lvtu --by touchpoint --attributes '{"name": "speed", "topics": ["service.waiting"]}'"""
    )

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_flag("List who told."),
            GROUP,
            click.Option(["--of-attribute"], metavar="ATTRIBUTE", help="With --customers: who told of it."),
            click.Option(["--from-source"], metavar="SOURCE", help="With --customers: answers or texts."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        given = {"attribute": more["of_attribute"], "source": more["from_source"]}
        names: list[str] = result.customers(**given, **group_given(more))
        return names


COMMAND = _Scorecard()
