"""``lvtu retention``: who comes back, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.core.words import say

_COHORTS = 12


class _Retention(AnalysisCommand):
    example = 'lvtu retention shop.lvtu --start "Order Paid" --back "Order Paid" --period month'
    bars = ("rate", "returned")

    def customers_options(self) -> Sequence[click.Option]:
        return [
            customers_option("PERIOD", "List who came back in a period; of a bracket, 1-7."),
            click.Option(["--cohort"], metavar="TIME", help="With --customers: of one cohort, its start."),
            click.Option(["--lost"], is_flag=True, help="With --customers: who did not come back instead."),
        ]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        from lvtu.cli.options import range_of

        low, high = range_of("--customers", customers)
        period = (low, high) if result.spec.brackets else low
        names: list[str] = result.customers(period, more["cohort"], not more["lost"])
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """The rates of all together, then the triangle of the cohorts."""
        parts = super().parts(result, rows)
        return [*parts, _cohorts(result)] if result.cohorts.num_rows > result.table.num_rows else parts


def _cohorts(result: Any) -> str:
    """The triangle: a row per cohort, a column per period."""
    from lvtu.analyses.text import in_zone
    from lvtu.analyses.wording.cells import heading, shown, time_style
    from lvtu.cli.answers import that_fit
    from lvtu.cli.tables import Column, table

    rows = in_zone(result.cohorts, result.spec).to_pylist()
    cohorts = sorted({row["cohort"] for row in rows})
    shown_cohorts = cohorts[-_COHORTS:]
    labels = list(dict.fromkeys(_label(row) for row in rows))
    cells = {(row["cohort"], _label(row)): row for row in rows}
    style = time_style(cohorts)
    sizes = [f"{cells[cohort, labels[0]]['customers']:,}" for cohort in shown_cohorts]
    columns = [
        Column(heading("cohort"), [shown("", cohort, style) for cohort in shown_cohorts]),
        Column(heading("customers"), sizes, right=True),
        *(Column(label, [_rate(cells[cohort, label]) for cohort in shown_cohorts], right=True) for label in labels),
    ]
    lines = [say("cohorts.title", open="·"), table(that_fit(columns), 0)]
    if len(shown_cohorts) < len(cohorts):
        lines.append(say("cohorts.more", shown=len(shown_cohorts), all=len(cohorts)))
    return "\n".join(lines)


def _label(row: dict[str, Any]) -> str:
    return f"{row['period']}" if row.get("to") in (None, row["period"]) else f"{row['period']}-{row['to']}"


def _rate(row: dict[str, Any]) -> str:
    return "·" if row["rate"] is None else f"{100 * row['rate']:.1f}%"


COMMAND = _Retention()
