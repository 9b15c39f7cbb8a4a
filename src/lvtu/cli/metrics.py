"""``lvtu metrics``: the catalogue of metrics."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.core.words import language, say


def _run(workspace: str, file: str | None, shown: str | None, as_json: bool) -> None:
    with opened(workspace) as ws:
        if file is not None:
            saved = ws.save_metric(Path(file))
            if as_json:
                write_json({"key": saved.key, "version": saved.version})
                return
            click.echo(say("model.saved", key=saved.key, version=str(saved.version)))
        elif shown is not None:
            metric = ws.metric_definition(shown)
            if as_json:
                write_json(metric.model_dump(mode="json", exclude_defaults=True))
                return
            click.echo(metric.to_yaml(), nl=False)
        elif as_json:
            write_json({"metrics": [one.model_dump(mode="json", exclude_defaults=True) for one in ws.metrics()]})
        else:
            click.echo(_listed(ws.metrics()))


def _listed(metrics: Iterable[Any]) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    lang = language()
    rows = [
        {
            "key": one.key,
            "version": one.version,
            "title": one.title.get(lang),
            "description": one.description and one.description.get(lang),
        }
        for one in metrics
    ]
    return table_text(pa.Table.from_pylist(rows), 0)


command = click.Command(
    "metrics",
    params=[
        WORKSPACE,
        click.Argument(["file"], metavar="[FILE]", required=False),
        click.Option(["--show", "shown"], metavar="KEY[@VERSION]", help="Print a definition as YAML, to edit."),
        json_option(),
    ],
    callback=_run,
    help="List the metrics with what they say, show a definition, or save one from a file of YAML: each save is a new "
    "version, and one of the same key takes the place of the given one.\n\nExample: lvtu metrics shop.lvtu refund.yaml",
)
