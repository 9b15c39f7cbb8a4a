"""``lvtu import``: a workspace from what ``lvtu export`` wrote."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, is_workspace, opened
from lvtu.cli.output import write_json
from lvtu.cli.progress import waiting
from lvtu.core.words import say


def _run(workspace: str, folder: str, as_json: bool) -> None:
    from lvtu.exchange.layout import about

    if not is_workspace(workspace):
        about(Path(folder))  # refuses it before a workspace is made
    with opened(workspace, create=True) as ws, waiting():
        brought = ws.import_from(folder)
    if as_json:
        write_json(asdict(brought))
        return
    counts = {name: f"{count:,}" for name, count in asdict(brought).items()}
    click.echo(say("export.brought", workspace=workspace, **counts))


command = click.Command(
    "import",
    params=[WORKSPACE, click.Argument(["folder"]), json_option()],
    callback=_run,
    help="Bring in what lvtu export wrote, into a workspace that is empty or absent: every question then has the "
    "answer that it had. (Events alone, into any workspace: lvtu ingest.)\n\n"
    "Example: lvtu import copy.lvtu shop-export",
)
