"""``lvtu interviews``: interviews and documents of a home that is served, or will be, and the quotes from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.homes import HOME, of_home, workspace_option
from lvtu.cli.key import Actions
from lvtu.cli.output import write_json
from lvtu.core.words import language, say

if TYPE_CHECKING:
    from lvtu.listening.interviews import Interviews


@contextmanager
def _interviews(home: str, workspace: str | None) -> Iterator[Interviews]:
    import lvtu
    from lvtu.listening.interviews import Interviews

    with of_home(home, workspace) as (catalog, folder, id), lvtu.open(folder) as ws:
        address = catalog.database.url.render_as_string(hide_password=False)
        yield Interviews(lambda: address, id, ws.insights.withdraw)


def _add(home: str, files: tuple[str, ...], workspace: str | None, as_json: bool, **said: Any) -> None:
    with _interviews(home, workspace) as interviews:
        made = [(file, interviews.add(Path(file), **said)) for file in files]
    if as_json:
        write_json({"added": [{"file": file, "id": id} for file, id in made]})
        return
    for file, id in made:
        click.echo(say("interviews.added", file=file, id=id))


def _list(home: str, workspace: str | None, rows: int, as_json: bool) -> None:
    from lvtu.cli.answers import table_text

    with _interviews(home, workspace) as interviews:
        found = interviews.list()
    if as_json:
        write_json({"interviews": found.to_pylist()})
    else:
        click.echo(table_text(found, rows) if found.num_rows else say("interviews.none"))


def _record(home: str, id: str, file: str, workspace: str | None) -> None:
    with _interviews(home, workspace) as interviews:
        interviews.record(id, file)
        title = next(one["title"] for one in interviews.list().to_pylist() if one["id"] == id)
    click.echo(say("interviews.recorded", file=file, title=title))


def _recording(home: str, id: str, out: str | None, workspace: str | None) -> None:
    with _interviews(home, workspace) as interviews:
        about, content = interviews.recording(id)
    path = Path(out or Path(about.name).name)
    path.write_bytes(content)
    click.echo(say("interviews.sound_written", file=str(path), type=about.type))


def _quotes(home: str, code: str | None, form: Any, out: str | None, workspace: str | None) -> None:
    from lvtu.voice.interviews.quotes import written

    with _interviews(home, workspace) as interviews:
        found = interviews.quoted(code)
    data = written(found, form, language())
    if out is None:
        click.echo(data.decode("utf-8-sig"), nl=False)
        return
    Path(out).write_bytes(data)
    click.echo(say("interviews.written", quotes=len(found), file=out))


command = Actions(
    "interviews",
    commands=[
        click.Command(
            "add",
            params=[
                HOME, click.Argument(["files"], nargs=-1, required=True, metavar="FILE..."),
                click.Option(["--form"], type=click.Choice(["interview", "note", "document"]),
                             help="What they are; by what is in them if not given."),
                click.Option(["--date"], default="", metavar="DAY", help="The day they were held, 2026-05-01."),
                click.Option(["--customer"], metavar="ID", help="An identifier of the customer who speaks."),
                workspace_option(), json_option(),
            ],
            callback=_add,
            help="Bring FILEs in: transcripts, notes and documents as text, Markdown, subtitles, Word, PDF or saved "
            "web pages. People are quoted by pseudonyms.\n\n"
            "Example: lvtu interviews add shops may/*.vtt --date 2026-05-12",
        ),
        click.Command(
            "list",
            params=[HOME, workspace_option(), rows_option(), json_option()],
            callback=_list,
            help="List the interviews and documents of a workspace.\n\nExample: lvtu interviews list shops",
        ),
        click.Command(
            "record",
            params=[HOME, click.Argument(["id"]), click.Argument(["file"]), workspace_option()],
            callback=_record,
            help="Keep the recording FILE beside the text ID of what is said in it: MP3, M4A, WAV, Ogg, Opus, FLAC, "
            "WebM, AAC or AMR, up to 100 MB. It takes the place of the one that was there.\n\n"
            "Example: lvtu interviews record shops ID may-12.mp3",
        ),
        click.Command(
            "recording",
            params=[
                HOME, click.Argument(["id"]),
                click.Option(["--out"], metavar="FILE", help="Write it to this file; called as it was if not given."),
                workspace_option(),
            ],
            callback=_recording,
            help="Write the recording of the text ID to a file.\n\n"
            "Example: lvtu interviews recording shops ID --out may-12.mp3",
        ),
        click.Command(
            "quotes",
            params=[
                HOME,
                click.Option(["--code"], metavar="CODE", help="Only what carries it."),
                click.Option(["--format", "form"], type=click.Choice(["csv", "json", "markdown"]), default="markdown",
                             show_default=True, help="How they are written."),
                click.Option(["--out"], metavar="FILE", help="Write them to this file."),
                workspace_option(),
            ],
            callback=_quotes,
            help="Tell what is highlighted: each quote with its id, its place in the text, who says it (by a "
            "pseudonym) and when.\n\n"
            "Example: lvtu interviews quotes shops --code waiting --format csv --out waiting.csv",
        ),
    ],
    help="Interviews, notes and documents, and the quotes from them.\n\nExample: lvtu interviews quotes shops",
)  # fmt: skip
