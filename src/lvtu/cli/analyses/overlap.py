"""``lvtu overlap``: how segments overlap: who is in which of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.core.words import say


class _Overlap(AnalysisCommand):
    example = 'lvtu overlap shop.lvtu VIP lifecycle:at_risk "did Complained"'
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who is in a segment and in no other; given several times, in these at once; '' for in none."
        return [customers_option("SEGMENT", text, multiple=True, callback=_given)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(*filter(None, customers))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """Every combination; then every pair."""
        from lvtu.cli.answers import table_text

        head = say("charts.overlap.title", number=result.union, everyone=result.everyone)
        pairs = f"{say('overlap.pairs')}\n{table_text(result.pairs, rows)}"
        return [head, *super().parts(result, rows), pairs]


def _given(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:
    return value or None


COMMAND = _Overlap()
