"""``lvtu insights``: what was learnt about customers, and the verbatim quotes it stands on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.key import Actions
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json
from lvtu.core.words import say

if TYPE_CHECKING:
    import pyarrow as pa

    from lvtu.insights import Insight


def _list(workspace: str, state: str | None, rows: int, as_json: bool) -> None:
    from lvtu.insights.tables import table_of

    with opened(workspace) as ws:
        found = table_of(ws.insights.list(state))
    if as_json:
        write_json(answer({"command": "insights list", "state": state}, found))
    elif not found.num_rows:
        click.echo(say("insights.none"))
    else:
        click.echo(_text(found, rows))


_SHOWN = ("id", "title", "state", "reliability", "level", "quotes", "speakers", "owner", "stage", "touchpoint", "topic")
"""What a terminal shows, most telling first: what finds no room is left out from the end."""


def _text(found: pa.Table, rows: int) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    shown = found.select(list(_SHOWN))
    for name, of in (("state", "states"), ("level", "levels")):
        said = pa.array([say(f"insights.{of}.{value}") for value in found[name].to_pylist()])
        shown = shown.set_column(_SHOWN.index(name), name, said)
    return table_text(shown, rows, {name: say(f"insights.heads.{name}") for name in _SHOWN})


def _add(workspace: str, title: str, as_json: bool, **said: str | None) -> None:
    with opened(workspace) as ws:
        made = ws.insights.add(title, **{name: value for name, value in said.items() if value is not None})
    _tell(made, as_json, "insights.added")


def _change(workspace: str, id: str, as_json: bool, **said: Any) -> None:
    with opened(workspace) as ws:
        changed = ws.insights.change(id, **{name: value for name, value in said.items() if value is not None})
    _tell(changed, as_json)


def _quote(workspace: str, id: str, as_json: bool, **given: Any) -> None:
    with opened(workspace) as ws:
        _tell(ws.insights.quote(id, **given), as_json)


def _show(workspace: str, id: str, as_json: bool) -> None:
    with opened(workspace) as ws:
        _tell(ws.insights.get(id), as_json)


def _remove(workspace: str, id: str) -> None:
    with opened(workspace) as ws:
        title = ws.insights.get(id).title
        ws.insights.remove(id)
    click.echo(say("insights.removed", title=title))


def _export(workspace: str, format: Any, out: str | None) -> None:
    with opened(workspace) as ws:
        text = ws.insights.export(format)
    if out is None:
        click.echo(text, nl=False)
        return
    Path(out).write_text(text, encoding="utf-8")
    click.echo(say("voice.written", file=out))


def _tell(one: Insight, as_json: bool, line: str | None = None) -> None:
    from lvtu.insights.tables import exported

    if as_json:
        click.echo(exported([one], "json"), nl=False)
    else:
        click.echo(say(line, title=one.title, id=one.id) if line else exported([one], "md"))


def _said() -> list[click.Parameter]:
    """What may be said of an insight."""
    about = {
        "text": "More about it.",
        "owner": "Who sees to it.",
        "stage": "A stage of the default journey model, by its key.",
        "step": "What happens there, in your own words.",
        "touchpoint": "A touchpoint of the default journey model, by its key.",
        "topic": "A topic's code.",
    }
    return [*(click.Option([f"--{name}"], help=text) for name, text in about.items()), _state()]


def _state() -> click.Option:
    return click.Option(["--state"], type=click.Choice(["draft", "confirmed", "retired"]), help="Where it stands.")


_ID = click.Argument(["id"])

command = Actions(
    "insights",
    commands=[
        click.Command(
            "list", params=[WORKSPACE, _state(), rows_option(), json_option()], callback=_list,
            help="The insights, the newest first, with how far their quotes carry them.\n\n"
            "Example: lvtu insights list shop.lvtu --state confirmed",
        ),
        click.Command(
            "add", params=[WORKSPACE, click.Argument(["title"]), *_said(), json_option()], callback=_add,
            help="Write down in one sentence what was learnt.\n\n"
            "Example: lvtu insights add shop.lvtu 'Refunds take too long' --owner Service",
        ),
        click.Command(
            "change",
            params=[WORKSPACE, _ID, click.Option(["--title"], help="The sentence."), *_said(), json_option()],
            callback=_change,
            help="Say something else of an insight; what is not given stays.\n\n"
            "Example: lvtu insights change shop.lvtu ID --state confirmed",
        ),
        click.Command(
            "quote",
            params=[
                WORKSPACE, _ID,
                click.Option(["--where"], metavar="CONDITION", help="Comments for which it is true, the newest first."),
                click.Option(["--message", "message_id"], metavar="ID", help="The one comment, by its message id."),
                click.Option(["--words"], help="The words that are quoted, as they stand there; all if not given."),
                click.Option(
                    ["--most"], type=click.IntRange(1), default=1, help="So many comments at most.  [default: 1]"
                ),
                click.Option(["--kind"], help="The kind of evidence: survey, ticket, review, …; by the event's name."),
                json_option(),
            ],
            callback=_quote,
            help="Have an insight stand on what customers said, word for word.\n\n"
            "Example: lvtu insights quote shop.lvtu ID --where \"text contains 'refund'\" --words 'two weeks'",
        ),
        click.Command(
            "show", params=[WORKSPACE, _ID, json_option()], callback=_show,
            help="An insight with its quotes.\n\nExample: lvtu insights show shop.lvtu ID",
        ),
        click.Command(
            "remove", params=[WORKSPACE, _ID], callback=_remove,
            help="Remove an insight for good, with its quotes where no other stands on them.\n\n"
            "Example: lvtu insights remove shop.lvtu ID",
        ),
        click.Command(
            "export",
            params=[
                WORKSPACE,
                click.Option(
                    ["--format"], type=click.Choice(["md", "csv", "json"]), default="md",
                    help="To be read, counted, or read by programs.  [default: md]",
                ),
                click.Option(["--out"], metavar="FILE", help="Write it to this file."),
            ],
            callback=_export,
            help="All insights with their quotes; who speaks is a pseudonym.\n\n"
            "Example: lvtu insights export shop.lvtu --format csv --out insights.csv",
        ),
    ],
    help="What was learnt about customers, and the verbatim quotes it stands on.\n\n"
    "Example: lvtu insights list shop.lvtu",
)  # fmt: skip
