"""``lvtu join``: say that two identifiers are one customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.identity import kind_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json
from lvtu.core.words import say

if TYPE_CHECKING:
    from lvtu.who import IdentityChange


def dry_run_option() -> click.Option:
    """Look before it is done."""
    return click.Option(["--dry-run"], is_flag=True, help="Store nothing, only say what it would mean.")


def show_change(change: IdentityChange, workspace: str, dry_run: bool, rows: int, as_json: bool) -> None:
    """Who joined, who split, whose anonymous events changed hands; for programs or for people."""
    if as_json:
        named = {"edges": list(change.edges)} if change.action == "accept" else {"edge": change.edge}
        spec = {"action": change.action, **named, "dry_run": dry_run, "totals": change.totals}
        write_json(answer(spec, change.table, change.notes))
        return
    from lvtu.cli.answers import table_text

    parts = [say("change.preview")] if dry_run else change.lines()
    if change.table.num_rows:
        parts += ["", table_text(change.for_people(), rows), ""]
    parts += [f"· {note.text()}" for note in change.notes]
    if change.action in ("join", "accept") and change.edges:
        parts.append(f"· {say('change.undo', path=workspace, edge=change.named_edges)}")
    click.echo("\n".join(parts).rstrip())


def _run(
    workspace: str, one: str, other: str, kind: str | None, other_kind: str | None, dry_run: bool, rows: int,
    as_json: bool,
) -> None:  # fmt: skip
    with opened(workspace) as ws:
        change = ws.join((kind or "user_id", one), (other_kind or "user_id", other), dry_run=dry_run)
        show_change(change, workspace, dry_run, rows, as_json)


command = click.Command(
    "join",
    params=[
        WORKSPACE,
        click.Argument(["one"]),
        click.Argument(["other"]),
        kind_option("--kind", "ONE"),
        kind_option("--other-kind", "OTHER"),
        dry_run_option(),
        rows_option(),
        json_option(),
    ],
    callback=_run,
    help="Say that two identifiers are one customer's; both are user ids unless their kind is said. Shows who joined "
    "and whose anonymous events changed hands.\n\n"
    "Example: lvtu join shop.lvtu ann anna.b --dry-run",
)
