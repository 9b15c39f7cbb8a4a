"""``lvtu map``: journey maps, drawn from the data, listed, exported and imported."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.key import Actions
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.cli.registers import ASSESS, REGISTER
from lvtu.core.words import LANGS, Lang, language, say
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.exchange.formats import FORMATS, TEXTS, format_of
from lvtu.maps.look import Look, Times

if TYPE_CHECKING:
    from lvtu.maps import JourneyMap, Map


_STDOUT, _PIPED = "-", "json"
"""The name of a FILE that stands for standard output, and what is written there unless one says what."""

_MODEL = (
    "The journey model whose stages it shows; survey or behaviour: steps from a survey's questions, or from what "
    "customers did."
)


def _draw(
    workspace: str, title: str | None, model: str | None, where: str | None, since: str | None, until: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    from lvtu.maps.stages import GUESSES
    from lvtu.maps.surveyed import questions

    with opened(workspace) as ws:
        made = ws.maps.autodraw(title, model, where, since, until)
        if as_json:
            click.echo(made.to_json())
        else:
            click.echo(_told("maps.cli.drawn", made.document))
            marked = any(stage.guessed for stage in made.document.stages)
            by = {one.by for one in questions(ws, where, since, until)} if marked else set()
            for guess in sorted(by & {*GUESSES}):
                click.echo(say(f"maps.cli.guessed.{guess}", language()))
        if not made.answers().customers:
            click.echo(say("maps.cli.nobody"), err=True)


def _told(key: str, map_: JourneyMap) -> str:
    title, lang = map_.title.get(language()), language()
    return say(key, lang, title=title, stages=len(map_.stages), steps=len(map_.steps), lanes=len(map_.lanes))


def _list(workspace: str, as_json: bool) -> None:
    with opened(workspace) as ws:
        rows = [_row(one) for one in ws.maps]
    if as_json:
        write_json({"maps": rows})
    else:
        click.echo(_table(rows) if rows else say("maps.cli.none", path=workspace))


def _new(workspace: str, template: str, title: str | None, lang: Lang | None, as_json: bool) -> None:
    with opened(workspace) as ws:
        made = ws.maps.from_template(template, title, lang)
        click.echo(made.to_json() if as_json else _told("maps.cli.begun", made.document))


def _templates(workspace: str, as_json: bool) -> None:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    with opened(workspace) as ws:
        rows = [
            {"template": one.key, "title": one.title.get(language()), "stages": one.stages, "steps": one.steps,
             "cards": one.cards}
            for one in ws.maps.templates()
        ]  # fmt: skip
    if as_json:
        write_json({"templates": rows})
    else:
        told = pa.Table.from_pylist(rows)
        click.echo(table_text(told, 0, {name: say(f"maps.cli.heads.{name}") for name in told.column_names}))


def _table(rows: list[dict[str, Any]]) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    told = pa.Table.from_pylist([row | {"status": say(f"maps.status.{row['status']}")} for row in rows])
    return table_text(told, 0, {name: say(f"maps.cli.heads.{name}") for name in told.column_names})


def _row(one: Map) -> dict[str, Any]:
    map_, (time, by) = one.document, one.edited
    edited = time[:16].replace("T", " ")
    return {
        "title": map_.title.get(language()), "status": map_.status, "stages": len(map_.stages),
        "steps": len(map_.steps), "cards": len(map_.cards), "edited": edited, "by": by, "id": one.id,
    }  # fmt: skip


def _export(
    workspace: str, name: str, file: str, format: str | None, paper: str, scale: float, blueprint: bool,
    unweighted: bool, lang: Lang | None, **look: Any,
) -> None:  # fmt: skip
    made = format or (_PIPED if file == _STDOUT else format_of(file))
    if made is None:
        raise UnknownName("map_format", Path(file).suffix or file, list(FORMATS))
    if file == _STDOUT and made not in TEXTS and sys.stdout.isatty():
        raise BadInput("binary_on_terminal", format=made, texts=", ".join(TEXTS))
    with opened(workspace) as ws:
        seen = Look(language=lang, weighted=not unweighted, **look)
        written = ws.maps[name].file(made, seen, scale=scale, paper=paper, blueprint=blueprint)
    if file == _STDOUT:
        click.echo(written.content, nl=False)
    else:
        Path(file).write_bytes(written.content)
        click.echo(say("maps.cli.written", file=file))
    for note in written.notes:
        click.echo(note.text(language()), err=True)


def _import(workspace: str, file: str) -> None:
    with opened(workspace) as ws:
        made, report = ws.maps.imported(Path(file))
        click.echo(_told("maps.cli.imported", made.document))
    for note in report.taken:
        click.echo(f"  {note.text(language())}")
    if report.left:
        click.echo(say("maps.cli.left"))
    for note in report.left:
        click.echo(f"  {note.text(language())}")


def _check(file: str) -> None:
    from lvtu.maps import JourneyMap
    from lvtu.maps.blueprint import Reading, findings

    map_ = JourneyMap.load(Path(file))
    click.echo(_told("maps.cli.sound", map_))
    found = findings(Reading(map_))
    for one in found:
        if one.waiver is None:
            click.echo(
                say("maps.cli.finding", severity=say(f"maps.severity.{one.severity}"), text=one.text(), id=one.id)
            )
    if waived := sum(one.waiver is not None for one in found):
        click.echo(say("maps.cli.waived", n=waived))


def _schema() -> None:
    import json

    from lvtu.maps.document.published import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


_FILE = click.Argument(["file"], metavar="FILE")

command = Actions(
    "map",
    commands=[
        click.Command(
            "draw",
            params=[
                WORKSPACE,
                click.Option(["--title"], metavar="TEXT", help="What the map is called.  [default: as the model]"),
                click.Option(["--model"], metavar="KEY", help=_MODEL),
                click.Option(["--where"], metavar="CONDITION", help="Whom it is about."),
                click.Option(["--since"], metavar="TIME", help="From when on."),
                click.Option(["--until"], metavar="TIME", help="Until when."),
                json_option(),
            ],
            callback=_draw,
            help="Draw a map from the data and keep it: stages and steps of the journey model, a curve for each scale "
            "that customers answered on, what they said, what got worse.\n\n"
            "Example: lvtu map draw shop.lvtu --where \"channel = 'store'\"",
        ),
        click.Command(
            "new",
            params=[
                WORKSPACE,
                click.Option(["--template"], required=True, metavar="KEY", help="The template: lvtu map templates."),
                click.Option(["--title"], metavar="TEXT", help="What the map is called.  [default: as the template]"),
                click.Option(["--lang"], type=click.Choice(LANGS), help="The language of tags, and of who estimates."),
                json_option(),
            ],
            callback=_new,
            help="Begin a map from a template: stages, steps, lanes and cards that somebody thought through, marked as "
            "assumptions until you support them.\n\nExample: lvtu map new shop.lvtu --template ecommerce",
        ),
        click.Command(
            "templates", params=[WORKSPACE, json_option()], callback=_templates,
            help="What a map can be begun from: maps tagged template, then those that come with the program.\n\n"
            "Example: lvtu map templates shop.lvtu",
        ),
        click.Command(
            "list", params=[WORKSPACE, json_option()], callback=_list,
            help="The maps there are, the one that was edited last first.\n\nExample: lvtu map list shop.lvtu",
        ),
        click.Command(
            "export",
            params=[
                WORKSPACE,
                click.Argument(["name"], metavar="TITLE"),
                _FILE,
                click.Option(
                    ["--format"], type=click.Choice(FORMATS),
                    help="What it becomes.  [default: by the FILE's name; of -, json]",
                ),
                click.Option(
                    ["--type"], default="linear", show_default=True, metavar="NAME",
                    help="How the steps are arranged: linear, cyclic, stage, channel, role.",
                ),
                click.Option(
                    ["--style"], default="timeline", show_default=True, metavar="NAME",
                    help="How they are told: timeline, chart, flowchart, persona.",
                ),
                click.Option(
                    ["--overlay"], metavar="NAME",
                    help="What tints the steps: volume, drop_off, feeling, effort, time, cost, plan, gap.",
                ),
                click.Option(
                    ["--paper"], default="16:9", show_default=True,
                    help="Of a PDF: 16:9, A4 to A0, or tiled: sheets of A4 for a wall.",
                ),
                click.Option(["--scale"], default=2.0, show_default=True, help="Of PNG: pixels for each drawn one."),
                click.Option(["--frame"], metavar="KEY", help="A part of the map: a frame, or a stage."),
                click.Option(["--lang"], type=click.Choice(LANGS), help="The language of what is written."),
                click.Option(["--dark"], is_flag=True, help="A picture for a dark page."),
                click.Option(["--blueprint"], is_flag=True, help="The map as a service blueprint."),
                click.Option(
                    ["--who"], metavar="WHO",
                    help="From whose perspective: persona:KEY, customer:IDENTIFIER, a segment, or a condition.",
                ),
                click.Option(["--compare"], metavar="WHO", help="Whose curve stands beside it, or everybody."),
                click.Option(
                    ["--times"], type=click.Choice(get_args(Times)), default="elapsed", show_default=True,
                    help="What stands at the steps: the time to the next, since the first one, or a customer's days.",
                ),
                click.Option(["--unweighted"], is_flag=True, help="Survey weights off: every answer counts as one."),
            ],
            callback=_export,
            help="Write a map (by its title or id) to a FILE, or to standard output (-), with what the data say now: "
            ".svg, .png and .pdf are pictures, .pptx slides that can be edited, one or more for each frame, .xlsx and "
            ".csv tables, .md a report, .mmd a diagram, .xml CJML, .json everything that people made of it.\n\n"
            "Example: lvtu map export shop.lvtu Shopping shopping.pdf --paper A3",
        ),
        click.Command(
            "import", params=[WORKSPACE, _FILE], callback=_import,
            help="Keep the map of a FILE: a workbook, CSV, a journey diagram of Mermaid, JSON or YAML; and say what "
            "became of everything in it. JSON of a map that is there is its next state.\n\n"
            "Example: lvtu map import shop.lvtu journey.xlsx",
        ),
        REGISTER,
        ASSESS,
        click.Command(
            "check", params=[_FILE], callback=_check,
            help="Say whether a FILE of JSON or YAML is a whole map, else what is wrong with it and where; of one "
            "that is, what is wrong with it as a service blueprint.\n\n"
            "Example: lvtu map check shopping.json",
        ),
        click.Command(
            "schema", callback=_schema,
            help="Print the JSON Schema of maps, for editors and other programs.\n\nExample: lvtu map schema",
        ),
    ],
    help="Journey maps whose cells compute themselves.\n\nExample: lvtu map draw shop.lvtu",
)  # fmt: skip
