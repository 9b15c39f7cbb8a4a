"""``lvtu step-matrix``: which share of customers is where, so many steps around a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _StepMatrix(AnalysisCommand):
    example = 'lvtu step-matrix shop.lvtu --start "Order Paid" --before 2 --after 3 --fold'

    def customers_options(self) -> Sequence[click.Option]:
        text = "List who is at a place at a step, as JSON names it; '*' for any, '' for missing."
        return [customers_option("STEP PLACE", text, type=(int, str))]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        step, *ends = customers
        names: list[str] = result.customers(step, *(... if end == "*" else end or None for end in ends))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """A row per place, a column per step."""
        from lvtu.analyses.wording.cells import heading, shown
        from lvtu.cli.answers import that_fit
        from lvtu.cli.tables import Column, table
        from lvtu.core.words import known, language, say

        if not result.places:
            return [say("table.empty")]
        spec = result.spec
        shares = {(row["place"], row["step"]): shown("share", row["share"]) for row in result.table.to_pylist()}
        marks = {mark: say(f"values.{word}") for mark, word in result.marks.items()}
        names = {**result.naming.names(spec.by, language()), **marks}
        by = heading(spec.by) if known(f"columns.{spec.by}") else heading("place")
        columns = [Column(by, [shown("place", names.get(place, place)) for place in result.places])]
        columns += [
            Column(
                f"{step:+d}" if step else "0", [shares.get((place, step), "·") for place in result.places], right=True
            )
            for step in spec.steps
        ]
        return [f"{heading(spec.unit)}: {result.started:,}", table(that_fit(columns), 0)]


COMMAND = _StepMatrix()
