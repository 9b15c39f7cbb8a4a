"""``lvtu init``: make a workspace of a folder."""

from __future__ import annotations

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE
from lvtu.cli.output import write_json
from lvtu.core.words import say


def _run(workspace: str, as_json: bool) -> None:
    from lvtu.store import config

    made = not config.Layout(config.folder_of(workspace)).config.exists()
    stored = config.create(workspace)
    if as_json:
        write_json({"workspace": workspace, "id": stored.id, "created": made})
        return
    click.echo(say("init.made" if made else "init.there", path=workspace))


command = click.Command(
    "init",
    params=[WORKSPACE, json_option()],
    callback=_run,
    help="Make a workspace of an absent or empty folder.\n\nAn existing workspace is left as it is.\n\n"
    "Example: lvtu init shop.lvtu",
)
