"""``lvtu signin``: a link that signs in once."""

from __future__ import annotations

from pathlib import Path

import click


def _run(home: str, email: str | None, port: int | None) -> None:
    from lvtu.catalog.catalog import Catalog
    from lvtu.errors import BadInput, UnknownName
    from lvtu.service.addresses import addresses
    from lvtu.service.home import Home

    folder = Home(Path(home)).folder
    address = addresses(folder)[:1] if port is None else [f"http://127.0.0.1:{port}/"]
    if not address:
        raise BadInput("not_served", home=home)
    catalog = Catalog.of(folder)
    try:
        person = catalog.people.by_email(email) if email else catalog.people.local()
        if person is None:
            raise UnknownName("person", email or "", [one.email or "" for one in catalog.people.everybody()])
        click.echo(f"{address[0]}open?key={catalog.sessions.link(person.id)}")
    finally:
        catalog.close()


command = click.Command(
    "signin",
    params=[
        click.Argument(["home"], metavar="HOME"),
        click.Argument(["email"], required=False),
        click.Option(
            ["--port"], type=int, help="Where `lvtu serve` listens; found by itself if it runs on this machine."
        ),
    ],
    callback=_run,
    help="Print a link to the app of a running `lvtu serve` that signs in once, within a day, and nothing else: as "
    "whoever sits at this machine, the owner of every workspace; or, by their address, as somebody who has forgotten "
    "their password.\n\n"
    "Example: lvtu signin shops",
)
