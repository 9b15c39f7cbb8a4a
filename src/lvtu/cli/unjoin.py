"""``lvtu unjoin``: take a join back."""

from __future__ import annotations

import re

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.identity import kind_option
from lvtu.cli.join import dry_run_option, show_change
from lvtu.cli.open import WORKSPACE, opened
from lvtu.errors import BadInput


def _run(
    workspace: str, edge: str, other: str | None, kind: str | None, other_kind: str | None, dry_run: bool, rows: int,
    as_json: bool,
) -> None:  # fmt: skip
    numbers = [] if other is not None else _numbers(edge)
    with opened(workspace) as ws:
        if other is None:
            change = ws.unjoin(numbers, dry_run=dry_run)
        else:
            change = ws.unjoin((kind or "user_id", edge), (other_kind or "user_id", other), dry_run=dry_run)
        show_change(change, workspace, dry_run, rows, as_json)


def _numbers(edges: str) -> list[int]:
    """The numbers of ``7``, ``7-12`` or ``7,9-12``."""
    if not re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", edges):
        raise BadInput("no_edge_number", edge=edges)
    runs = [run.partition("-") for run in edges.split(",")]
    return [number for first, _, last in runs for number in range(int(first), int(last or first) + 1)]


command = click.Command(
    "unjoin",
    params=[
        WORKSPACE,
        click.Argument(["edge"]),
        click.Argument(["other"], required=False),
        kind_option("--kind", "the first identifier"),
        kind_option("--other-kind", "OTHER"),
        dry_run_option(),
        rows_option(),
        json_option(),
    ],
    callback=_run,
    help="Take a join back: by the number of its EDGE (7; several as 7,9-12), or by two identifiers, which also takes "
    "back a sign-in, an alias or a rule's join that the events themselves state. Shows who split.\n\n"
    "Example: lvtu unjoin shop.lvtu 3",
)
