"""``lvtu model``: the journey models of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.core.words import language, say


def _run(workspace: str, file: str | None, default: bool, show: str | None, as_json: bool) -> None:
    with opened(workspace) as ws:
        if file is not None:
            saved = ws.save_model(Path(file), default)
            if as_json:
                write_json({"key": saved.key, "version": saved.version})
                return
            click.echo(say("model.saved", key=saved.key, version=str(saved.version)))
        elif show is not None:
            model = ws.model(show)
            if as_json:
                write_json(model.model_dump(mode="json"))
                return
            click.echo(model.to_yaml(), nl=False)
        elif as_json:
            write_json({"models": ws.models()})
        else:
            click.echo(_listed(ws.models(), workspace))


def _listed(models: list[dict[str, Any]], workspace: str) -> str:
    if not models:
        return say("model.none", path=workspace)
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    names = ("key", "version", "title", "default")
    rows = [{**one, "title": one["title"][language()]} for one in models]
    return table_text(pa.table({name: [row[name] for row in rows] for name in names}), 0)


command = click.Command(
    "model",
    params=[
        WORKSPACE,
        click.Argument(["file"], metavar="[FILE]", required=False),
        click.Option(["--default"], is_flag=True, help="Make it the model that questions use when they name none."),
        click.Option(["--show"], metavar="KEY[@VERSION]", help="Print a model as YAML."),
        json_option(),
    ],
    callback=_run,
    help="List the journey models, show one, or save one from a file of YAML: each save is a new version.\n\n"
    "Example: lvtu model shop.lvtu journey.yaml",
)
