"""``lvtu map``: journey maps, drawn from the data, listed, exported and imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.key import Actions
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.core.words import LANGS, Lang, language, say
from lvtu.errors import UnknownName

if TYPE_CHECKING:
    from lvtu.maps import JourneyMap, Map

_FORMATS = (".svg", ".json")


def _draw(
    workspace: str, title: str | None, model: str | None, where: str | None, since: str | None, until: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    with opened(workspace) as ws:
        made = ws.maps.autodraw(title, model, where, since, until)
        if as_json:
            click.echo(made.to_json())
        else:
            click.echo(_told("maps.cli.drawn", made.document))


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
    workspace: str, name: str, file: str, type: str, style: str, lang: Lang | None, dark: bool, blueprint: bool
) -> None:
    ending = Path(file).suffix.lower()
    if ending not in _FORMATS:
        raise UnknownName("map_format", ending or file, list(_FORMATS))
    with opened(workspace) as ws:
        map_ = ws.maps[name]
        if ending == ".json":
            written = map_.to_json()
        else:
            written = map_.blueprint(lang, dark=dark) if blueprint else map_.svg(type, style, lang, dark=dark)
    Path(file).write_text(written, encoding="utf-8")
    click.echo(say("maps.cli.written", file=file))


def _import(workspace: str, file: str) -> None:
    with opened(workspace) as ws:
        click.echo(_told("maps.cli.imported", ws.maps.load(Path(file)).document))


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
                click.Option(["--model"], metavar="KEY", help="The journey model whose stages it shows."),
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
                click.Option(["--lang"], type=click.Choice(LANGS), help="The language of departments and systems."),
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
                click.Option(["--type"], default="linear", show_default=True, help="How the steps are arranged."),
                click.Option(["--style"], default="timeline", show_default=True, help="How they are told."),
                click.Option(["--lang"], type=click.Choice(LANGS), help="The language of a picture."),
                click.Option(["--dark"], is_flag=True, help="A picture for a dark page."),
                click.Option(["--blueprint"], is_flag=True, help="The map as a service blueprint."),
            ],
            callback=_export,
            help="Write a map (by its title or id) to a FILE: .svg is a picture with what the data say now, .json "
            "everything that is in it.\n\nExample: lvtu map export shop.lvtu Shopping shopping.svg --style chart",
        ),
        click.Command(
            "import", params=[WORKSPACE, _FILE], callback=_import,
            help="Keep a map from a FILE of JSON or YAML: a new one, or the next state of one that is there.\n\n"
            "Example: lvtu map import shop.lvtu shopping.json",
        ),
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
