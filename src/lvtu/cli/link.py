"""``lvtu link``: propose which records of a CRM are of one customer."""

from __future__ import annotations

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.identity import kind_option
from lvtu.cli.join import dry_run_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.progress import waiting
from lvtu.cli.proposals import show_proposals, threshold_option
from lvtu.errors import BadInput


def _run(
    workspace: str, records: str, threshold: float | None, column: str | None, kind: str | None, given: tuple[str, ...],
    dry_run: bool, rows: int, as_json: bool,
) -> None:  # fmt: skip
    fields: dict[str, list[str]] = {}
    for each in given:
        field, said, name = each.partition("=")
        if not said or not field or not name:
            raise BadInput("field_option", given=each)
        fields.setdefault(field, []).append(name)
    with opened(workspace) as ws:
        with waiting():
            found = ws.link(records, threshold=threshold, id=column, kind=kind, fields=fields, dry_run=dry_run)
        show_proposals(found, workspace, rows, as_json)


command = click.Command(
    "link",
    params=[
        WORKSPACE,
        click.Argument(["records"]),
        threshold_option("Propose pairs that are at least so probable.  [default: 0.95]"),
        click.Option(["--id", "column"], metavar="COLUMN", help="The column with the customers' identifier."),
        kind_option("--kind", "the identifier"),
        click.Option(
            ["--field", "given"], metavar="KIND=COLUMN", multiple=True,
            help="Which column holds a name, given_name, family_name, birth_date, email, phone, address, postcode or "
            "city, where its heading does not tell. May be repeated.",
        ),
        dry_run_option(),
        rows_option(),
        json_option(),
    ],
    callback=_run,
    help="Find the RECORDS of a CRM (CSV, Parquet, XLSX) that are probably of one customer, and propose to join them. "
    "Nothing is joined by it. Needs the extra lvtu[link].\n\n"
    "Example: lvtu link shop.lvtu crm.csv --dry-run",
)  # fmt: skip
