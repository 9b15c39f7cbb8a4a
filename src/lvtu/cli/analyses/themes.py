"""``lvtu themes``: what customers talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import GROUP, AnalysisCommand, customers_option, group_given
from lvtu.core.words import say


class _Themes(AnalysisCommand):
    example = "lvtu themes shop.lvtu --by touchpoint"

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_option("THEME", "List who speaks of a theme; '' for comments without any."),
            GROUP,
            click.Option(["--in-period"], metavar="TIME", help="With --customers: in the period that starts then."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers or None, period=more.get("in_period"), **group_given(more))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """The themes; what changed; and what people wrote."""
        from lvtu.analyses.wording.themes import WORDING
        from lvtu.cli.answers import table_text

        found = super().parts(result, rows)
        if result.changes.num_rows:
            found.append(f"{say('themes.changes')}\n{table_text(WORDING.changes(result), rows)}")
        if quoted := _quoted(result, rows):
            found.append(f"{say('themes.quotes')}\n{quoted}")
        return found


def _quoted(result: Any, rows: int) -> str:
    """The quotes of the first themes, each with who wrote it and when."""
    from lvtu.cli.tables import filled, terminal

    lines: list[str] = []
    for row in result.themes.to_pylist()[:rows]:
        if row["quotes"]:
            lines.append(result.called(row["theme"]))
        for quote in row["quotes"]:
            when = f"{quote['time']:%Y-%m-%d}"
            lines += filled(f"“{' '.join(quote['text'].split())}” {quote['customer']}, {when}", "  ", terminal())
    return "\n".join(lines)


COMMAND = _Themes()
