"""``lvtu sql``: ask anything else in SQL."""

from __future__ import annotations

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json
from lvtu.cli.progress import waiting


def _run(workspace: str, query: str, rows: int, as_json: bool) -> None:
    with opened(workspace) as ws, waiting():
        found = ws.sql(query)
    if as_json:
        write_json(answer({"analysis": "sql", "query": query}, found))
        return
    from lvtu.cli.answers import table_text

    click.echo(table_text(found, rows, {name: name for name in found.column_names}))


command = click.Command(
    "sql",
    params=[WORKSPACE, click.Argument(["query"]), rows_option(), json_option()],
    callback=_run,
    help="Ask DuckDB. The table events has the record's fields, event_id, commit, and the customer of each event.\n\n"
    'Example: lvtu sql shop.lvtu "select event, sum(value) from events group by event"',
)
