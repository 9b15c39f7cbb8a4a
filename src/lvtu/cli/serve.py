"""``lvtu serve``: the HTTP service over a folder of workspaces."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from lvtu.core.words import say


def _run(home: str, port: int, host: str, workers: int, no_browser: bool, once: bool) -> None:
    from lvtu.service.home import Home
    from lvtu.service.server import serve

    def announce(address: str, link: str | None) -> None:
        click.echo(say("serve.at", address=address))
        if link is not None:
            click.echo(say("serve.link", link=link))
        if not (no_browser or once):
            webbrowser.open(link or address)

    serve(Home(Path(home)), port, announce, host, workers=workers, once=once)


command = click.Command(
    "serve",
    params=[
        click.Argument(["home"], metavar="HOME"),
        click.Option(["--port"], type=int, default=8077, show_default=True, help="0 takes a free one."),
        click.Option(
            ["--host"],
            default="127.0.0.1",
            show_default=True,
            help="The address to listen on. Another than this machine's own needs people with passwords: see `lvtu "
            "person new`.",
        ),
        click.Option(
            ["--workers"],
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            help="Processes that answer.",
        ),
        click.Option(["--no-browser"], is_flag=True, help="Open no browser."),
        click.Option(["--once"], is_flag=True, help="End as soon as it answers: to see that it can."),
    ],
    callback=_run,
    help="Serve the workspaces in a folder, or one workspace, until Ctrl+C: people open the app in a browser, programs "
    "send events in Segment's format, each with a key of `lvtu key new`. As long as nobody has a password, it prints a "
    "link that signs in once.\n\n"
    "Example: lvtu serve shops --port 8077 --no-browser",
)
