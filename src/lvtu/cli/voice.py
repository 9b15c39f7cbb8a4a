"""``lvtu voice``: what customers say, read offline; and a model taught by one's own labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.key import Actions
from lvtu.cli.output import answer, write_json
from lvtu.cli.progress import waiting
from lvtu.core.words import say

if TYPE_CHECKING:
    import pyarrow as pa

    from lvtu.voice import TextModel


def _model(file: str | None) -> TextModel:
    from lvtu.voice import TextModel

    return TextModel.shipped() if file is None else TextModel.load(Path(file))


def _analyse(
    file: str, column: str | None, model: str | None, by_clause: bool, out: str | None, rows: int, as_json: bool
) -> None:
    from lvtu.voice import analyse, clauses
    from lvtu.voice.text.comments import column_of, comments

    with waiting():
        table = comments(file)
        name = column_of(table, column)
        chosen, texts = _model(model), table[name]
        found = clauses(texts, chosen) if by_clause else _beside(texts, analyse(texts, chosen))
    if out is not None:
        _write(found, Path(out))
    if as_json:
        write_json(answer({"command": "voice analyse", "file": file, "column": name, "clauses": by_clause}, found))
        return
    if out is None:
        from lvtu.cli.answers import table_text

        click.echo(table_text(found, rows))
    click.echo(_summary(found) if out is None else f"{_summary(found)}\n{say('voice.written', file=out)}")


def _beside(texts: pa.ChunkedArray, found: pa.Table) -> pa.Table:
    return found.append_column("text", texts)


def _summary(found: pa.Table) -> str:
    from collections import Counter

    labels = Counter(found["label"].to_pylist())
    nothing = labels.pop(None, 0)
    counts = {name: labels[name] for name in ("negative", "neutral", "positive")}
    text = say("voice.clauses" if "row" in found.column_names else "voice.summary", texts=found.num_rows, **counts)
    return f"{text}\n· {say('voice.empty', rows=nothing)}" if nothing else text


def _write(found: pa.Table, path: Path) -> None:
    from pyarrow import csv, parquet

    if path.suffix == ".parquet":
        parquet.write_table(found, path)
    else:
        csv.write_csv(found, path)


def _train(file: str, column: str | None, label: str, scale: str, model: str | None, out: str, as_json: bool) -> None:
    from lvtu.voice.text.comments import column_of, comments
    from lvtu.voice.text.training import train

    with waiting():
        table = comments(file)
        labels = table[column_of(table, label)].to_pylist()
        done = train(table[column_of(table, column)], labels, scale, _model(model))
        done.model.save(Path(out))
    if as_json:
        figures = {"texts": done.texts, "tested": done.tested, "before": done.before, "after": done.after}
        write_json({"model": out, **figures})
        return
    click.echo(say("voice.trained", texts=done.texts, file=out))
    if done.tested:
        click.echo(say("voice.tested", tested=done.tested, after=f"{done.after:.1%}", before=f"{done.before:.1%}"))


_FILE = click.Argument(["file"])
_COLUMN = click.Option(
    ["--text", "column"], metavar="COLUMN", help="The column with the comments; found by its heading if not given."
)
_MODEL = click.Option(["--model"], metavar="FILE", help="A model of your own, instead of the one that comes with Lvtu.")

command = Actions(
    "voice",
    commands=[
        click.Command(
            "analyse",
            params=[
                _FILE, _COLUMN, _MODEL,
                click.Option(["--clauses", "by_clause"], is_flag=True, help="A row for each clause, not each comment."),
                click.Option(["--out"], metavar="FILE", help="Write the table to this CSV or Parquet file."),
                rows_option(), json_option(),
            ],
            callback=_analyse,
            help="Read the comments in a FILE (text with a comment on each line, CSV, XLSX, NDJSON, Parquet): their "
            "language, how they feel from -2 to +2, and the label. Nothing leaves this machine.\n\n"
            "Example: lvtu voice analyse reviews.csv --text comment",
        ),
        click.Command(
            "train",
            params=[
                _FILE, _COLUMN,
                click.Option(["--label"], metavar="COLUMN", required=True, help="The column with labels or scores."),
                click.Option(
                    ["--scale"], type=click.Choice(["sentiment", "stars5", "csat5", "nps"]), default="sentiment",
                    help="What numbers among the labels are.  [default: sentiment, -2 to +2]",
                ),
                _MODEL,
                click.Option(["--out"], metavar="FILE", required=True, help="Where the new model is written."),
                json_option(),
            ],
            callback=_train,
            help="Teach the model by the labelled comments in a FILE: negative, neutral, positive, or the stars that "
            "customers gave with them. A fifth is kept aside to say what it gained.\n\n"
            "Example: lvtu voice train reviews.csv --label stars --scale stars5 --out ours.npz",
        ),
    ],
    help="What customers say, read on this machine.\n\nExample: lvtu voice analyse reviews.csv",
)  # fmt: skip
