"""``lvtu identity``: who is who, at a glance or for one customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json

if TYPE_CHECKING:
    from lvtu.who import CustomerIdentity, IdentitySummary


def kind_option(name: str = "--kind", what: str = "IDENTIFIER") -> click.Option:
    """What kind of identifier is meant."""
    return click.Option([name], metavar="KIND", help=f"What {what} is: user_id, anonymous_id, email, …")


def _run(workspace: str, identifier: str | None, kind: str | None, rows: int, as_json: bool) -> None:
    with opened(workspace) as ws:
        if identifier is None:
            _show_summary(ws.identity(limit=rows or 1_000), as_json)
        else:
            _show_customer(ws.identity((kind, identifier) if kind else identifier), rows, as_json)


def _show_summary(found: IdentitySummary, as_json: bool) -> None:
    if as_json:
        write_json(found.as_dict())
        return
    from lvtu.cli.answers import table_text

    parts = ["\n".join(found.lines()), *(f"{title}\n{table_text(table, 0)}" for title, table in found.sections())]
    click.echo("\n\n".join(parts))


def _show_customer(found: CustomerIdentity, rows: int, as_json: bool) -> None:
    if as_json:
        write_json(answer({"analysis": "identity", "identifier": found.identifier}, found.table, found.notes))
        return
    from lvtu.cli.answers import table_text

    parts = ["\n".join(found.lines()), table_text(found.for_people(), rows)]
    if found.notes:
        parts.append("\n".join(f"· {note.text()}" for note in found.notes))
    click.echo("\n\n".join(parts))


command = click.Command(
    "identity",
    params=[WORKSPACE, click.Argument(["identifier"], required=False), kind_option(), rows_option(), json_option()],
    callback=_run,
    help="Who is who: customers with several ids, shared devices, identifiers that join nothing, the newest edges. "
    "With an IDENTIFIER: all identifiers of that customer, how and when each was joined.\n\n"
    "Example: lvtu identity shop.lvtu ann",
)
