"""``lvtu serve``: the HTTP service over a folder of workspaces."""

from __future__ import annotations

from pathlib import Path

import click

from lvtu.core.words import say


def _run(home: str, port: int, no_browser: bool) -> None:
    from lvtu.service.home import Home
    from lvtu.service.server import serve

    del no_browser  # there is no page to open yet; who starts it unattended says so already
    found = Home(Path(home))
    serve(found, port, lambda address: click.echo(say("serve.at", address=address)))


command = click.Command(
    "serve",
    params=[
        click.Argument(["home"], metavar="HOME"),
        click.Option(["--port"], type=int, default=8077, show_default=True, help="0 takes a free one."),
        click.Option(
            ["--no-browser"],
            is_flag=True,
            help="Open no browser. There is no page to open yet, so none is opened without it either.",
        ),
    ],
    callback=_run,
    help="Serve the workspaces in a folder, or one workspace, on 127.0.0.1 until Ctrl+C: programs send events to it in "
    "Segment's format, each with a key of `lvtu key new`.\n\n"
    "Example: lvtu serve shops --port 8077 --no-browser",
)
