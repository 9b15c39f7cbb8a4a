"""``lvtu segments``: the named segments."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.cli.usage import Misused, Usage
from lvtu.core.expr import describe, parse
from lvtu.core.words import language, say

if TYPE_CHECKING:
    from lvtu.core.segments import Segment
    from lvtu.store.segments import SavedSegment


def _run(workspace: str, file: str | None, listed: str | None, shown: str | None, as_json: bool) -> None:
    if listed is not None and file is None:
        raise Misused(Usage("list_of_whom"), click.get_current_context())
    with opened(workspace) as ws:
        if file is not None:
            names = None if listed is None else _lines(Path(file))
            _tell(ws.save_segment(Path(file)) if listed is None else ws.save_segment(listed, customers=names), as_json)
        elif shown is not None:
            segment = ws.segment_definition(shown)
            if as_json:
                write_json(segment.to_json())
                return
            click.echo(segment.to_yaml(), nl=False)
        elif as_json:
            write_json({"segments": [one.to_json() for one in ws.segments()]})
        else:
            click.echo(_table(ws.segments()))


def _lines(file: Path) -> list[str]:
    from lvtu.errors import BadInput

    if not file.is_file():
        raise BadInput("no_segment_file", file=str(file))
    return [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def _tell(saved: SavedSegment, as_json: bool) -> None:
    if as_json:
        notes = [note.to_json() for note in saved.notes]
        write_json({"key": saved.key, "version": saved.version, "notes": notes})
        return
    click.echo(say("model.saved", key=saved.key, version=str(saved.version)))
    for note in saved.notes:
        click.echo(f"· {note.text()}")


def _table(segments: Iterable[Segment]) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    lang = language()

    def said(one: Segment) -> Any:
        if one.description is not None:
            return one.description.get(lang)
        if one.condition is not None:
            return describe(parse(one.condition), lang)
        return say("segments.size", customers=len(one.members or ()))

    rows = [{"key": one.key, "version": one.version, "title": one.title.get(lang), "description": said(one)}
            for one in segments]  # fmt: skip
    return table_text(pa.Table.from_pylist(rows), 0)


command = click.Command(
    "segments",
    params=[
        WORKSPACE,
        click.Argument(["file"], metavar="[FILE]", required=False),
        click.Option(
            ["--list", "listed"], metavar="KEY",
            help="FILE is a list of customers, an identifier a line, to keep under this name.",
        ),
        click.Option(["--show", "shown"], metavar="KEY[@VERSION]", help="Print a definition as YAML, to edit."),
        json_option(),
    ],
    callback=_run,
    help="List the named segments, show a definition, or save one from a file of YAML or a list of customers: each "
    "save is a new version, and one of the same key takes the place of the given one.\n\n"
    "Example: lvtu segments shop.lvtu vip.txt --list VIP",
)  # fmt: skip
