"""``--customers``: who is behind a number of an answer; see `AnalysisCommand.customers_options`."""

from __future__ import annotations

from typing import Any

import click

from lvtu.cli.usage import Misused, Usage
from lvtu.core.words import say


def taken(given: dict[str, Any]) -> dict[str, Any]:
    """Take these options out of those given.

    Raises:
        Misused: one of them says more about a list that was not asked for.
    """
    names = ("customers", "lost", "group", "in_period", "cohort", "bounced", "exits", "at_least", "status", "on_scale")
    found: dict[str, Any] = {name: given.pop(name) for name in names if name in given}
    extra = [name for name, value in found.items() if name != "customers" and value not in (None, False)]
    if found.get("customers") is None and extra:
        raise Misused(
            Usage("goes_with_customers", option=f"--{extra[0].replace('_', '-')}"), click.get_current_context()
        )
    return found


def show_customers(spec: dict[str, Any], names: list[str], rows: int, as_json: bool) -> None:
    """A list of customers, for programs or for people."""
    import pyarrow as pa

    from lvtu.cli.answers import table_text
    from lvtu.cli.output import answer, write_json

    table = pa.table({"customer": pa.array(names, pa.string())})
    if as_json:
        write_json(answer(spec, table))
        return
    click.echo(say("customers.count", customers=f"{len(names):,}"))
    if names:
        click.echo("\n" + table_text(table, rows))
