"""``lvtu quarantine``: the rows set aside."""

from __future__ import annotations

from dataclasses import replace

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json
from lvtu.core.sentences import Reason
from lvtu.core.words import say


def _run(workspace: str, mapping: str | None, rows: int, as_json: bool) -> None:
    with opened(workspace) as ws:
        found = ws.quarantine(mapping) if mapping is not None else ws.quarantine()
    if mapping is not None:
        from lvtu.cli.ingest import report_text

        if as_json:
            write_json(found.as_dict())
        else:
            again = say("quarantine.waiting", rows=f"{found.accepted + found.duplicates + found.rejected:,}")
            click.echo(report_text(replace(found, source=again), workspace))
        return
    if as_json:
        write_json(answer({"analysis": "quarantine"}, found))
        return
    click.echo(_listed(found, rows))


def _listed(found: object, rows: int) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    assert isinstance(found, pa.Table)
    if not found.num_rows:
        return say("quarantine.empty")
    kept = found.select(["reason", "reason_code", "reason_values"]).to_pylist(maps_as_pydicts="strict")
    reasons = [Reason.kept(*row.values()).text() for row in kept]
    table = (
        found.select(["place", "field"]).append_column("reason", pa.array(reasons)).append_column("raw", found["raw"])
    )
    return say("quarantine.waiting", rows=f"{found.num_rows:,}") + "\n\n" + table_text(table, rows)


command = click.Command(
    "quarantine",
    params=[
        WORKSPACE,
        click.Option(
            ["--mapping"], metavar="FILE", help="Read the rows again through this mapping; those that fit leave."
        ),
        rows_option(),
        json_option(),
    ],
    callback=_run,
    help="The rows that could not be accepted, with their reasons; with a mapping, read them again.\n\n"
    "Example: lvtu quarantine shop.lvtu --mapping better.yaml",
)
