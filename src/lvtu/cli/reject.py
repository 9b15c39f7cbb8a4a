"""``lvtu reject``: say that proposals are wrong."""

from __future__ import annotations

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.proposals import proposals_argument, show_proposals


def _run(workspace: str, numbers: tuple[int, ...], rows: int, as_json: bool) -> None:
    with opened(workspace) as ws:
        show_proposals(ws.reject(numbers), workspace, rows, as_json)


command = click.Command(
    "reject",
    params=[WORKSPACE, proposals_argument(required=True), rows_option(), json_option()],
    callback=_run,
    help="Say that proposals are wrong; they are not made again.\n\nExample: lvtu reject shop.lvtu 3 4",
)
