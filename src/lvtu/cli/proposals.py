"""``lvtu proposals``: the proposals that wait for somebody to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.core.words import say

if TYPE_CHECKING:
    from lvtu.who.proposals import ProposalList


def threshold_option(help: str) -> click.Option:
    """A least probability."""
    return click.Option(["--threshold"], type=float, metavar="PROBABILITY", help=help)


def proposals_argument(required: bool) -> click.Argument:
    """Numbers of proposals."""
    return click.Argument(["numbers"], metavar="NUMBER…", type=int, nargs=-1, required=required)


def show_proposals(found: ProposalList, workspace: str, rows: int, as_json: bool) -> None:
    """A list of proposals, for programs or for people."""
    if as_json:
        write_json(found.as_dict())
        return
    from lvtu.cli.answers import table_text

    parts = [say("change.preview")] if found.asked.get("dry_run") else []
    parts += found.lines()
    if found.table.num_rows:
        parts += ["", table_text(found.for_people(), rows), ""]
    parts += [f"· {note.text()}" for note in found.notes]
    if found.numbers and found.action == "link":
        parts.append(f"· {say('proposals.next', path=workspace)}")
    click.echo("\n".join(parts).rstrip())


def _run(workspace: str, every: bool, rows: int, as_json: bool) -> None:
    with opened(workspace) as ws:
        show_proposals(ws.proposals(all=every), workspace, rows, as_json)


command = click.Command(
    "proposals",
    params=[
        WORKSPACE,
        click.Option(["--all", "every"], is_flag=True, help="Those that were accepted or rejected, too."),
        rows_option(),
        json_option(),
    ],
    callback=_run,
    help="The proposals that wait for somebody to decide, most probable first.\n\nExample: lvtu proposals shop.lvtu",
)
