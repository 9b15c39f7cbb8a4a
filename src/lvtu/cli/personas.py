"""``lvtu personas``: whom maps are about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.core.words import language, say

if TYPE_CHECKING:
    from lvtu.maps.personas import Persona, Personas


def _run(
    workspace: str, file: str | None, shown: str | None, segment: str | None, removed: str | None, as_json: bool
) -> None:
    with opened(workspace) as ws:
        if file is not None:
            saved = ws.personas.save(Path(file))
            if as_json:
                write_json({"key": saved.key, "version": saved.version})
            else:
                click.echo(say("model.saved", key=saved.key, version=str(saved.version)))
        elif shown is not None:
            _show(ws.personas[shown], as_json)
        elif segment is not None:
            _show(ws.personas.built(segment), as_json)
        elif removed is not None:
            ws.personas.remove(removed)
            click.echo(say("personas.removed", key=removed))
        else:
            _list(ws.personas, workspace, as_json)


def _show(persona: Persona, as_json: bool) -> None:
    import yaml

    document = persona.document()
    if as_json:
        write_json(document)
    else:
        click.echo(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110), nl=False)


def _list(personas: Personas, workspace: str, as_json: bool) -> None:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    rows = []
    for one in personas:
        n, of = (None, None) if one.condition is None else personas.counted(one.condition)
        rows.append({"key": one.key, "name": one.name.get(language()), "customers": n, "everyone": of})
    if as_json:
        write_json({"personas": rows})
    elif rows:
        click.echo(table_text(pa.Table.from_pylist(rows), 0))
    else:
        click.echo(say("personas.none", path=workspace))


command = click.Command(
    "personas",
    params=[
        WORKSPACE,
        click.Argument(["file"], metavar="[FILE]", required=False),
        click.Option(["--show", "shown"], metavar="KEY[@VERSION]", help="Print a persona as YAML, to edit."),
        click.Option(
            ["--build", "segment"], metavar="SEGMENT",
            help="Print a draft made of a segment, or a condition: what its customers do more often than all others.",
        ),
        click.Option(["--remove", "removed"], metavar="KEY", help="Take a persona away."),
        json_option(),
    ],
    callback=_run,
    help="List the personas with how many customers each stands for, show or draft one, or save one from a FILE of "
    "YAML: each save is a new version.\n\nExample: lvtu personas shop.lvtu --build \"channel = 'store'\"",
)  # fmt: skip
