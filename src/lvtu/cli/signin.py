"""``lvtu signin``: a link that signs in once."""

from __future__ import annotations

from pathlib import Path

import click


def _run(home: str, port: int | None) -> None:
    from lvtu.catalog.catalog import Catalog
    from lvtu.errors import BadInput
    from lvtu.service.addresses import addresses
    from lvtu.service.home import Home

    folder = Home(Path(home)).folder
    address = addresses(folder)[:1] if port is None else [f"http://127.0.0.1:{port}/"]
    if not address:
        raise BadInput("not_served", home=home)
    catalog = Catalog.of(folder)
    try:
        click.echo(f"{address[0]}open?key={catalog.sessions.link(catalog.people.local())}")
    finally:
        catalog.close()


command = click.Command(
    "signin",
    params=[
        click.Argument(["home"], metavar="HOME"),
        click.Option(
            ["--port"], type=int, help="Where `lvtu serve` listens; found by itself if it runs on this machine."
        ),
    ],
    callback=_run,
    help="Print a link to the app of a running `lvtu serve` that signs in once, within an hour, and nothing else: as "
    "whoever sits at this machine, the owner of every workspace.\n\n"
    "Example: lvtu signin shops",
)
