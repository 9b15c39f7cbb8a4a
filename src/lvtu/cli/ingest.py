"""``lvtu ingest``: read files into a workspace."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, is_workspace, opened
from lvtu.cli.output import rows_of, write_json
from lvtu.cli.progress import Bar
from lvtu.core.sentences import Reason, tallied
from lvtu.core.words import say

if TYPE_CHECKING:
    from lvtu.collect import Mapping
    from lvtu.reports import IngestReport

_COUNTS = ("accepted", "duplicates", "rejected", "suppressed")


def _run(
    workspace: str, files: tuple[str, ...], guess: bool, mapping: str | None, one_customer_per_row: bool,
    source: str | None, as_json: bool,
) -> None:  # fmt: skip
    if guess:
        _guess(workspace, files[0], one_customer_per_row, as_json)
        return
    chosen = _chosen(mapping, one_customer_per_row)
    if not is_workspace(workspace):
        _checked(files[0], chosen)
    reports = []
    with opened(workspace, create=True) as ws:
        for file in files:
            with Bar(file) as bar:
                reports.append(ws.ingest(file, chosen, source_name=source, progress=bar.move))
            if not as_json:
                click.echo(report_text(reports[-1], workspace))
    if as_json:
        write_json(_total(reports))


def _chosen(mapping: str | None, one_customer_per_row: bool) -> Mapping | str | None:
    """The mapping that was named, with what the option adds to it."""
    if not one_customer_per_row:
        return mapping
    from lvtu.collect import Mapping

    named = Mapping.load(mapping).model_dump(exclude_defaults=True, by_alias=True)
    return Mapping.load(named | {"one_customer_per_row": True})


def _checked(file: str, mapping: Mapping | str | None) -> None:
    """Refuse a file or a mapping that cannot be read at all before a workspace is made for it."""
    from lvtu.collect import read

    next(read(file, mapping), None)


def _total(reports: list[IngestReport]) -> dict[str, Any]:
    each = [report.as_dict() for report in reports]
    reasons: Counter[Reason] = Counter()
    for report in reports:
        reasons.update(report.reasons())
    counts = {name: sum(report[name] for report in each) for name in _COUNTS}
    return {**counts, "reasons": tallied(dict(reasons.most_common())), "files": each}


def report_text(report: IngestReport, workspace: str) -> str:
    """What became of a source, for people."""
    lines = report.lines()
    if report.rejected:
        lines.append(say("ingest.mend", path=workspace))
    return "\n".join(lines)


def _guess(workspace: str, file: str, one_customer_per_row: bool, as_json: bool) -> None:
    """Propose a mapping: YAML that can be saved as it is printed, the rest as comments."""
    from lvtu.collect.guess import guess

    found = guess(file, one_customer_per_row=one_customer_per_row)
    if as_json:
        mapping = found.mapping.model_dump(mode="json", exclude_defaults=True, by_alias=True)
        write_json(
            {
                "mapping": mapping,
                "yaml": found.mapping.to_yaml(),
                "sample": rows_of(found.sample),
                "notes": [note.to_json() for note in found.notes],
            }
        )
        return
    from lvtu.analyses.text import records_for_people
    from lvtu.analyses.wording.cells import record_heads
    from lvtu.cli.answers import table_text

    click.echo(_commented(say("guess.head", source=file, workspace=workspace)))
    click.echo(found.mapping.to_yaml(), nl=False)
    if found.sample.num_rows:
        user = found.sample.select(
            [n for n in ("user_id", "anonymous_id") if found.sample[n].null_count < found.sample.num_rows]
        )
        sample = records_for_people(found.sample)
        for place, name in enumerate(user.column_names):
            sample = sample.add_column(place, name, user[name])
        click.echo(_commented(say("guess.sample") + "\n" + table_text(sample, 10, record_heads())))
    else:
        click.echo(_commented(say("guess.none")))
    for note in found.notes:
        click.echo(_commented(f"· {note.text()}"))


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


command = click.Command(
    "ingest",
    params=[
        WORKSPACE,
        click.Argument(["files"], metavar="FILE...", nargs=-1, required=True),
        click.Option(["--guess"], is_flag=True, help="Propose a mapping, show ten mapped rows, write nothing."),
        click.Option(
            ["--mapping"],
            metavar="FILE",
            help="Which column feeds which field: a YAML file, or a system: segment, ga4, mixpanel, xes, reviews, "
            "app_store, google_play, wjx, surveymonkey, typeform, qualtrics, zendesk, chatwoot, sheet.",
        ),
        click.Option(
            ["--one-customer-per-row"], is_flag=True,
            help="Nothing tells whose a row is: make each a customer of its own, who is never joined with anybody.",
        ),
        click.Option(["--source"], metavar="NAME", help="The system it comes from, for records that name none."),
        json_option(),
    ],
    callback=_run,
    help="Read files into a workspace; it is made if it does not exist.\n\n"
    "A FILE is a path, a folder or a quoted pattern of CSV, Parquet, NDJSON, JSON, XLSX or XES files (text also as .gz "
    "or .zst); book.xlsx#NAME is one sheet. The same file again changes nothing. Rows that cannot be accepted wait in "
    "the quarantine.\n\n"
    "Example: lvtu ingest shop.lvtu orders.csv --guess > orders.yaml",
)  # fmt: skip
