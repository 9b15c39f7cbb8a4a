"""``lvtu accept``: join what proposals propose."""

from __future__ import annotations

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.join import dry_run_option, show_change
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.proposals import proposals_argument, threshold_option


def _run(
    workspace: str, numbers: tuple[int, ...], threshold: float | None, dry_run: bool, rows: int, as_json: bool
) -> None:  # fmt: skip
    with opened(workspace) as ws:
        change = ws.accept(numbers, threshold=threshold, dry_run=dry_run)
        show_change(change, workspace, dry_run, rows, as_json)


command = click.Command(
    "accept",
    params=[
        WORKSPACE,
        proposals_argument(required=False),
        threshold_option("Instead of numbers: all that wait and are at least so probable."),
        dry_run_option(),
        rows_option(),
        json_option(),
    ],
    callback=_run,
    help="Join what proposals propose, by their numbers or from a probability on. Shows who joined.\n\n"
    "Example: lvtu accept shop.lvtu --threshold 0.99 --dry-run",
)
