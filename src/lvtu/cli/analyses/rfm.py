"""``lvtu rfm``: RFM, how lately, how often and for how much customers buy, and the segments made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.core.words import say

_CUTS = {"recency_time": "R", "frequency": "F", "money": "M"}


class _Rfm(AnalysisCommand):
    example = "lvtu rfm shop.lvtu 'Order Paid' --customers champions"
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who is in a segment: champions, loyal, …, as JSON names them."
        return [customers_option("SEGMENT", text)]

    def parts(self, result: Any, rows: int) -> list[str]:
        """The segments; then where the scores are cut."""
        from lvtu.analyses.wording.rfm import of_one_currency
        from lvtu.cli.answers import table_text

        cuts = table_text(of_one_currency(result.cuts), rows, _CUTS)
        return [*super().parts(result, rows), f"{say('rfm.cuts')}\n{cuts}"]


COMMAND = _Rfm()
