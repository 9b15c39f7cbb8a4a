"""``lvtu export``: a workspace in plain files."""

from __future__ import annotations

from dataclasses import asdict

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.cli.progress import waiting
from lvtu.core.words import say


def _run(workspace: str, folder: str, format: str, as_json: bool) -> None:
    with opened(workspace) as ws, waiting():
        exported = ws.export(folder, format)
    if as_json:
        write_json(asdict(exported))
        return
    counts = {name: f"{count:,}" for name, count in asdict(exported).items()}
    click.echo(say("export.written", folder=folder, **counts))


command = click.Command(
    "export",
    params=[
        WORKSPACE,
        click.Argument(["folder"]),
        click.Option(
            ["--format"], default="parquet", metavar="FORMAT", show_default=True,
            help="Of the events: parquet, ndjson or csv.",
        ),
        json_option(),
    ],
    callback=_run,
    help="Write everything of a workspace into a folder of plain files that other systems read: events, models, "
    "metrics, segments, contracts, joins, rows set aside. Keep it as safe as the workspace.\n\n"
    "Example: lvtu export shop.lvtu shop-export --format csv",
)  # fmt: skip
