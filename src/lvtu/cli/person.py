"""``lvtu person``: who may sign in to a server."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.key import Actions
from lvtu.cli.output import write_json
from lvtu.core.words import say
from lvtu.errors import UnknownName

if TYPE_CHECKING:
    from lvtu.catalog.catalog import Catalog
    from lvtu.catalog.people import Person

HOME = click.Argument(["home"], metavar="HOME")
_USUAL = "http://127.0.0.1:8077/"
_ROLES = ("viewer", "analyst", "editor", "admin", "owner")


@contextmanager
def _catalog(home: str) -> Iterator[tuple[Catalog, dict[str, str]]]:
    """The catalog of a home, and the names of its workspaces by id."""
    from lvtu.catalog.catalog import Catalog
    from lvtu.service.home import Home, folders
    from lvtu.store import config

    folder = Home(Path(home)).folder
    names = {config.load(one).id: one.name for one in folders(folder)}
    catalog = Catalog.of(folder)
    try:
        yield catalog, names
    finally:
        catalog.close()


def _new(
    home: str,
    email: str,
    name: str,
    role: str,
    workspaces: Sequence[str],
    password_stdin: bool,
    address: str | None,
) -> None:
    from lvtu.catalog.roles import Role

    with _catalog(home) as (catalog, names):
        unknown = [one for one in workspaces if one not in names.values()]
        if unknown:
            raise UnknownName("workspace", unknown[0], sorted(names.values()))
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
        person = catalog.people.new(email, name=name, password=password)
        for id, called in names.items():
            if not workspaces or called in workspaces:
                catalog.people.join(person.id, id, Role[role])
        _note(catalog, person, "POST /api/w/{workspace}/people", role=role)
        link = None if password_stdin else catalog.sessions.link(person)
    click.echo(say("person.made" if link is None else "person.invited", email=person.email, role=role))
    _hand_over(home, link, address)


def _reset(home: str, email: str, address: str | None) -> None:
    with _catalog(home) as (catalog, _):
        person = _person(catalog, email)
        catalog.people.take_password(person.id)
        catalog.sessions.end_all(person.id)
        _note(catalog, person, "POST /api/w/{workspace}/people/{id}/reset")
        link = catalog.sessions.link(person)
    click.echo(say("person.reset", email=person.email))
    _hand_over(home, link, address)


def _hand_over(home: str, link: str | None, address: str | None) -> None:
    if link is not None:
        from lvtu.service.addresses import addresses
        from lvtu.service.home import Home
        from lvtu.service.people.service import password_link

        served = [address] if address else addresses(Home(Path(home)).folder)
        click.echo(say("person.hand_over"))
        click.echo("  " + password_link((served or [_USUAL])[0].rstrip("/") + "/", link))


def _person(catalog: Catalog, email: str) -> Person:
    person = catalog.people.by_email(email)
    if person is None:
        raise UnknownName("person", email, [one.email or "" for one in catalog.people.everybody()])
    return person


def _note(catalog: Catalog, person: Person, action: str, **more: str) -> None:
    """A line in the audit log of each workspace of theirs, as the same done over HTTP leaves one."""
    for id in catalog.people.roles(person):
        catalog.audit.note(
            action, status=200, address="", person_id=catalog.people.local().id, workspace_id=id,
            target={"id": person.id} | more,
        )  # fmt: skip


def _list(home: str, rows: int, as_json: bool) -> None:
    with _catalog(home) as (catalog, names):
        told = [_told(catalog, person, names) for person in catalog.people.everybody()]
    if as_json:
        write_json({"people": told})
        return
    if not told:
        click.echo(say("person.none", home=home))
        return
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    flat = [one | {"roles": ", ".join(f"{name}: {role}" for name, role in one["roles"].items())} for one in told]
    click.echo(table_text(pa.Table.from_pylist(flat), rows))


def _told(catalog: Catalog, person: Person, names: dict[str, str]) -> dict[str, Any]:
    roles = {names[id]: role.name for id, role in catalog.people.roles(person).items() if id in names}
    return {"email": person.email, "name": person.name, "roles": roles}


def _revoke(home: str, email: str) -> None:
    with _catalog(home) as (catalog, _):
        person = _person(catalog, email)
        _note(catalog, person, "DELETE /api/w/{workspace}/people/{id}")
        catalog.people.revoke(person.id)
    click.echo(say("person.revoked", email=person.email))


def _address() -> click.Option:
    return click.Option(
        ["--address"],
        help=f"Where people open the server; that of `lvtu serve` on this machine if not given, or {_USUAL}.",
    )


command = Actions(
    "person",
    commands=[
        click.Command(
            "new",
            params=[
                HOME,
                click.Argument(["email"]),
                click.Option(["--name"], default="", help="What others call them."),
                click.Option(
                    ["--role"], type=click.Choice(_ROLES), default="viewer", show_default=True,
                    help="What they may do; each may do what those before it may.",
                ),
                click.Option(
                    ["--workspace", "workspaces"], multiple=True, help="In which workspace, repeatable; in all if none."
                ),
                click.Option(
                    ["--password-stdin"], is_flag=True,
                    help="For an account of one's own in a script: read its password from the input's first line.",
                ),
                _address(),
            ],
            callback=_new,
            help="Let somebody in: print a link with which they set a password of their own, once, within three "
            "days.\n\nExample: lvtu person new shops ann@example.com --role owner",
        ),
        click.Command(
            "list", params=[HOME, rows_option(), json_option()], callback=_list,
            help="Who may sign in, and what they may do where.\n\nExample: lvtu person list shops",
        ),
        click.Command(
            "reset", params=[HOME, click.Argument(["email"]), _address()], callback=_reset,
            help="For somebody who has forgotten their password: it opens nothing any more, their sessions end, and a "
            "link is printed with which they set another one.\n\n"
            "Example: lvtu person reset shops ann@example.com",
        ),
        click.Command(
            "revoke", params=[HOME, click.Argument(["email"])], callback=_revoke,
            help="Let somebody in no longer: their password, sessions and tokens end at once.\n\n"
            "Example: lvtu person revoke shops ann@example.com",
        ),
    ],
    help="The people who may sign in to a server. As long as there are none, `lvtu serve` is for whoever sits at the "
    "machine.\n\nExample: lvtu person list shops",
)  # fmt: skip
