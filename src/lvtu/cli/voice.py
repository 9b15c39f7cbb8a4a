"""``lvtu voice``: what customers say, read offline; and a model taught by one's own labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lvtu.cli import listening
from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.key import Actions
from lvtu.cli.open import is_workspace
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
    file: str, column: str | None, model: str | None, taxonomy: str | None, by_clause: bool, mentioned: bool,
    out: str | None, rows: int, as_json: bool,
) -> None:  # fmt: skip
    from lvtu.cli.said import flat, summary, worded
    from lvtu.voice import Taxonomy, analyse, clauses, mentions
    from lvtu.voice.text.comments import column_of, comments

    with waiting():
        table, tree = comments(file), Taxonomy.load(taxonomy or "general")
        name = column_of(table, column)
        texts = table[name]
        read = mentions if mentioned else clauses if by_clause else analyse
        found = read(texts, _model(model), tree)
        if read is analyse:
            found = found.append_column("text", texts)
    if out is not None:
        _write(found if out.endswith(".parquet") else flat(found), Path(out))
    if as_json:
        asked = {"clauses": by_clause, "mentions": mentioned, "taxonomy": taxonomy or "general"}
        write_json(answer({"command": "voice analyse", "file": file, "column": name, **asked}, found))
        return
    if out is None:
        from lvtu.cli.answers import table_text

        click.echo(table_text(worded(found, tree), rows))
    click.echo(summary(found) if out is None else f"{summary(found)}\n{say('voice.written', file=out)}")


def _taxonomy(source: str, out: str | None) -> None:
    from lvtu.voice import Taxonomy

    tree = Taxonomy.load(source)
    if out is None:
        click.echo(tree.to_yaml(), nl=False)
        return
    Path(out).write_text(tree.to_yaml(), encoding="utf-8")
    click.echo(say("voice.written", file=out))


def _write(found: pa.Table, path: Path) -> None:
    from pyarrow import csv, parquet

    if path.suffix == ".parquet":
        parquet.write_table(found, path)
    else:
        csv.write_csv(found, path)


def _train(
    file: str, column: str | None, label: str | None, scale: str, model: str | None, out: str | None, as_json: bool
) -> None:  # fmt: skip
    if label is None and out is None and is_workspace(file):
        listening.teach(file, as_json)
        return
    if label is None or out is None:
        raise click.UsageError(say("voice.label_and_out"))
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
_TAXONOMY = click.Option(
    ["--taxonomy"],
    metavar="NAME|FILE",
    help="The topics: general, retail, restaurants, hotels, airports, banking, or a YAML file.  [default: general]",
)
_MODEL = click.Option(["--model"], metavar="FILE", help="A model of your own, instead of the one that comes with Lvtu.")

command = Actions(
    "voice",
    commands=[
        click.Command(
            "analyse",
            params=[
                _FILE, _COLUMN, _MODEL, _TAXONOMY,
                click.Option(["--clauses", "by_clause"], is_flag=True, help="A row for each clause, not each comment."),
                click.Option(
                    ["--mentions", "mentioned"], is_flag=True, help="A row for each place where a topic is spoken of."
                ),
                click.Option(["--out"], metavar="FILE", help="Write the table to this CSV or Parquet file."),
                rows_option(), json_option(),
            ],
            callback=_analyse,
            help="Read the comments in a FILE (text with a comment on each line, CSV, XLSX, NDJSON, Parquet): their "
            "language, how they feel from -2 to +2, the emotion, what they want, what they are about, how urgent "
            "they are. Nothing leaves this machine.\n\n"
            "Example: lvtu voice analyse reviews.csv --text comment --taxonomy restaurants",
        ),
        click.Command(
            "taxonomy",
            params=[
                click.Argument(["source"], metavar="NAME|FILE"),
                click.Option(["--out"], metavar="FILE", help="Write it to this file, to be edited."),
            ],
            callback=_taxonomy,
            help="Check a taxonomy of topics, one that comes with Lvtu (general, retail, restaurants, hotels, "
            "airports, banking) or a YAML file, and print it.\n\nExample: lvtu voice taxonomy hotels --out ours.yaml",
        ),
        click.Command(
            "train",
            params=[
                click.Argument(["file"], metavar="FILE|WORKSPACE"), _COLUMN,
                click.Option(["--label"], metavar="COLUMN", help="The column with labels or scores of a file."),
                click.Option(
                    ["--scale"], type=click.Choice(["sentiment", "stars5", "csat5", "nps"]), default="sentiment",
                    help="What numbers among the labels are.  [default: sentiment, -2 to +2]",
                ),
                _MODEL,
                click.Option(["--out"], metavar="FILE", help="Where the model of a file is written."),
                json_option(),
            ],
            callback=_train,
            help="Teach the model by the labelled comments in a FILE: negative, neutral, positive, or the stars that "
            "customers gave with them. A fifth is kept aside to say what it gained. A WORKSPACE has its own model "
            "taught, by its corrections and stars.\n\n"
            "Example: lvtu voice train reviews.csv --label stars --scale stars5 --out ours.npz",
        ),
        *listening.COMMANDS,
    ],
    help="What customers say, read on this machine.\n\nExample: lvtu voice analyse reviews.csv",
)  # fmt: skip
