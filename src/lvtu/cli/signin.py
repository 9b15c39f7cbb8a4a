"""``lvtu signin``: a link that signs in once."""

from __future__ import annotations

from pathlib import Path

import click


def _run(home: str, port: int) -> None:
    from lvtu.catalog.catalog import Catalog
    from lvtu.service.home import Home

    catalog = Catalog.of(Home(Path(home)).folder)
    try:
        click.echo(f"http://127.0.0.1:{port}/open?key={catalog.sessions.link(catalog.people.local())}")
    finally:
        catalog.close()


command = click.Command(
    "signin",
    params=[
        click.Argument(["home"], metavar="HOME"),
        click.Option(["--port"], type=int, default=8077, show_default=True, help="Where `lvtu serve` listens."),
    ],
    callback=_run,
    help="Print a link to the app of a running `lvtu serve` that signs in once, within an hour, and nothing else: as "
    "whoever sits at this machine, the owner of every workspace.\n\n"
    "Example: lvtu signin shops --port 8077",
)
