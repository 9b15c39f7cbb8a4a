"""``lvtu key``: the write keys of a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.open import WORKSPACE
from lvtu.cli.output import write_json
from lvtu.cli.usage import Misused
from lvtu.core.words import say
from lvtu.errors import UnknownName

if TYPE_CHECKING:
    from lvtu.store.write_keys import WriteKeys


@contextmanager
def _keys(workspace: str) -> Iterator[WriteKeys]:
    """The keys of a workspace, without opening the rest of it."""
    from lvtu.store import config
    from lvtu.store.ledger import Ledger

    config.load(workspace)
    ledger = Ledger(config.Layout(config.folder_of(workspace)).catalog)
    try:
        yield ledger.write_keys
    finally:
        ledger.close()


def _new(workspace: str) -> None:
    with _keys(workspace) as keys:
        click.echo(keys.new())


def _list(workspace: str, rows: int, as_json: bool) -> None:
    with _keys(workspace) as keys:
        found = keys.list()
    told = [{"number": key.number, "ends": key.ends, "created": _time(key.created),
             "revoked": None if key.revoked is None else _time(key.revoked)} for key in found]  # fmt: skip
    if as_json:
        write_json({"keys": told})
    else:
        click.echo(_listed(told, rows) if told else say("key.none", path=workspace))


def _listed(told: list[dict[str, Any]], rows: int) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    return table_text(pa.Table.from_pylist([one | {"revoked": one["revoked"] or ""} for one in told]), rows)


def _revoke(workspace: str, number: int) -> None:
    with _keys(workspace) as keys:
        keys.revoke(number)
    click.echo(say("key.revoked", number=str(number)))


def _time(micros: int) -> str:
    return datetime.fromtimestamp(micros // 1_000_000, UTC).isoformat()


class Actions(click.Group):
    """What may be done with something; what may not is answered as an unknown command is."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The action meant."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise Misused(UnknownName("command", args[0], self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)


command = Actions(
    "key",
    commands=[
        click.Command(
            "new", params=[WORKSPACE], callback=_new,
            help="Make a write key and print it, and nothing else: it is shown this once.\n\n"
            "Example: lvtu key new shop.lvtu",
        ),
        click.Command(
            "list", params=[WORKSPACE, rows_option(), json_option()], callback=_list,
            help="The keys there are, by their last letters.\n\nExample: lvtu key list shop.lvtu",
        ),
        click.Command(
            "revoke", params=[WORKSPACE, click.Argument(["number"], type=int)], callback=_revoke,
            help="Accept a key no longer; a server that runs stops at once.\n\nExample: lvtu key revoke shop.lvtu 1",
        ),
    ],
    help="Write keys: with one, a program may send events to the workspace, and do nothing else.\n\n"
    "Example: lvtu key new shop.lvtu",
)  # fmt: skip
