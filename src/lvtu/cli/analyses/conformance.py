"""``lvtu conformance``: who keeps to a designed order of steps, and where customers leave it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.cli.analyses.handoffs import STATUS, with_status
from lvtu.core.words import say

_LEFT = 8


class _Conformance(AnalysisCommand):
    example = 'lvtu conformance shop.lvtu "Product Viewed" \'{"place": "Order Paid", "within": "2d"}\''
    items = (
        "A STEP is a place (an event's name, say), or JSON: "
        '\'{"place": ["A", "B"], "name": "bought", "within": "1d", "optional": true, "repeatable": true}\'.'
    )
    bars = ("share", "name")

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("STEP", "List who is behind a step.", type=int), STATUS]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        return with_status(result, customers, more)

    def parts(self, result: Any, rows: int) -> list[str]:
        """The steps; then what customers did besides them, and on the way between which."""
        from lvtu.analyses.wording import wording_of
        from lvtu.analyses.wording.cells import heading
        from lvtu.cli.answers import table_text

        parts = super().parts(result, rows)
        for name, data in (("ad_hoc", result.ad_hoc), ("detours", result.detours)):
            if data.num_rows:
                shown = wording_of(result.kind).in_words(result, data.slice(0, _LEFT))
                lines = [say(f"conformance.{name}"), table_text(shown, heads={"source": heading("from")})]
                if data.num_rows > _LEFT:
                    lines.append(say("conformance.more", shown=_LEFT, all=data.num_rows))
                parts.append("\n".join(lines))
        return parts


COMMAND = _Conformance()
