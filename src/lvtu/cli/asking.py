"""``lvtu survey publish|list|results|send``: surveys of a home that is served, or will be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.homes import HOME, of_home, workspace_option
from lvtu.cli.output import write_json
from lvtu.core.words import language, say
from lvtu.errors import UnknownName

if TYPE_CHECKING:
    from lvtu.catalog.catalog import Catalog
    from lvtu.catalog.surveys import KeptSurvey


def _named(catalog: Catalog, workspace_id: str, key: str) -> KeptSurvey:
    """The survey of a key.

    Raises:
        UnknownName: there is none.
    """
    kept = {one.key: one for one in catalog.surveys.of_workspace(workspace_id)}
    if key not in kept:
        raise UnknownName("survey", key, list(kept))
    return kept[key]


def _publish(home: str, file: str, workspace: str | None) -> None:
    from lvtu.service.surveys.settings import SurveySettings
    from lvtu.voice.surveys import Survey

    definition = Survey.load(Path(file)).to_dict()
    with of_home(home, workspace) as (catalog, _, id):
        kept = next((one for one in catalog.surveys.of_workspace(id) if one.key == definition["key"]), None)
        if kept is None:
            settings = SurveySettings().model_dump(mode="json")
            kept = catalog.surveys.add(id, definition["key"], definition, settings, author=None)
        else:
            kept = catalog.surveys.put(id, kept.id, definition, kept.settings, editor=None, version=kept.version)
        made = catalog.surveys.publish(id, kept.id, editor=None)
    click.echo(say("survey.published", key=made.key, version=str(made.published), link=f"/s/{made.link}"))


def _list(home: str, workspace: str | None, rows: int, as_json: bool) -> None:
    from lvtu.service.surveys.service import tally

    with of_home(home, workspace) as (catalog, _, id):
        counts = catalog.responses.counts(id)
        told = [
            {"key": one.key, "state": one.state, "version": one.published,
             "complete": tally(counts.get(one.id, {})).complete, "link": f"/s/{one.link}"}
            for one in catalog.surveys.of_workspace(id)
        ]  # fmt: skip
    if as_json:
        write_json({"surveys": told})
    else:
        _show(told, rows)


def _results(home: str, key: str, workspace: str | None, rows: int, as_json: bool) -> None:
    import lvtu
    from lvtu.service.surveys.results import results

    with of_home(home, workspace) as (catalog, folder, id), lvtu.open(folder) as ws:
        found = results(ws, catalog, _named(catalog, id, key), None, None, language())
    if as_json:
        write_json(found.model_dump(mode="json"))
        return
    lines = [
        {"question": question.key, "part": part.key, "answer": one.title, "responses": one.responses,
         "share": one.share, "low": one.low, "high": one.high}
        for question in found.questions for part in question.parts for one in part.answers
    ]  # fmt: skip
    _show(lines, rows)


def _send(
    home: str, key: str, customers: tuple[str, ...], way: Any, batch: str, list_: str | None, workspace: str | None
) -> None:
    from lvtu.service.invitations.schemas import NewInvitations, To
    from lvtu.service.invitations.service import queue

    named = [*customers, *(line.strip() for line in (Path(list_).read_text("utf-8").splitlines() if list_ else ()))]
    new = NewInvitations(way=way, batch=batch, to=[To(customer=one) for one in named if one])
    with of_home(home, workspace) as (catalog, _, id):
        made = queue(catalog, _named(catalog, id, key), new)
    click.echo(say("survey.sending", waiting=made.waiting, repeated=made.repeated))


def _show(told: list[dict[str, Any]], rows: int) -> None:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    click.echo(table_text(pa.Table.from_pylist(told), rows) if told else say("survey.none"))


_KEY = click.Argument(["key"])


COMMANDS = [
    click.Command(
        "publish",
        params=[HOME, click.Argument(["file"]), workspace_option()],
        callback=_publish,
        help="Publish the definition in FILE: a new survey of its key, or the next version of it, and print its "
        "link.\n\nExample: lvtu survey publish shops delivery.yaml",
    ),
    click.Command(
        "list",
        params=[HOME, workspace_option(), rows_option(), json_option()],
        callback=_list,
        help="List the surveys of a workspace, with how many responses are complete.\n\n"
        "Example: lvtu survey list shops",
    ),
    click.Command(
        "results",
        params=[HOME, _KEY, workspace_option(), rows_option(), json_option()],
        callback=_results,
        help="Tell what was answered to the survey KEY, question by question, with intervals.\n\n"
        "Example: lvtu survey results shops delivery",
    ),
    click.Command(
        "send",
        params=[
            HOME,
            _KEY,
            click.Argument(["customers"], nargs=-1),
            click.Option(["--way"], type=click.Choice(["email", "sms", "wecom"]), default="email", show_default=True,
                         help="How they are asked."),
            click.Option(["--batch"], required=True, metavar="NAME",
                         help="What this list is called: under the same name nobody is asked twice."),
            click.Option(["--list", "list_"], metavar="FILE", help="More customers, one a line."),
            workspace_option(),
        ],
        callback=_send,
        help="Have CUSTOMERS asked to answer the survey KEY. The server sends, as limits and consent allow.\n\n"
        "Example: lvtu survey send shops delivery ann bob --batch may",
    ),
]  # fmt: skip
