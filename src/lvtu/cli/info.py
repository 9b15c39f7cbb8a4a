"""``lvtu info``: the state of the data."""

from __future__ import annotations

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.cli.progress import waiting


def _run(workspace: str, full: bool, as_json: bool) -> None:
    from lvtu.quality import describe

    with opened(workspace) as ws, waiting():
        info = describe(ws, full=full)
    if as_json:
        write_json(info.as_dict())
        return
    from lvtu.cli.answers import table_text

    parts = ["\n".join(info.lines()), *(f"{title}\n{table_text(table, 0)}" for title, table in info.sections())]
    click.echo("\n\n".join(parts))


command = click.Command(
    "info",
    params=[
        WORKSPACE,
        click.Option(
            ["--full"], is_flag=True, help="Also who is who: conflicts and unmatched identifiers. Reads every event."
        ),
        json_option(),
    ],
    callback=_run,
    help="The state of the data: volumes by event, channel and source, freshness, repeats, quarantine.\n\n"
    "Example: lvtu info shop.lvtu --full",
)
