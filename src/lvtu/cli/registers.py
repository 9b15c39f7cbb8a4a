"""``lvtu map register``: what stands on all maps, as lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import click
import pyarrow as pa

from lvtu.cli.analysis import json_option
from lvtu.cli.answers import table_text
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.core.model.text import said_in
from lvtu.core.words import language, say
from lvtu.errors import UnknownName
from lvtu.maps.document.details import Rung, Status
from lvtu.maps.registers import KINDS, NUMBERS, EntryKind, Registers
from lvtu.maps.registers.files import REGISTER_FORMATS, moment_rows, written
from lvtu.maps.registers.told import label, shown


def _register(
    workspace: str, kind: EntryKind | Literal["moments"], map: str | None, rung: Rung | None, persona: str | None,
    status: Status | None, effort: float | None, to: str | None, as_json: bool,
) -> None:  # fmt: skip
    with opened(workspace) as ws:
        found = ws.maps.registers
        only: dict[str, Any] = {"rung": rung, "persona": persona, "status": status, "effort": effort}
        only["map"] = None if map is None else ws.maps[map].id
        if to is not None:
            Path(to).write_bytes(_file(found, kind, Path(to).suffix.removeprefix(".")))
            click.echo(say("maps.cli.written", file=to))
        elif kind == "moments":
            heads, *rows = moment_rows(found.key_moments(map=only["map"]), language())
            told = found.moments()
            write_json({"moments": told.to_pylist()}) if as_json else click.echo(_text(heads, rows))
        elif as_json:
            write_json({kind: getattr(found, _METHODS[kind])(**only).to_pylist()})
        else:
            click.echo(_entries(found, kind, only))


_METHODS = {
    "need": "needs", "pain": "pains", "gain": "gains", "opportunity": "opportunities", "action": "actions",
}  # fmt: skip


def _file(found: Registers, kind: EntryKind | Literal["moments"], format: str) -> bytes:
    made = next((one for one in REGISTER_FORMATS if one == format), None)
    if made is None:
        raise UnknownName("map_format", format, list(REGISTER_FORMATS))
    return written(found, made, kind, language())


def _entries(found: Registers, kind: EntryKind, only: dict[str, Any]) -> str:
    lang = language()
    heads = [say(f"maps.registers.heads.{head}") for head in ("text", "map", "step", "owner")]
    rows = [
        [one.text.get(lang), one.title.get(lang), one.step.get(lang), said_in(one.owner, lang) or "—",
         *(shown(name, one.numbers[name].value, lang) if name in one.numbers else "—" for name in NUMBERS[kind])]
        for one in found.some(kind, **only)
    ]  # fmt: skip
    return _text([*heads, *(label(name, lang) for name in NUMBERS[kind])], rows)


def _text(heads: list[Any], rows: list[list[Any]]) -> str:
    if not rows:
        return say("maps.registers.none")
    names = [str(at) for at in range(len(heads))]
    table = pa.Table.from_pylist(
        [dict(zip(names, ("—" if c is None else str(c) for c in row), strict=True)) for row in rows]
    )
    return table_text(table, 0, dict(zip(names, map(str, heads), strict=True)))


def _assess(workspace: str, name: str, to: str | None, read: str | None, as_json: bool) -> None:
    with opened(workspace) as ws:
        found = ws.maps[name].assessment()
        if to is not None:
            Path(to).write_bytes(found.workbook(language()))
            click.echo(say("maps.cli.written", file=to))
            return
        for note in found.read(read) if read is not None else ():
            click.echo(note.text(language()), err=True)
        told = found.table()
    if as_json:
        write_json({"steps": told.to_pylist()})
        return
    heads = ("stage", "step", "own", "customers", "n", "gap")
    rows = [
        [f"{row[head]:.2f}" if isinstance(row[head], float) else row[head] for head in heads]
        for row in told.to_pylist()
    ]
    click.echo(_text([say(f"maps.assessment.heads.{head}") for head in heads], rows))


ASSESS = click.Command(
    "assess",
    params=[
        WORKSPACE,
        click.Argument(["name"], metavar="TITLE"),
        click.Option(["--to"], metavar="FILE", help="Write a workbook to fill in."),
        click.Option(["--read"], metavar="FILE", help="Take the scores from one that was filled in."),
        json_option(),
    ],
    callback=_assess,
    help="How the team rates its own service at each step of a map, from 1 to 5, beside how customers do.\n\n"
    "Example: lvtu map assess shop.lvtu Shopping --to own.xlsx",
)

REGISTER = click.Command(
    "register",
    params=[
        WORKSPACE,
        click.Argument(["kind"], type=click.Choice([*KINDS, "moments"]), metavar="KIND"),
        click.Option(["--map"], metavar="TITLE", help="The map, by its title or id.  [default: all]"),
        click.Option(["--rung"], type=click.Choice(get_args(Rung)), help="Of needs: how deep they lie."),
        click.Option(["--persona"], metavar="KEY", help="The persona they are about."),
        click.Option(["--status"], type=click.Choice(get_args(Status)), help="Of pains: how far one is with them."),
        click.Option(["--effort"], type=float, metavar="MONTHS", help="Of opportunities: what they may take at most."),
        click.Option(["--to"], metavar="FILE", help="Write all as .xlsx, the KIND as .csv, the SWOT as .md or .pptx."),
        json_option(),
    ],
    callback=_register,
    help="What stands on all maps, those that matter most first: KIND is need, pain, gain, opportunity, action or "
    "moments (key moments beside their targets).\n\nExample: lvtu map register shop.lvtu pain --status open",
)  # fmt: skip
